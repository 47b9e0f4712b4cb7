"""Tokens: measured pieces of text, the composer's letters in a compositor's stick.

It promises that a token is never broken and that its lengths are whole units. A unit is 1/1000 em
of the paragraph's own size, whatever size a token has.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.typography.characters import (
    LOOSE_START,
    NO_END,
    NO_START,
    STRICT_END,
    STRICT_START,
    Kind,
)


# Tokens are shared by all the places where they stand, and are told apart by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One unbreakable piece: its class, its width, and the blanks inside it that may go.

    `before` and `after` are the blank halves of a full-width mark; a mark that is centred in its
    em has both. `spaced` is false where no gap shall open between it and its neighbours, `glued`
    where no line may end before it, `hyphen` is the width of the hyphen that it shows at a line's
    end. `common` is a Han like any other, beside which nothing happens.
    """

    text: str
    kind: Kind
    advance: int
    before: int = 0
    after: int = 0
    spaced: bool = True
    glued: bool = False
    hyphen: int = 0
    common: bool = field(init=False)

    def __post_init__(self) -> None:
        common = self.kind == Kind.HAN and self.spaced and not self.glued
        object.__setattr__(self, "common", common)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a region sets its lines; lengths in em/1000.

    - `pair`: two adjacent marks are set this much narrower than two em, where their blanks allow.
    - `trim_start`: an opening mark at a line's start loses its blank half.
    - `trim_end`: a mark at a line's end may lose its blank half, all or nothing.
    - `hang`: a comma or stop may hang outside the measure's end.
    - `give`: what one mark inside a line may give when a line is squeezed.
    - `gap`, `gap_least`, `gap_most`: between Han and Western letters or digits.
    - `space_least`, `space_most`: what a word space may shrink and grow to.
    - `strictness`: -1 loose, 0 basic, 1 strict (CLREQ 3.1.5).
    """

    pair: int = 500
    trim_start: bool = True
    trim_end: bool = True
    hang: bool = False
    give: int = 500
    gap: int = 250
    gap_least: int = 125
    gap_most: int = 500
    space_least: int = 250
    space_most: int = 500
    strictness: int = 0

    def begins_line(self, token: Token) -> bool:
        """Whether a line may begin with a token."""
        first = token.text[:1]
        if token.glued or (first in STRICT_START and self.strictness > 0):
            return False
        if first in LOOSE_START and self.strictness < 0:
            return True
        return first not in NO_START and token.text != "—"

    def ends_line(self, token: Token) -> bool:
        """Whether a line may end with a token."""
        last = token.text[-1:]
        return last not in NO_END and (last not in STRICT_END or self.strictness <= 0)


# Mainland: CLREQ 3.1.6. Taiwan and Hong Kong keep every mark in its full em, centred.
MAINLAND = Rules()
TAIWAN = Rules(pair=0, trim_start=False, trim_end=False, give=0)
HONG_KONG = TAIWAN


def rules_for(language: str) -> Rules:
    """The rules of a language tag's region (BCP 47), `zh-Hant-TW` for instance."""
    tags = language.lower().split("-")
    if "cn" in tags or "sg" in tags:
        return MAINLAND
    if "hk" in tags or "mo" in tags:
        return HONG_KONG
    return TAIWAN if "tw" in tags or "hant" in tags else MAINLAND
