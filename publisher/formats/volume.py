"""Volume: everything that one EPUB is made of: documents, navigation, sheet, fonts, pictures.

It promises one document per division with the same names in every script, page breaks where the
job says that pages begin, and fonts for what common systems cannot show. It refuses templates that
are not well-formed XHTML, and sheets that name a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from html import escape
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from publisher.composition.binding import Member, Publication
from publisher.composition.cover import cover_alternative, cover_picture
from publisher.composition.divisions import Division
from publisher.composition.documents import Document, PageMark, framed
from publisher.composition.markup import Medium
from publisher.composition.metadata import metadata
from publisher.composition.navigation import (
    contents_markup,
    entries,
    landmarks_markup,
    ncx,
    page_list_markup,
)
from publisher.composition.subsets import RARE, RARE_CLASS, Cutting, cut, cut_rare
from publisher.composition.typeuse import characters, uses
from publisher.formats.job import Job, Watch
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.artefact import PageStart
from publisher.model.manuscript import identify

_XHTML = "application/xhtml+xml"
_NAV = "nav.xhtml"
_SHEET = "styles/book.css"
_COVER = "cover.jpg"
_CONTENTS = "contents"
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
# Numbers that stand upright in a vertical line: three figures at most (CLREQ 3.1.4).
_UPRIGHT = re.compile(r"(?<![0-9A-Za-z.,:/-])[0-9]{1,3}(?![0-9A-Za-z.,:/-])")
_UPRIGHT_CLASS = "upright"


class _Text(NamedTuple):
    """One document: the division it shows, its tree, the pages that begin in it."""

    division: Division
    document: Document
    marks: tuple[PageMark, ...]


class Volume:
    """The EPUB of one job, as it is bound; each part is made when it is first asked for."""

    def __init__(self, job: Job, watch: Watch) -> None:
        self.job = job
        self.book = job.book
        self.watch = watch
        self._is_vertical = job.word("writing", "horizontal") == "vertical"

    def publication(self) -> Publication:
        """Everything that goes into the package, without the claim to be accessible."""
        source = self.job.print_edition
        page_source = source.identifier if source and self._marks else ""
        return Publication(
            members=tuple(self._members()),
            metadata=tuple(metadata(self.book, self.job.provenance, page_source)),
            identifier=self.job.identifier,
            language=self.book.script.language,
            date=self.job.date,
            direction="rtl" if self._is_vertical else "",
            attached=self._cutting.licences,
        )

    @cached_property
    def _divisions(self) -> tuple[Division, ...]:
        """The divisions in order; the nav document stands where the contents would."""
        row = [
            it for it in self.book.divisions if it.medium in ("", "epub") or it.kind == _CONTENTS
        ]
        return tuple(row if self._has_contents_page else [*row, self._contents])

    @property
    def _has_contents_page(self) -> bool:
        """Every EPUB has a nav document; it is a page of the book where the layout wants one."""
        return any(division.kind == _CONTENTS for division in self.book.divisions)

    @property
    def _contents(self) -> Division:
        return Division(_CONTENTS, _CONTENTS, self.book.words.get(_CONTENTS, ""), 0, "front")

    # ---- documents ----

    @cached_property
    def _texts(self) -> tuple[_Text, ...]:
        """Every document but the nav, marked."""
        rows = [division for division in self._divisions if division.kind != _CONTENTS]
        return tuple(self._text(division, number) for number, division in enumerate(rows, start=1))

    def _text(self, division: Division, number: int) -> _Text:
        content = framed(self._language, division.title, self._body(division), f"../{_SHEET}")
        document = self._parsed(content, division)
        starts = self._starts.get(division.anchor, ())
        self.watch("writing", number, len(self._divisions))
        return _Text(division, document, document.mark_pages(starts) if starts else ())

    @cached_property
    def _starts(self) -> dict[str, tuple[PageStart, ...]]:
        """Where pages begin, by the anchor of their division."""
        rows = groupby(self.job.starts, key=lambda start: start.anchor)
        found = {anchor: tuple(starts) for anchor, starts in rows}
        # The contents differ from those of the print edition; their first page does not.
        return found | {_CONTENTS: found.get(_CONTENTS, ())[:1]}

    def _body(self, division: Division) -> str:
        if division.kind != "cover":
            return self.book.markup(division, self._medium)
        alternative = escape(cover_alternative(self.book))
        return (
            '<section class="cover" epub:type="cover">'
            f'<img class="cover-picture" src="../{_COVER}" alt="{alternative}" role="doc-cover"/>'
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
            lambda path: f"../images/{_picture_name(path, types[path])}",
            lambda anchor: f"{anchor}.xhtml",
            notes_at_call=False,
        )

    @property
    def _language(self) -> str:
        return self.book.script.language

    # ---- navigation ----

    @cached_property
    def _marks(self) -> tuple[PageMark, ...]:
        """Every page of the print edition that has a place here, in its order."""
        marks = {text.division.anchor: text.marks for text in self._texts}
        marks |= {_CONTENTS: tuple(map(PageMark.of, self._starts[_CONTENTS]))}
        return tuple(mark for it in self._divisions for mark in marks.get(it.anchor, ()))

    def _nav(self) -> Document:
        words = self.book.words
        content = framed(self._language, self._contents.title, self._nav_body(words), _SHEET)
        document = Document(content)
        document.mark_pages(self._starts[_CONTENTS])
        return document

    def _nav_body(self, words: dict[str, str]) -> str:
        contents = contents_markup(entries(self._divisions), _address, words.get("and", ""))
        title = f'<h1 class="contents-title">{escape(self._contents.title)}</h1>'
        kinds = 'class="contents" epub:type="toc" role="doc-toc"'
        toc = f'<nav id="contents" {kinds}>{title}{contents}</nav>'
        landmarks = landmarks_markup(self._divisions, _address)
        pages = page_list_markup(self._marks, _address) if self._marks else ""
        return (
            toc
            + _hidden("landmarks", words.get("landmarks", ""), landmarks)
            + _hidden("page-list", words.get("page-list", ""), pages)
        )

    # ---- members ----

    def _members(self) -> Iterator[Member]:
        texts = {text.division.anchor: text.document for text in self._texts}
        for division in self._divisions:
            if division.kind == _CONTENTS:
                content = self._finished(self._nav())
                yield Member("nav", _NAV, _XHTML, content, "nav", self._has_contents_page)
            else:
                content = self._finished(texts[division.anchor])
                name = _address(division.anchor)
                yield Member(division.anchor, name, _XHTML, content, in_spine=True)
        yield from self._furniture()

    def _finished(self, document: Document) -> bytes:
        """The document with the runs set apart that a sheet must reach."""
        if self._is_vertical:
            document.set_apart(_UPRIGHT, _UPRIGHT_CLASS)
        if self.rare and not self._embeds_all:
            document.set_apart(RARE, RARE_CLASS)
        return document.content

    def _furniture(self) -> Iterator[Member]:
        sheet = "\n".join(filter(None, (self._cutting.rules, self._sheet())))
        yield Member("sheet", _SHEET, "text/css", sheet.encode())
        yield Member("cover-picture", _COVER, "image/jpeg", cover_picture(self.book), "cover-image")
        for picture in self.book.collection.pictures:
            name = _picture_name(picture.path, picture.media_type)
            identity = f"picture-{name.replace('.', '-')}"
            yield Member(identity, f"images/{name}", picture.media_type, picture.content)
        yield from self._cutting.members
        title = (self.book.collection.about.title, self.book.words.get("page-list", ""))
        toc = ncx(self._divisions, self._marks, _address, self.job.identifier, title)
        yield Member("ncx", "toc.ncx", "application/x-dtbncx+xml", toc)

    def _sheet(self) -> str:
        """The sheets for reading systems, which take no files along."""
        vertical = ("epub-vertical.css",) if self._is_vertical else ()
        sheet = self.book.sheet(("common.css", "epub.css", *vertical), None, None)
        if re.search(r"url\(|@import|\\", sheet, re.IGNORECASE):
            raise PublisherError.of(
                say("a sheet for EPUB names a file, which the EPUB would not hold"),
                Remedy.DESIGNER,
                Place(f"layouts/{self.book.layout.name}/sheets"),
                say("keep url() and @import out of epub.css and common.css"),
            )
        return sheet

    # ---- fonts ----

    @property
    def _embeds_all(self) -> bool:
        return self.job.word("fonts", "none") == "subset"

    @cached_property
    def rare(self) -> frozenset[str]:
        """The characters that common systems lack."""
        shown = characters(text.document for text in self._texts)
        return frozenset("".join(RARE.findall("".join(sorted(shown)))))

    @cached_property
    def _cutting(self) -> Cutting:
        faces, stacks = self.book.used_faces, self.book.stacks
        if self._embeds_all:
            documents = (*(text.document for text in self._texts), self._nav())
            return cut(faces, stacks, uses(documents))
        return cut_rare(faces, stacks, self.rare) if self.rare else Cutting()


def _hidden(kind: str, title: str, rows: str) -> str:
    """A navigation list that reading systems show in their own way; nothing where it is empty."""
    role = ' role="doc-pagelist"' if kind == "page-list" else ""
    head = f'<nav id="{kind}" epub:type="{kind}"{role} hidden="hidden"><h2>{escape(title)}</h2>'
    return f"{head}{rows}</nav>" if rows else ""


def _address(anchor: str) -> str:
    return _NAV if anchor == _CONTENTS else f"text/{anchor}.xhtml"


def _picture_name(path: str, media_type: str) -> str:
    """A name of its own for a picture: from its whole path, with the ending of what it is."""
    return f"{identify(path)}.{_ENDINGS[media_type]}"
