"""Revisions: tracked changes of an office document, counted and told."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place


@dataclass(frozen=True)
class Revisions:
    """How many tracked changes were accepted."""

    insertions: int = 0
    deletions: int = 0


def revision_notices(revisions: Revisions, file: str) -> tuple[Notice, ...]:
    """A notice with the counts, where there is anything to count."""
    if revisions == Revisions():
        return ()
    return (
        Notice(
            "source-revisions",
            say(
                "the document has tracked changes; insertions taken in: {insertions}, "
                "deletions left out: {deletions}",
                insertions=revisions.insertions,
                deletions=revisions.deletions,
            ),
            Place(file),
            say("to decide on each of them, do it in the document and import it again"),
            Severity.ADVICE,
        ),
    )
