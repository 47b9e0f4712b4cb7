"""Census: the characters of a source counted against those of its reading.

It promises that a loss is never silent. What shows nothing (spaces, line ends) is not counted, and
what a reading has beyond its source is no fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.intake.extractors.passages import Passages
from publisher.intake.reading import Role, Span

_LONGEST_ACCOUNT = 200


@dataclass(frozen=True)
class Census:
    """How many characters a source has, how many of them came over, which pieces did not."""

    counted: int
    kept: int
    lost: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kept:,} of {self.counted:,} characters kept"


def census(pieces: Iterable[str], passages: Passages) -> Census:
    """Compare the pieces of a source's text with all that was made of them."""
    source = [dense for dense in map(_dense, pieces) if dense]
    words = _dense("\n".join(_words(passages)))
    missing = Counter("".join(source)) - Counter(words)
    counted = sum(map(len, source))
    if not missing:
        return Census(counted, counted)
    lost = tuple(piece for piece in source if missing.keys() & set(piece) and piece not in words)
    return Census(counted, counted - missing.total(), lost or ("".join(missing.elements()),))


def loss_notices(taken: Census, file: str) -> tuple[Notice, ...]:
    """A notice with the lost words, where any were lost."""
    if taken.kept == taken.counted:
        return ()
    words = " ".join(taken.lost)
    if len(words) > _LONGEST_ACCOUNT:
        words = words[:_LONGEST_ACCOUNT] + "…"
    return (
        Notice(
            "source-lost",
            say(
                "{count} of {all} characters did not come over: {words}",
                count=taken.counted - taken.kept,
                all=taken.counted,
                words=words,
            ),
            Place(file),
            say("look for them in the source and add them to the essay by hand"),
        ),
    )


def _words(passages: Passages) -> Iterator[str]:
    for line in passages.lines:
        yield line.text
        yield from _readings(line.spans)
    for note in passages.notes:
        yield note.text
        yield from _readings(note.spans)
    for dropped in passages.dropped:
        yield dropped.text


def _readings(spans: Iterable[Span]) -> Iterator[str]:
    return (span.value for span in spans if span.role is Role.RUBY)


def _dense(text: str) -> str:
    return "".join(text.split())
