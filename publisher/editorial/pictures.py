"""Pictures: image files of a collection, read once, proven sound, and harmless.

It promises bytes that a browser, WeasyPrint and an EPUB reader can show: PNG, JPEG, GIF, WebP or a
self-contained SVG. It refuses a picture that is missing, outside the collection, on the network,
undecodable, too large to hold in memory, or an SVG that runs or fetches anything.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import is_address, is_file, lies_inside
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
_MOVING_ELEMENTS = {"set", "animate", "animateMotion", "animateTransform"}
# An address in CSS that is not an anchor of the same file. A backslash could spell one out.
_CSS_REACH = re.compile(r"@import|url\(\s*+['\"]?+\s*+(?!#)|\\", re.IGNORECASE)
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(px|pt|mm|cm|in)?\s*")
_BOX = re.compile(rf"\s*(?:{_NUMBER})[\s,]+(?:{_NUMBER})[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_NO_BOX = "0 0 0 0"
_PX = {None: 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_SVG = "{http://www.w3.org/2000/svg}svg"
_SVG_STANDARD_SIZE = 300.0, 150.0


def require_picture(path: str, root: Path, at: Place) -> None:
    """Raise PublisherError for a remote address, a path outside `root`, or a missing file."""
    if is_address(path):
        raise _refused(
            say('the picture "{address}" is not in the collection', address=path),
            at,
            say("nothing is fetched from a network: save it beside the essays"),
        )
    if not lies_inside(root / path, root):
        raise _refused(
            say('the picture "{address}" lies outside the collection', address=path),
            at,
            say("move it into the collection's folder"),
        )
    if not is_file(root / path):
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
    from PIL import Image, UnidentifiedImageError

    try:
        with _strict_pillow(), Image.open(io.BytesIO(content)) as image:
            media_type = _RASTER_TYPES.get(image.format or "")
            width, height = image.size
            _require_bearable(path, width * height, at)
            image.load()
    except Image.DecompressionBombError as error:
        # It says how many pixels there are before it says no.
        _require_bearable(path, int((re.findall(r"\d+", str(error)) or ["0"])[0]), at)
        raise _undecodable(path, at, str(error)) from None
    except UnidentifiedImageError:
        raise _undecodable(path, at, say("not PNG, JPEG, GIF, WebP or SVG")) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise _undecodable(path, at, str(error)) from None
    if media_type is None:
        raise _undecodable(path, at, say("not PNG, JPEG, GIF, WebP or SVG"))
    return Picture(path, media_type, content, width, height)


@contextmanager
def _strict_pillow() -> Iterator[None]:
    """Pillow as it is by itself: the setting engine tells it to take torn files for whole ones.

    Its warning of large pictures is silenced, because ours is told as a fault.
    """
    from PIL import Image, ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _require_bearable(path: str, pixels: int, at: Place) -> None:
    if pixels > MOST_PIXELS:
        millions = pixels // 1_000_000
        raise _refused(
            say('the picture "{path}" has {pixels} million pixels', path=path, pixels=millions),
            at,
            say("scale it down to less than {most} million", most=MOST_PIXELS // 1_000_000),
        )


def _read_svg(path: str, content: bytes, at: Place) -> Picture:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _undecodable(path, at, str(error)) from None
    if root.tag != _SVG or root.getroottree().docinfo.internalDTD is not None:
        raise _undecodable(path, at, say("not an SVG picture without a DOCTYPE"))
    reach = next(_reaches(root), "")
    if reach:
        raise _refused(
            say('the SVG "{path}" reaches outside itself: {reach}', path=path, reach=reach),
            at,
            say("save it as a plain SVG, without scripts, links and embedded pictures"),
        )
    if not _BOX.fullmatch(root.get("viewBox", _NO_BOX)):
        raise _undecodable(path, at, say("its viewBox is not four numbers"))
    width, height = _svg_size(root)
    return Picture(path, "image/svg+xml", content, width, height)


def _reaches(root: Any) -> Iterator[str]:
    """Whatever in an SVG runs or fetches."""
    from lxml import etree

    for node in (*root.itersiblings(preceding=True), *root.iter()):
        if node.tag is etree.ProcessingInstruction:
            yield f"<?{node.target}?>"
        elif isinstance(node.tag, str):
            yield from _element_reaches(node, etree.QName(node).localname)


def _element_reaches(element: Any, name: str) -> Iterator[str]:
    if name in _ACTIVE_ELEMENTS:
        yield f"<{name}>"
    if name in _MOVING_ELEMENTS and "href" in element.get("attributeName", ""):
        yield f'<{name} attributeName="href">'
    if name == "style" and _CSS_REACH.search("".join(element.itertext())):
        yield "<style> url()"
    for key, value in element.attrib.items():
        own = key.rpartition("}")[2]
        if _attribute_reaches(own, value):
            yield f'{own}="{value[:40]}"'


def _attribute_reaches(name: str, value: str) -> bool:
    if name.startswith("on"):
        return True
    if name in ("href", "src", "base"):
        return not value.startswith("#")
    return bool(_CSS_REACH.search(value))


def _svg_size(root: Any) -> tuple[int, int]:
    """Width and height in CSS pixels, from the viewBox where lengths are missing or relative."""
    box = _BOX.fullmatch(root.get("viewBox", ""))
    natural = (_positive(box[1]), _positive(box[2])) if box else (0.0, 0.0)
    width = _pixels(root.get("width", "")) or natural[0] or _SVG_STANDARD_SIZE[0]
    height = _pixels(root.get("height", "")) or natural[1] or _SVG_STANDARD_SIZE[1]
    return max(1, round(width)), max(1, round(height))


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    return _positive(match[1]) * _PX[match[2]] if match else 0.0


def _positive(number: str) -> float:
    """A number above nothing, else 0."""
    value = float(number)
    return value if isfinite(value) and value > 0 else 0.0


def _undecodable(path: str, at: Place, reason: str | Message) -> PublisherError:
    return _refused(
        say('the picture "{path}" cannot be decoded: {reason}', path=path, reason=reason),
        at,
        say("open it in a picture editor and save it again as PNG, JPEG or SVG"),
    )


def _refused(message: Message, at: Place, hint: Message) -> PublisherError:
    return PublisherError.of(message, Remedy.EDITOR, at, hint)
