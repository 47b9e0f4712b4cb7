"""Volume: everything that one EPUB is made of: documents, navigation, sheet, fonts, pictures.

It promises contents in both forms that lead to every listed division, the pages of the print
edition where they are asked for, and fonts for what common systems cannot show. It refuses sheets
that name a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from html import escape

from publisher.composition.binding import Member, Publication
from publisher.composition.cover import cover_picture
from publisher.composition.documents import Document, PageMark, framed
from publisher.composition.faces import brought
from publisher.composition.metadata import metadata
from publisher.composition.navigation import (
    Entry,
    Page,
    contents_markup,
    entries,
    landmarks_markup,
    ncx,
    page_list_markup,
)
from publisher.composition.subsets import RARE, RARE_CLASS, Cutting, cut, cut_rare
from publisher.composition.typeuse import characters, uses
from publisher.formats.documents import (
    CONTENTS,
    COVER,
    NAV,
    SHEET,
    Documents,
    address,
    pages_at,
    picture_name,
)
from publisher.formats.job import Job, Watch
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place

_XHTML = "application/xhtml+xml"
# Numbers that stand upright in a vertical line: three figures at most (CLREQ 3.1.4).
_UPRIGHT = re.compile(r"(?<![0-9A-Za-z.,:/-])[0-9]{1,3}(?![0-9A-Za-z.,:/-])")
_UPRIGHT_CLASS = "upright"


class Volume:
    """The EPUB of one job, as it is bound; each part is made when it is first asked for."""

    def __init__(self, job: Job, watch: Watch) -> None:
        self.job = job
        self.book = job.book
        self.documents = Documents(job, watch)
        self._is_vertical = job.word("writing", "horizontal") == "vertical"

    def publication(self) -> Publication:
        """Everything that goes into the package, without the claim to be accessible."""
        source = self.job.print_edition
        page_source = source.identifier if source and self._pages else ""
        return Publication(
            members=tuple(self._members()),
            metadata=tuple(metadata(self.book, self.job.provenance, page_source)),
            identifier=self.job.identifier,
            language=self.book.script.language,
            date=self.job.date,
            direction="rtl" if self._is_vertical else "",
            attached=self._cutting.licences,
        )

    # ---- navigation ----

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        documents = self.documents
        return entries(documents.divisions, address, documents.headings())

    @cached_property
    def _pages(self) -> tuple[Page, ...]:
        """Every page of the print edition that has a place here, in its order."""
        texts = self.documents.texts
        pages = {
            anchor: [it for text in rows for it in text.pages] for anchor, rows in texts.items()
        }
        marks = tuple(map(PageMark.of, self.documents.starts[CONTENTS]))
        pages[CONTENTS] = list(pages_at(marks, CONTENTS))
        return tuple(page for it in self.documents.divisions for page in pages[it.anchor])

    def _places(self) -> Iterator[str]:
        """The address of every document and of every id in it, in the order of the book."""
        for division in self.documents.divisions:
            rows = self.documents.texts.get(division.anchor, ())
            for name, document in [(it.name, it.document) for it in rows] or [
                (CONTENTS, self._nav)
            ]:
                yield address(name)
                yield from (f"{address(name)}#{identity}" for identity in document.identities)

    @cached_property
    def _nav(self) -> Document:
        title = self.documents.contents.title
        document = Document(framed(self.book.script.language, title, self._nav_body(title), SHEET))
        document.mark_pages(self.documents.starts[CONTENTS])
        return document

    def _nav_body(self, title: str) -> str:
        words = self.book.words
        contents = contents_markup(self._entries, words.get("and", ""))
        kinds = 'class="contents" epub:type="toc" role="doc-toc"'
        head = f'<h1 class="contents-title">{escape(title)}</h1>'
        landmarks = landmarks_markup(self.documents.divisions, address)
        pages = page_list_markup(self._pages) if self._pages else ""
        return (
            f'<nav id="contents" {kinds}>{head}{contents}</nav>'
            + _hidden("landmarks", words.get("landmarks", ""), landmarks)
            + _hidden("page-list", words.get("page-list", ""), pages)
        )

    def _ncx(self) -> bytes:
        title = (self.book.collection.about.title, self.book.words.get("page-list", ""))
        return ncx(self._entries, self._pages, self._places(), self.job.identifier, title)

    # ---- members ----

    def _members(self) -> Iterator[Member]:
        has_page = self.documents.has_contents_page
        for division in self.documents.divisions:
            if division.kind == CONTENTS:
                yield Member("nav", NAV, _XHTML, self._finished(self._nav), "nav", has_page)
            for text in self.documents.texts.get(division.anchor, ()):
                content = self._finished(text.document)
                yield Member(text.name, address(text.name), _XHTML, content, in_spine=True)
        yield from self._furniture()

    def _finished(self, document: Document) -> bytes:
        """The document with the runs set apart that a sheet must reach."""
        if self._is_vertical:
            document.set_apart(_UPRIGHT, _UPRIGHT_CLASS)
        if self.rare and not self._embeds_all:
            characters = "".join(map(re.escape, sorted(self.rare)))
            document.set_apart(re.compile(f"[{characters}]+"), RARE_CLASS)
        return document.content

    def _furniture(self) -> Iterator[Member]:
        sheet = "\n".join(filter(None, (self._cutting.rules, self._sheet())))
        yield Member("sheet", SHEET, "text/css", sheet.encode())
        yield Member("cover-picture", COVER, "image/jpeg", cover_picture(self.book), "cover-image")
        for picture in self.book.collection.pictures:
            name = picture_name(picture.path, picture.media_type)
            identity = f"picture-{name.replace('.', '-')}"
            yield Member(identity, f"images/{name}", picture.media_type, picture.content)
        yield from self._cutting.members
        yield Member("ncx", "toc.ncx", "application/x-dtbncx+xml", self._ncx())

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
        """The characters that common systems lack, and those that our own faces lack."""
        shown = characters(self._shown())
        rare = frozenset("".join(RARE.findall("".join(sorted(shown)))))
        return rare | (shown & brought(self.book.used_faces))

    def _shown(self) -> Iterator[Document]:
        """Every document but the nav."""
        return (text.document for rows in self.documents.texts.values() for text in rows)

    @cached_property
    def _cutting(self) -> Cutting:
        faces, stacks = self.book.used_faces, self.book.stacks
        if self._embeds_all:
            return cut(faces, stacks, uses((*self._shown(), self._nav)))
        return cut_rare(faces, stacks, self.rare) if self.rare else Cutting()


def _hidden(kind: str, title: str, rows: str) -> str:
    """A navigation list that reading systems show in their own way; nothing where it is empty."""
    role = ' role="doc-pagelist"' if kind == "page-list" else ""
    head = f'<nav id="{kind}" epub:type="{kind}"{role} hidden="hidden"><h2>{escape(title)}</h2>'
    return f"{head}{rows}</nav>" if rows else ""
