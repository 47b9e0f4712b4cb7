"""Poems: the titles of several poems, which stand alone above their stanzas.

It promises titles only where a source, or an essay, is verse throughout and has two such lines or
more; a stanza of one line looks like a title too, so nothing of this is certain.
"""

from __future__ import annotations

from publisher.intake.splitting.lines import Lines, is_open, is_prose, is_title_like
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed
from publisher.intake.splitting.verses import begins_stanza

_FEWEST = 2


def poems(source: Survey) -> tuple[Opening, ...]:
    """The poems of a source; none where a title stands above all, for they are sections then."""
    spots = poem_titles(source.lines)
    if not spots or any(line.mark is None for line in source.lines[: spots[0]]):
        return ()
    return tuple(
        Opening(at, ("poem-title",), unbracketed(source.lines[at].words), 1) for at in spots
    )


def poem_titles(lines: Lines) -> tuple[int, ...]:
    """The indexes of lines that stand alone, each above a stanza; none where there is prose."""
    if any(map(is_prose, lines)):
        return ()
    found = tuple(at for at in range(len(lines) - 1) if _is_alone(lines, at))
    return found if len(found) >= _FEWEST else ()


def _is_alone(lines: Lines, at: int) -> bool:
    line, below = lines[at : at + 2]
    is_apart = below.gap > 0 and (not at or line.gap > 0)
    return is_apart and is_title_like(line) and is_open(line) and begins_stanza(lines, at + 1)
