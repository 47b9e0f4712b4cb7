"""Declarations: `collection.toml` read and checked, key by key and as a whole.

It promises a `Declaration` in which every value has its type and form and the parts agree. It
refuses anything else, with every fault that can be seen from the file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from publisher.ground.errors import Fault, Gathering, PublisherError, Remedy
from publisher.ground.forms import check_form, read_toml, schema
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.model.addresses import in_ascii, is_shelf_root
from publisher.model.declaration import Declaration

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NAME = re.compile(r"[^\W_][\w.-]{0,59}")
Table = dict[str, Any]


def read_declaration(content: bytes, file: str) -> Declaration:
    """The checked declaration in the bytes of a `collection.toml`.

    Raises PublisherError with every fault.
    """
    table = read_toml(content, file)
    gathering = Gathering()
    declaration = gathering.attempt(partial(check_form, Declaration, table, file), Declaration(""))
    gathering.attempt(partial(_require_sense, table, file), None)
    gathering.settle()
    return declaration


def declaration_schema() -> dict[str, Any]:
    """The JSON Schema of `collection.toml`."""
    return schema(Declaration, "collection.toml")


def _require_sense(table: Table, file: str) -> None:
    """Raise PublisherError for values of the right type that cannot be meant."""
    faults = [*_about_faults(table, file), *_order_faults(table, file)]
    faults += [*_shelf_faults(table, file), *_output_faults(table, file)]
    if faults:
        raise PublisherError(*faults)


def _about_faults(table: Table, file: str) -> Iterator[Fault]:
    title, day, slug = (_text(table, key) for key in ("title", "date", "slug"))
    if title is not None and not title.strip():
        yield _fault(say("the title is empty"), file, "title", say("every book has a title"))
    yield from _date_faults(day, file, "date")
    for number, row in enumerate(_rows(table, "printing"), start=1):
        yield from _date_faults(_text(row, "date"), file, f"printing[{number}].date")
    if slug and not _NAME.fullmatch(slug):
        yield _unfit_name(slug, file, "slug")


def _date_faults(day: str | None, file: str, key: str) -> Iterator[Fault]:
    if day and not _is_date(day):
        hint = say("write YYYY, YYYY-MM or YYYY-MM-DD")
        yield _fault(say('"{value}" is not a date', value=day), file, key, hint)


def _order_faults(table: Table, file: str) -> Iterator[Fault]:
    if table.get("essays") and table.get("part"):
        yield _fault(
            say("there are both essays and parts"),
            file,
            "essays",
            say("put these essays into a part, or leave the parts out"),
        )


def _shelf_faults(table: Table, file: str) -> Iterator[Fault]:
    url = _text(table.get("shelf"), "url")
    if url is not None and not is_shelf_root(url):
        yield _fault(
            say('"{url}" cannot be the address of a shelf', url=url),
            file,
            "shelf.url",
            _shelf_hint(url),
        )


def _shelf_hint(url: str) -> Message:
    address = in_ascii(url)
    if address != url and is_shelf_root(address):
        return say("it holds letters that addresses do not have; write {url}", url=address)
    return say("write it as https://books.example.org, without ? and #")


def _output_faults(table: Table, file: str) -> Iterator[Fault]:
    names = [_text(row, "name") for row in _rows(table, "output")]
    seen: set[str] = set()
    for number, name in enumerate(names, start=1):
        key = f"output[{number}].name"
        if name is not None and not _NAME.fullmatch(name):
            yield _unfit_name(name, file, key)
        # Some disks do not tell capital letters apart.
        if name and name.casefold() in seen:
            yield _fault(
                say('two outputs are called "{name}"', name=name),
                file,
                key,
                say("one would overwrite the other; give each a name of its own"),
            )
        seen.add((name or "").casefold())


def _rows(table: Table, key: str) -> list[object]:
    """The tables of a list; what is no list is the form's to refuse."""
    rows = table.get(key)
    return rows if isinstance(rows, list) else []


def _text(table: object, key: str) -> str | None:
    """A value that is a text; other types are the form's to refuse."""
    value = table.get(key) if isinstance(table, dict) else None
    return value if isinstance(value, str) else None


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat("-".join((*text.split("-"), "01", "01")[:3]))
    except ValueError:
        return False
    return True


def _unfit_name(name: str, file: str, key: str) -> Fault:
    return _fault(
        say('"{name}" cannot be part of a file name', name=name),
        file,
        key,
        say("use letters, digits, hyphens and dots, at most sixty"),
    )


def _fault(message: Message, file: str, key: str, hint: Message) -> Fault:
    return Fault(message, Remedy.EDITOR, Place(file, key=key), hint)
