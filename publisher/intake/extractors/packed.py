"""Packed: the end of the way that Word, OpenDocument and EPUB have in common.

It promises that a packed source becomes a reading in one manner: its pictures by short names, its
characters counted, and whatever does not agree told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from publisher.ground.notices import Notice
from publisher.intake.extractors.census import census, loss_notices
from publisher.intake.extractors.elements import read_elements
from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.media import picture_notices, short_names, shown
from publisher.intake.extractors.passages import joined
from publisher.intake.extractors.properties import dated
from publisher.intake.reading import Dropped, Reading, Suggestion


@dataclass(frozen=True)
class Told:
    """What a source says beside its text, what was left out before it was read, and notices."""

    suggestion: Suggestion
    dropped: tuple[Dropped, ...] = ()
    notices: tuple[Notice, ...] = ()


def packed_reading(
    kind: str,
    body: Element,
    notes: Mapping[str, Element],
    media: Mapping[str, bytes],
    *,
    pieces: Iterable[str],
    told: Told,
    file: str,
    blanks_count: bool,
) -> Reading:
    """The reading of a body of HTML whose notes are taken out of it.

    `media` are the pictures by the addresses they have in the body, `pieces` the words the source
    has, wherever they stand in it.
    """
    names = short_names(tuple(media))
    passages = read_elements(body, notes, names, blanks_count=blanks_count)
    pictures, unseen = shown({names[path]: media[path] for path in media}, passages)
    passages = replace(passages, dropped=(*told.dropped, *passages.dropped, *unseen))
    counted = census(pieces, passages)
    text, spans = joined(passages.lines)
    return Reading(
        text,
        dated(f"{kind}, {counted}", told.suggestion),
        spans,
        passages.notes,
        pictures,
        passages.dropped,
        told.suggestion,
        (*told.notices, *picture_notices(pictures, file), *loss_notices(counted, file)),
    )
