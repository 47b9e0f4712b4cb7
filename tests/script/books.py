"""Books: small collections whose words are put into another script."""

from __future__ import annotations

from publisher.model import matter as m
from publisher.model.collection import About, Collection, Contributor, Imprint, Part
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import SCRIPTS
from publisher.script.conversion import Conversion, convert
from publisher.script.decisions import NONE, Decisions
from publisher.script.doubts import Doubt
from publisher.script.review import review_of
from publisher.script.rules import rules_for


def essay(*paragraphs: str, path: str = "一.md", authors: tuple[str, ...] = ()) -> Manuscript:
    """An essay called 题 with a paragraph on each line from 1."""
    blocks = tuple(m.Paragraph((m.Text(it),), line) for line, it in enumerate(paragraphs, 1))
    return Manuscript(path, "题", "", authors, "", "", "", blocks, ())


def book(
    *essays: Manuscript,
    language: str = "zh-Hans",
    editors: tuple[str, ...] = (),
    contributors: tuple[Contributor, ...] = (),
) -> Collection:
    """A collection of essays in one part."""
    about = About("书", "shu", language, editors=editors)
    return Collection(about, Imprint(), (), (Part("", essays),), (), contributors, ())


def converted(
    collection: Collection,
    script: str = "hant-tw",
    decisions: Decisions = NONE,
    is_supplemented: bool = True,
) -> Conversion:
    """A collection in a script."""
    return convert(collection, rules_for(collection, SCRIPTS[script], decisions, is_supplemented))


def doubts(conversion: Conversion) -> tuple[Doubt, ...]:
    """The doubts that wait for an editor, in the order of the book."""
    return review_of(conversion).open


def words(conversion: Conversion) -> list[str]:
    """The paragraphs of all essays."""
    return [
        m.plain(content)
        for manuscript in conversion.collection.essays()
        for content, _ in m.passages(manuscript.blocks)
    ]
