"""ODT: an OpenDocument text as a reading.

It promises the census that Word documents have: what stands in the document is in the reading or
among what was dropped, and what is missing is told. The source of all names is ODF 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.intake.archives import unpacked
from publisher.intake.extractors.kinds import Kind, require_kind
from publisher.intake.extractors.markup import Element, read_xml
from publisher.intake.extractors.opendocument import converted, words_of
from publisher.intake.extractors.packed import Told, packed_reading
from publisher.intake.extractors.properties import core_suggestion
from publisher.intake.extractors.revisions import revision_notices
from publisher.intake.reading import Dropped, Reading

_KIND = "OpenDocument text"
_MEDIA = ("Pictures/", "media/")
_CONTENT = "content.xml"
_STYLES = "styles.xml"
_META = "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_MARGINS = {"header": say("running head"), "footer": say("running foot")}


def read_odt(content: bytes, file: str) -> Reading:
    """The reading of an OpenDocument text.

    Raises PublisherError where the file is none, is locked, damaged, or would fill the machine.
    """
    require_kind(content, Kind.ODT, file)
    parts = unpacked(content, file)
    _require_open(parts, file)
    trees = [
        read_xml(parts[name], Place(file, key=name))
        for name in (_CONTENT, _STYLES)
        if name in parts
    ]
    document = converted(trees)
    media = {name: parts[name] for name in parts if name.startswith(_MEDIA)}
    told = Told(
        core_suggestion(parts.get(_META), Place(file, key=_META)),
        (*document.dropped, *_margins(trees[1:])),
        revision_notices(document.revisions, file),
    )
    pieces = (piece for tree in trees for piece in words_of(tree))
    return packed_reading(
        _KIND,
        document.body,
        document.notes,
        media,
        pieces=pieces,
        told=told,
        file=file,
        blanks_count=True,
    )


def _require_open(parts: Mapping[str, bytes], file: str) -> None:
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise _refused(
            say("the document is locked by a password"),
            say("open it with its password, take the password away, and save it again"),
            file,
        )
    if _CONTENT not in parts:
        raise _refused(
            say('the document cannot be read: it has no part "{name}"', name=_CONTENT),
            say("open it in the program it was made with and save it again, or ask for a new copy"),
            file,
        )


def _margins(trees: list[Element]) -> Iterator[Dropped]:
    for tree in trees:
        for name, reason in _MARGINS.items():
            for margin in tree.iter(
                f"{_STYLE}{name}", f"{_STYLE}{name}-left", f"{_STYLE}{name}-first"
            ):
                text = "\n".join(words_of(margin))
                if text.strip():
                    yield Dropped(text, reason)


def _refused(message: Message, hint: Message, file: str) -> PublisherError:
    return PublisherError.of(message, Remedy.EDITOR, Place(file), hint)
