"""Finding: one thing that a reader of a page would stumble over, with its place.

And the proof of a file: its findings and its figures, as values for people and for scripts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from publisher.ground.messages import Message

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A place in a file: page as counted and as labelled, line as counted from the top, its words.

    `box` is the line's left, bottom, right, top in pt; `x` where on the line to look.
    """

    page: int
    label: str
    line: int
    text: str
    box: Box
    x: float


@dataclass(frozen=True)
class Finding:
    """A kind (docs/proof.md), a place, what is the matter there, and how bad: worse is more."""

    kind: str
    at: Spot
    message: Message
    amount: float = 0.0


@dataclass(frozen=True)
class Gap:
    """A step from one Han to the next in em, with the place it was found at."""

    step: float
    at: Spot


@dataclass(frozen=True)
class TextFigures:
    """A text's size, leading and measure in pt, its lines, and of those that should be flush.

    `measure` is the same on all pages of a book, or that of most.
    """

    name: str
    size: float
    leading: float
    measure: float
    paragraphs: int
    lines: int
    full: int
    flush: int
    single_han: int


@dataclass(frozen=True)
class Steps:
    """Han-to-Han steps of the body in em; `p1` is larger than one in a hundred of them."""

    count: int
    p1: float
    p50: float
    p99: float
    narrowest: Gap
    widest: Gap


@dataclass(frozen=True)
class Pairs:
    """How many pairs of full-width marks there are, and how many of them take 2 em.

    `are_judged` is false in a language that sets every mark in its full em.
    """

    count: int
    at_2_em: int
    are_judged: bool


@dataclass(frozen=True)
class Register:
    """How many lines the body has, and how many of them stand on its grid."""

    lines: int
    on_grid: int


@dataclass(frozen=True)
class Proof:
    """What was measured in one file; findings stand in the order of the pages.

    `language` is what the file says of itself (BCP 47), empty where it says nothing.
    """

    file: str
    language: str
    pages: int
    han: int
    texts: tuple[TextFigures, ...]
    steps: Steps | None
    pairs: Pairs
    register: Register
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each kind."""
        return Counter(finding.kind for finding in self.findings)
