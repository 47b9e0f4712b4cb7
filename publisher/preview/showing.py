"""Showing: what a preview shows at one moment, as a value, and how news changes it.

It promises that what was made stays in sight until something newer takes its place: a collection
that cannot be read keeps its last pages, and says beside them what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.ground.messages import Message
from publisher.ground.places import NOWHERE, Place
from publisher.model.artefact import Artefact

# What a remark is: a fault, a notice of either weight, a word of another script in doubt.
ERROR, WARNING, ADVICE, DOUBT = "error", "warning", "advice", "doubt"


@dataclass(frozen=True)
class Entry:
    """An essay in the order of the book: `file` as it is declared, `anchor` as in every output."""

    file: str
    title: str
    authors: tuple[str, ...]
    anchor: str


@dataclass(frozen=True)
class Section:
    """A row of essays: `kind` is front, essays, part or back; only parts have titles."""

    kind: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Contents:
    """The order of a book; `digest` is that of the `collection.toml` that says so."""

    title: str
    language: str
    digest: str
    sections: tuple[Section, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A page as it lies there: its printed number, its width and height in pt."""

    label: str
    width: float
    height: float


@dataclass(frozen=True)
class Pull:
    """An output as it comes off the press, to be looked at.

    `digest` is that of its bytes; `sheets` are its pages, none in an EPUB; `openings` are those
    that lie open side by side, by their numbers from 0, as the eye sees them from left to right;
    `starts` are the pages on which essays begin, by anchor. One that was made only to be read here
    is `is_extra`.
    """

    artefact: Artefact
    digest: str
    format: str
    script: str
    language: str
    sheets: tuple[Sheet, ...] = ()
    openings: tuple[tuple[int | None, ...], ...] = ()
    is_right_bound: bool = False
    starts: tuple[tuple[str, int], ...] = ()
    is_extra: bool = False


@dataclass(frozen=True)
class Remark:
    """Something to be said of a place: what it is, the sentence, what to do.

    `at` names a file of the collection as seen from its folder; `words` begin the passage that is
    meant, `anchor` is its essay's; `pages` are the pages on which it stands, by output. With a
    `script` it concerns the outputs in that script alone.
    """

    kind: str
    message: Message
    at: Place = NOWHERE
    hint: Message | None = None
    script: str = ""
    words: str = ""
    anchor: str = ""
    pages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Work:
    """What is being done: of which output, at which stage, how much of how much."""

    output: str
    stage: str
    done: int
    total: int


# ---- news ----


@dataclass(frozen=True)
class Ordered:
    """The collection was read: what stood against it is gone."""

    contents: Contents


@dataclass(frozen=True)
class Pulled:
    """An output was made; `turn` is the page to look at, if one of an essay changed."""

    pull: Pull
    turn: int | None = None


@dataclass(frozen=True)
class Refused:
    """The collection, or one of its outputs, could not be made."""

    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Remarked:
    """All that is to be said of the collection as it was read; `outputs` is all that was made."""

    remarks: tuple[Remark, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Rested:
    """A round has come to its end."""


News = Ordered | Pulled | Refused | Remarked | Rested | Work


@dataclass(frozen=True)
class Turn:
    """The page to look at, in which output; `number` tells one turn from the next."""

    output: str
    page: int
    number: int


@dataclass(frozen=True)
class Showing:
    """All that a preview shows; `number` grows with every change.

    It is `resting` when nothing is being made. `past` are the pulls before the last ones: a browser
    that heard of them may still ask for their pages.
    """

    number: int = 0
    contents: Contents | None = None
    pulls: tuple[Pull, ...] = ()
    faults: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    work: Work | None = None
    turn: Turn | None = None
    resting: bool = False
    past: tuple[Pull, ...] = ()

    def is_like(self, other: Showing) -> bool:
        """Whether another shows the same, whatever is being done."""
        mine, theirs = (replace(it, number=0, work=None) for it in (self, other))
        return mine == theirs

    def after(self, news: News) -> Showing:
        """The showing with some news in it."""
        resting = isinstance(news, Rested)
        return replace(self._changed(news), number=self.number + 1, resting=resting)

    def _changed(self, news: News) -> Showing:
        match news:
            case Work():
                return replace(self, work=news)
            case Ordered(contents):
                return replace(self, contents=contents, faults=(), pulls=self._wanted(contents))
            case Pulled():
                return self._with(news)
            case Refused(faults):
                told = tuple(dict.fromkeys((*self.faults, *faults)))
                return replace(self, faults=told)
            case Remarked(remarks, outputs):
                made = tuple(it for it in self.pulls if it.artefact.output in outputs)
                return replace(self, remarks=remarks, pulls=made)
            case Rested():
                return replace(self, work=None)

    def _wanted(self, contents: Contents) -> tuple[Pull, ...]:
        """The outputs that are still declared, and what is read beside them."""
        return tuple(
            it for it in self.pulls if it.is_extra or it.artefact.output in contents.outputs
        )

    def _with(self, news: Pulled) -> Showing:
        """With a newer pull in the place of the one before; declared outputs in their order."""
        name = news.pull.artefact.output
        pulls = {it.artefact.output: it for it in self.pulls}
        past = {it.artefact.output: it for it in self.past} | {name: pulls.get(name, news.pull)}
        pulls[name] = news.pull
        order = self.contents.outputs if self.contents else ()
        rest = (it for it in pulls if it not in order)
        row = tuple(pulls[it] for it in (*order, *rest) if it in pulls)
        turn = self.turn if news.turn is None else self._turned(name, news.turn)
        return replace(self, pulls=row, past=tuple(past.values()), turn=turn)

    def _turned(self, output: str, page: int) -> Turn:
        return Turn(output, page, self.turn.number + 1 if self.turn else 1)
