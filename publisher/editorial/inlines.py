"""Inlines: the syntax inside one passage of Markdown becomes words, emphasis, links, ruby.

It keeps the line it stands on, so that a fault in the third line of a paragraph names the third
line. It refuses raw HTML, pictures inside a sentence, and links that lead nowhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from markdown_it.tree import SyntaxTreeNode

from publisher.ground.errors import Fault, Remedy
from publisher.ground.files import is_address
from publisher.ground.han import is_chinese
from publisher.ground.hygiene import unfit_characters
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.model import matter as m

_IDEOGRAPHIC_SPACE = "\u3000"
_MARGIN = " \t" + _IDEOGRAPHIC_SPACE
_SOFT_BREAK = m.Text("\n")
# What a picture has from its brackets, and what the braces after them may say.
_PICTURE = {"src", "alt", "title"}
_ORNAMENT = {"class": "ornament"}
# The shape of a language tag (BCP 47).
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_WEB_ADDRESS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


class InlineReader:
    """Reads passages of one file; `line` is where it stands, `faults` what it found.

    `folder` is the manuscript's folder in the collection: addresses start from there.
    """

    def __init__(self, file: str, line: int, folder: str = "") -> None:
        self.file = file
        self.line = line
        self.folder = folder
        self.faults: list[Fault] = []
        # The line of each note's first call, by the note's label.
        self.calls: dict[str, int] = {}

    def path(self, address: str) -> str:
        """An address in the manuscript as a path in the collection; a web address stays."""
        if is_address(address):
            return address
        path = posixpath.normpath(posixpath.join(self.folder, unquote(address)))
        self.require_fit(path)
        return path

    def passage(self, nodes: list[SyntaxTreeNode]) -> m.Inlines:
        """The inlines of a passage, without the spaces that line ends and indents leave."""
        content = _without_margins(_joined(self._all(nodes)))
        self.require_fit(m.plain(content) + m.readings(content))
        return content

    def description(self, nodes: list[SyntaxTreeNode]) -> str:
        """A picture's description: words alone, for a reader who hears them."""
        content = self.passage(nodes)
        if any(isinstance(inline, m.NoteReference) for inline in m.inlines(content)):
            self.refuse(say("a note is called inside a picture's description"))
        return m.plain(content)

    def is_ornament(self, node: SyntaxTreeNode, words: str) -> bool:
        """Whether a picture with some words is marked as an ornament, which has none."""
        said = {key: node.attrs[key] for key in node.attrs if key not in _PICTURE}
        if said not in ({}, _ORNAMENT) or node.meta.get("insecure_attrs"):
            self.refuse(say("the braces after a picture hold more than {mark}", mark=".ornament"))
        elif said and words:
            self.refuse(
                say("an ornament has neither a description nor a caption"),
                say("take away {mark}, or the words", mark="{.ornament}"),
            )
        return said == _ORNAMENT

    def require_fit(self, text: str) -> None:
        """Note characters that came in as references (`&#8238;`), past the gate for the file."""
        self.faults += unfit_characters(text, lambda _: Place(self.file, self.line))

    def refuse(self, message: Message, hint: Message | None = None) -> None:
        """Note a fault on the present line."""
        self.faults.append(Fault(message, Remedy.EDITOR, Place(self.file, self.line), hint))

    def refuse_html(self, markup: str) -> None:
        """Note raw HTML as a fault."""
        self.refuse(
            say('raw HTML cannot stand in an essay: "{markup}"', markup=markup.strip()[:60]),
            say("use Markdown; write \\< for a plain <"),
        )

    def refuse_depth(self, most: int) -> None:
        """Note that the text is nested without end."""
        self.refuse(say("quotations and lists are nested deeper than {n} levels", n=most))

    def refuse_unknown(self, name: str) -> None:
        """Note a construct that this dialect does not have."""
        self.refuse(say('the construct "{name}" is not known here', name=name))

    def _all(self, nodes: list[SyntaxTreeNode]) -> list[m.Inline]:
        return [inline for node in nodes for inline in self._one(node)]

    def _one(self, node: SyntaxTreeNode) -> list[m.Inline]:
        read = self._READERS.get(node.type)
        if read is None:
            self.refuse_unknown(node.type)
            return []
        return read(self, node)

    def _inner(self, node: SyntaxTreeNode) -> m.Inlines:
        return _joined(self._all(node.children))

    def _text(self, node: SyntaxTreeNode) -> list[m.Inline]:
        return [m.Text(node.content)] if node.content else []

    def _softbreak(self, node: SyntaxTreeNode) -> list[m.Inline]:
        self.line += 1
        return [_SOFT_BREAK]

    def _hardbreak(self, node: SyntaxTreeNode) -> list[m.Inline]:
        self.line += 1
        return [m.LineBreak()]

    def _emphasis(self, node: SyntaxTreeNode) -> list[m.Inline]:
        return [m.Emphasis(self._inner(node))]

    def _strong(self, node: SyntaxTreeNode) -> list[m.Inline]:
        return [m.Strong(self._inner(node))]

    def _link(self, node: SyntaxTreeNode) -> list[m.Inline]:
        target = str(node.attrs.get("href", ""))
        inner = self._inner(node)
        if node.attrs.get("title") or not inner:
            self.refuse(say("a link shows the words in its brackets, and no others"))
        if _WEB_ADDRESS.match(target) and _is_web_address(target):
            return [m.Link(target, inner)]
        if target.endswith(".md") and not is_address(target):
            return [m.CrossReference(self.path(target), inner)]
        self.refuse(
            say('the link "{target}" leads nowhere a reader can go', target=target),
            say("give a full web address, or the file name of an essay in this collection"),
        )
        return []

    def _span(self, node: SyntaxTreeNode) -> list[m.Inline]:
        language = str(node.attrs.get("lang", ""))
        inner = self._inner(node)
        if set(node.attrs) - {"lang", "translate"} or node.meta.get("insecure_attrs"):
            self.refuse(say("the braces after the brackets hold more than lang or translate"))
        if language and not _LANGUAGE.fullmatch(language):
            self.refuse(
                say('"{value}" is not a language tag', value=language),
                say("write en, fr, ja, zh-Hant and the like"),
            )
        if not (language or node.attrs.get("translate") == "no"):
            return list(inner)
        if any(not isinstance(inline, m.Text) for inline in inner):
            self.refuse(say("words that stay as they are hold no other marks inside"))
        return [m.Kept(m.plain(inner), language)]

    def _ruby(self, node: SyntaxTreeNode) -> list[m.Inline]:
        return [m.Ruby(tuple(node.meta["pairs"]))]

    def _code(self, node: SyntaxTreeNode) -> list[m.Inline]:
        return [m.Kept(node.content, code=True)]

    def _reference(self, node: SyntaxTreeNode) -> list[m.Inline]:
        self.calls.setdefault(str(node.meta["label"]), self.line)
        return [m.NoteReference(int(node.meta["id"]) + 1)]

    def _html(self, node: SyntaxTreeNode) -> list[m.Inline]:
        if not node.content.startswith("</"):  # told once, where it opens
            self.refuse_html(node.content)
        return []

    def _picture(self, node: SyntaxTreeNode) -> list[m.Inline]:
        self.refuse(
            say("a picture stands inside a paragraph"),
            say("put it in a paragraph of its own, with blank lines around it"),
        )
        return []

    _READERS: ClassVar[dict[str, Callable[[InlineReader, SyntaxTreeNode], list[m.Inline]]]] = {
        "text": _text,
        "softbreak": _softbreak,
        "hardbreak": _hardbreak,
        "em": _emphasis,
        "strong": _strong,
        "link": _link,
        "span": _span,
        "ruby": _ruby,
        "code_inline": _code,
        "footnote_ref": _reference,
        "html_inline": _html,
        "image": _picture,
    }


def _is_web_address(target: str) -> bool:
    """Whether a reading system can follow an address (RFC 3986, sections 3.2 and 3.3)."""
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme.lower() == "mailto":
        return "@" in parts.path.strip("@")
    host = parts.hostname or ""
    is_named = bool(host.strip(".")) and not re.search(r"[\s<>\"{}|\\^`]", target)
    return is_named and (port is None or port > 0) and target.count("#") <= 1


def _joined(content: list[m.Inline]) -> m.Inlines:
    """Neighbouring texts made one, and each soft line end either a space or nothing."""
    read: list[m.Inline] = []
    for index, inline in enumerate(content):
        words = inline.words if isinstance(inline, m.Text) else None
        if inline is _SOFT_BREAK:
            words = _gap(content[:index], content[index + 1 :])
        elif index and content[index - 1] is _SOFT_BREAK and words is not None:
            words = words.lstrip(_IDEOGRAPHIC_SPACE)
        if words is None:
            read.append(inline)
        elif read and isinstance(read[-1], m.Text):
            read[-1] = m.Text(read[-1].words + words)
        elif words:
            read.append(m.Text(words))
    return tuple(read)


def _gap(before: list[m.Inline], after: list[m.Inline]) -> str:
    left, right = m.plain(tuple(before[-1:])), m.plain(tuple(after[:1]))
    right = right.lstrip(_IDEOGRAPHIC_SPACE)
    if not left or not right or is_chinese(left[-1]) or is_chinese(right[0]):
        return ""
    return " "


def _without_margins(content: m.Inlines) -> m.Inlines:
    """A passage without the ideographic spaces that indent it and the spaces that end it."""
    trimmed = list(content)
    if trimmed and isinstance(trimmed[0], m.Text):
        trimmed[0] = m.Text(trimmed[0].words.lstrip(_MARGIN))
    if trimmed and isinstance(trimmed[-1], m.Text):
        trimmed[-1] = m.Text(trimmed[-1].words.rstrip(_MARGIN))
    return tuple(inline for inline in trimmed if inline != m.Text(""))
