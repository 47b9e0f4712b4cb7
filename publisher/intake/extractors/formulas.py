"""Formulas: Office Math (ECMA-376, part 1, 22.1) as a line of characters.

It promises that what stands above or below another thing does not run into it: a half is 1/2 and
not 12. What it does not know it writes one after the other.
"""

from __future__ import annotations

from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.wordxml import M, W

# What stands before a part that is above or below others.
_SIGNS = {"sup": "^", "sub": "_", "den": "/"}
_WORDS = (f"{M}t", f"{W}t")


def linear(formula: Element) -> str:
    """A formula in one line."""
    if formula.tag in _WORDS:
        return formula.text or ""
    said = "".join(_part(child) for child in formula.iterchildren())
    match str(formula.tag).removeprefix(M):
        case "rad":
            return f"√{_held(said)}"
        case "d":
            return f"({said})"
    return said


def _part(part: Element) -> str:
    name, said = str(part.tag).removeprefix(M), linear(part)
    if name == "num":
        return _held(said)
    return _SIGNS[name] + _held(said) if name in _SIGNS and said else said


def _held(words: str) -> str:
    """Words that another sign must not cut: in brackets if they are more than a number or name."""
    return words if words.isalnum() else f"({words})"
