"""Dialect: what this project's Markdown adds to CommonMark, as one markdown-it plugin.

Four things: emphasis whose marks stand beside Chinese punctuation (CommonMark leaves
`**重点，**后` literal), ruby as `{漢字|hàn|zì}`, years that are no list numbers (`1999. 年`),
and pictures whose file names hold spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from publisher.ground.han import is_wide

# Where a parse leaves the notes' (label, line from 0) in its environment.
DEFINITIONS = "note_definitions"
_RUBY = re.compile(r"\{([^{}|\n]+)\|([^{}\n]+)\}")
# A picture whose file name holds spaces, which CommonMark takes for plain words.
_SPACED_PICTURE = re.compile(
    r'!\[([^\]\n]{0,999})\]\(([^()<>"\n]{0,999}?)(?:[ \t]+"([^"\n]{0,999})")?[ \t]*\)'
)
_LONG_NUMBER = re.compile(r"\s*\d{3,}[.)]")


def chinese_plugin(parser: MarkdownIt) -> None:
    """Put the dialect's rules into a parser."""
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("link", "ruby", _ruby)
    parser.inline.ruler.after("image", "spaced_picture", _spaced_picture)
    parser.inline.add_terminator_char("{")
    parser.core.ruler.before("footnote_tail", "note_definitions", _note_definitions)
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})


def _note_definitions(state: StateCore) -> None:
    """Keep what the footnote plugin throws away: every note's label and line as written."""
    state.env[DEFINITIONS] = [
        (str(token.meta["label"]), token.map[0] if token.map else 0)
        for token in state.tokens
        if token.type == "footnote_reference_open"
    ]


def _emphasis(state: StateInline, silent: bool) -> bool:
    """As CommonMark's rule, with flanking that knows Chinese (commonmark-spec issue 650)."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    length = _run_length(state, marker)
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + length] if state.pos + length < state.posMax else " "
    can_open, can_close = _flanking(before, after, intraword=marker == "*")
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(ord(marker), length, len(state.tokens) - 1, -1, can_open, can_close)
        )
    state.pos += length
    return True


def _run_length(state: StateInline, marker: str) -> int:
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    return end - state.pos


def _flanking(before: str, after: str, intraword: bool) -> tuple[bool, bool]:
    left = _flanks(inside=after, outside=before)
    right = _flanks(inside=before, outside=after)
    can_open = left and (intraword or not right or _is_mark(before))
    can_close = right and (intraword or not left or _is_mark(after))
    return can_open, can_close


def _flanks(inside: str, outside: str) -> bool:
    """Whether a run of marks leans on `inside`: a Western mark there needs room outside."""
    if inside.isspace():
        return False
    if is_wide(inside) or not _is_mark(inside):
        return True
    return outside.isspace() or _is_mark(outside) or is_wide(outside)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _ruby(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = _RUBY.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("ruby", "", 0)
        token.meta = {"pairs": _pairs(match[1], match[2].split("|"))}
    state.pos = match.end()
    return True


def _spaced_picture(state: StateInline, silent: bool) -> bool:
    match = _SPACED_PICTURE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": match[2].strip(), "alt": ""} | (
            {"title": match[3]} if match[3] else {}
        )
        token.content = match[1]
        token.children = []
        state.md.inline.parse(match[1], state.md, state.env, token.children)
    state.pos = match.end()
    return True


def _pairs(base: str, readings: list[str]) -> list[tuple[str, str]]:
    """One reading for each character where the numbers agree, else one for the group."""
    if len(readings) == len(base) and len(readings) > 1:
        return list(zip(base, readings, strict=True))
    return [(base, " ".join(readings))]


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return not _LONG_NUMBER.match(line) and _LIST(state, start, end, silent)


_LIST: Callable[[StateBlock, int, int, bool], bool] = list_block
