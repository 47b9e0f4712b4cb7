"""Barcode: an ISBN as EAN-13, for the back of a cover.

Source: GS1 General Specifications 5.2 (EAN/UPC) and ISO 2108 (ISBN): 95 modules of 0.33 mm, 11 of
them free on the left and 7 on the right. It refuses a number whose last figure is not its check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say

MODULE = 0.33
_BEFORE, _AFTER = 11, 7
_TALL, _GUARD, _FOOT = 69, 5, 10
# The seven modules of each figure, as written in the left half with odd parity (set A).
_ODD = (
    "0001101", "0011001", "0010011", "0111101", "0100011",
    "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
# How the first figure is told: by which of the next six are written with even parity (set B).
_PARITY = (
    "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB",
    "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA",
)  # fmt: skip
_SIDE, _MIDDLE = "101", "01010"
_GUARDS = {*range(3), *range(45, 50), *range(92, 95)}


def isbn(identifier: str) -> str:
    """The thirteen figures of an ISBN in an identifier; empty where it is another name.

    Raises PublisherError where the last figure is wrong, for then the number is mistyped.
    """
    figures = re.sub(r"(?i)^isbn[:\s]*|[-\s]", "", identifier.strip())
    if not re.fullmatch(r"97[89][0-9]{10}", figures):
        return ""
    right = check_figure(figures[:12])
    if figures[12] != right:
        raise PublisherError.of(
            say(
                '"{identifier}" is not an ISBN: it would end with {n}',
                identifier=identifier,
                n=right,
            ),
            Remedy.EDITOR,
            hint=say("compare it with the number that you were given"),
        )
    return figures


def check_figure(twelve: str) -> str:
    """The thirteenth figure: what makes the weighted sum a multiple of ten (GS1 7.9)."""
    total = sum(int(figure) * (3 if place % 2 else 1) for place, figure in enumerate(twelve))
    return str(-total % 10)


def modules(figures: str) -> str:
    """The 95 modules of thirteen figures from left to right: 1 is a bar, 0 a space."""
    parity = _PARITY[int(figures[0])]
    left = "".join(_left(int(f), side) for f, side in zip(figures[1:7], parity, strict=True))
    right = "".join(_inverse(_ODD[int(figure)]) for figure in figures[7:])
    return _SIDE + left + _MIDDLE + right + _SIDE


def barcode(figures: str, family: str) -> str:
    """An SVG of the bars, with the figures below in a font family; one unit is one module."""
    width, height = _BEFORE + 95 + _AFTER, _TALL + _FOOT
    size = f'width="{width * MODULE:.2f}mm" height="{height * MODULE:.2f}mm"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f"{''.join(_bars(modules(figures)))}{''.join(_figures(figures, family))}</svg>"
    )


def _left(figure: int, side: str) -> str:
    own = _ODD[figure]
    return own if side == "A" else _inverse(own)[::-1]


def _inverse(row: str) -> str:
    return row.translate({ord("0"): "1", ord("1"): "0"})


def _bars(row: str) -> Iterator[str]:
    for run in re.finditer("1+", row):
        tall = _TALL + _GUARD * (run.start() in _GUARDS)
        x, width = _BEFORE + run.start(), run.end() - run.start()
        yield f'<rect x="{x}" y="0" width="{width}" height="{tall}"/>'


def _figures(figures: str, family: str) -> Iterator[str]:
    """The first figure before the bars, then six under each half."""
    under = (-8, *range(3, 45, 7), *range(50, 92, 7))
    for start, figure in zip(under, figures, strict=True):
        x = _BEFORE + start + 3.5
        yield (
            f'<text x="{x}" y="{_TALL + 9}" font-size="9" text-anchor="middle" '
            f'font-family="{family}">{figure}</text>'
        )
