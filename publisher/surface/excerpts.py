"""Excerpts: the lines of a source that a question is about, with their numbers.

It promises every line that makes an essay doubtful, and of the rest as much as one needs to know
it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.ground.messages import say
from publisher.intake.asked import Question
from publisher.intake.plan import Item, Plan
from publisher.intake.planfile import legible
from publisher.surface.plans import kind_of, row_of
from publisher.surface.wording import worded

_FIRST = 3
_MOST = 24
_CHARACTERS = 60


def excerpt(rows: list[str], question: Question) -> Iterator[str]:
    """The lines that show a question; unclear ones have a question mark."""
    if len(question.essays) > 1:
        yield from _limited(list(_of_essays(rows, question)))
    elif question.item.kind == "essay":
        yield from _of_essay(rows, question)
    elif len(question.items) > 1:
        yield from _limited([_line(rows, item.first) for item in question.items])
    else:
        numbers = list(_printed(rows, question.item))
        yield from _parted(rows, [*numbers[:_FIRST], *numbers[-1:]], {}, ())


def starts(rows: list[str], plan: Plan, essay: Item) -> tuple[int, ...]:
    """The unclear lines of an essay that another can begin at: some text above and below each.

    Of several without a line of text between them it is the first.
    """
    doubts = {*essay.unclear, *_apart(plan, essay)}
    texts = [number for number in _printed(rows, essay) if number not in doubts]
    found: list[int] = []
    for number in essay.unclear:
        above, below = (at for at in texts if at < number), (at for at in texts if at > number)
        last = max(above, default=0)
        if last and any(below) and not (found and found[-1] > last):
            found.append(number)
    return tuple(found)


def _apart(plan: Plan, essay: Item) -> set[int]:
    """The lines of what lies in an essay and is none of its text."""
    inner = (row for row in plan.item if row != essay and essay.first <= row.first <= essay.last)
    return {
        number
        for row in inner
        if row.kind not in ("verse", "section")
        for number in range(row.first, row.last + 1)
    }


def whole(rows: list[str], item: Item) -> Iterator[str]:
    """Every line of an item."""
    return (_line(rows, number) for number in _printed(rows, item))


def _of_essay(rows: list[str], question: Question) -> Iterator[str]:
    essay = question.item
    numbers = list(_printed(rows, essay))
    kinds = {item.first: worded(kind_of(item)) for item in question.inner if item.kind != "heading"}
    wanted = {*numbers[:_FIRST], *numbers[-1:], *essay.unclear, *kinds}
    yield from _limited(list(_parted(rows, sorted(wanted), kinds, essay.unclear)))


def _of_essays(rows: list[str], question: Question) -> Iterator[str]:
    """Each essay in a line, and below it what else is open in it."""
    for item in question.items:
        if item.kind == "essay":
            yield "  ".join(cell for cell in row_of(item) if cell)
        elif item.kind != "heading":
            yield f"{_line(rows, item.first)}   ← {worded(kind_of(item))}"


def _parted(
    rows: list[str], numbers: Iterable[int], kinds: dict[int, str], unclear: Iterable[int]
) -> Iterator[str]:
    """Lines by their numbers, with a mark where others stand between them."""
    before = 0
    doubts = set(unclear)
    for number in dict.fromkeys(numbers):
        if before and any(row.strip() for row in rows[before : number - 1]):
            yield "      ⋮"
        sign = "?" if number in doubts else "│"
        kind = f"   ← {kinds[number]}" if number in kinds else ""
        yield _line(rows, number, sign) + kind
        before = number


def _line(rows: list[str], number: int, sign: str = "│") -> str:
    return f"{number:>5} {sign} {legible(rows[number - 1])[:_CHARACTERS]}"


def _printed(rows: list[str], item: Item) -> Iterator[int]:
    """The numbers of an item's lines that are not blank."""
    return (n for n in range(item.first, item.last + 1) if rows[n - 1].strip())


def _limited(lines: list[str]) -> Iterator[str]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"      {worded(say('and {n} more', n=len(lines) - _MOST))}"
