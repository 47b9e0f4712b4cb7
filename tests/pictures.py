"""Pictures: pages of the sample and of every layout, for README and docs.

Run as `python -m tests.pictures`.

Pages are chosen by what they hold, so that the pictures can be made again after the layout or the
texts have changed. The same PDF gives the same pictures, byte for byte.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from publisher import build, read_collection
from publisher.composition.layout import layout_names
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript
from publisher.press.places import shared_folder
from publisher.press.specimen import make_specimen
from tests.screens import preview_screen, shelf_screen

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
CONTENTS = "目录"
# The essay of which specimens are made.
SPECIMEN = "样张：一只搪瓷缸的去向"
# What the other layouts rest on; it is not made to be used alone.
GROUND_LAYOUT = "base"

GROUND, EDGE, FOLD, SHADOW = (233, 230, 224), (205, 200, 191), (226, 223, 218), (150, 142, 130)
MARGIN, GAP, BETWEEN = 56, 48, 52
BLUR, DROP = 9, 5
OVERSIZE = 3  # pages are drawn larger and made smaller, which gives small type its even grey
COLOURS, ROUNDS = 256, 3  # without the rounds the accent colour drowns among the greys

Leaves = tuple[int, ...]


class Printed:
    """A finished PDF: where things are in it, and its pages as pictures."""

    def __init__(self, file: Path) -> None:
        self._pdf = pypdfium2.PdfDocument(file)
        self.words = [_bare(page.get_textpage().get_text_range()) for page in self._pdf]
        entries = [(entry.get_title(), entry.get_dest()) for entry in self._pdf.get_toc()]
        self.starts: dict[str, int] = {_bare(title): place.get_index() for title, place in entries}

    def start(self, title: str) -> int:
        """The page where what bears the title begins."""
        return self.starts[_bare(title)]

    def find(self, words: str, first: int) -> int | None:
        """The page from `first` on that holds the words."""
        wanted = _bare(words)
        pages = range(first, len(self.words))
        return next((page for page in pages if wanted and wanted in self.words[page]), None)

    def picture(self, page: int, width: int) -> Image.Image:
        """A page as a picture of that width."""
        sheet = self._pdf[page]
        scale = OVERSIZE * width / sheet.get_width()
        large: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
        return large.resize(
            (width, round(width * large.height / large.width)), Image.Resampling.LANCZOS
        )


def main() -> None:
    """Build the sample, choose pages, draw them."""
    collection = read_collection(ROOT / "essays").collection
    essays = tuple(essay for part in collection.parts for essay in part.essays)
    with tempfile.TemporaryDirectory() as dist:
        made = build(ROOT / "essays", Path(dist), ("screen-hans", "screen-hant-tw")).artefacts
        hans, hant = (Printed(Path(dist) / artefact.file_name) for artefact in made)
    title = hans.start(CONTENTS) - 2  # 书名页, 版权页, 目录
    spreads = sorted(chosen_spreads(hans, essays))
    rows = [[(0,), (title,), facing(hans.start(CONTENTS))], spreads]
    pair = list(zip((hans, hant), most_changed(hans, hant), strict=True))
    TARGET.mkdir(parents=True, exist_ok=True)
    keep(shown(hans, rows, 348), TARGET / "pages.png")
    keep(compared(pair, 420), TARGET / "scripts.png")
    keep(_layouts(300), TARGET / "layouts.png")
    keep(preview_screen(), TARGET / "preview.png")
    keep(shelf_screen(), TARGET / "shelf.png")


def _layouts(width: int) -> Image.Image:
    """Every layout's cover, and below it the first page of its specimen's essay."""
    names = [it for it in layout_names((shared_folder("layouts"),)) if it != GROUND_LAYOUT]
    with tempfile.TemporaryDirectory() as folder:
        specimens = [_specimen(name, Path(folder)) for name in names]
        openings = [pdf.start(SPECIMEN) for pdf in specimens]
        rows = [[0] * len(names), openings]
        drawn = [
            [bound(pdf, (page,), width) for pdf, page in zip(specimens, row, strict=True)]
            for row in rows
        ]
    return grounded(drawn)


def _specimen(layout: str, folder: Path) -> Printed:
    file = folder / f"{layout}.pdf"
    file.write_bytes(make_specimen(layout, ROOT / "essays", "hans", "A5").pdf)
    return Printed(file)


def facing(page: int) -> Leaves:
    """The two pages of the opened book on which a page lies; the first page is a recto."""
    verso = page - 1 if page % 2 == 0 else page
    return (verso, verso + 1)


def most_changed(one: Printed, other: Printed) -> tuple[int, int]:
    """Where the same thing begins in two scripts: that whose title differs in most characters."""
    titles = zip(one.starts, other.starts, strict=True)
    first, second = max(titles, key=lambda pair: sum(map(str.__ne__, *pair)))
    return one.starts[first], other.starts[second]


def chosen_spreads(pdf: Printed, essays: tuple[Manuscript, ...]) -> tuple[Leaves, Leaves]:
    """The richest spread that begins an essay on the left, and the richest in what that lacks."""
    kinds = _kinds(pdf, essays)
    starts = [pdf.start(essay.title) for essay in essays]
    openings = [facing(page) for page in starts if page % 2] or [facing(starts[0])]
    opening = max(openings, key=lambda leaves: (_worth(kinds[leaves]), _fill(pdf, leaves)))
    lacking = {leaves: found - kinds[opening] for leaves, found in kinds.items()}
    others = [leaves for leaves in lacking if leaves != opening]
    return opening, max(others, key=lambda leaves: (_worth(lacking[leaves]), _fill(pdf, leaves)))


def _kinds(pdf: Printed, essays: tuple[Manuscript, ...]) -> dict[Leaves, set[str]]:
    """The kinds of matter besides plain prose that each spread holds."""
    kinds: dict[Leaves, set[str]] = defaultdict(set)
    for essay in essays:
        for kind, words in _landmarks(essay.blocks):
            page = pdf.find(words, pdf.start(essay.title))
            if page is not None:
                kinds[facing(page)].add(kind)
    return kinds


def _landmarks(blocks: m.Blocks) -> Iterator[tuple[str, str]]:
    """Words by which figures, tables, poems and quotations are known on a page."""
    for block in blocks:
        match block:
            case m.Figure() | m.Table():
                yield type(block).__name__, m.plain(block.caption)
            case m.Verse():
                yield "Verse", m.plain(block.stanzas[0][0])
            case m.Quotation(inner):
                yield "Quotation", m.plain(next(m.passages(inner))[0])[:12]
            case _:
                pass


def _worth(kinds: set[str]) -> int:
    """Figures and tables count double: they are what a designer wants to see."""
    return len(kinds) + len(kinds & {"Figure", "Table"})


def _fill(pdf: Printed, leaves: Leaves) -> int:
    """How much stands on the emptier of two pages."""
    return min(len(pdf.words[page]) for page in leaves)


def _bare(text: str) -> str:
    return "".join(text.split())


def shown(pdf: Printed, rows: list[list[Leaves]], width: int) -> Image.Image:
    """Rows of single leaves and spreads on one ground, all rows equally wide."""
    return grounded([[bound(pdf, leaves, width) for leaves in row] for row in rows])


def grounded(drawn: list[list[Image.Image]]) -> Image.Image:
    """Rows of pictures on one ground, all rows equally wide."""
    inner = max(sum(map(_width, row)) + GAP * (len(row) - 1) for row in drawn)
    height = drawn[0][0].height
    size = (inner + 2 * MARGIN, len(drawn) * (height + BETWEEN) - BETWEEN + 2 * MARGIN)
    ground = Image.new("RGB", size, GROUND)
    for number, row in enumerate(drawn):
        top = MARGIN + number * (height + BETWEEN)
        gap = (inner - sum(map(_width, row))) / max(1, len(row) - 1)
        left = float(MARGIN)
        for picture in row:
            lay(ground, picture, round(left), top)
            left += picture.width + gap
    return ground


def compared(pair: list[tuple[Printed, int]], width: int) -> Image.Image:
    """The same page of two PDFs side by side."""
    drawn = [bound(pdf, (page,), width) for pdf, page in pair]
    size = (2 * width + GAP + 2 * MARGIN, drawn[0].height + 2 * MARGIN)
    ground = Image.new("RGB", size, GROUND)
    for number, picture in enumerate(drawn):
        lay(ground, picture, MARGIN + number * (width + GAP), MARGIN)
    return ground


def _width(picture: Image.Image) -> int:
    return picture.width


def bound(pdf: Printed, leaves: Leaves, width: int) -> Image.Image:
    """One page, or two with a fold between them."""
    pages = [pdf.picture(page, width) for page in leaves]
    picture = Image.new("RGB", (width * len(pages), pages[0].height))
    for number, page in enumerate(pages):
        picture.paste(page, (number * width, 0))
    if len(pages) > 1:
        ImageDraw.Draw(picture).line([(width, 0), (width, picture.height)], FOLD, 2)
    return picture


def lay(ground: Image.Image, picture: Image.Image, left: int, top: int) -> None:
    """Put a picture on the ground with a thin edge and a soft shadow below it."""
    box = (left, top, left + picture.width - 1, top + picture.height - 1)
    shade = Image.new("L", ground.size, 0)
    ImageDraw.Draw(shade).rectangle([box[0], box[1] + DROP, box[2], box[3] + DROP], 110)
    ground.paste(SHADOW, mask=shade.filter(ImageFilter.GaussianBlur(BLUR)))
    ground.paste(picture, (left, top))
    edge = [box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1]
    ImageDraw.Draw(ground).rectangle(edge, outline=EDGE)


def keep(picture: Image.Image, target: Path) -> None:
    """Write a picture as a small PNG: few colours, no date, no other metadata."""
    few = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, ROUNDS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)


if __name__ == "__main__":
    main()
