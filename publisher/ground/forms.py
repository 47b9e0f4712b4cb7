"""Forms: a TOML file checked against a frozen dataclass that describes it.

It promises a value in which every key has its type. It refuses everything else, all faults at
once, each with its TOML path, the value and what to do. Paths count from 1, as people do:
`part[2].essays[1]` is the first essay of the second part.

A form is a plain dataclass with a text under each field and `__pydantic_config__ = STRICT`;
pydantic itself is loaded only when a file is checked.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.hygiene import decoded, require_fit
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.ground.spelling import meant

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

T = TypeVar("T")
STRICT: dict[str, Any] = {"extra": "forbid", "strict": True, "use_attribute_docstrings": True}

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_CHINESE_MARKS = set("“”‘’＂＝，：［］【】\u3000")
_EXPECTED = {
    "string_type": say("a text in quotes"),
    "tuple_type": say("a list in square brackets"),
    "bool_type": say("true or false"),
    "int_type": say("a whole number"),
    "float_type": say("a number"),
    "dataclass_type": say("a table"),
    "dict_type": say("a table"),
}


def read_form(form: type[T], content: bytes, file: str, remedy: Remedy) -> T:
    """The value of type `form` in the bytes of a TOML file; faults are `remedy`'s to mend."""
    try:
        return check_form(form, read_toml(content, file), file)
    except PublisherError as error:
        raise error.for_remedy(remedy) from None


def check_form(form: type[T], table: dict[str, Any], file: str) -> T:
    """The value of type `form` in a table that was read from `file`."""
    try:
        _require_fit_values(table, file)
        return _checked(form, table, file)
    except RecursionError:
        raise _endless(file) from None


def read_toml(content: bytes, file: str) -> dict[str, Any]:
    """The table in the bytes of a TOML file, or a fault with line and column."""
    text = decoded(content, file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        spot = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(spot[1]), int(spot[2])) if spot else (text.count("\n") + 1, 1)
        reason = re.sub(r" \(at .*\)", "", str(error))
        row = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
        raise PublisherError.of(
            say("this is not TOML: {reason}", reason=reason),
            Remedy.EDITOR,
            Place(file, line, column),
            straight_marks(row) or say("texts stand in double quotes, lists in square brackets"),
        ) from None
    except (ValueError, RecursionError):
        raise _endless(file) from None


def _endless(file: str) -> PublisherError:
    reason = say("a number or a list without end")
    message = say("this is not TOML: {reason}", reason=reason)
    return PublisherError.of(message, Remedy.EDITOR, Place(file, 1))


def straight_marks(line: str) -> Message | None:
    """The hint for a line whose marks were typed with a Chinese keyboard, where they were."""
    code = re.sub(r'"[^"]*(?:"|$)', "", line.split("#", maxsplit=1)[0])
    found = "".join(sorted(set(code) & _CHINESE_MARKS))
    if not found:
        return None
    return say(
        "this line has Chinese marks: {marks}; type them with an English keyboard", marks=found
    )


def toml_value(value: object) -> str:
    """A text, number, truth or list of them as TOML writes it, on one line.

    JSON's way is TOML's too, but for DEL (TOML 1.0, basic strings).
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def schema(form: type, title: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a form, for text editors that complete it."""
    described = _adapter(form).json_schema()
    return {"$schema": _DRAFT, **described, "title": title}


def toml_path(path: Sequence[str | int]) -> str:
    """`("part", 1, "title")` as people write it: `part[2].title`."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@cache
def _adapter(form: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(form)


def _require_fit_values(table: Mapping[str, Any], file: str) -> None:
    faults: list[Fault] = []
    for path, value in _texts(table, ()):
        try:
            require_fit(value, file, key=toml_path(path))
        except PublisherError as error:
            faults.extend(error.faults)
    if faults:
        raise PublisherError(*faults)


def _texts(
    value: object, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    match value:
        case str():
            yield path, value
        case Mapping():
            for key, inner in value.items():
                yield from _texts(inner, (*path, key))
        case Sequence():
            for index, inner in enumerate(value):
                yield from _texts(inner, (*path, index))


def _checked(form: type[T], table: dict[str, Any], file: str) -> T:
    from pydantic import ValidationError

    try:
        # By way of JSON, where a list may become a tuple and nothing else is bent; TOML's own
        # dates become the texts that the forms ask for.
        value: T = _adapter(cast(Any, form)).validate_json(json.dumps(table, default=str))
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise PublisherError(*_faults(form, details, file)) from None
    return value


def _faults(form: type, details: list[ErrorDetails], file: str) -> list[Fault]:
    faults: dict[str, Fault] = {}
    description = _adapter(form).json_schema()
    for detail in details:
        path = _own_path(detail["loc"])
        key = toml_path(path)
        message, hint = _explained(detail, path, description)
        faults.setdefault(key, Fault(message, Remedy.EDITOR, Place(file, key=key), hint))
    return list(faults.values())


def _own_path(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The path without the names of the alternatives that were tried for an option's value."""
    if "options" in location:
        return location[: location.index("options") + 2]
    return location


def _explained(
    detail: ErrorDetails, path: tuple[int | str, ...], description: dict[str, Any]
) -> tuple[Message, Message | None]:
    value = json.dumps(detail["input"], ensure_ascii=False)[:80]
    name = str(path[-1]) if path else ""
    match detail["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            return say('unknown key "{key}"', key=name), meant(name, _keys(path, description))
        case "missing" | "missing_argument":
            return say('the key "{key}" is missing', key=name), say("add {key} = …", key=name)
        case "literal_error":
            known = re.findall(r"'([^']+)'", str(detail.get("ctx", {}).get("expected", "")))
            return say("{value} is not known here", value=value), meant(value.strip('"'), known)
        case kind:
            return _not_expected(value, "" if "options" in path else kind), None


def _not_expected(value: str, kind: str) -> Message:
    expected = _EXPECTED.get(kind, say("a text, a whole number, or true or false"))
    return say("{value} is not {expected}", value=value, expected=expected)


def _keys(path: tuple[int | str, ...], description: dict[str, Any]) -> list[str]:
    """The keys that the table holding `path` may have."""
    definitions = description.get("$defs", {})
    table = description
    for step in path[:-1]:
        inner = table.get("items") or table.get("properties", {}).get(step)
        table = _resolved(inner or table.get("additionalProperties") or {}, definitions)
    return list(table.get("properties", ()))


def _resolved(inner: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A description itself, in place of a reference to it or of a choice that has it."""
    for choice in (inner, *inner.get("anyOf", ())):
        if "$ref" in choice:
            return dict(definitions[choice["$ref"].rpartition("/")[2]])
    return inner
