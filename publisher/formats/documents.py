"""Documents: what an EPUB shows, division by division, as documents with their names.

It promises the same names in every script, page breaks where the job says that pages begin, an
essay that is too long for one document in several, and at its end the way to its other scripts. It
refuses templates that are not well-formed XHTML.
"""

from __future__ import annotations

from functools import cached_property
from html import escape
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from publisher.composition.cover import cover_alternative
from publisher.composition.divisions import Division
from publisher.composition.documents import Document, PageMark, framed
from publisher.composition.markup import Medium
from publisher.composition.navigation import Entry, Page
from publisher.composition.portions import Portion, portions
from publisher.composition.siblings import siblings_markup
from publisher.formats.job import Job, Watch
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.artefact import PageStart
from publisher.model.manuscript import identify

NAV = "nav.xhtml"
SHEET = "styles/book.css"
COVER = "cover.jpg"
CONTENTS = "contents"
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
_COVER_PAGE = "cover-page"
# The headings of a divided essay that the contents list: those right below its title.
_LISTED = 2


class Text(NamedTuple):
    """One document: its name, the division it shows, its tree, the pages that begin in it."""

    name: str
    division: Division
    document: Document
    pages: tuple[Page, ...]


class Documents:
    """The documents of one job's EPUB but for the nav; made when they are first asked for."""

    def __init__(self, job: Job, watch: Watch) -> None:
        self.job = job
        self.book = job.book
        self.watch = watch

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """The divisions in order; the nav document stands where the contents would."""
        row = [it for it in self.book.divisions if it.medium in ("", "epub") or it.kind == CONTENTS]
        return tuple(row if self.has_contents_page else [*row, self.contents])

    @property
    def has_contents_page(self) -> bool:
        """Every EPUB has a nav document; it is a page of the book where the layout wants one."""
        return any(division.kind == CONTENTS for division in self.book.divisions)

    @property
    def contents(self) -> Division:
        """The division that the nav document shows."""
        return Division(CONTENTS, CONTENTS, self.book.words.get(CONTENTS, ""), 0, "front")

    @cached_property
    def texts(self) -> dict[str, tuple[Text, ...]]:
        """The documents of each division, by its anchor."""
        rows = [division for division in self.divisions if division.kind != CONTENTS]
        return {it.anchor: self._texts(it, number) for number, it in enumerate(rows, start=1)}

    @cached_property
    def starts(self) -> dict[str, tuple[PageStart, ...]]:
        """Where pages begin, by the anchor of their division."""
        rows = groupby(self.job.starts, key=lambda start: start.anchor)
        found = {anchor: tuple(starts) for anchor, starts in rows}
        # The contents differ from those of the print edition; their first page does not.
        return found | {CONTENTS: found.get(CONTENTS, ())[:1]}

    def headings(self) -> dict[str, tuple[Entry, ...]]:
        """The headings within the essays that are divided, by the anchor of their division."""
        divided = {anchor: texts for anchor, texts in self.texts.items() if len(texts) > 1}
        return {
            anchor: tuple(
                Entry("heading", words, f"{address(text.name)}#{identity}")
                for text in texts
                for identity, words in text.document.headings(_LISTED)
            )
            for anchor, texts in divided.items()
        }

    # ---- one division ----

    def _texts(self, division: Division, number: int) -> tuple[Text, ...]:
        body = self._body(division)
        language, kind = self.book.script.language, _COVER_PAGE if division.kind == "cover" else ""
        content = framed(language, division.title, body, f"../{SHEET}", kind)
        document = self._parsed(content, division)
        starts = self.starts.get(division.anchor, ())
        marks = document.mark_pages(starts) if starts else ()
        self.watch("writing", number, len(self.divisions))
        made = portions(document, division.anchor) if division.essay else ()
        rows = made or (Portion(division.anchor, document),)
        return tuple(Text(it.name, division, it.document, _pages(marks, it)) for it in rows)

    def _body(self, division: Division) -> str:
        if division.kind == "cover":
            return self._cover()
        body = self.book.markup(division, self._medium)
        if not division.essay:
            return body
        return body + siblings_markup(self.job.siblings, division.anchor, self.book.layout)

    def _cover(self) -> str:
        alternative = escape(cover_alternative(self.book))
        return (
            '<section class="cover" epub:type="cover">'
            f'<img class="cover-picture" src="../{COVER}" alt="{alternative}" role="doc-cover"/>'
            "</section>"
        )

    def _parsed(self, content: bytes, division: Division) -> Document:
        try:
            return Document(content)
        except etree.XMLSyntaxError as error:
            raise PublisherError.of(
                say("the template does not make well-formed XHTML: {reason}", reason=error.msg),
                Remedy.DESIGNER,
                Place(f"layouts/{self.book.layout.name}/templates/{division.kind}.html"),
                say("close every element, as in <br/>"),
            ) from None

    @cached_property
    def _medium(self) -> Medium:
        """Documents beside each other in `text/`, pictures in `images/`, notes after the essay."""
        types = {picture.path: picture.media_type for picture in self.book.collection.pictures}
        return Medium(
            "epub",
            lambda path: f"../images/{picture_name(path, types[path])}",
            lambda anchor: f"{anchor}.xhtml",
            notes_at_call=False,
        )


def pages_at(marks: tuple[PageMark, ...], name: str) -> tuple[Page, ...]:
    """The pages that begin at marks in the document of a name."""
    return tuple(Page(mark.label, f"{address(name)}#{mark.identity}") for mark in marks)


def _pages(marks: tuple[PageMark, ...], portion: Portion) -> tuple[Page, ...]:
    """Those of the pages that begin in a portion."""
    held = frozenset(portion.document.identities if marks else ())
    return pages_at(tuple(mark for mark in marks if mark.identity in held), portion.name)


def address(name: str) -> str:
    """The file of a document by its name; that of a division's first document is its anchor."""
    return NAV if name == CONTENTS else f"text/{name}.xhtml"


def picture_name(path: str, media_type: str) -> str:
    """A name of its own for a picture: from its whole path, with the ending of what it is."""
    return f"{identify(path)}.{_ENDINGS[media_type]}"
