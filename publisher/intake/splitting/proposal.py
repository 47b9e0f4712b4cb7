"""Proposal: the lines of a reading as the items of a plan.

It promises that every line has one owner, that the same reading gives the same items, and that
what cannot be known is left unconfirmed: an item confirms itself only when its evidence is certain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise

from publisher.intake.plan import Item, empty_parts, line_count
from publisher.intake.reading import Reading
from publisher.intake.splitting.essay import certain, doubted, inner_items, proposed_essay
from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import (
    Line,
    Lines,
    Mark,
    is_prose,
    is_title_like,
    printed_lines,
)
from publisher.intake.splitting.names import is_name
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.surroundings import surveyed
from publisher.intake.splitting.systems import openings
from publisher.intake.splitting.titles import suggested_title, unbracketed
from publisher.intake.splitting.verses import begins_stanza

# What stands before the first title, without one of its own, and is shorter is no essay.
_SHORTEST_ESSAY = 60


@dataclass(frozen=True)
class Piece:
    """An item that stands by itself, and the items that lie in it."""

    item: Item
    inner: tuple[Item, ...] = ()


def propose(reading: Reading) -> tuple[Item, ...]:
    """The items of a reading, in the order of its lines, an essay before what lies in it."""
    total = line_count(reading.text)
    lines = printed_lines(reading)
    if not lines:
        blank = Item(1, total, "removed", evidence="blank", confidence=weight("blank"))
        return (certain(blank),) if total else ()
    source = surveyed(lines, reading.suggestion)
    marked, found = _with_beginnings(source.lines, openings(source))
    pieces = _counted(_named_apart(list(pieces_of(marked, found)), marked))
    if len(found) == 1:
        pieces = [_described(piece, reading) for piece in pieces]
    elif reading.suggestion.of_all:
        pieces = _written_by(pieces, reading.suggestion.authors)
    return _with_parts_asked(
        tuple(chain.from_iterable((piece.item, *piece.inner) for piece in spread(pieces, 1, total)))
    )


def _with_parts_asked(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items; a part without an essay is asked about, for its title would be in no file."""
    empty = empty_parts(items)
    return tuple(replace(item, confirmed=False) if item in empty else item for item in items)


def _with_beginnings(lines: Lines, found: tuple[Opening, ...]) -> tuple[Lines, tuple[Opening, ...]]:
    """Openings also for what stands before the first of them and below the titles of parts."""
    if not found:
        free = _free(lines, 0, len(lines))
        return lines, (Opening(free[0], ("one-essay",)),) if free else ()
    rows = list(lines)
    more: list[Opening] = []
    starts = [0, *(row.at + row.heading for row in found if row.is_part)]
    spots = [*(row.at for row in found), len(lines)]
    for start in starts:
        free = _free(lines, start, spots[bisect_left(spots, start)])
        first = _beginning(lines, free)
        more += [first] if first else []
        for at in free:
            if first is None or at < first.at:
                rows[at] = _passed_over(lines[at])
    return rows, tuple(sorted((*more, *found), key=lambda row: row.at))


def _free(lines: Lines, start: int, stop: int) -> list[int]:
    """The indexes of lines that are not removed yet."""
    return [
        at for at in range(start, stop) if not (mark := lines[at].mark) or mark.kind != "removed"
    ]


def _beginning(lines: Lines, free: list[int]) -> Opening | None:
    """Where an essay begins in lines before the first title; none where they hold no text."""
    texts = [at for at in free if is_prose(lines[at])]
    titles = [at for at in free if texts and at < texts[0] and is_title_like(lines[at])]
    # 石阶 looks like a name, and is no reason to leave a text out.
    titles = [at for at in titles if not is_name(lines[at].words)] or titles
    if titles:
        return Opening(titles[-1], ("before-the-first",), unbracketed(lines[titles[-1]].words), 1)
    if sum(len(lines[at].words) for at in texts) >= _SHORTEST_ESSAY:
        return Opening(free[0], ("before-the-first",))
    return _verse(lines, free)


def _verse(lines: Lines, free: list[int]) -> Opening | None:
    """Where a stanza begins in lines before the first title; else None.

    Lines that stand together so may be a list as well; it is asked, and left out by no mistake.
    """
    rows = [lines[at] for at in free]
    first = next((at for at in range(len(rows)) if begins_stanza(rows, at)), -1)
    return Opening(free[first], ("before-the-first",)) if first >= 0 else None


def _passed_over(line: Line) -> Line:
    evidence = "dump-title" if is_title_like(line) else "before-the-first"
    return replace(line, mark=Mark("removed", evidence, weight(evidence)))


def pieces_of(lines: Lines, found: tuple[Opening, ...]) -> Iterator[Piece]:
    """The pieces of lines in which essays and parts begin at these openings."""
    stops = [*(opening.at for opening in found), len(lines)]
    is_only = sum(not opening.is_part for opening in found) == 1
    yield from _removed_pieces(lines[: stops[0]])
    for opening, stop in zip(found, stops[1:], strict=True):
        end = _end_of_text(lines, opening.at + opening.lead + max(opening.heading, 1), stop)
        yield _piece(lines[opening.at : end], opening, is_only=is_only)
        yield from _removed_pieces(lines[end:stop])


def _end_of_text(lines: Lines, start: int, stop: int) -> int:
    """The index after the last line of a stretch that is not removed."""
    free = _free(lines, start, stop)
    return free[-1] + 1 if free else start


def _piece(lines: Lines, opening: Opening, *, is_only: bool) -> Piece:
    if opening.is_part:
        part = Item(
            lines[0].number,
            lines[0].number,
            "part",
            title=opening.title,
            evidence=" + ".join(opening.evidence),
            confidence=opening.confidence,
        )
        return Piece(certain(part))
    inner = inner_items(lines, opening)
    essay = proposed_essay(lines, opening, inner, is_only=is_only)
    return Piece(essay, doubted(inner, essay))


def _removed_pieces(lines: Lines) -> Iterator[Piece]:
    """Removed lines, those in a row on the same evidence as one item."""
    for mark, rows in groupby(lines, key=lambda line: line.mark):
        numbers = [row.number for row in rows]
        if mark:
            item = Item(
                numbers[0],
                numbers[-1],
                "removed",
                evidence=mark.evidence,
                confidence=mark.confidence,
            )
            yield Piece(certain(item))


def _counted(pieces: list[Piece]) -> list[Piece]:
    """The same; an introduction is certain when it announced as many essays as were found."""
    announced = any("announced" in p.item.evidence or "counted" in p.item.evidence for p in pieces)
    if not announced:
        return pieces
    sure = weight("counted-blurb")
    return [
        Piece(certain(replace(piece.item, evidence="counted-blurb", confidence=sure)))
        if piece.item.evidence in ("blurb", "dump-title")
        else piece
        for piece in pieces
    ]


def _named_apart(pieces: list[Piece], lines: Lines) -> list[Piece]:
    """The same; a title that all essays share names none of them, so each is asked for."""
    titles = [piece.item.title for piece in pieces if piece.item.kind == "essay"]
    if len(titles) == len(set(titles)) or len(set(titles)) > 1 or not titles[0]:
        return pieces
    return [
        replace(piece, item=_suggested(piece.item, lines)) if piece.item.kind == "essay" else piece
        for piece in pieces
    ]


def _suggested(item: Item, lines: Lines) -> Item:
    start, stop = (
        bisect_right(lines, number, key=lambda line: line.number)
        for number in (item.first, item.last)
    )
    own = lines[start:stop]
    return replace(item, title=suggested_title(own), suggested=True, confirmed=False)


def _described(piece: Piece, reading: Reading) -> Piece:
    """The only essay of a file, with what the file's properties say where its text says nothing."""
    item, said = piece.item, reading.suggestion
    if item.kind != "essay":
        return piece
    if item.suggested and said.title:
        item = replace(item, title=said.title)
    if not item.authors and said.authors:
        item = replace(item, authors=said.authors, confirmed=False)
    return replace(piece, item=item)


def _written_by(pieces: list[Piece], authors: tuple[str, ...]) -> list[Piece]:
    """The essays of a book by one author; to be asked about, and only where no essay names one."""
    if any(piece.item.authors for piece in pieces):
        return pieces
    return [
        replace(piece, item=replace(piece.item, authors=authors, confirmed=False))
        if piece.item.kind == "essay"
        else piece
        for piece in pieces
    ]


def spread(pieces: list[Piece], first: int, last: int) -> Iterator[Piece]:
    """The pieces over the lines from `first` to `last`: each with the blank lines after it."""
    starts = [first, *(piece.item.first for piece in pieces[1:]), last + 1]
    for piece, (start, after) in zip(pieces, pairwise(starts), strict=True):
        yield replace(piece, item=replace(piece.item, first=start, last=after - 1))
