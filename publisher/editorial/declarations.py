"""Declarations: `collection.toml` read and checked, key by key and as a whole.

It promises a `Declaration` in which every value has its type and form and the parts agree. It
refuses anything else, with every fault that can be seen from the file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.forms import read_form, schema
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.model.declaration import Declaration, OutputTable

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


def read_declaration(content: bytes, file: str) -> Declaration:
    """The checked declaration in the bytes of a `collection.toml`.

    Raises PublisherError with every fault.
    """
    declaration = read_form(Declaration, content, file, Remedy.EDITOR)
    faults = [*_about_faults(declaration, file)]
    faults += _order_faults(declaration, file)
    faults += _output_faults(declaration.output, file)
    if faults:
        raise PublisherError(*faults)
    return declaration


def declaration_schema() -> dict[str, Any]:
    """The JSON Schema of `collection.toml`."""
    return schema(Declaration, "collection.toml")


def _about_faults(declaration: Declaration, file: str) -> Iterator[Fault]:
    if not declaration.title.strip():
        yield _fault(say("the title is empty"), file, "title", say("every book has a title"))
    if declaration.date and not _DATE.fullmatch(declaration.date):
        yield _fault(
            say('"{value}" is not a date', value=declaration.date),
            file,
            "date",
            say("write YYYY, YYYY-MM or YYYY-MM-DD"),
        )
    if declaration.slug and not _NAME.fullmatch(declaration.slug):
        yield _unfit_name(declaration.slug, file, "slug")


def _order_faults(declaration: Declaration, file: str) -> Iterator[Fault]:
    if declaration.essays and declaration.part:
        yield _fault(
            say("there are both essays and parts"),
            file,
            "essays",
            say("put these essays into a part, or leave the parts out"),
        )


def _output_faults(outputs: tuple[OutputTable, ...], file: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, output in enumerate(outputs, start=1):
        key = f"output[{number}].name"
        if not _NAME.fullmatch(output.name):
            yield _unfit_name(output.name, file, key)
        if output.name in seen:
            yield _fault(
                say('two outputs are called "{name}"', name=output.name),
                file,
                key,
                say("one would overwrite the other; give each a name of its own"),
            )
        seen.add(output.name)


def _unfit_name(name: str, file: str, key: str) -> Fault:
    return _fault(
        say('"{name}" cannot be part of a file name', name=name),
        file,
        key,
        say("use Latin letters, digits, hyphens and dots"),
    )


def _fault(message: Message, file: str, key: str, hint: Message) -> Fault:
    return Fault(message, Remedy.EDITOR, Place(file, key=key), hint)
