"""Specimen: a small book that shows all that a layout sets, as a PDF and as pictures.

The texts are a layout's own `sample.md` and `sample.toml`, or those of the layout that it extends.
A collection's own layouts and fonts take part; nothing of the collection is changed.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.composition.layout import layout_folders
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import is_file, read_file
from publisher.ground.forms import toml_value
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import NOWHERE, Place
from publisher.model.folders import DECLARATION
from publisher.press.build import build
from publisher.press.making import Progress
from publisher.press.places import font_folders, layout_shelves
from publisher.typography.pagesize import SIZES, page_size

SAMPLE, SAMPLE_DECLARATION, IMAGES = "sample.md", "sample.toml", "images"
# The longer side of a page's picture, in pixels.
_PIXELS = 1400


@dataclass(frozen=True)
class Specimen:
    """A finished specimen: its PDF, a PNG of each page, and what the engine remarked on."""

    pdf: bytes
    pages: tuple[bytes, ...]
    notices: tuple[Notice, ...]

    def files(self, name: str) -> dict[str, bytes]:
        """Its files, all called `name`: the PDF, and the pages with their numbers."""
        digits = len(str(len(self.pages)))
        pictures = {
            f"{name}-{number:0{digits}}.png": page
            for number, page in enumerate(self.pages, start=1)
        }
        return {f"{name}.pdf": self.pdf} | pictures


def make_specimen(
    layout: str,
    collection: Path,
    script: str,
    page: str,
    writing: str = "horizontal",
    *,
    progress: Progress = lambda *_: None,
) -> Specimen:
    """The specimen of a layout in a script, on pages of a size as people write it.

    `writing` is the direction of its lines, horizontal or vertical.

    Raises PublisherError when there is no such layout or size, or when it cannot be set.
    """
    _require_size(page)
    folders = layout_folders(layout, layout_shelves(collection), NOWHERE)
    with tempfile.TemporaryDirectory(prefix="publisher-specimen-") as desk:
        book = Path(desk)
        _bring(book, collection, folders)
        with (book / DECLARATION).open("a", encoding="utf-8") as declaration:
            declaration.write(_output(writing, layout=layout, script=script, page=page))
        (made,) = build(book, book / "dist", progress=progress).artefacts
    return Specimen(made.content, tuple(_pictures(made.content)), made.notices)


def _bring(book: Path, collection: Path, folders: tuple[Path, ...]) -> None:
    """Put the texts of the specimen and what the collection brings into a folder of their own."""
    home = _home(SAMPLE, folders)
    declared = _home(SAMPLE_DECLARATION, folders) / SAMPLE_DECLARATION
    (book / DECLARATION).write_bytes(read_file(declared))
    (book / SAMPLE).write_bytes(read_file(home / SAMPLE))
    own_fonts = font_folders(collection)[1:]
    for folder in (home / IMAGES, collection / "layouts", *own_fonts):
        if folder.is_dir():
            shutil.copytree(folder, book / folder.name)


def _require_size(page: str) -> None:
    if page_size(page) is None:
        raise PublisherError.of(
            say('there is no page size "{size}"', size=page),
            Remedy.CALLER,
            NOWHERE,
            say(
                "write width × height in mm, from 50 to 600, or one of {names}",
                names=", ".join(SIZES),
            ),
        )


def _home(name: str, folders: tuple[Path, ...]) -> Path:
    found = next((folder for folder in folders if is_file(folder / name)), None)
    if found is None:
        raise PublisherError.of(
            say('neither the layout nor what it extends has a "{name}"', name=name),
            Remedy.DESIGNER,
            Place(str(folders[0])),
            say("write one, or extend a layout that has it"),
        )
    return found


def _output(writing: str, **rows: str) -> str:
    lines = (f"{key} = {toml_value(value)}\n" for key, value in rows.items())
    options = f"options = {{ writing = {toml_value(writing)} }}\n"
    return f'\n[[output]]\nname = "specimen"\nformat = "screen"\n{"".join(lines)}{options}'


def _pictures(pdf: bytes) -> Iterator[bytes]:
    """Each page as a PNG without date or other metadata."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            image = page.render(scale=_PIXELS / max(page.get_size())).to_pil().convert("RGB")
            buffer = io.BytesIO()
            image.save(buffer, "PNG", optimize=True)
            yield buffer.getvalue()
    finally:
        document.close()
