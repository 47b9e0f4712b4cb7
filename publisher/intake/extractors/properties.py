"""Properties: what an office document says of itself beside its text, in Dublin Core."""

from __future__ import annotations

import re

from publisher.ground.errors import PublisherError
from publisher.ground.places import Place
from publisher.intake.extractors.markup import Element, read_xml
from publisher.intake.reading import Suggestion

_DC = "{http://purl.org/dc/elements/1.1/}"
_CREATORS = (f"{_DC}creator", "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}initial-creator")
_PARTING = re.compile(r"[;；、]")
# What programs and computers are called, and nobody who writes.
_NOBODY = re.compile(
    r"(?:admin|administrator|user|author|owner|microsoft|windows|wps|lenovo|asus|dell|hp|pc|"
    r"python-docx|apache poi|unknown|微软|用户|微软用户|作者|匿名)[\s\w-]*",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:Microsoft Word - .*|(?:document|文档|新建.*文档|无标题|untitled)\s*\d*)", re.IGNORECASE
)


def core_suggestion(content: bytes | None, at: Place) -> Suggestion:
    """Title and authors from a part of properties; nothing where there is none or it is unsound."""
    try:
        root = None if content is None else read_xml(content, at)
    except PublisherError:
        return Suggestion()
    if root is None:
        return Suggestion()
    title = _first(root, (f"{_DC}title",))
    names = (name.strip() for name in _PARTING.split(_first(root, _CREATORS)))
    authors = tuple(name for name in names if name and not _NOBODY.fullmatch(name))
    title = "" if _NO_TITLE.fullmatch(title) else title
    return Suggestion(title, authors, "", "document properties" if title or authors else "")


def dated(how: str, suggestion: Suggestion) -> str:
    """How a source was read, and when it says that it was published."""
    return f"{how}, published {suggestion.published}" if suggestion.published else how


def _first(root: Element, tags: tuple[str, ...]) -> str:
    texts = (" ".join((element.text or "").split()) for tag in tags for element in root.iter(tag))
    return next((text for text in texts if text), "")
