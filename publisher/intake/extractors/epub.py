"""EPUB: a book as a reading, one document of its spine after another.

It promises a heading at the start of each chapter: the document's own, else the one that the book's
contents have for it; where neither has one, a break. Where the contents list chapters their titles
are the highest headings. It refuses books locked by a seller.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.intake.archives import unpacked
from publisher.intake.extractors.kinds import Kind, require_kind
from publisher.intake.extractors.markup import Element, read_xhtml, read_xml, texts, words
from publisher.intake.extractors.notes import HAD_NOTES, take_notes
from publisher.intake.extractors.package import Package, read_package, resolved
from publisher.intake.extractors.packed import Told, packed_reading
from publisher.intake.extractors.tags import PAGE
from publisher.intake.reading import Dropped, Reading

_ENCRYPTION = "META-INF/encryption.xml"
_METHOD = "{http://www.w3.org/2001/04/xmlenc#}EncryptionMethod"
# Fonts are scrambled in these ways, words never (EPUB 3.3, 4.4; Adobe's older way).
_OF_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A book whose contents list fewer is not divided by them.
_FEWEST_CHAPTERS = 2
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif")
_SVG_HREF = "{http://www.w3.org/1999/xlink}href"


def read_epub(content: bytes, file: str) -> Reading:
    """The reading of an EPUB.

    Raises PublisherError where the file is none, is locked, damaged, or would fill the machine.
    """
    require_kind(content, Kind.EPUB, file)
    parts = unpacked(content, file)
    _require_open(parts, file)
    package = read_package(parts, file)
    media = {name: parts[name] for name in parts if name.lower().endswith(_PICTURES)}
    book, contents = _bound(parts, package, file)
    notes = take_notes(book)
    pieces = [text for tree in (book, *notes.values()) for text in texts(tree)]
    others = tuple(_without_text(book, package))
    told = Told(package.suggestion, (*contents, *others), _missing_notices(package, file))
    return packed_reading(
        "EPUB",
        book,
        notes,
        media,
        pieces=pieces,
        told=told,
        file=file,
        blanks_count=False,
    )


def _missing_notices(package: Package, file: str) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            "chapter-missing",
            say('the book names a document that is not in the file: "{name}"', name=name),
            Place(file),
            say("ask for a whole copy, or see whether its words stand elsewhere"),
        )
        for name in package.missing
    )


def _require_open(parts: Mapping[str, bytes], file: str) -> None:
    if _ENCRYPTION not in parts:
        return
    root = read_xml(parts[_ENCRYPTION], Place(file, key=_ENCRYPTION))
    methods = {method.get("Algorithm") for method in root.iter(_METHOD)}
    if methods - _OF_FONTS:
        raise PublisherError.of(
            say("the book is locked by its seller (DRM)"),
            Remedy.EDITOR,
            Place(file, key=_ENCRYPTION),
            say("ask the publisher or the author for a copy without a lock"),
        )


def _bound(
    parts: Mapping[str, bytes], package: Package, file: str
) -> tuple[Element, tuple[Dropped, ...]]:
    """All documents of the spine as one tree, and the words of the contents, if they are in it."""
    book = etree.Element("body")
    told: list[Dropped] = []
    for name in package.spine:
        body = _body(read_xhtml(parts[name], Place(file, key=name)))
        if name == package.contents:
            told.append(
                Dropped(
                    "\n".join(line for text in texts(body) if (line := text.strip())),
                    say("table of contents"),
                )
            )
            continue
        chapter = _chapter(book, body, name)
        _rank_headings(body, package, name)
        if not _begins_with_heading(body):
            _head(chapter, package.titles.get(name, ""))
    for name in package.outside:
        # For the notes that may stand there.
        _chapter(book, _body(read_xhtml(parts[name], Place(file, key=name))), name)
    return book, tuple(told)


def _rank_headings(body: Element, package: Package, name: str) -> None:
    """Only the title of a chapter stands highest, and nothing before the first of them does."""
    listed = [own for own in package.spine if own in package.titles]
    if len(listed) < _FEWEST_CHAPTERS:
        return
    headings = [element for element in body.iter(*_HEADINGS) if words(element)]
    if name in package.titles:
        title = next(iter(headings), None) if _begins_with_heading(body) else None
        for element in headings:
            element.tag = "h1" if element is title else _lowered(element.tag)
    elif package.spine.index(name) < package.spine.index(listed[0]):
        for element in headings:
            element.tag = _lowered(element.tag)


def _lowered(tag: str) -> str:
    return "h2" if tag == "h1" else tag


def _chapter(book: Element, body: Element, name: str) -> Element:
    _make_global(body, name)
    chapter = etree.SubElement(book, "div")
    chapter.set("id", f"{name}#")
    body.tag = "div"
    chapter.append(body)
    return chapter


def _without_text(book: Element, package: Package) -> Iterator[Dropped]:
    """Take out what is no chapter once the notes are gone: documents outside, heads of notes."""
    outside = {f"{name}#" for name in package.outside}
    for chapter in list(book):
        said = words(chapter)
        if chapter.get("id") in outside:
            reason = say("outside the order of the book")
        elif chapter.get(HAD_NOTES) and said in map(words, chapter.iter(*_HEADINGS)):
            reason = say("the heading of notes")
        else:
            continue
        book.remove(chapter)
        if said:
            yield Dropped(said, reason)


def _body(root: Element) -> Element:
    body = root.find("body")
    return root if body is None else body


def _make_global(body: Element, name: str) -> None:
    """Addresses as they are from outside: `part#place` for places, parts' names for pictures."""
    for element in body.iter():
        if element.get("id"):
            element.set("id", f"{name}#{element.get('id')}")
        if element.tag == "a" and element.get("href") and ":" not in element.get("href", ""):
            element.set("href", "#" + "#".join(resolved(name, element.get("href", ""))))
        elif element.tag == "img":
            element.set("src", resolved(name, element.get("src", ""))[0])
        elif element.tag == "svg":
            _unwrap_picture(element, name)


def _unwrap_picture(drawing: Element, name: str) -> None:
    """A picture in a drawing, as covers have it, is a picture."""
    images = list(drawing.iter("image"))
    if len(images) == 1 and not words(drawing):
        address = images[0].get(_SVG_HREF, images[0].get("href", ""))
        tail = drawing.tail
        drawing.clear()
        drawing.tag, drawing.tail = "img", tail
        drawing.set("src", resolved(name, address)[0])


def _begins_with_heading(body: Element) -> bool:
    """Whether a heading comes before any other words."""
    for element in body.iter():
        if element.tag in _HEADINGS and words(element):
            return True
        if (element.text or "").strip() or (element is not body and (element.tail or "").strip()):
            return False
    return False


def _head(chapter: Element, title: str) -> None:
    head = etree.Element("h1" if title else "hr")
    if title:
        head.text = title
    else:
        head.set("class", PAGE)
    chapter.insert(0, head)
