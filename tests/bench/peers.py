"""Peers: the same book set by plain WeasyPrint, as somebody would who knows it well.

One HTML document with a style sheet of one screenful; the same words, trim size, measure, type and
fonts as the product. Making the HTML is given away: it happens before the clock starts.

Run as `python -m tests.bench.peers HTML PDF FONTS TAGGED`; writes one JSON object to stdout.
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path

from publisher.press.places import font_folders
from publisher.press.room import prepare
from tests.bench.books import Book

# 30 characters of 10.5 pt and 26 lines of 17 pt on A5, placed as the product places them; the
# body is a hair wider than 30 characters, or the engine would set 29.
_SHEET = """\
@page { size: 148mm 210mm; margin: 23.25mm 18.4375mm 30.8222mm }
@page :left {
  @top-left { content: string(book); font-size: 8.5pt }
  @bottom-left { content: counter(page); font-size: 9pt }
}
@page :right {
  @top-right { content: string(chapter); font-size: 8.5pt }
  @bottom-right { content: counter(page); font-size: 9pt }
}
html { font: 10.5pt/17pt "Publisher Serif SC"; orphans: 2; widows: 2 }
body { margin: 0 -0.05pt 0 0; text-align: justify }
h1, h2 { font-size: 18pt; line-height: 34pt; margin: 0 0 51pt; break-before: page }
h1 { string-set: book content() }
h2 { string-set: chapter content() }
h3, h4, h5 { font-size: 11.5pt; margin: 17pt 0 0 }
p { margin: 0; text-indent: 2em }
nav p { text-indent: 0 }
nav a { color: inherit; text-decoration: none }
nav a::after { content: leader("·") target-counter(attr(href), page) }
.byline { text-indent: 0; margin-bottom: 34pt }
.stanza, td p, th p { text-indent: 0 }
blockquote, .verse, figure { margin: 17pt 21pt }
img { max-width: 100%; max-height: 306pt }
table { margin: 17pt auto; font-size: 9pt; border-collapse: collapse }
rt { font-size: 0.5em }
.note { float: footnote; font-size: 8.5pt; line-height: 13pt; text-indent: 0 }
"""


def write_html(book: Book, target: Path) -> None:
    """Write a book as one HTML document: its essays' own markup between plain headings."""
    from publisher.composition.markup import Medium, essay_markup
    from publisher.editorial.assembly import read_collection

    collection = read_collection(book.folder).collection
    medium = Medium("print", lambda path: str(book.folder / path), "#{}".format, True)
    entries, chapters = "", ""
    for number, essay in enumerate(collection.essays()):
        title, authors = escape(essay.title), escape("、".join(essay.authors))
        entries += f'<p><a href="#c{number}">{title}</a></p>\n'
        chapters += f'<h2 id="c{number}">{title}</h2>\n<p class="byline">{authors}</p>\n'
        chapters += essay_markup(essay, medium) + "\n"
    name = escape(collection.about.title)
    target.write_text(
        f'<!DOCTYPE html><html lang="{collection.about.language}"><meta charset="utf-8">'
        f"<title>{name}</title><style>{_SHEET}</style>"
        f"<h1>{name}</h1><nav><h2>目录</h2>{entries}</nav>{chapters}",
        encoding="utf-8",
    )


def main(source: str, target: str, collection: str, tagged: str) -> None:
    """Set the document with the project's fonts alone, and say what came of it."""
    prepare(font_folders(Path(collection)))
    from weasyprint import HTML

    document = HTML(source).render()
    document.write_pdf(target, **({"pdf_tags": True} if tagged == "tagged" else {}))
    said = {"pages": len(document.pages), "bytes": Path(target).stat().st_size}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
