"""Typst as a peer: the same book set by typst, as somebody would who knows it well.

One source file with a preamble of one screenful; the same words, trim size, measure, type and font
as plain WeasyPrint gets. Writing the source is given away: it happens before the clock starts.

Run as `python -m tests.bench.typst_peer SOURCE TARGET FONTS`; writes one JSON object to stdout.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.books import Book

if TYPE_CHECKING:
    from publisher.model import matter as m
    from publisher.model.manuscript import Manuscript

# The quantities of `peers`, with the same hair more than 30 characters. A character's box is its
# em, so that 6.5 pt between lines make 17 pt.
_PREAMBLE = """\
#set document(title: {name})
#set page(
  width: 148mm, height: 210mm,
  margin: (left: 18.4375mm, right: 18.4375mm - 0.05pt, top: 23.25mm, bottom: 30.8222mm),
  header: context {{
    set text(size: 8.5pt)
    let chapters = query(selector(heading.where(level: 1)).before(here()))
    if calc.even(here().page()) [#{name}] else {{
      h(1fr)
      if chapters.len() > 0 {{ chapters.last().body }}
    }}
  }},
  footer: context {{
    set text(size: 9pt)
    set align(if calc.even(here().page()) {{ left }} else {{ right }})
    counter(page).display()
  }},
)
#set text(
  font: "Publisher Serif SC", size: 10.5pt, lang: "zh", region: "cn", cjk-latin-spacing: auto,
  top-edge: 0.88em, bottom-edge: -0.12em,
)
#set par(
  justify: true, leading: 6.5pt, spacing: 6.5pt, first-line-indent: (amount: 2em, all: true),
)
#set smartquote(enabled: false)
#show heading: set text(size: 11.5pt)
#show heading: set block(above: 23.5pt, below: 6.5pt)
#show heading.where(level: 1): it => {{
  pagebreak(weak: true)
  block(below: 57.5pt, text(size: 18pt, it.body))
}}
#set quote(block: true)
#show quote: set pad(x: 21pt)
#set image(height: 306pt, fit: "contain")
#set table(stroke: none)
#let byline(words) = {{ set par(first-line-indent: 0pt); words; v(34pt) }}
#block(below: 57.5pt, text(size: 18pt, weight: "bold", {name}))
#outline(title: "目录", depth: 1)
"""


def write_typst(book: Book, target: Path) -> None:
    """Write a book as one typst source: its essays between plain headings, under contents."""
    from publisher.editorial.assembly import read_collection

    collection = read_collection(book.folder).collection
    pieces = [_PREAMBLE.format(name=_string(collection.about.title))]
    for essay in collection.essays():
        pieces.append(f"#heading(level: 1, {_string(essay.title)})")
        if essay.authors:
            pieces.append(f"#byline({_string('、'.join(essay.authors))})")
        pieces += Writer(essay, book.folder).blocks(essay.blocks)
    target.write_text("\n\n".join(pieces) + "\n", encoding="utf-8")


class Writer:
    """Writes one essay's matter as typst markup. All words stand in strings: none is markup."""

    def __init__(self, essay: Manuscript, folder: Path) -> None:
        self.essay = essay
        self.folder = folder

    def blocks(self, blocks: m.Blocks) -> list[str]:
        """Each block as a stretch of markup."""
        return [self._block(block) for block in blocks]

    def _block(self, block: m.Block) -> str:
        from publisher.model import matter as m

        match block:
            case m.Paragraph(content):
                return self._inlines(content)
            case m.Heading(level, content):
                return f"#heading(level: {level}, outlined: false)[{self._inlines(content)}]"
            case m.Break():
                return "#v(17pt)"
            case m.Preformatted(words):
                return f"#raw(block: true, {_string(words)})"
            case m.Verse(stanzas):
                return "\n\n".join(map(self._stanza, stanzas))
            case m.Quotation(inner, source):
                body = "\n\n".join((*self.blocks(inner), self._inlines(source)))
                return f"#quote[{body}]"
            case m.Listing():
                return self._listing(block)
            case m.Figure(path, _, caption):
                picture = f"image({_string(str(self.folder / path))})"
                return f"#figure({picture}, caption: [{self._inlines(caption)}])"
            case m.Table():
                return self._table(block)

    def _stanza(self, lines: tuple[m.Inlines, ...]) -> str:
        body = "#linebreak();".join(map(self._inlines, lines))
        return f"#pad(x: 21pt, y: 17pt)[#set par(first-line-indent: 0pt); {body}]"

    def _listing(self, listing: m.Listing) -> str:
        items = ", ".join("[" + "\n\n".join(self.blocks(item)) + "]" for item in listing.items)
        if listing.start is None:
            return f"#list({items})"
        return f"#enum(start: {listing.start}, {items})"

    def _table(self, table: m.Table) -> str:
        cells = (cell for row in (table.head, *table.rows) for cell in row)
        written = ", ".join(f"[{self._inlines(cell)}]" for cell in cells)
        caption = self._inlines(table.caption)
        columns = f"columns: {len(table.alignments)}"
        return f"#figure(table({columns}, {written}), caption: [{caption}])"

    def _inlines(self, content: m.Inlines) -> str:
        return "".join(map(self._inline, content))

    def _inline(self, inline: m.Inline) -> str:
        from publisher.model import matter as m

        match inline:
            case m.Text(words) | m.Kept(words):
                return f"#{_string(words)};"
            case m.Emphasis(inner):
                return f"#emph[{self._inlines(inner)}];"
            case m.Strong(inner):
                return f"#strong[{self._inlines(inner)}];"
            case m.Ruby(pairs):
                return "".join(map(_ruby, pairs))
            case m.Link(target, inner):
                return f"#link({_string(target)})[{self._inlines(inner)}];"
            case m.CrossReference(_, inner):
                return self._inlines(inner)
            case m.NoteReference(number):
                return self._note(number)
            case m.LineBreak():
                return "#linebreak();"

    def _note(self, number: int) -> str:
        from publisher.model import matter as m

        runs = (self._inlines(content) for content, _ in m.passages(self._blocks_of(number)))
        return f"#footnote[{'#linebreak();'.join(run for run in runs if run)}];"

    def _blocks_of(self, number: int) -> m.Blocks:
        return self.essay.notes[number - 1].blocks


def _ruby(pair: tuple[str, str]) -> str:
    base, reading = map(_string, pair)
    return f"#{base};#text(size: 0.5em, {reading});"


def _string(words: str) -> str:
    """Words as a string of typst's code."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main(source: str, target: str, fonts: str) -> None:
    """Compile the source with the project's fonts alone, and say what came of it."""
    import typst

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    typst.Compiler(source, root="/", font_paths=found).compile(output=target)
    sys.stdout.write(json.dumps({"bytes": Path(target).stat().st_size}))


if __name__ == "__main__":
    main(*sys.argv[1:])
