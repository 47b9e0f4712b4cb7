"""Pictures: image files of a collection, read once, proven sound, and harmless.

It promises bytes that a browser, WeasyPrint and an EPUB reader can show: PNG, JPEG, GIF, WebP or a
self-contained SVG. It refuses a picture that is missing, outside the collection, on the network,
undecodable, too large to hold in memory, or an SVG that runs or fetches anything.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import urlsplit

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.model.collection import Picture

MOST_PIXELS = 100_000_000
_RASTER_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
_ACTIVE_ELEMENTS = {
    "script",
    "foreignObject",
    "iframe",
    "embed",
    "object",
    "image",
    "audio",
    "video",
}
_CSS_REACH = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(px|pt|mm|cm|in)?\s*\Z")
_PX = {None: 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_SVG_STANDARD_SIZE = 300, 150


def require_picture(path: str, root: Path, at: Place) -> None:
    """Raise PublisherError for a remote address, a path outside `root`, or a missing file."""
    if urlsplit(path).scheme or path.startswith("//"):
        raise _refused(
            say('the picture "{address}" is not in the collection', address=path),
            at,
            say("nothing is fetched from a network: save it beside the essays"),
        )
    target = (root / path).resolve()
    if not target.is_relative_to(root.resolve()):
        raise _refused(
            say('the picture "{address}" lies outside the collection', address=path),
            at,
            say("move it into the collection's folder"),
        )
    if not target.is_file():
        raise _refused(
            say('the picture "{address}" is missing', address=path),
            at,
            say("file names tell capital letters apart; looked for {path}", path=root / path),
        )


def read_picture(path: str, content: bytes, at: Place) -> Picture:
    """A sound picture from a file's bytes, recognised by them and not by its name."""
    if content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe<")):
        return _read_svg(path, content, at)
    return _read_raster(path, content, at)


def _read_raster(path: str, content: bytes, at: Place) -> Picture:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            media_type = _RASTER_TYPES.get(image.format or "")
            width, height = image.size
            if media_type and width * height <= MOST_PIXELS:
                image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _undecodable(path, at, str(error)) from None
    if media_type is None:
        raise _undecodable(path, at, say("not PNG, JPEG, GIF, WebP or SVG"))
    if width * height > MOST_PIXELS:
        raise _refused(
            say(
                'the picture "{path}" has {pixels} million pixels',
                path=path,
                pixels=width * height // 1_000_000,
            ),
            at,
            say("scale it down to less than {most} million", most=MOST_PIXELS // 1_000_000),
        )
    return Picture(path, media_type, content, width, height)


def _read_svg(path: str, content: bytes, at: Place) -> Picture:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _undecodable(path, at, str(error)) from None
    if etree.QName(root).localname != "svg" or b"<!DOCTYPE" in content:
        raise _undecodable(path, at, say("not an SVG picture without a DOCTYPE"))
    reach = _reach(root)
    if reach:
        raise _refused(
            say('the SVG "{path}" reaches outside itself: {reach}', path=path, reach=reach),
            at,
            say("save it as a plain SVG, without scripts, links and embedded pictures"),
        )
    width, height = _svg_size(root)
    return Picture(path, "image/svg+xml", content, width, height)


def _reach(root: object) -> str:
    """The first thing in an SVG that runs or fetches, or nothing."""
    from lxml import etree

    for element in root.iter():  # type: ignore[attr-defined]
        if not isinstance(element.tag, str):
            if element.tag is etree.ProcessingInstruction:
                return "<?xml-stylesheet?>"
            continue
        name = etree.QName(element).localname
        if name in _ACTIVE_ELEMENTS:
            return f"<{name}>"
        if name == "style" and _CSS_REACH.search(element.text or ""):
            return "<style> url()"
        for key, value in element.attrib.items():
            if _attribute_reaches(etree.QName(key).localname, value):
                return f'{etree.QName(key).localname}="{value[:40]}"'
    return ""


def _attribute_reaches(name: str, value: str) -> bool:
    if name.startswith("on"):
        return True
    if name in ("href", "src", "base"):
        return not value.startswith("#")
    return bool(_CSS_REACH.search(value))


def _svg_size(root: object) -> tuple[int, int]:
    """Width and height in CSS pixels, from the viewBox where lengths are missing or relative."""
    get = root.get  # type: ignore[attr-defined]
    box = [float(number) for number in re.findall(r"-?[0-9.]+", get("viewBox", ""))]
    natural = (box[2], box[3]) if len(box) == 4 else _SVG_STANDARD_SIZE  # noqa: PLR2004
    sizes = (
        _pixels(get(name), size) for name, size in zip(("width", "height"), natural, strict=True)
    )
    width, height = (max(1, round(size)) for size in sizes)
    return width, height


def _pixels(length: str | None, otherwise: float) -> float:
    match = _LENGTH.match(length or "")
    return float(match[1]) * _PX[match[2]] if match else otherwise


def _undecodable(path: str, at: Place, reason: str | Message) -> PublisherError:
    return _refused(
        say('the picture "{path}" cannot be decoded: {reason}', path=path, reason=reason),
        at,
        say("open it in a picture editor and save it again as PNG, JPEG or SVG"),
    )


def _refused(message: Message, at: Place, hint: Message) -> PublisherError:
    return PublisherError.of(message, Remedy.EDITOR, at, hint)
