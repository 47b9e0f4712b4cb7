"""Counsel: advice on an essay as the rows of its plan, and what an editor accepted of it.

It promises each piece of advice with its place in the source, whatever cleaning did before it, and
that nothing accepted is passed over in silence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from publisher.ground.errors import Fault, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.intake.body import Body, Carrier, within
from publisher.intake.cleaning.advice import Advice
from publisher.intake.cleaning.advisories import NAMES, advise_cleaned
from publisher.intake.cleaning.changes import INSERTED, Cleaning
from publisher.intake.copytext import Copytext
from publisher.intake.plan import AdviceTable
from publisher.intake.reading import Role

Spot = tuple[str, int, int, str]


@dataclass(frozen=True)
class Counsel:
    """Advice on one body, and the same as rows of a plan."""

    advice: tuple[Advice, ...]
    tables: tuple[AdviceTable, ...]

    def accepted(self, said: dict[Spot, AdviceTable]) -> list[Advice]:
        """The advice that an editor accepted, in the editor's words."""
        return [
            replace(row, after=word.after)
            for row, table in zip(self.advice, self.tables, strict=True)
            if (word := said.get(spot(table))) and word.accepted
        ]


def spot(row: AdviceTable) -> Spot:
    """What tells one piece of advice from another."""
    return row.rule, row.line, row.column, row.before


def unmet(said: Iterable[AdviceTable], given: Iterable[AdviceTable]) -> tuple[AdviceTable, ...]:
    """What an editor accepted and nothing is advised on."""
    known = set(map(spot, given))
    return tuple(row for row in said if row.accepted and spot(row) not in known)


def accepted_faults(rows: Iterable[Any], lines: int, file: str) -> Iterator[Fault]:
    """A fault for each row of a plan's advice that is accepted and can speak of nothing.

    `rows` are tables as they were read; what is wrong with their form is told elsewhere.
    """
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict) and row.get("accepted") is True:
            place = tuple(str(row.get(key)) for key in ("rule", "line", "column", "before"))
            first = seen.setdefault(place, number)
            yield from _faults(row, number, first, lines, file)


def _faults(row: dict[str, Any], number: int, first: int, lines: int, file: str) -> Iterator[Fault]:
    rule, line = row.get("rule"), row.get("line")
    if isinstance(rule, str) and rule not in NAMES:
        message = say('there is no advice "{name}"', name=rule)
        yield _fault(number, "rule", message, meant(rule, NAMES), file)
    if isinstance(line, int) and not 1 <= line <= lines:
        message = say("there is no line {line}", line=line)
        hint = say("the source has the lines 1 to {lines}", lines=lines)
        yield _fault(number, "line", message, hint, file)
    if first != number:
        message = say("the same place is spoken of in advice {number}", number=first)
        yield _fault(number, "accepted", message, say("delete one of the two"), file)


def _fault(number: int, key: str, message: Message, hint: Message | None, file: str) -> Fault:
    return Fault(message, Remedy.EDITOR, Place(file, key=f"advice[{number}].{key}"), hint)


def counsel(copy: Copytext, body: Body, cleaning: Cleaning) -> Counsel:
    """What is advised on a body."""
    advice = _outside_rows(copy, body, cleaning)
    return Counsel(advice, tuple(_table(copy, row, body, cleaning) for row in advice))


def _outside_rows(copy: Copytext, body: Body, cleaning: Cleaning) -> tuple[Advice, ...]:
    """The advice but for rows of tables: their blanks part cells."""
    advice = advise_cleaned(body.text, cleaning, copy.off)
    rows = [s for s in within(copy.reading.spans, body) if s.role is Role.ROW] if advice else ()
    if not rows:
        return advice
    places = Carrier(cleaning).spans(rows)
    return tuple(row for row in advice if not any(p.start <= row.start < p.stop for p in places))


def _table(copy: Copytext, row: Advice, body: Body, cleaning: Cleaning) -> AdviceTable:
    place = body.place(_origin(cleaning, row.start, max(0, len(body.text) - 1)))
    line = bisect_right(copy.starts, place)
    return AdviceTable(
        rule=row.rule,
        line=line,
        column=place - copy.starts[line - 1] + 1,
        before=row.before,
        after=row.after,
        context=f"{row.left}【{row.before}】{row.right}".replace("\n", "¶"),
    )


def _origin(cleaning: Cleaning, start: int, otherwise: int) -> int:
    """Where the first character from `start` on that the source has stood in it."""
    for place in range(start, len(cleaning.origins)):
        if cleaning.origins[place] != INSERTED:
            return cleaning.origins[place]
    return otherwise
