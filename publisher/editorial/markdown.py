"""Markdown: CommonMark as Chinese editors write it, read into matter.

It promises that every word of the source is in the matter or named in a fault, that a line end
between Han leaves no space, and that emphasis beside Chinese marks works. It refuses raw HTML,
pictures inside a sentence, notes without a call and calls without a note: each with its line.
The dialect is docs/markdown.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any, ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publisher.editorial.dialect import DEFINITIONS, chinese_plugin
from publisher.editorial.inlines import InlineReader
from publisher.editorial.labels import labels_plugin
from publisher.ground.errors import PublisherError
from publisher.ground.messages import say
from publisher.model import matter as m

# What a page can indent.
DEEPEST = 10
_SOURCE_MARK = re.compile(r"——|⸺")
_TABLE_CAPTION = ": "
# Blocks whose lines end where they are written to end, between two rows of colons.
LINED = ("verse", "signature")
_LINED_END = re.compile(r"[ >]*:{3,}\s*")
# At the foot of a page a note is one run of words.
_IN_NOTES = (m.Paragraph, m.Quotation, m.Verse)


def read_markdown(
    text: str, file: str, first_line: int = 1, folder: str = ""
) -> tuple[m.Blocks, tuple[m.Note, ...]]:
    """The matter and the notes of a Markdown text whose first line is `first_line` of `file`.

    `folder` is where in the collection the file lies. Raises PublisherError with every fault.
    """
    inlines = InlineReader(file, first_line, folder)
    reader = _BlockReader(inlines, text, first_line)
    try:
        env: dict[str, Any] = {}
        blocks = reader.blocks(SyntaxTreeNode(parser().parse(text, env)).children)
    except RecursionError:
        inlines.refuse_depth(DEEPEST)
        raise PublisherError(*inlines.faults) from None
    reader.check_notes(env.get(DEFINITIONS, ()))
    if inlines.faults:
        raise PublisherError(*sorted(inlines.faults, key=lambda fault: fault.at.line or 0))
    return blocks, tuple(reader.notes)


@cache
def parser() -> MarkdownIt:
    """The parser of the dialect; it is made once and holds nothing of what it read."""
    made = MarkdownIt("commonmark", {"html": True, "maxNesting": 300})
    made.enable("table")
    # Every address is read as one, and refused with its line where it leads nowhere.
    made.validateLink = lambda url: True  # type: ignore[method-assign]
    # Four spaces are an indent here, `---` under a paragraph is a break, `[x]: y` is text.
    made.disable(["code", "lheading", "reference"])
    footnote_plugin(made, inline=False, always_match_refs=True)
    for name in LINED:
        container_plugin(made, name)
    attrs_plugin(made, after=("image",), spans=True, allowed=("lang", "translate", "class"))
    chinese_plugin(made)
    labels_plugin(made)
    return made


class _BlockReader:
    """One text's walk from syntax to matter; gathers notes on the way, faults in `inlines`."""

    def __init__(self, inlines: InlineReader, text: str, first_line: int) -> None:
        self.inlines = inlines
        self.notes: list[m.Note] = []
        self._lines = text.split("\n")
        self._first_line = first_line
        self._heading_level = 1
        self._depth = 0

    def blocks(self, nodes: list[SyntaxTreeNode]) -> m.Blocks:
        """The matter of sibling nodes; a table takes its caption from the paragraph after it."""
        self._depth += 1
        read = [block for node in nodes for block in self._one(node)]
        self._depth -= 1
        return _with_captions(read)

    def check_notes(self, definitions: Iterable[tuple[str, int]]) -> None:
        """Refuse a note that is never called or written twice, and a call without a note."""
        written: set[str] = set()
        for label, line in definitions:
            self._go_to(line)
            if label in written:
                self.inlines.refuse(say("the note [^{name}] is written twice", name=label))
            elif label not in self.inlines.calls:
                self.inlines.refuse(
                    say("the note [^{name}] is never called in the text", name=label)
                )
            written.add(label)
        for label, line in self.inlines.calls.items():
            if label not in written:
                self.inlines.line = line
                self.inlines.refuse(
                    say("the note [^{name}] is called but not written", name=label),
                    say("add a line beginning with [^{name}]:", name=label),
                )

    def _go_to(self, line: int) -> int:
        self.inlines.line = line + self._first_line
        return self.inlines.line

    def _line_of_text(self, number: int) -> str:
        """A line of the text by its number from 0, or nothing where the text has ended."""
        return self._lines[number] if number < len(self._lines) else ""

    def _one(self, node: SyntaxTreeNode) -> list[m.Block]:
        line = self._go_to(node.map[0]) if node.map else self.inlines.line
        if self._depth > DEEPEST:
            self.inlines.refuse_depth(DEEPEST)
            return []
        read = self._READERS.get(node.type)
        if read is None:
            self.inlines.refuse_unknown(node.type)
            return []
        return read(self, node, line)

    def _html(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        self.inlines.refuse_html(node.content)
        return []

    def _paragraph(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        children = node.children[0].children
        if len(children) == 1 and children[0].type == "image":
            return [self._figure(children[0], line)]
        content = self.inlines.passage(children)
        return [m.Paragraph(content, line)] if content else []

    def _figure(self, node: SyntaxTreeNode, line: int) -> m.Figure:
        alternative = self.inlines.description(node.children)
        title = str(node.attrs.get("title", ""))
        self.inlines.require_fit(title)
        caption: m.Inlines = (m.Text(title),) if title else ()
        path = self.inlines.path(str(node.attrs["src"]))
        is_ornament = self.inlines.is_ornament(node, alternative + title)
        return m.Figure(path, alternative, caption, line, is_ornament)

    def _heading(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        # Levels never skip one, whatever the source did: readers navigate by them.
        self._heading_level = min(max(int(node.tag[1]), 2), self._heading_level + 1)
        level = self._heading_level
        return [m.Heading(level, self.inlines.passage(node.children[0].children), line)]

    def _quotation(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        inner = self.blocks(node.children)
        last = inner[-1] if inner else None
        if isinstance(last, m.Paragraph) and _SOURCE_MARK.match(m.plain(last.content)):
            return [m.Quotation(inner[:-1], last.content, line)]
        return [m.Quotation(inner, (), line)]

    def _listing(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        items = tuple(self.blocks(item.children) for item in node.children)
        return [m.Listing(start, items, line)]

    def _verse(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        return [m.Verse(tuple(self._stanzas(node, "verse")), line)]

    def _signature(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        lines = tuple(chain.from_iterable(self._stanzas(node, "signature")))
        return [m.Signature(lines, line)] if lines else []

    def _stanzas(self, node: SyntaxTreeNode, name: str) -> Iterator[tuple[m.Inlines, ...]]:
        """The lines of a lined block, in groups as blank lines part them."""
        self._require_end(node, name)
        self._refuse_remark(node, name)
        for child in node.children:
            self._go_to(child.map[0] if child.map else 0)
            if child.type == "paragraph":
                yield self._stanza(child.children[0].children)
            else:
                message = say('"{mark}" holds lines and blank lines only', mark=f"::: {name}")
                self.inlines.refuse(message)

    def _require_end(self, node: SyntaxTreeNode, name: str) -> None:
        """The line after the node's own is its end mark, where there is one."""
        if node.map and not _LINED_END.fullmatch(self._line_of_text(node.map[1])):
            self.inlines.refuse(
                say('"{mark}" does not end', mark=f"::: {name}"),
                say("close it with a line of three colons"),
            )

    def _refuse_remark(self, node: SyntaxTreeNode, name: str) -> None:
        """Words on the line of an opening fence would not be in the book."""
        remark = node.info.strip().removeprefix(name).strip()
        if remark:
            self.inlines.refuse(
                say('the words "{words}" stand where none are read', words=remark),
                say("put them on a line of their own"),
            )

    def _stanza(self, nodes: list[SyntaxTreeNode]) -> tuple[m.Inlines, ...]:
        lines: list[m.Inlines] = []
        current: list[SyntaxTreeNode] = []
        for node in nodes:
            if node.type in ("softbreak", "hardbreak"):
                lines.append(self.inlines.passage(current))
                self.inlines.line += 1
                current = []
            else:
                current.append(node)
        return (*lines, self.inlines.passage(current))

    def _table(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        rows = [self._row(row) for group in node.children for row in group.children]
        cells = node.children[0].children[0].children
        alignments = tuple(
            str(cell.attrs.get("style", "")).removeprefix("text-align:") for cell in cells
        )
        return [m.Table(alignments, rows[0], tuple(rows[1:]), (), line)]

    def _row(self, row: SyntaxTreeNode) -> tuple[m.Inlines, ...]:
        line = row.map[0] if row.map else 0
        self._go_to(line)
        written = self._line_of_text(line).lstrip("> \t").rstrip()
        # The parser drops what stands beyond the columns of the head.
        if len(escapedSplit(written.removeprefix("|").removesuffix("|"))) > len(row.children):
            self.inlines.refuse(
                say("the row has more cells than the table has columns"),
                say("write \\| for a bar inside a cell, as in {{字\\|zì}}"),
            )
        return tuple(self.inlines.passage(cell.children[0].children) for cell in row.children)

    def _break(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        return [m.Break(line)]

    def _preformatted(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        self._refuse_remark(node, "")
        return [m.Preformatted(node.content.rstrip("\n"), line)]

    def _footnotes(self, node: SyntaxTreeNode, line: int) -> list[m.Block]:
        for number, note in enumerate(node.children, start=1):
            inner = [child for child in note.children if child.type != "footnote_anchor"]
            begins = self._go_to(inner[0].map[0]) if inner and inner[0].map else line
            blocks = self.blocks(inner)
            self._require_plain_note(blocks)
            self.notes.append(m.Note(number, blocks, begins))
        return []

    def _require_plain_note(self, blocks: m.Blocks) -> None:
        for block in blocks:
            self.inlines.line = block.line
            if not isinstance(block, _IN_NOTES):
                self.inlines.refuse(say("a note holds paragraphs, quotations and verse only"))
        for content, line in m.passages(blocks):
            self.inlines.line = line
            if any(isinstance(inline, m.NoteReference) for inline in m.inlines(content)):
                self.inlines.refuse(say("a note is called inside a note"))

    _READERS: ClassVar[dict[str, Callable[..., list[m.Block]]]] = {
        "paragraph": _paragraph,
        "heading": _heading,
        "blockquote": _quotation,
        "bullet_list": _listing,
        "ordered_list": _listing,
        "container_verse": _verse,
        "container_signature": _signature,
        "table": _table,
        "hr": _break,
        "fence": _preformatted,
        "footnote_block": _footnotes,
        "html_block": _html,
    }


def _with_captions(blocks: list[m.Block]) -> m.Blocks:
    read: list[m.Block] = []
    for block in blocks:
        before = read[-1] if read else None
        caption = _caption(block)
        if isinstance(before, m.Table) and not before.caption and caption:
            read[-1] = replace(before, caption=caption)
        else:
            read.append(block)
    return tuple(read)


def _caption(block: m.Block) -> m.Inlines:
    if not isinstance(block, m.Paragraph):
        return ()
    first, *rest = block.content
    if isinstance(first, m.Text) and first.words.startswith(_TABLE_CAPTION):
        return (m.Text(first.words.removeprefix(_TABLE_CAPTION)), *rest)
    return ()
