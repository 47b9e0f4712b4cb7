"""Values and errors cross process borders: an exception that does not unpickle kills a whole pool.

Every dataclass of the program is found and filled by its type hints, so that a new one is in the
test from its first day.
"""

from __future__ import annotations

import pickle
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from test_house import dataclasses

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place

# They hold functions, open files or pages of the engine, and stay in the process that made them.
# Tokens are told apart by identity, and so is what is made of them.
STAYING = {
    "Medium", "Setting", "Check", "Command",
    "Token", "Combined", "Upright", "Square", "Galley", "Line", "Node", "Paragraph", "Voice",
    "Reading", "Words", "Ground", "_Side", "Piece", "Furnished",
    "Advisory", "LogAdvisory", "Rule", "Given", "_SheetWriter", "Told",
}  # fmt: skip
VALUES = sorted(
    (cls for cls in dataclasses() if cls.__name__ not in STAYING), key=lambda cls: cls.__qualname__
)
DEEPEST = 9
PLAIN: dict[Any, object] = {str: "雪", int: 3, float: 1.5, bool: True, bytes: b"x", Any: "x"}


def _example(hint: Any, depth: int = 0) -> Any:
    """A value of a type, with something in every tuple until it is deep enough."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is types.NoneType:
        return None
    if origin is Literal:
        return arguments[0]
    if origin in (Union, types.UnionType):
        if depth > DEEPEST and type(None) in arguments:
            return None
        return _example(arguments[0], depth + 1)
    if origin is tuple:
        return _tuple(arguments, depth)
    if origin is frozenset:
        return frozenset((_example(arguments[0], depth + 1),))
    if origin in (dict, Mapping):
        return {_example(arguments[0]): _example(arguments[1], depth + 1)}
    return _made(hint, depth)


def _tuple(arguments: tuple[Any, ...], depth: int) -> tuple[Any, ...]:
    if arguments[-1] is not Ellipsis:
        return tuple(_example(argument, depth + 1) for argument in arguments)
    if depth > DEEPEST:
        return ()
    inner = arguments[0]
    several = get_args(inner) if get_origin(inner) in (Union, types.UnionType) else (inner,)
    kinds = several if depth < 4 else several[:2]
    return tuple(_example(kind, depth + 2) for kind in kinds)


def _made(hint: Any, depth: int) -> Any:
    if hint is Path:
        return Path("书/雪.md")
    if hint is type:
        return bool
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    hints = get_type_hints(hint)
    return hint(**{field.name: _example(hints[field.name], depth + 1) for field in fields(hint)})


@pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__qualname__)
def test_every_value_comes_out_of_a_pickle_equal(cls: type) -> None:
    assert is_dataclass(cls)
    value = _example(cls)
    assert pickle.loads(pickle.dumps(value)) == value


def test_an_error_comes_out_of_a_pickle_with_all_its_faults() -> None:
    faults = (
        Fault(say("no {x} in {y}", x="雪", y=say("the {z}", z=1)), Remedy.EDITOR, Place("a", 1, 2)),
        Fault(say("b"), Remedy.MACHINE, Place("b", key="c[1].d"), say("do {it}", it="e")),
    )
    error: PublisherError = pickle.loads(pickle.dumps(PublisherError(*faults)))
    assert error.faults == faults
    assert error.exit_code == Remedy.EDITOR.value
    assert str(error) == str(PublisherError(*faults))


def test_no_other_exception_type_is_made_by_the_program() -> None:
    from importlib import import_module

    from test_house import _modules

    found = {
        value
        for name in _modules()
        for value in vars(import_module(name)).values()
        if isinstance(value, type)
        and issubclass(value, Exception)
        and value.__module__.startswith("publisher.")
    }
    assert found == {PublisherError}
