"""Labels: where the square brackets of a link, a picture or a note close.

It promises the answers of CommonMark in a time that grows with the length of a paragraph: the
parser's own way looks through the rest of it anew for each bracket that nothing closes.
"""

from __future__ import annotations

import re
from functools import partial
from types import SimpleNamespace

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_ref

# A call of a note; a label that no closing bracket ends within so many characters is none.
_CALL = re.compile(r"\[\^[^\] \n]{1,999}\]")


def labels_plugin(parser: MarkdownIt) -> None:
    """Let a parser find the ends of labels in this way."""
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=parseLinkDestination,
        parseLinkTitle=parseLinkTitle,
        parseLinkLabel=_label_end,
    )
    parser.inline.ruler.at("footnote_ref", _call)


def _call(state: StateInline, silent: bool) -> bool:
    return bool(_CALL.match(state.src, state.pos, state.posMax)) and _footnote_ref(state, silent)


_footnote_ref = partial(footnote_ref, always_match=True)


def _label_end(state: StateInline, start: int, without_links: bool = False) -> int:
    """Where the bracket at `start` closes; -1 where it does not, or holds a link and may not.

    What stands within may hold brackets, so this is called within itself: in one frame for each.
    """
    before, waiting = state.pos, [start]
    state.pos = start + 1
    while waiting and not _is_unclosed(state, waiting[-1]):
        at, mark = state.pos, state.src[state.pos : state.pos + 1]
        if at >= state.posMax:
            _know_unclosed(state, waiting)
            break
        if mark == "]":
            waiting.pop()
            state.pos += 1
            continue
        state.md.inline.skipToken(state)
        if mark == "[" and state.pos == at + 1:
            waiting.append(at)
        elif mark == "[" and without_links:
            break
    end = -1 if waiting else state.pos - 1
    state.pos = before
    return end


# The parser keeps for each place where its token ends, by places that are never negative.
def _know_unclosed(state: StateInline, places: list[int]) -> None:
    state.cache.update({-1 - place: -1 for place in places})


def _is_unclosed(state: StateInline, place: int) -> bool:
    return -1 - place in state.cache or state.src.find("]", place, state.posMax) < 0
