"""Prose: an essay's part of an EPUB as markup of a web page.

It promises every word of the essay in its order, the ids that others link to, and a number for each
passage that has no id of its own: the same number in every script, since scripts differ in words
alone. What runs, loads or styles is left out, whatever the EPUB holds; so is every attribute that
is not known to be harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from urllib.parse import urlsplit

from lxml import etree

# What a place in the EPUB becomes: an address for a link or a picture, empty where there is none.
Address = Callable[[str], str]

_XHTML = "{http://www.w3.org/1999/xhtml}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_KEPT = {
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code",
    "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
    "pre", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "section", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u",
    "ul", "var", "wbr",
}  # fmt: skip
# With all that is in them. A nav of an EPUB leads elsewhere in it and is no part of an essay.
_DROPPED = {
    "audio", "base", "button", "canvas", "embed", "form", "frame", "frameset", "head", "iframe",
    "input", "link", "math", "meta", "nav", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea", "title", "video",
}  # fmt: skip
_ATTRIBUTES = {
    "aria-label", "class", "colspan", "dir", "id", "lang", "reversed", "role", "rowspan",
    "scope", "start", "translate",
}  # fmt: skip
_NUMBERED = {
    "blockquote", "dd", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "pre",
    "table",
}  # fmt: skip
_EMPTY = {"br", "hr", "wbr"}
_SCHEMES = ("http", "https", "mailto")


class _Writer:
    """Writes one essay's markup out of the elements that hold it."""

    def __init__(self, link: Address, picture: Address) -> None:
        self.link = link
        self.picture = picture
        self.written: list[str] = []
        self.number = 0
        self.taken: set[str] = set()

    def write(self, source: etree._Element) -> None:
        """Write an element with all that may be shown of it."""
        tag = _tag(source)
        if tag in _DROPPED:
            return
        if tag == "img":
            self._write_picture(source)
            return
        shown = tag if tag in _KEPT else "span"
        self.written.append(f"<{shown}{self._attributes(source, tag)}>")
        if tag in _EMPTY:
            return
        # HTML takes the first line end of a listing for its source's.
        self.written.append("\n" if tag == "pre" and (source.text or "")[:1] == "\n" else "")
        self._write_content(source)
        self.written.append(f"</{shown}>")

    def _write_content(self, source: etree._Element) -> None:
        self._write_words(source.text)
        for child in source:
            if isinstance(child.tag, str):
                self.write(child)
            self._write_words(child.tail)

    def _write_words(self, words: str | None) -> None:
        if words:
            self.written.append(escape(words, quote=False))

    def _write_picture(self, source: etree._Element) -> None:
        """A picture, or where it cannot be shown the words that stand for it."""
        words = source.get("alt") or ""
        if address := self.picture(source.get("src") or ""):
            own = f' src="{escape(address)}" alt="{escape(words)}" loading="lazy"'
            self.written.append(f"<img{self._attributes(source, 'img')}{own}>")
        else:
            self.written.append(escape(words, quote=False))

    def _attributes(self, source: etree._Element, tag: str) -> str:
        """Those attributes that are harmless, the number of a passage, where a link leads."""
        if not source.attrib and tag not in _NUMBERED:
            return ""
        values = dict(_harmless(source))
        if identity := self._identity(values.pop("id", ""), tag):
            values["id"] = identity
        if tag == "a" and (address := self.link(source.get("href") or "")):
            values["href"] = address
        return "".join(f' {name}="{escape(value)}"' for name, value in values.items())

    def _identity(self, own: str, tag: str) -> str:
        """An element's id where nothing has it yet, else the number of a passage."""
        self.number += tag in _NUMBERED
        number = f"p{self.number}" if tag in _NUMBERED else ""
        found = next((it for it in (own, number) if it and it not in self.taken), "")
        self.taken.add(found)
        return found


def _harmless(source: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in source.attrib.items():
        own = "lang" if name == _LANGUAGE else str(name)
        if own in _ATTRIBUTES and (own != "role" or str(value).startswith("doc-")):
            yield own, str(value)


def prose(bodies: Iterable[etree._Element], link: Address, picture: Address) -> str:
    """The markup of an essay from the elements that hold it, one for each document of the EPUB."""
    writer = _Writer(link, picture)
    for body in bodies:
        for child in body.iterchildren("*"):
            writer.write(child)
    return "".join(writer.written)


def outside(address: str) -> str:
    """An address in the web or for mail as it is; empty for every other scheme, and for none."""
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return ""
    return address if scheme in _SCHEMES else ""


def _tag(element: etree._Element) -> str:
    name = str(element.tag)
    return name.removeprefix(_XHTML) if name.startswith(_XHTML) or name[:1] != "{" else "svg"
