"""DOCX: a Word document as a reading, through mammoth.

It promises a census: the characters that stand in the document are those of the reading and of what
was dropped; what is missing is told word by word. It reads nothing outside the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.intake.archives import unpacked
from publisher.intake.extractors.kinds import Kind, require_kind
from publisher.intake.extractors.markup import Element, read_xml
from publisher.intake.extractors.notes import cut
from publisher.intake.extractors.packed import Told, packed_reading
from publisher.intake.extractors.properties import core_suggestion
from publisher.intake.extractors.revisions import revision_notices
from publisher.intake.extractors.tags import NOTE_CALL, PAGE
from publisher.intake.extractors.word import MEDIA, RUBY_ANCHOR, prepared
from publisher.intake.extractors.wordlabels import NUMBER_ANCHOR
from publisher.intake.extractors.wordstyles import HEADING_STYLE, QUOTE_STYLE
from publisher.intake.reading import Reading

if TYPE_CHECKING:
    from mammoth.documents import Image

_PROPERTIES = "docProps/core.xml"
_MAIN = "word/document.xml"
_STYLE_MAP = "\n".join(
    [
        *(f"p.{HEADING_STYLE}{level} => h{level}:fresh" for level in range(1, 7)),
        f"p.{QUOTE_STYLE} => blockquote > p:fresh",
        f"br[type='page'] => hr.{PAGE}:fresh",
        "r[style-name='Strong'] => strong",
        "r[style-name='Emphasis'] => em",
        *(
            f"p:{kind}-list({depth}) => {'ul|ol > li > ' * (depth - 1)}{tag} > li:fresh"
            for depth in range(1, 6)
            for kind, tag in (("unordered", "ul"), ("ordered", "ol"))
        ),
    ]
)
# How mammoth names a note and the way back from it.
_NOTE = re.compile(r"#((?:foot|end)note-(?!ref-).+)")
_WAY_BACK = re.compile(r"#(?:foot|end)note-ref-")
_MISSING = "a picture that Word cannot find either"


def read_docx(content: bytes, file: str) -> Reading:
    """The reading of a Word document.

    Raises PublisherError where the file is none, is locked, damaged, or would fill the machine.
    """
    require_kind(content, Kind.DOCX, file)
    parts = unpacked(content, file)
    if _MAIN not in parts:
        raise _damaged(file, say('it has no part "{name}"', name=_MAIN))
    document = prepared(parts, file)
    media = {name: parts[name] for name in parts if name.startswith(MEDIA)}
    body = _converted(document.parts, {content: name for name, content in media.items()}, file)
    _mark_rubies(body, document.readings)
    _number_items(body)
    told = Told(
        core_suggestion(parts.get(_PROPERTIES), Place(file, key=_PROPERTIES)),
        document.dropped,
        revision_notices(document.revisions, file),
    )
    notes = _taken_notes(body)
    return packed_reading(
        "Word document",
        body,
        notes,
        media,
        pieces=document.words,
        told=told,
        file=file,
        blanks_count=True,
    )


def _converted(parts: Mapping[str, bytes], names: Mapping[bytes, str], file: str) -> Element:
    """The body of a document as HTML, notes at its end; `names` are those of its pictures."""
    import mammoth

    def named(image: Image) -> dict[str, str]:
        try:
            with image.open() as stream:
                return {"src": names.get(stream.read(), _MISSING)}
        except (KeyError, OSError):
            return {"src": _MISSING}

    try:
        html: str = mammoth.convert_to_html(
            io.BytesIO(_packed(parts)),
            style_map=_STYLE_MAP,
            include_default_style_map=False,
            include_embedded_style_map=False,
            ignore_empty_paragraphs=False,
            convert_image=mammoth.images.img_element(named),
        ).value
    except RecursionError:
        raise _damaged(file, say("its elements are nested too deep")) from None
    except (LookupError, ValueError, AttributeError, TypeError, OSError) as error:
        # mammoth checks nothing: a document against the standard ends in any of these.
        raise _damaged(file, f"{type(error).__name__} {error}") from None
    return read_xml(f"<div>{html}</div>".encode(), Place(file))


def _packed(parts: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return whole.getvalue()


def _mark_rubies(body: Element, readings: tuple[str, ...]) -> None:
    for link in list(body.iter("a")):
        number = link.get("href", "").removeprefix(f"#{RUBY_ANCHOR}")
        if number.isdecimal() and int(number) < len(readings):
            link.tag = "ruby"
            etree.SubElement(link, "rt").text = readings[int(number)]


def _number_items(body: Element) -> None:
    """Give items the numbers that Word shows; where a number is no item's it stays as words."""
    for link in list(body.iter("a")):
        number = link.get("href", "").removeprefix(f"#{NUMBER_ANCHOR}")
        item = link.getparent()
        if item is None or not number.isdecimal():
            continue
        if item.tag == "li" and item[0] is link:
            item.set("value", number)
            cut(link)
        else:
            link.tag = "span"


def _taken_notes(body: Element) -> dict[str, Element]:
    """Turn the calls of notes into calls; take their bodies from the end, without the ways back."""
    notes: dict[str, Element] = {}
    for link in list(body.iter("a")):
        call = _NOTE.fullmatch(link.get("href", ""))
        if call and link.get("id") is not None:
            link.tag, link.text = NOTE_CALL, None
            link.set("ref", call[1])
        elif _WAY_BACK.match(link.get("href", "")):
            item = next(link.iterancestors("li"))
            notes[item.get("id", "")] = item
            link.tag, link.text = "span", None
    for item in notes.values():
        listing = item.getparent()
        if listing is not None:
            listing.remove(item)
    return notes


def _damaged(file: str, reason: str | Message) -> PublisherError:
    return PublisherError.of(
        say("the document cannot be read: {reason}", reason=reason),
        Remedy.EDITOR,
        Place(file),
        say("open it in the program it was made with and save it again, or ask for a new copy"),
    )
