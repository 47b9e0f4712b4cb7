"""Survey: what the ways of dividing a source are told of it."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.intake.splitting.lines import Line


@dataclass(frozen=True)
class Survey:
    """The printed lines with their marks, and what the source says of itself.

    `announced` are the numbers of texts that an introduction speaks of; `listed` the titles of a
    list of contents; `file_title` the title in the file's own properties.
    """

    lines: tuple[Line, ...]
    announced: tuple[int, ...] = ()
    listed: tuple[str, ...] = ()
    file_title: str = ""
