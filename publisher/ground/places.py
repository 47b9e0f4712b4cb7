"""Place: where something is, in words an editor can follow: file, line, column or TOML key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A spot in an input; lines and columns count from 1, `key` is a path as `part[2].title`."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    key: str = ""

    def __str__(self) -> str:
        spot = self.file
        if self.line is not None:
            spot += f":{self.line}"
        if self.line is not None and self.column is not None:
            spot += f":{self.column}"
        return f"{spot} ({self.key})" if spot and self.key else spot or self.key


NOWHERE = Place()
