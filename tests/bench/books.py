"""Books to measure: the sample, and two real ones brought in with the product's own import."""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
SAMPLE = "essays"
IMPORTED = {"luxun": "鲁迅文选", "hongloumeng": "红楼梦"}
NAMES = (SAMPLE, *IMPORTED)
# The book that has enough words for one long paragraph, and how many characters that has.
LONGEST = "hongloumeng"
PARAGRAPH = 400_000


@dataclass(frozen=True)
class Book:
    """A collection on disk that can be built."""

    name: str
    folder: Path


def known(name: str) -> str:
    """The name of a book, as an argument. Raises ArgumentTypeError when there is none of it."""
    if name not in NAMES:
        raise argparse.ArgumentTypeError(f"there is no book {name!r} here")
    return name


class MissingBook(Exception):
    """There are no sources for a book here; the message says where they were looked for."""


def open_book(name: str, scratch: Path) -> Book:
    """The book called `name`, imported into `scratch` where it is not a collection yet.

    Raises MissingBook when its sources are not there.
    """
    if name == SAMPLE:
        return Book(name, ROOT / SAMPLE)
    return _imported(name, IMPORTED[name], _sources(name), scratch)


def open_paragraph(scratch: Path) -> Book:
    """A book of one essay of one paragraph of 400,000 characters: 红楼梦 without its breaks.

    Raises MissingBook when its sources are not there.
    """
    texts = (file.read_text("utf-8") for file in sorted(_sources(LONGEST).glob("*.txt")))
    # The first line of a source is its title.
    lines = (line.strip() for text in texts for line in text.splitlines()[1:])
    source = scratch / "paragraph.txt"
    words = "".join(lines)[:PARAGRAPH]
    source.write_text(f"{IMPORTED[LONGEST]}\n\n{words}\n", encoding="utf-8")
    return _imported("paragraph", IMPORTED[LONGEST], source, scratch)


def _sources(name: str) -> Path:
    sources = DATA / name
    if not sources.is_dir():
        raise MissingBook(f"{name} was skipped: there are no sources in ../shared/data/{name}")
    return sources


def _imported(name: str, title: str, sources: Path, scratch: Path) -> Book:
    folder = scratch / name
    _publisher("new", folder, "--title", title)
    _publisher("import", sources, "--into", folder, "--accept")
    return Book(name, folder)


def _publisher(*arguments: str | Path) -> None:
    command = (sys.executable, "-m", "publisher", *arguments)
    subprocess.run(command, check=True, capture_output=True)
