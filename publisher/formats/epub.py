"""EPUB: the collection as an EPUB 3.3 publication that also opens in EPUB 2 readers.

It promises one document per division with the same names and ids in every script, notes that pop
up, navigation in both forms, no font and no colour forced on the reader, and equal bytes for equal
jobs. It refuses templates that are not well-formed XHTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from publisher.composition.binding import Member, Meta, bind
from publisher.composition.cover import cover_alternative, cover_picture
from publisher.composition.divisions import Division
from publisher.composition.markup import Medium
from publisher.composition.navigation import contents_markup, entries, landmarks_markup, ncx
from publisher.formats.job import Job, Watch
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.artefact import Artefact
from publisher.model.manuscript import identify

MEDIA_TYPE = "application/epub+zip"
_XHTML = "application/xhtml+xml"
_NAV = "nav.xhtml"
_SHEET = "styles/book.css"
_COVER = "cover.jpg"
# The contents are the nav document; half titles are a habit of paper.
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
_PAPER_ONLY = {"half-title", "contents"}


def make_epub(job: Job, watch: Watch) -> Artefact:
    """The EPUB of a job."""
    book = job.book
    divisions = tuple(d for d in book.divisions if d.kind not in _PAPER_ONLY)
    members = [*_documents(job, divisions, watch), *_furniture(job, divisions)]
    content = bind(members, _metadata(job), job.identifier, book.script.language, job.date)
    return Artefact(
        output=job.output,
        file_name=f"{job.file_stem}.epub",
        media_type=MEDIA_TYPE,
        content=content,
    )


def _documents(job: Job, divisions: tuple[Division, ...], watch: Watch) -> Iterator[Member]:
    """The documents in reading order, the nav where the book has its contents."""
    before = _before_contents(job)
    for number, division in enumerate(divisions, start=1):
        if division.anchor == before:
            yield _nav(job, divisions)
        yield _document(job, division)
        watch("writing", number, len(divisions))
    if not before:
        yield _nav(job, divisions)


def _before_contents(job: Job) -> str:
    """The anchor of the division that follows the contents."""
    rest = iter(job.book.divisions)
    any(division.kind == "contents" for division in rest)
    return next((d.anchor for d in rest if d.kind not in _PAPER_ONLY), "")


def _document(job: Job, division: Division) -> Member:
    name = _document_name(division.anchor)
    content = _page(job, division.title, _body(job, division), "../")
    _require_well_formed(content, job, division)
    return Member(division.anchor, name, _XHTML, content, in_spine=True)


def _body(job: Job, division: Division) -> str:
    if division.kind == "cover":
        alternative = escape(cover_alternative(job.book))
        return (
            '<section class="cover" epub:type="cover">'
            f'<img class="cover-picture" src="../{_COVER}" alt="{alternative}" role="doc-cover"/>'
            "</section>"
        )
    return job.book.markup(division, _medium(job))


def _medium(job: Job) -> Medium:
    """Documents beside each other in `text/`, pictures in `images/`, notes after the essay."""
    types = {picture.path: picture.media_type for picture in job.book.collection.pictures}
    return Medium(
        "epub",
        lambda path: f"../images/{_picture_name(path, types[path])}",
        lambda anchor: f"{anchor}.xhtml",
        notes_at_call=False,
    )


def _page(job: Job, title: str, body: str, root: str) -> bytes:
    language = job.book.script.language
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{language}" xml:lang="{language}">\n<head><meta charset="utf-8"/>'
        f"<title>{escape(title, quote=False)}</title>"
        f'<link rel="stylesheet" type="text/css" href="{root}{_SHEET}"/></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _nav(job: Job, divisions: tuple[Division, ...]) -> Member:
    words = job.book.words
    title = words.get("contents", "")
    nav = Division("contents", "nav", title, 0, "front")
    tree = entries(divisions)
    body = (
        '<nav id="contents" class="contents" epub:type="toc" role="doc-toc">'
        f'<h1 class="contents-title">{escape(title)}</h1>'
        f"{contents_markup(tree, _address, words.get('and', ''))}</nav>"
        '<nav id="landmarks" epub:type="landmarks" hidden="hidden">'
        f"<h2>{escape(words.get('landmarks', ''))}</h2>"
        f"{landmarks_markup((*divisions, nav), _address)}</nav>"
    )
    # Every EPUB has a nav document; it is a page of the book where the layout wants contents.
    in_spine = any(division.kind == "contents" for division in job.book.divisions)
    return Member("nav", _NAV, _XHTML, _page(job, title, body, ""), "nav", in_spine)


def _address(anchor: str) -> str:
    return _NAV if anchor == "nav" else _document_name(anchor)


def _furniture(job: Job, divisions: tuple[Division, ...]) -> Iterator[Member]:
    book = job.book
    yield Member("sheet", _SHEET, "text/css", _sheet(job).encode())
    yield Member("cover-picture", _COVER, "image/jpeg", cover_picture(book), "cover-image")
    for picture in book.collection.pictures:
        name = _picture_name(picture.path, picture.media_type)
        identity = f"picture-{name.replace('.', '-')}"
        yield Member(identity, f"images/{name}", picture.media_type, picture.content)
    toc = ncx(entries(divisions), _address, job.identifier, book.collection.about.title)
    yield Member("ncx", "toc.ncx", "application/x-dtbncx+xml", toc)


def _sheet(job: Job) -> str:
    """The sheets for reading systems, which take no files along."""
    sheet = job.book.sheet(("common.css", "epub.css"), None, None)
    if re.search(r"url\(|@import|\\", sheet, re.IGNORECASE):
        raise PublisherError.of(
            say("a sheet for EPUB names a file, which the EPUB would not hold"),
            Remedy.DESIGNER,
            Place(f"layouts/{job.book.layout.name}/sheets"),
            say("keep url() and @import out of epub.css and common.css"),
        )
    return sheet


def _document_name(anchor: str) -> str:
    return f"text/{anchor}.xhtml"


def _picture_name(path: str, media_type: str) -> str:
    """A name of its own for a picture: from its whole path, with the ending of what it is."""
    return f"{identify(path)}.{_ENDINGS[media_type]}"


def _require_well_formed(content: bytes, job: Job, division: Division) -> None:
    from lxml import etree

    try:
        etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        raise PublisherError.of(
            say("the template does not make well-formed XHTML: {reason}", reason=error.msg),
            Remedy.DESIGNER,
            Place(f"layouts/{job.book.layout.name}/templates/{division.kind}.html"),
            say("close every element, as in <br/>"),
        ) from None


def _metadata(job: Job) -> list[Meta]:
    about, imprint = job.book.collection.about, job.book.collection.imprint
    rows = [Meta("title", about.title, "title"), Meta("title-type", "main", refines="title")]
    if about.subtitle:
        rows += [
            Meta("title", about.subtitle, "subtitle"),
            Meta("title-type", "subtitle", refines="subtitle"),
        ]
    rows += _people(job)
    plain = {
        "publisher": imprint.name,
        "date": about.date,
        "rights": about.rights,
        "description": about.description,
        "source": about.identifier,
        "dcterms:provenance": job.provenance,
    }
    rows += [Meta(name, value) for name, value in plain.items() if value]
    return [*rows, *_accessibility(job)]


def _people(job: Job) -> list[Meta]:
    collection = job.book.collection
    authors = dict.fromkeys(name for essay in collection.essays() for name in essay.authors)
    roles = [("edt", name) for name in collection.about.editors]
    roles += [("aut", name) for name in authors if name not in collection.about.editors]
    rows: list[Meta] = []
    for number, (role, name) in enumerate(roles, start=1):
        identity = f"person-{number}"
        is_creator = role == "edt" or not collection.about.editors
        rows.append(Meta("creator" if is_creator else "contributor", name, identity))
        rows.append(Meta("role", role, refines=identity, scheme="marc:relators"))
    return rows


def _accessibility(job: Job) -> list[Meta]:
    """What is true of every book made here; claims of conformance need checks of their own."""
    pictured = bool(job.book.collection.pictures)
    modes = ["textual", "visual"] if pictured else ["textual"]
    rows = [Meta("schema:accessMode", mode) for mode in modes]
    rows.append(Meta("schema:accessModeSufficient", "textual"))
    features = [
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
    ]
    rows += [Meta("schema:accessibilityFeature", feature) for feature in features]
    rows.append(Meta("schema:accessibilityHazard", "none"))
    return rows
