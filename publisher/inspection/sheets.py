"""Sheet rules: what style sheets do to a reader: contrast, sizes, fonts, the way lines run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.inspection.css import CssRule, declarations, rules
from publisher.inspection.opened import OPF, Opened, tag_of, words_of

Found = Iterator[tuple[Message, Place]]
# WCAG 2.2, 1.4.3.
_LEAST_CONTRAST = 4.5
_KNEE = 0.04045
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_NAMED = {"white": _WHITE, "black": _BLACK, "red": (255, 0, 0), "gray": (128, 128, 128),
          "grey": (128, 128, 128), "silver": (192, 192, 192), "yellow": (255, 255, 0),
          "blue": (0, 0, 255), "green": (0, 128, 0), "lightgray": (211, 211, 211)}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)")
_FIXED = re.compile(r"\d(?:\.\d+)?\s*(?:px|pt|pc|cm|mm|in|q)\b", re.IGNORECASE)
# Adobe's engine in e-ink devices: github.com/dvschultz/99problems, issues 30 and 53.
_FUNCTION = re.compile(r"\b(?:calc|min|max|clamp|var|env)\(", re.IGNORECASE)
_VIEWPORT = re.compile(r"\d(?:vh|vw|vmin|vmax|ch)\b", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
_RARE = re.compile("[\U00020000-\U0003ffff\ue000-\uf8ff\U000f0000-\U0010ffff]")
Colour = tuple[int, int, int]


def weak_contrast(book: Opened) -> Found:
    """Words stand out from their ground; where one is not said, the page's own is taken."""
    for name, rule in _rules(book):
        ratio = _contrast(rule)
        if ratio < _LEAST_CONTRAST:
            message = say(
                '"{selector}" has a contrast of {ratio} to 1', selector=rule.selector, ratio=ratio
            )
            yield message, Place(name)


def fixed_sizes(book: Opened) -> Found:
    """The reader chooses the size of type and the distance of lines."""
    for name, rule in _rules(book):
        for key in ("font-size", "line-height"):
            if _FIXED.search(rule.value(key)):
                message = say('"{selector}" fixes {key}', selector=rule.selector, key=key)
                yield message, Place(name)


def lost_fonts(book: Opened) -> Found:
    """What a sheet loads, fonts above all, is in the book."""
    for name, rule in _rules(book):
        for address in _URL.findall(";".join(value for _, value in rule.declarations)):
            if address.startswith("data:"):
                continue
            path = posixpath.join(posixpath.dirname(name), unquote(address))
            if posixpath.normpath(path) not in book.files:
                yield say('"{address}" is not in the book', address=address), Place(name)


def unmarked_links(book: Opened) -> Found:
    """A link amid words is told from them by more than colour; lists of links need no mark."""
    for name, rule in _rules(book):
        is_link = re.search(r"(?:^|[\s,>])a(?:[.:#\[]|$|[\s,])", rule.selector)
        is_listed = re.search(r"\b(?:nav|ol|ul|li)\b|\.entries", rule.selector)
        if is_link and not is_listed and rule.value("text-decoration").startswith("none"):
            message = say('"{selector}" hides that links are links', selector=rule.selector)
            yield message, Place(name)


def fragile_sheets(book: Opened) -> Found:
    """No sheet holds words at which old reading systems drop it whole, or refuse the book."""
    for name, rule in _rules(book):
        for key, value in rule.declarations:
            is_short = key in ("margin", "padding", "border")
            if _FUNCTION.search(value) or (is_short and _VIEWPORT.search(value)):
                message = say(
                    '"{selector}" has "{value}", at which old reading systems fail',
                    selector=rule.selector,
                    value=value,
                )
                yield message, Place(name)


def turned_pages(book: Opened) -> Found:
    """Vertical lines go with pages from right to left, and the other way round."""
    if book.package is None:
        return
    runs_down = any(
        rule.value("writing-mode", "-epub-writing-mode", "-webkit-writing-mode") == "vertical-rl"
        and re.search(r"\b(?:html|body|:root)\b", rule.selector)
        for _, rule in _rules(book)
    )
    spine = book.package.find(f"{OPF}spine")
    turns = spine is not None and spine.get("page-progression-direction") == "rtl"
    language = "".join(book.said("dc:language"))
    if runs_down and not turns:
        yield say("lines run downwards, but pages do not follow to the left"), _at(book)
    elif turns and not runs_down and language.startswith("zh"):
        yield say("pages follow to the left, but no line runs downwards"), _at(book)


def fontless_characters(book: Opened) -> Found:
    """Characters that few systems have come with a font."""
    if any(
        item.media_type.startswith(("font/", "application/vnd.ms-opentype")) for item in book.items
    ):
        return
    for text in book.texts:
        found = _RARE.search(words_of(text.root))
        if found:
            code = f"{ord(found[0]):04X}"
            message = say(
                'no font comes with "{character}" (U+{code})', character=found[0], code=code
            )
            yield message, Place(text.name)


def _rules(book: Opened) -> Iterator[tuple[str, CssRule]]:
    """Every rule of every sheet and style attribute, with the file it stands in."""
    for name, sheet in book.sheets:
        yield from ((name, rule) for rule in rules(sheet))
    for text in book.texts:
        for element in text.having("@style"):
            declared = declarations(element.get("style") or "")
            yield text.name, CssRule(tag_of(element), declared, is_dark=False)


def _contrast(rule: CssRule) -> float:
    ink = _colour(rule.value("color"))
    ground = _colour(rule.value("background-color", "background"))
    if ink is None and ground is None:
        return 21.0
    page, words = (_BLACK, _WHITE) if rule.is_dark else (_WHITE, _BLACK)
    bright, dark = sorted((_light(ink or words), _light(ground or page)), reverse=True)
    return round((bright + 0.05) / (dark + 0.05), 2)


def _colour(value: str) -> Colour | None:
    """A colour that is said outright; None for what depends on the reading system."""
    words = value.lower()
    if found := _HEX.search(words):
        digits = found[1] if len(found[1]) == 6 else "".join(it * 2 for it in found[1])  # noqa: PLR2004
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
        return red, green, blue
    if found := _RGB.search(words):
        return int(found[1]), int(found[2]), int(found[3])
    return next((_NAMED[word] for word in words.split() if word in _NAMED), None)


def _light(colour: Colour) -> float:
    """The relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= _KNEE else ((share + 0.055) / 1.055) ** 2.4


def _at(book: Opened) -> Place:
    return Place(book.package_name)
