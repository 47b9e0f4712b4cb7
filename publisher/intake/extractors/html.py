"""HTML: a saved web page as a reading: the article out of it, and what it says of itself.

It promises that every word the page shows is in the reading or among what was dropped. It fetches
nothing: a picture that the page only points to is told, not taken.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import replace

from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.intake.encodings import decode, decoded_as
from publisher.intake.extractors.article import article_lines, left_out
from publisher.intake.extractors.census import census, loss_notices
from publisher.intake.extractors.elements import read_elements
from publisher.intake.extractors.kinds import Kind, kind_of, require_kind
from publisher.intake.extractors.markup import Element, read_page, texts
from publisher.intake.extractors.media import picture_notices, shown
from publisher.intake.extractors.notes import take_notes
from publisher.intake.extractors.passages import (
    Line,
    Passages,
    joined,
    without_blank_ends,
)
from publisher.intake.extractors.properties import dated
from publisher.intake.extractors.webpage import is_document, page_suggestion, page_title
from publisher.intake.reading import Dropped, Reading, Role

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 4_096
# Labels of the WHATWG Encoding Standard; pages that say GB2312 mean all that came after it, and in
# Big5 browsers read kana by the table of Hong Kong.
_GB18030 = ("gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk", "csgb2312")
_BIG5 = ("big5", "big5-hkscs", "cn-big5", "x-x-big5", "csbig5")
_ENCODINGS = dict.fromkeys(_GB18030, ("gb18030",)) | dict.fromkeys(_BIG5, ("big5hkscs", "cp950"))
_EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]+)")


def read_html(content: bytes, file: str) -> Reading:
    """The reading of a web page's article.

    Raises PublisherError where the file is no page, or not all of it can be decoded.
    """
    if kind_of(content) is not Kind.TEXT:
        require_kind(content, Kind.HTML, file)
    text, how = decoded_page(content, file)
    root = read_page(text, Place(file))
    title = page_title(root)
    notes = take_notes(root)
    media = _embedded(root)
    passages = read_elements(root, notes, {address: name for address, name, _ in media})
    counted = census(
        [text for tree in (_body(root), *notes.values()) for text in texts(tree)], passages
    )
    everything = frozenset(range(len(passages.lines)))
    kept = everything if is_document(root) else article_lines(root, passages.lines, title)
    found = bool(kept)
    kept = kept or everything
    article = _cut_down(passages, kept)
    pictures, unseen = shown({name: picture for _, name, picture in media}, article)
    body, spans = joined(article.lines)
    suggestion = page_suggestion(root, passages.lines, kept, title)
    return Reading(
        body,
        dated(how, suggestion),
        spans,
        article.notes,
        pictures,
        (*article.dropped, *unseen),
        suggestion,
        (
            *picture_notices(pictures, file),
            *(() if found else (_not_found(file),)),
            *loss_notices(counted, file),
        ),
    )


def decoded_page(content: bytes, file: str) -> tuple[str, str]:
    """A page's text, and how it was decoded.

    A byte order mark and sound UTF-8 are believed before what the page declares: browsers save
    pages in UTF-8 and leave the old declaration. Raises PublisherError as `decode` does.
    """
    declared = _CHARSET.search(content[:_CHARSET_WITHIN])
    label = declared[1].decode("ascii").lower() if declared else ""
    if not _is_utf8(content):
        for encoding in _ENCODINGS.get(label, ()):
            try:
                text = decoded_as(content, encoding)
            except UnicodeDecodeError:
                continue
            return decode(text.encode(), file).text, f"{label} as the page declares, 0 undecodable"
    found = decode(content, file)
    return found.text, found.how


def _body(root: Element) -> Element:
    body = root.find("body")
    return root if body is None else body


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _embedded(root: Element) -> list[tuple[str, str, bytes]]:
    """Pictures written into the page: address, name, bytes."""
    found: list[tuple[str, str, bytes]] = []
    for image in root.iter("img"):
        address = image.get("src", "").strip()
        match = _EMBEDDED.fullmatch(address)
        if match is None or any(address == other for other, _, _ in found):
            continue
        try:
            picture = b64decode(match[2])
        except Base64Error:
            continue
        suffix = match[1].replace("jpeg", "jpg")
        found.append((address, f"picture-{len(found) + 1}.{suffix}", picture))
    return found


def _cut_down(passages: Passages, kept: frozenset[int]) -> Passages:
    """The passages of some lines alone, with the notes that these call."""
    lines = tuple(line for index, line in enumerate(passages.lines) if index in kept)
    called = set(_called(lines))
    notes = tuple(note for note in passages.notes if note.label in called)
    others = tuple(
        Dropped(note.text, say("a note outside the article"))
        for note in passages.notes
        if note.label not in called
    )
    dropped = (*left_out(passages.lines, kept), *passages.dropped, *others)
    return replace(passages, lines=without_blank_ends(lines), notes=notes, dropped=dropped)


def _called(lines: tuple[Line, ...]) -> list[str]:
    return [span.value for line in lines for span in line.spans if span.role is Role.NOTE]


def _not_found(file: str) -> Notice:
    return Notice(
        "article-not-found",
        say("the page has no article that stands out; all of its words are taken"),
        Place(file),
        say("mark what does not belong to the essay as removed in the plan"),
    )
