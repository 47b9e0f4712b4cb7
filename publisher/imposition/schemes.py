"""Scheme: a way to make a book of printed sheets. To add one: add its row.

Two kinds of pieces are printed: sheets that are folded once and hold four pages, and leaves that
are cut and hold two. Folded sheets lie in each other: that is a signature (a gathering).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Scheme:
    """One way of binding.

    `signature` is how many folded sheets are laid into each other where nobody says otherwise:
    0 for all of them, None for leaves. `up` is how many pieces a sheet of paper is cut into.
    `apart` says that every signature is a booklet by itself.
    """

    name: str
    signature: int | None
    up: int = 1
    apart: bool = False

    @property
    def is_folded(self) -> bool:
        """Whether its pieces are folded sheets; else they are leaves."""
        return self.signature is not None


# More sheets than these do not stay folded, and no stapler goes through them.
MOST_SHEETS = 24

SCHEMES: Mapping[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme("saddle", signature=0, apart=True),
        Scheme("sewn", signature=4),
        Scheme("side", signature=1),
        Scheme("perfect-2up", signature=None, up=2),
        Scheme("perfect-4up", signature=None, up=4),
    )
}
