"""What the tests of sources ask of a reading: which words have which role, and what was told."""

from __future__ import annotations

from publisher.intake.reading import Reading, Role


def words(reading: Reading, role: Role) -> list[tuple[str, str]]:
    """(words, value) of every span of a role, in order."""
    return [
        (reading.text[span.start : span.stop], span.value)
        for span in reading.spans
        if span.role is role
    ]


def figures(reading: Reading) -> list[tuple[str, str, str]]:
    """(caption, picture, description) of every figure, in order."""
    return [
        (reading.text[span.start : span.stop], span.picture, span.description)
        for span in reading.spans
        if span.role is Role.FIGURE
    ]


def lines(reading: Reading) -> list[str]:
    """The lines of the text that have words."""
    return [line for line in reading.text.split("\n") if line.strip()]


def dropped(reading: Reading) -> dict[str, str]:
    """What was dropped: its words, and the reason."""
    return {row.text: str(row.reason) for row in reading.dropped}


def codes(reading: Reading) -> list[str]:
    """The codes of the notices."""
    return [notice.code for notice in reading.notices]


def dense(reading: Reading) -> str:
    """Every character that a reading holds, in whatever part of it, sorted."""
    pieces = [reading.text, *(note.text for note in reading.notes)]
    pieces += [row.text for row in reading.dropped]
    spans = [*reading.spans, *(span for note in reading.notes for span in note.spans)]
    pieces += [span.value for span in spans if span.role is Role.RUBY]
    return "".join(sorted("".join("".join(pieces).split())))
