"""Folios: drawings with a number in them, taken apart so that any other number can be put in.

It promises what the engine would have drawn, within 0.01 px, and refuses drawings that differ in
more than the glyphs of figures and in lengths that are sums of the figures' widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publisher.composition.formes import Furniture, Slot

_TOKENS = re.compile(rb"<[0-9a-f]+>|-?[0-9.]+|[^<0-9.-]+|.", re.DOTALL)
_NUMBER = re.compile(rb"-?[0-9.]+")
_CODE = 4  # hexadecimal digits of a glyph's code
_NEAR = 0.01  # px
# Each drawing begins where the page does.
_BETWEEN = b"\nQ q\n"


# Says that a page has to be set for the place where it will stand.
Unforeseen = NotImplementedError


@dataclass(frozen=True)
class _Varying:
    """What stands at one place of several drawings: glyph codes, or lengths in px."""

    found: tuple[bytes, ...]
    is_code: bool


def figures_in(drawn: Sequence[bytes]) -> tuple[tuple[bytes, ...], tuple[tuple[float, ...], ...]]:
    """What numbers are drawn with, of drawings with the numbers from 0 to 9.

    The codes of the ten figures, none where no number is shown; and for every length that a number
    decides, what it is with each figure. Raises Unforeseen.
    """
    _, varying = _taken_apart(drawn)
    codes = {it.found for it in varying if it.is_code}
    if len(codes) > 1 or (varying and not codes):
        raise Unforeseen
    moves = tuple(tuple(map(float, it.found)) for it in varying if not it.is_code)
    return (codes.pop() if codes else ()), moves


def opened(
    drawn: Sequence[bytes],
    length: int,
    first: int,
    codes: tuple[bytes, ...],
    moves: tuple[tuple[float, ...], ...],
) -> Furniture:
    """Drawings of two numbers of so many figures, the first made of the figure `first` alone.

    Raises Unforeseen where a number is not its figures in a row, with nothing between.
    """
    parts, varying = _taken_apart(drawn)
    lengths = iter(moves)
    slots: list[Slot] = []
    for it in varying:
        if it.is_code:
            count = sum(slot.figure >= 0 for slot in slots)
            slots.append(Slot(count % length))
        else:
            widths = next(lengths, ())
            if not widths:
                raise Unforeseen
            own = tuple(round(width - widths[first], 6) for width in widths)
            slots.append(Slot(-1, float(it.found[0]), own))
    _require_rows(parts, slots, length)
    return Furniture(tuple(parts), tuple(slots), codes)


def together(row: Iterable[Furniture]) -> Furniture:
    """Several pieces as one, drawn one behind the other. Raises Unforeseen for unlike figures."""
    pieces = tuple(row)
    codes = {it.codes for it in pieces if it.codes}
    if len(codes) > 1:
        raise Unforeseen
    parts = [b""]
    for number, piece in enumerate(pieces):
        parts[-1] += (_BETWEEN if number else b"") + piece.parts[0]
        parts += piece.parts[1:]
    slots = tuple(slot for it in pieces for slot in it.slots)
    return Furniture(tuple(parts), slots, codes.pop() if codes else ())


def _require_rows(parts: list[bytes], slots: list[Slot], length: int) -> None:
    """Raise Unforeseen where something stands between the figures of a number."""
    for (one, other), between in zip(pairwise(slots), parts[1:], strict=False):
        if 0 <= one.figure < length - 1 and (between or other.figure != one.figure + 1):
            raise Unforeseen
    if slots and 0 <= slots[-1].figure < length - 1:
        raise Unforeseen


def require_alike(drawn: bytes, other: bytes) -> None:
    """Raise Unforeseen where two drawings are not the same to the eye."""
    _, varying = _taken_apart((drawn, other))
    for it in varying:
        if it.is_code or abs(float(it.found[0]) - float(it.found[1])) > _NEAR:
            raise Unforeseen


def _taken_apart(drawn: Sequence[bytes]) -> tuple[list[bytes], list[_Varying]]:
    """What drawings have in common, one part more than there are places where they differ."""
    parts, varying = [b""], list[_Varying]()
    for it in _together(drawn):
        if len(set(it.found)) == 1:
            parts[-1] += it.found[0]
        else:
            varying.append(it)
            parts.append(b"")
    return parts, varying


def _together(drawn: Sequence[bytes]) -> Iterator[_Varying]:
    """Drawings token by token. Raises Unforeseen where they are not of one kind."""
    rows = [_TOKENS.findall(it) for it in drawn]
    if len({len(row) for row in rows}) > 1:
        raise Unforeseen
    for tokens in zip(*rows, strict=True):
        if len(set(tokens)) == 1 or all(map(_NUMBER.fullmatch, tokens)):
            yield _Varying(tokens, is_code=False)
        elif len({len(token) for token in tokens}) == 1 and tokens[0].startswith(b"<"):
            yield from _codes(tokens)
        else:
            raise Unforeseen


def _codes(tokens: Sequence[bytes]) -> Iterator[_Varying]:
    """Rows of glyphs, glyph by glyph."""
    yield _Varying((b"<",), is_code=False)
    for place in range(1, len(tokens[0]) - 1, _CODE):
        yield _Varying(tuple(token[place : place + _CODE] for token in tokens), is_code=True)
    yield _Varying((b">",), is_code=False)
