"""Books to measure: the sample, and two real ones brought in with the product's own import."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
SAMPLE = "essays"
IMPORTED = {"luxun": "鲁迅文选", "hongloumeng": "红楼梦"}
NAMES = (SAMPLE, *IMPORTED)


@dataclass(frozen=True)
class Book:
    """A collection on disk that can be built."""

    name: str
    folder: Path


class MissingBook(Exception):
    """There are no sources for a book here; the message says where they were looked for."""


def open_book(name: str, scratch: Path) -> Book:
    """The book called `name`, imported into `scratch` where it is not a collection yet.

    Raises MissingBook when its sources are not there.
    """
    if name == SAMPLE:
        return Book(name, ROOT / SAMPLE)
    sources = DATA / name
    if not sources.is_dir():
        raise MissingBook(f"{name} was skipped: there are no sources in ../shared/data/{name}")
    folder = scratch / name
    _publisher("new", folder, "--title", IMPORTED[name])
    _publisher("import", sources, "--into", folder)
    return Book(name, folder)


def _publisher(*arguments: str | Path) -> None:
    command = (sys.executable, "-m", "publisher", *arguments)
    subprocess.run(command, check=True, capture_output=True)
