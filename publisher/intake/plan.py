"""Plan: what the lines of one source are: essays, their headings and bylines, what is left out.

It promises a value in which every line of the source has one owner, and which never forgets an
editor's word: what was confirmed or changed by hand outlives every new proposal. The items of a
plan stand in the order of lines, an essay before what lies in it. Some items stand by themselves:
essays, parts and what is removed outside of essays. The others lie in an essay, which owns the
lines between them as its body.

The classes below are the one description of a plan file (docs/plan.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any, ClassVar, Literal, get_args

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.fixity import digest
from publisher.ground.forms import STRICT
from publisher.ground.messages import say
from publisher.ground.places import Place

Kind = Literal[
    "essay", "part", "heading", "section", "verse", "byline", "dateline", "note", "removed"
]
KINDS: tuple[str, ...] = get_args(Kind)
# From here on a proposal is certain and confirms itself.
CERTAIN = 0.9
# Keys that an item did not always have.
_YOUNGER = ("file", "unclear")


@dataclass(frozen=True)
class Item:
    """Some lines of the source and what they are."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    first: int
    """The number of the first line; lines count from 1."""
    last: int
    """The number of the last line, which belongs to the item."""
    kind: Kind
    """`essay`, `part`, `heading`, `section`, `verse`, `byline`, `dateline`, `note`, `removed`."""
    title: str = ""
    """The title of an essay, a part or a section."""
    authors: tuple[str, ...] = ()
    """Who wrote the essay."""
    date: str = ""
    """When the essay was written, in the words of the source."""
    suggested: bool = False
    """Whether the title is only a suggestion, made of the essay's own words."""
    evidence: str = ""
    """What speaks for it: names from the table of evidence, joined by ` + `."""
    confidence: float = 0.0
    """How sure the program is, from 0 to 1."""
    confirmed: bool = False
    """Whether the item is settled; only confirmed items are applied."""
    file: str = ""
    """The manuscript of the essay, where it is not the one that its number gives."""
    unclear: tuple[int, ...] = ()
    """The lines of an essay that fit nothing; another essay may begin at one of them."""


@dataclass(frozen=True)
class AdviceTable:
    """A change that the program would make in the words but does not make by itself."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    rule: str
    """The name of the rule that saw it."""
    line: int
    """The line of the source, from 1."""
    column: int
    """The character of that line, from 1."""
    before: str
    """The words as they stand."""
    after: str
    """The words as they should be; yours to change."""
    context: str = ""
    """Where it stands."""
    accepted: bool = False
    """Whether it shall be done."""


@dataclass(frozen=True)
class Plan:
    """The plan of one source."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    source: str
    """The name of the source."""
    sha256: str
    """The digest of the source's bytes."""
    how: str
    """How the source was read."""
    lines: int
    """How many lines the source has."""
    characters: int
    """How many characters the source has, line ends among them."""
    seal: str
    """Tells whether anybody changed the items since they were proposed; leave it alone."""
    rules_off: tuple[str, ...] = ()
    """Names of the cleaning rules that shall not be applied to this source."""
    item: tuple[Item, ...] = ()
    """What the lines are."""
    advice: tuple[AdviceTable, ...] = ()
    """What might be changed in the words."""

    @property
    def is_touched(self) -> bool:
        """Whether an editor confirmed or changed anything in the items."""
        return self.seal != sealed(self.item)

    @property
    def is_settled(self) -> bool:
        """Whether every item is confirmed, so that nothing is left to ask."""
        return all(item.confirmed for item in self.item)


def sealed(items: tuple[Item, ...]) -> str:
    """The seal of items as they are proposed."""
    rows = [asdict(item) for item in items]
    # Younger than the seals of many plans, so they count only where they say something.
    told = [{key: row[key] for key in row if key not in _YOUNGER or row[key]} for row in rows]
    return digest(repr(told).encode())[:16]


def line_count(text: str) -> int:
    """How many lines a text has: a line feed at the very end begins no further one."""
    return text.count("\n") + (not text.endswith("\n") and text != "")


def pieces(items: Iterable[Item]) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    """Every item that stands by itself with what lies in it, in the order of the lines."""
    outer: Item | None = None
    inner: list[Item] = []
    for item in sorted(items, key=lambda item: (item.first, item.kind != "essay")):
        if outer and outer.kind == "essay" and item.first <= outer.last:
            inner.append(item)
            continue
        if outer:
            yield outer, tuple(inner)
        outer, inner = item, []
    if outer:
        yield outer, tuple(inner)


def essays(plan: Plan) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    """Every essay with what lies in it, in the order of the lines."""
    return (piece for piece in pieces(plan.item) if piece[0].kind == "essay")


def empty_parts(items: Iterable[Item]) -> tuple[Item, ...]:
    """The parts in which no essay stands."""
    rows = [item for item, _ in pieces(items) if item.kind in ("essay", "part")]
    return tuple(
        row
        for row, after in pairwise((*rows, None))
        if row and row.kind == "part" and (after is None or after.kind == "part")
    )


def names(plan: Plan, stem: str) -> list[str]:
    """What the manuscripts of a plan's essays are called, in order."""
    own = [item.file for item, _ in essays(plan)]
    width = max(2, len(str(len(own))))
    numbered = (f"{stem}-{n:0{width}}.md" for n in range(1, len(own) + 1))
    default = [f"{stem}.md"] if len(own) == 1 else numbered
    return [name or other for name, other in zip(own, default, strict=True)]


def renewed(old: Plan, new: Plan, file: str) -> Plan:
    """The plan in `file`, brought up to date with a new proposal for the same source.

    Items that nobody touched follow the proposal; once an editor confirmed or changed one of them
    all are the editor's. Advice keeps what the editor said of it, and what was accepted stays.
    Raises PublisherError where the source is no longer the one that was planned.
    """
    if old.sha256 != new.sha256:
        raise _changed(old, file)
    items, seal = (old.item, old.seal) if old.is_touched else (new.item, new.seal)
    advice = _advised(old.advice, new.advice)
    return replace(new, item=items, seal=seal, rules_off=old.rules_off, advice=advice)


def _changed(old: Plan, file: str) -> PublisherError:
    return PublisherError.of(
        say("{source} is no longer the file that this plan was made for", source=old.source),
        Remedy.EDITOR,
        Place(file, key="sha256"),
        say("bring the old file back, or move the plan away to have the new one planned"),
    )


def _advised(old: tuple[AdviceTable, ...], new: tuple[AdviceTable, ...]) -> tuple[AdviceTable, ...]:
    """New advice in the editor's words where there are any, and whatever was accepted before."""
    said = {_spot(row): row for row in old}
    rows = {_spot(row): said.get(_spot(row), row) for row in new}
    rows |= {spot: row for spot, row in said.items() if row.accepted}
    return tuple(rows[spot] for spot in sorted(rows))


def _spot(row: AdviceTable) -> tuple[int, int, str, str]:
    return row.line, row.column, row.rule, row.before
