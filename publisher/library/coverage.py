"""Coverage: whether every character of every essay stands in a finished file.

It promises to count each essay's characters, readings and notes too, on the very pages or in the
very document of that essay, and to name what is not there. What shows nothing is not counted, and
what fonts draw with one glyph counts as one character: a PDF cannot tell such twins apart.
"""

from __future__ import annotations

import io
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import PurePosixPath

import pikepdf

from publisher.composition.book import Book
from publisher.composition.faces import Face
from publisher.composition.markup import anchor_of
from publisher.composition.portions import anchor_in
from publisher.inspection.opened import Opened
from publisher.library.pages import read_pages

_WHOLE = ""
_SILENT = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_SELECTORS = ("\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef")


@dataclass(frozen=True)
class Lack:
    """Characters that an essay has and its pages have not; `path` is empty for the whole file."""

    path: str
    characters: str


def lacking_in_pdf(books: Iterable[Book], content: bytes) -> tuple[Lack, ...]:
    """What a PDF lacks of the essays; books of one collection, in every script that it shows."""
    every = tuple(books)
    found = _by_pages(every[0], content)
    return _lacking(every, found)


def lacking_in_epub(book: Book, opened: Opened) -> tuple[Lack, ...]:
    """What an EPUB lacks of the essays."""
    words: dict[str, str] = defaultdict(str)
    for text in opened.texts:
        words[anchor_in(PurePosixPath(text.name).stem)] += text.words
    essays = book.collection.essays()
    found = {essay.path: _counted(words[anchor_of(essay.identity)]) for essay in essays}
    return _lacking((book,), found)


def _by_pages(book: Book, content: bytes) -> Mapping[str, Counter[str]]:
    """The characters on the pages of each essay; on all pages, where nothing tells them apart."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = read_pages(pdf)
    texts, places = pages.texts, pages.starts
    anchors = [division.anchor for division in book.divisions if division.anchor in places]
    starts = sorted({places[anchor] for anchor in anchors})
    essays = {essay.path: anchor_of(essay.identity) for essay in book.collection.essays()}
    if not places.keys() >= set(essays.values()):
        return {_WHOLE: _counted("".join(texts))}
    return {
        path: _counted("".join(texts[slice(*_span(places[anchor], starts, len(texts)))]))
        for path, anchor in essays.items()
    }


def _span(start: int, starts: list[int], end: int) -> tuple[int, int]:
    return start, next((it for it in starts if it > start), end)


def _lacking(books: tuple[Book, ...], found: Mapping[str, Counter[str]]) -> tuple[Lack, ...]:
    wanted = _wanted(books, by_essay=_WHOLE not in found)
    doubtful = {path: it for path, it in wanted.items() if it - found[path]}
    if not doubtful:
        return ()
    faces = dict.fromkeys(face for book in books for face in book.used_faces)
    characters = {it for counts in (*doubtful.values(), *found.values()) for it in counts}
    twins = _twins(faces, characters)
    merge = partial(_merged, twins=twins)
    lacks = ((path, merge(it) - merge(found[path])) for path, it in doubtful.items())
    return tuple(Lack(path, "".join(sorted(it.elements()))) for path, it in lacks if it)


def _wanted(books: tuple[Book, ...], *, by_essay: bool) -> dict[str, Counter[str]]:
    texts: dict[str, list[str]] = {}
    for book in books:
        paths = {f"{book.folder}/{essay.path}": essay.path for essay in book.collection.essays()}
        for text, at in book.passages():
            if at.file in paths:
                texts.setdefault(paths[at.file] if by_essay else _WHOLE, []).append(text)
    return {path: _counted("".join(it)) for path, it in texts.items()}


def _counted(text: str) -> Counter[str]:
    """How often each character stands there, in the form that all its variants share (NFKC)."""
    counts: Counter[str] = Counter()
    for character, count in Counter(text).items():
        for plain in _plain(character):
            counts[plain] += count
    return counts


@cache
def _plain(character: str) -> str:
    """What a character says; empty for one that shows nothing."""
    return "".join(
        plain
        for plain in unicodedata.normalize("NFKC", character)
        if unicodedata.category(plain) not in _SILENT and not _is_selector(plain)
    )


def _is_selector(character: str) -> bool:
    low, high, other, last = _SELECTORS
    return low <= character <= high or other <= character <= last


def _twins(faces: Iterable[Face], characters: Iterable[str]) -> dict[str, str]:
    """For characters that some face draws with the glyph of another one: the first of these."""
    import uharfbuzz

    twins: dict[str, str] = {}
    every = sorted(characters)
    for face in faces:
        font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.file))))
        firsts: dict[int, str] = {}
        for character in every:
            if glyph := font.get_nominal_glyph(ord(character)):
                first = firsts.setdefault(glyph, twins.get(character, character))
                twins[character] = first
    return twins


def _merged(counts: Counter[str], twins: Mapping[str, str]) -> Counter[str]:
    merged: Counter[str] = Counter()
    for character, count in counts.items():
        merged[twins.get(character, character)] += count
    return merged
