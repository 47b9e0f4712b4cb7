"""Registry: the checks. To add one: its function, its row, its paragraph in docs/notices.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publisher.checking import (
    characters,
    declared,
    doubles,
    languages,
    marks,
    pictures,
    planned,
    scripts,
    shapes,
)
from publisher.checking.subject import Subject
from publisher.ground.notices import Notice


@dataclass(frozen=True)
class Check:
    """A row: a name, and the function that finds what is to be noticed."""

    name: str
    find: Callable[[Subject], Iterator[Notice]]


CHECKS = (
    Check("date", declared.dating),
    Check("authors", declared.authors),
    Check("part titles", declared.part_titles),
    Check("plans", planned.waiting_plans),
    Check("stale manuscripts", planned.stale_manuscripts),
    Check("empty essays", shapes.empty_essays),
    Check("script", scripts.scripts),
    Check("titles twice", doubles.titles),
    Check("words twice", doubles.essays_and_paragraphs),
    Check("unclean words", marks.unclean_words),
    Check("doubtful words", marks.doubtful_words),
    Check("long paragraphs", shapes.long_paragraphs),
    Check("leftover headings", shapes.leftover_headings),
    Check("rare characters", characters.rare_characters),
    Check("languages", languages.unsaid_languages),
    Check("pictures", pictures.coarse_pictures),
)


def noticed(subject: Subject) -> tuple[Notice, ...]:
    """All that the assembly and the checks notice: by file in the order of the book, by line."""
    found = [*subject.assembly.notices, *(row for check in CHECKS for row in check.find(subject))]
    files = [subject.declaration, *(text.file for text in subject.texts)]
    ranks = {file: rank for rank, file in enumerate(files)}

    def order(notice: Notice) -> tuple[int, str, int]:
        return ranks.get(notice.at.file, len(ranks)), notice.at.file, notice.at.line or 0

    return tuple(sorted(found, key=order))
