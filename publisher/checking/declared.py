"""Declared: what the collection says of itself and of its authors, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place

if TYPE_CHECKING:
    from publisher.checking.subject import Subject, Text

_NAMED = 5


def dating(subject: Subject) -> Iterator[Notice]:
    """A collection without a date."""
    if not subject.is_dated:
        yield undated(subject.declaration)


def undated(declaration: str) -> Notice:
    """The notice that the collection in whose `declaration` no date stands has none."""
    return Notice(
        "undated",
        say("the collection has no date, so its files carry none"),
        Place(declaration, key="date"),
        say('add date = "YYYY-MM-DD"'),
        Severity.ADVICE,
    )


def authors(subject: Subject) -> Iterator[Notice]:
    """Essays of the body without an author: one notice for all, a warning where most have one."""
    essays = [essay for part in subject.assembly.collection.parts for essay in part.essays]
    lacking = [essay.path for essay in essays if not essay.authors]
    own = [text for text in subject.texts if text.essay.path in lacking]
    if own and len(own) == len(essays):
        yield _nobody(subject.declaration)
    elif own:
        is_rule = 2 * len(own) <= len(essays)
        yield _unsigned(own, Severity.WARNING if is_rule else Severity.ADVICE)


def _nobody(declaration: str) -> Notice:
    return Notice(
        "authorless",
        say("no essay names its author"),
        Place(declaration),
        say("add author: NAME to the front matter of the essays, or leave it, if all are by one"),
        Severity.ADVICE,
    )


def _unsigned(own: list[Text], severity: Severity) -> Notice:
    names = ", ".join(text.essay.path for text in own[:_NAMED])
    return Notice(
        "authorless",
        say(
            "essays that name no author, while others do: {n} ({names})",
            n=len(own),
            names=names if len(own) <= _NAMED else f"{names}, …",
        ),
        own[0].at(),
        say("add author: NAME to their front matter"),
        severity,
    )


def part_titles(subject: Subject) -> Iterator[Notice]:
    """Parts without a title among several."""
    parts = subject.assembly.collection.parts
    for number, part in enumerate(parts, start=1):
        if not part.title and len(parts) > 1:
            yield Notice(
                "part-untitled",
                say("the part has no title"),
                Place(subject.declaration, key=f"part[{number}].title"),
                say("give it one, or put its essays into the part before"),
            )
