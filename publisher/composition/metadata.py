"""Metadata: what an EPUB's package says of the book, its people and its accessibility.

It promises only what is true of the book at hand: features that are there, and a claim of
conformance only where somebody asked for it after the checks (EPUB Accessibility 1.1, sections 2
and 3; the vocabulary is schema.org's).
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.composition.binding import Meta
from publisher.composition.book import Book
from publisher.model import matter as m

CLAIM = Meta("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA")


def metadata(book: Book, provenance: str, page_source: str) -> list[Meta]:
    """The rows for a book; `page_source` names the print edition whose pages are marked."""
    return [
        *_titles(book),
        *_people(book),
        *_facts(book, provenance),
        *_access(book, paged=bool(page_source)),
        *([Meta("pageBreakSource", page_source)] if page_source else []),
    ]


def _titles(book: Book) -> Iterator[Meta]:
    about = book.collection.about
    yield Meta("title", about.title, "title")
    yield Meta("title-type", "main", refines="title")
    if about.subtitle:
        yield Meta("title", about.subtitle, "subtitle")
        yield Meta("title-type", "subtitle", refines="subtitle")


def _people(book: Book) -> Iterator[Meta]:
    """Editors make a collection; where there are none, its authors do."""
    editors = book.collection.about.editors
    roles = [("edt", name) for name in editors]
    roles += [("aut", name) for name in book.collection.authors() if name not in editors]
    for number, (role, name) in enumerate(roles, start=1):
        identity = f"person-{number}"
        is_creator = role == "edt" or not editors
        yield Meta("creator" if is_creator else "contributor", name, identity)
        yield Meta("role", role, refines=identity, scheme="marc:relators")


def _facts(book: Book, provenance: str) -> Iterator[Meta]:
    about, imprint = book.collection.about, book.collection.imprint
    rows = {
        "publisher": imprint.name,
        "date": about.date,
        "rights": about.rights,
        "description": about.description,
        "source": about.identifier,
        "dcterms:provenance": provenance,
    }
    yield from (Meta(name, value) for name, value in rows.items() if value)


def _access(book: Book, *, paged: bool) -> Iterator[Meta]:
    pictured = bool(book.collection.pictures)
    described = all(figure.alternative or figure.is_ornament for figure in _figures(book))
    modes = ["textual", "visual"] if pictured else ["textual"]
    yield from (Meta("schema:accessMode", mode) for mode in modes)
    sufficient = "textual" if described else ",".join(modes)
    yield Meta("schema:accessModeSufficient", sufficient)
    features = [*_FEATURES, *(["alternativeText"] if pictured and described else [])]
    features += ["pageBreakMarkers", "pageNavigation"] if paged else []
    features += ["rubyAnnotations"] if _has_readings(book) else []
    yield from (Meta("schema:accessibilityFeature", feature) for feature in features)
    yield Meta("schema:accessibilityHazard", "none")
    summary = _summary(book, pictured and described, paged)
    yield from [Meta("schema:accessibilitySummary", summary)] if summary else []


_FEATURES = (
    "tableOfContents",
    "structuralNavigation",
    "readingOrder",
    "displayTransformability",
    "ARIA",
)


def _summary(book: Book, described: bool, paged: bool) -> str:
    """The same in a sentence or two in the words of the layout."""
    keys = ["accessible"]
    keys += ["accessible-pictures"] if described else []
    keys += ["accessible-pages"] if paged else []
    return "".join(book.words.get(key, "") for key in keys)


def _figures(book: Book) -> Iterator[m.Figure]:
    return (figure for essay in book.collection.essays() for figure in essay.figures())


def _has_readings(book: Book) -> bool:
    return any(
        isinstance(inline, m.Ruby)
        for essay in book.collection.essays()
        for blocks in (essay.blocks, *(note.blocks for note in essay.notes))
        for content, _ in m.passages(blocks)
        for inline in m.inlines(content)
    )
