"""Any words in any place: what the engine shows of them alone, the composer shows too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.glyphs import Glyph, read_glyphs
from tests.seam import stone
from tests.seam.contents import PLAIN, anything, called, contents
from tests.seam.contexts import CONTEXTS, LEADER, NARROWING, NOTES, OWN, RUNNING, Context

# What shows nothing, the hyphen that a soft one becomes, and what fills the rest of a line.
_UNSEEN = re.compile(f"[\\s\u00ad\u200b\u2010\u2060{LEADER}]+")


def _told(glyphs: Iterable[Glyph], alphabet: str = "", but: str = "") -> str:
    """The words of glyphs: those of an alphabet alone, or all but some."""
    shown = (g.text for g in glyphs if (g.text in alphabet if alphabet else g.text not in but))
    return _UNSEEN.sub("", "".join(shown))


def _compare(context: Context, content: str) -> None:
    """What the composer's engine shows beside what the bare one shows."""
    document = context.document(content)
    ours, theirs = stone.both(document, "bare")
    # What the bare engine cannot set, the composer need not.
    if theirs.refused:
        return
    assert not ours.refused, ours.refused
    own, other = read_glyphs(ours.pdf), read_glyphs(theirs.pdf)
    assert not _off_page(ours.pdf, own) or _off_page(theirs.pdf, other)
    for alphabet in (OWN, NOTES):
        assert sorted(_told(own, alphabet)) == sorted(_told(other, alphabet))
    assert _told(own, but=OWN + NOTES) == _told(other, but=OWN + NOTES)


def _off_page(pdf: bytes, glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs that begin or end outside their page, but for a hair."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        sizes = [tuple(map(float, page.mediabox[2:])) for page in file.pages]
    edges = ((glyph, *sizes[glyph.page - 1]) for glyph in glyphs if glyph.text.strip())
    return [g for g, width, height in edges if not (_in(g.x, g.end, width) and 0 < g.y < height)]


def _in(left: float, right: float, width: float) -> bool:
    return left > -0.1 and right < width + 0.1


places = st.sampled_from([*CONTEXTS, NARROWING])
places_of_notes = st.sampled_from([context for context in CONTEXTS if context.calls])


@settings(max_examples=60)
@given(places, contents)
def test_nothing_is_lost_or_doubled_wherever_words_stand(context: Context, content: str) -> None:
    _compare(context, content)


@settings(max_examples=25)
@given(places_of_notes, called)
def test_nothing_is_lost_where_notes_are_called(context: Context, content: str) -> None:
    _compare(context, content)


@settings(max_examples=25)
@given(places, anything)
def test_nothing_is_lost_where_something_is_not_the_composers(
    context: Context, content: str
) -> None:
    _compare(context, content)


@settings(max_examples=6)
@given(contents)
def test_nothing_is_lost_in_running_elements(content: str) -> None:
    _compare(RUNNING, content)


_ALL = [*CONTEXTS, NARROWING, RUNNING]


@pytest.mark.parametrize("context", _ALL, ids=lambda context: context.name)
def test_every_place_shows_a_plain_paragraph(context: Context) -> None:
    _compare(context, PLAIN)


@pytest.mark.parametrize("context", [*CONTEXTS, RUNNING], ids=lambda context: context.name)
def test_the_composer_sets_what_is_its_own_and_nothing_else(context: Context) -> None:
    laid = stone.engine().lay_out(context.document(PLAIN))
    assert stone.is_composed(laid, "眠") == context.composed
