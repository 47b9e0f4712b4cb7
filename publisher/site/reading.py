"""Reading: what an EPUB holds for readers on the web: its words about itself, essays, pictures.

It promises the essays that it is asked for, each from all documents that hold it, with links that
lead to pages of the shelf. It refuses nothing: an essay that the EPUB lacks has no page, a picture
that cannot be shown stands in its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import PurePosixPath

from publisher.composition.portions import anchor_in
from publisher.inspection.opened import Opened, Text, words_of
from publisher.model.addresses import essay_page
from publisher.model.scripts import Script
from publisher.site import places, shelf
from publisher.site.pictures import suffix_of
from publisher.site.prose import outside, prose

_COVER = "cover-image"


@dataclass(frozen=True)
class Reading:
    """An EPUB of a collection in a script; `own` is what the collection's record says of it.

    `own` has the essays by their anchors, in the script in which they were written.
    """

    opened: Opened
    script: Script
    slug: str
    own: shelf.Text

    @cached_property
    def text(self) -> shelf.Text:
        """What the collection says of itself in this script, with the essays that are here."""
        own = self.own if self.script == self.own.script else self._told
        return replace(own, sections=tuple(self._sections()), is_readable=True)

    @property
    def _told(self) -> shelf.Text:
        """What the EPUB says where the record speaks in another script."""
        titles = (*self.opened.said("dc:title"), "", "")
        return replace(
            self.own,
            script=self.script,
            title=titles[0] or self.own.title,
            subtitle=titles[1] if self.own.subtitle else "",
            responsibility="、".join(map(self._named, self.own.responsibility.split("、"))),
            publisher=self._said("dc:publisher") or self.own.publisher,
            description=self._said("dc:description") or self.own.description,
            rights=self._said("dc:rights") or self.own.rights,
        )

    def prose(self, anchor: str) -> str:
        """The markup of an essay of `text`."""
        documents = self._documents[anchor]
        bodies = (body for document in documents for body in document.of("body"))
        return prose(bodies, partial(self._link, anchor), partial(self._picture, documents[0]))

    @cached_property
    def pictures(self) -> Mapping[str, bytes]:
        """The pictures that can be shown, by their paths on the shelf."""
        return {path: self.opened.files[name] for name, path in self._places.items() if path}

    @property
    def cover(self) -> bytes:
        """The picture of the cover; empty where the EPUB has none."""
        names = (it.name for it in self.opened.items if _COVER in it.properties)
        return self.opened.files.get(next(names, ""), b"")

    # ---- words about it ----

    def _said(self, name: str) -> str:
        return next(iter(self.opened.said(name)), "")

    def _sections(self) -> Iterator[shelf.Section]:
        """The sections with the essays that are here; a part's title is that of its document."""
        number = 0
        for section in self.own.sections:
            number += bool(section.title)
            title = self._titles.get(f"part-{number}", "") if section.title else ""
            here = (it for it in section.essays if it.anchor in self._documents)
            yield shelf.Section(title or section.title, tuple(map(self._essay, here)))

    def _essay(self, essay: shelf.Essay) -> shelf.Essay:
        title = self._titles.get(essay.anchor) or essay.title
        return shelf.Essay(essay.anchor, title, tuple(map(self._named, essay.authors)))

    def _named(self, name: str) -> str:
        """A person's name in this script."""
        return self._people.get(name, name)

    @cached_property
    def _people(self) -> Mapping[str, str]:
        """The names of this script by those of the record; empty where the two do not agree."""
        theirs = tuple(dict.fromkeys((*self.own.responsibility.split("、"), *self.own.authors)))
        here = (*self.opened.said("dc:creator"), *self.opened.said("dc:contributor"))
        # A name has as many characters in every script.
        is_same = self.script == self.own.script or [*map(len, theirs)] != [*map(len, here)]
        return {} if is_same else dict(zip(theirs, here, strict=True))

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """The titles of documents by the stem of their names."""
        rows = ((text, next(text.of("title"), None)) for text in self.opened.texts)
        return {_stem(text): words_of(it).strip() for text, it in rows if it is not None}

    # ---- documents, links, pictures ----

    @cached_property
    def _documents(self) -> Mapping[str, tuple[Text, ...]]:
        """The documents of each essay that is here, by its anchor."""
        anchors = {essay.anchor for essay in self.own.essays()}
        found: dict[str, tuple[Text, ...]] = {}
        for document in self.opened.texts:
            # A long essay goes on in ANCHOR_2, ANCHOR_3; no anchor has a low line.
            anchor = anchor_in(_stem(document))
            if anchor in anchors:
                found[anchor] = (*found.get(anchor, ()), document)
        return found

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        """The anchor of the essay that a document holds, by the document's name."""
        return {it.name: anchor for anchor, row in self._documents.items() for it in row}

    def _link(self, anchor: str, address: str) -> str:
        """Where a link of an essay leads from its page."""
        if away := outside(address):
            return away
        name, fragment = self._documents[anchor][0].target(address)
        home = self._homes.get(name)
        if home == anchor:
            return places.link("", f"#{fragment or anchor}")
        page = essay_page(self.slug, self.script.name, anchor)
        if home:
            target = essay_page(self.slug, self.script.name, home)
            return places.link(page, f"{target}#{fragment}" if fragment else target)
        if name not in self.opened.files:
            return ""
        return places.link(page, places.text_page(self.slug, self.script, self.own.script))

    def _picture(self, document: Text, address: str) -> str:
        name, _ = document.target(address)
        place = self._places.get(name, "")
        page = essay_page(self.slug, self.script.name, _stem(document))
        return places.link(page, place) if place else ""

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """Where the pictures of essays stand on the shelf, by their names; empty for unfit ones."""
        shown = {
            document.target(image.get("src") or "")[0]: ""
            for documents in self._documents.values()
            for document in documents
            for image in document.of("img")
        }
        return {name: self._place(name) for name in shown if name in self.opened.files}

    def _place(self, name: str) -> str:
        content = self.opened.files[name]
        suffix = suffix_of(name, content)
        return places.picture(self.slug, content, suffix) if suffix else ""


def _stem(document: Text) -> str:
    return PurePosixPath(document.name).stem
