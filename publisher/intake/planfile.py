"""Plan files: a plan as the TOML text that an editor reads and changes.

It promises the same text for the same plan on every machine, one key to a line, and before each
item the first words of its lines as a comment. What is written reads back equal. It refuses a file
with any fault of form, of lines that overlap or are left over, and of titles, all at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from typing import Any, TypeGuard

from publisher.ground.errors import Gathering, PublisherError
from publisher.ground.forms import check_form, read_toml, schema, toml_value
from publisher.intake.counsel import accepted_faults
from publisher.intake.coverage import (
    Numbered,
    confidence_faults,
    line_faults,
    part_faults,
    sharing_faults,
    title_faults,
)
from publisher.intake.plan import KINDS, AdviceTable, Item, Plan

_HEAD = "# docs/plan.md\n"
_SHOWN = 28
# Printable, but the gate lets no file hold them.
_UNFIT = "\ufffc\ufffd"


def read_plan(content: bytes, file: str) -> Plan:
    """The plan in the bytes of a plan file. Raises PublisherError with every fault."""
    table = read_toml(content, file)
    gathering = Gathering()
    plan = gathering.attempt(partial(check_form, Plan, table, file), _NONE)
    gathering.attempt(partial(_require_sense, table, file), None)
    gathering.settle()
    return plan


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of a plan file."""
    return schema(Plan, "plan")


def written_plan(plan: Plan, text: str) -> bytes:
    """The bytes of the plan's file; `text` is the source's, whose words the comments show."""
    rows = text.split("\n")
    head = _HEAD + "".join(_key_lines(plan, ("item", "advice")))
    items = (f"\n# {_shown(rows, item)}\n[[item]]\n{_item_lines(item)}" for item in plan.item)
    advice = ("\n[[advice]]\n" + "".join(_key_lines(row)) for row in plan.advice)
    return "".join((head, *items, *advice)).encode()


_NONE = Plan("", "", "", 0, 0, "")


def _require_sense(table: dict[str, Any], file: str) -> None:
    """Raise PublisherError for items of the right type that cannot be meant."""
    rows = table.get("item", [])
    lines = table.get("lines")
    if not isinstance(rows, list) or not _is_count(lines):
        return
    known = [Numbered(number, _item(row)) for number, row in enumerate(rows, 1) if _is_item(row)]
    faults = [*line_faults(known, lines, file), *title_faults(known, file)]
    faults += [*confidence_faults(known, file), *part_faults(known, file)]
    faults += accepted_faults(table.get("advice", ()), lines, file)
    # Where an item cannot be read nobody can say which lines are left over.
    if len(known) == len(rows):
        faults += sharing_faults(known, lines, file)
    if faults:
        raise PublisherError(*faults)


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_item(row: object) -> bool:
    """Whether a row says enough to be looked at; what else is wrong with it the form tells."""
    if not isinstance(row, dict) or row.get("kind") not in KINDS:
        return False
    return _is_count(row.get("first")) and _is_count(row.get("last"))


def _item(row: dict[str, Any]) -> Item:
    title, confirmed = row.get("title", ""), row.get("confirmed", False)
    confidence = row.get("confidence", 0.0)
    return Item(
        row["first"],
        row["last"],
        row["kind"],
        title=str(title),
        confidence=confidence if isinstance(confidence, float) else 0.0,
        confirmed=confirmed is True,
    )


def _item_lines(item: Item) -> str:
    """The keys of an item: what it has, and what an editor may want to fill in."""
    asked = {"title", "authors", "date"} if item.kind == "essay" else set()
    named = {"first", "last", "kind", "confirmed"} | asked
    empty = {row.name for row in fields(item) if getattr(item, row.name) == row.default}
    return "".join(_key_lines(item, tuple(empty - named)))


def _key_lines(value: Plan | Item | AdviceTable, without: tuple[str, ...] = ()) -> Iterator[str]:
    for row in fields(value):
        if row.name not in without:
            yield f"{row.name} = {toml_value(getattr(value, row.name))}\n"


def _shown(rows: list[str], item: Item) -> str:
    """The lines of an item and the first words in them, for the comment above it."""
    span = f"{item.first}" if item.first == item.last else f"{item.first}–{item.last}"
    lines = (legible(row) for row in rows[item.first - 1 : item.last])
    words = next(filter(None, lines), "")
    return f"{span}  {words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}".rstrip()


def legible(words: str) -> str:
    """Words of a raw source on one line, without what nobody sees and no file of ours may hold."""
    spaced = " ".join(words.split())
    return "".join(mark for mark in spaced if mark.isprintable() and mark not in _UNFIT).strip()
