"""Strays: lines of an essay that nothing explains, for which its bounds or its head are in doubt.

It promises no word on what such a line is, only that an essay with one is not certain. A text is
explained where it is prose or speech, verse, a salutation, a bow, or an item of the plan.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import dropwhile

from publisher.intake.plan import Item
from publisher.intake.splitting.dates import date_in
from publisher.intake.splitting.lines import (
    Line,
    Lines,
    ends_sentence,
    is_open,
    is_prose,
    is_subtitle,
    is_title_like,
)
from publisher.intake.splitting.names import can_be_name
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.sections import are_double
from publisher.intake.splitting.verses import begins_stanza, is_bow

# What comes after them was written by somebody else, or is another message.
_PARTING = ("post-head", "mail-head", "related")
# A label heads a line of a form or a remark; before a speech it is who speaks.
_LABEL = re.compile(
    '[【\\[（(]?(?P<label>[\u4e00-\u9fff \u3000]{2,8})[】\\]）)]?[:：](?![ ]?[“「『"]).'
)
_SPEAKING = re.compile(".*[说道问答喊叫写想是][着到过了]?")
# What a line of a form has: fields, figures, brackets.
_FORM = re.compile(r"[\s0-9０-９：:/／|｜（(【\[]")
_FIELDS = re.compile("[ \u3000]{2,}|[\t\u3000]")
# Where a whole source is divided in such a way a short line in it is no title of the kind.
_SURE = {"source-heading", "contents-list", "labelled-title", "numbered-piece", "chapter"}
_GOING_ON = "，,、；;：:"
_WIDE = re.compile("[ \t]*[\u3000\t][ \u3000\t]*|[ ]{2,}")
_CLOCK = re.compile(r"[0-2]?[0-9][:：][0-5][0-9]")


def has_strays(lines: Lines, opening: Opening, inner: tuple[Item, ...], *, is_only: bool) -> bool:
    """Whether the lines of an essay, below its heading, hold one that nothing explains, or no text.

    Where it is the only essay of its source a short line of mere words is its own.
    """
    own = lines[opening.lead + opening.heading :]
    items = {number: item for item in inner for number in range(item.first, item.last + 1)}
    text = [replace(line, mark=None) for line in own if line.number not in items]
    return (
        not (any(map(ends_sentence, text)) or any(map(is_prose, text)) or _has_verse(inner))
        or _has_stray(text, opening, is_only=is_only)
        or _has_heads(own, items)
        or any(item.evidence == "lone-line" for item in inner if not is_only)
        or _is_parted(own, items)
        or are_double(own, _prose_heads(own, items))
    )


def _has_verse(inner: tuple[Item, ...]) -> bool:
    return any(item.kind == "verse" for item in inner)


def _has_stray(text: Lines, opening: Opening, *, is_only: bool) -> bool:
    """Whether a line of the text is a row, a record, the title again, or no text by its place."""
    is_local = not (is_only or _SURE & set(opening.evidence))
    return (
        any(_is_record(line) or _is_row(line) or _is_again(line, opening.title) for line in text)
        or _is_loose(_without_subtitles(_before_prose(text)), is_only=is_only)
        or _is_loose(_before_prose(text[::-1]), is_only=is_only)
        or _has_labelled_end(text)
        or (is_local and any(map(_can_be_title, text)))
    )


def _is_record(line: Line) -> bool:
    """Whether a line has a day and an hour, as what a machine wrote over a message has."""
    is_stamp = date_in(line.words) and _CLOCK.search(line.words)
    return bool(is_stamp) and not ends_sentence(line)


def _is_row(line: Line) -> bool:
    """Whether a line has fields with blanks between and a figure in one, as a row of a table."""
    fields = _FIELDS.split(line.words)
    has_figure = any(map(str.isdecimal, line.words))
    return len(fields) > 1 and has_figure and is_open(line) and not is_prose(line)


def _is_again(line: Line, title: str) -> bool:
    """Whether a line is the essay's title once more."""
    return bool(title) and line.words == title


def _before_prose(text: Lines) -> Lines:
    """The lines at one end that are no prose; none where all lines are such, as those of verse."""
    rest = list(dropwhile(lambda line: not is_prose(line), text))
    return text[: len(text) - len(rest)] if rest else ()


def _without_subtitles(lines: Lines) -> Lines:
    return [line for line in lines if not is_subtitle(line)]


def _is_loose(lines: Lines, *, is_only: bool) -> bool:
    """Whether one of the lines at an end neither ends nor goes on as a sentence does."""
    loose = (line.words for line in lines if is_open(line))
    return any(
        any(map(str.isalnum, words)) and not is_bow(words)
        for words in loose
        if not is_only or _FORM.search(words)
    )


def _has_labelled_end(text: Lines) -> bool:
    """Whether the first or the last line has a label that comes once: no speaker, no question."""
    labels = [_label(line) for line in text]
    counts = Counter(labels)
    return any(label and counts[label] == 1 for label in (*labels[:1], *labels[-1:]))


def _has_heads(own: Lines, items: dict[int, Item]) -> bool:
    """Whether a line amid the text looks like the title of another essay: bold, or by its name."""
    free = [replace(line, mark=None) for line in own if _can_be_text(line, items)]
    return any(
        _is_head_with_name(line) or (line.is_bold and is_title_like(line)) for line in free
    ) or any(_is_head(*rows) for rows in zip(free, free[1:], free[2:], free[3:], strict=False))


def _can_be_title(line: Line) -> bool:
    return is_title_like(line) and is_open(line)


def _can_be_text(line: Line, items: dict[int, Item]) -> bool:
    """Whether a line is text, or asked about as verse or as a title between paragraphs."""
    return line.number not in items or items[line.number].evidence in ("verse", "lone-line")


def _is_head_with_name(line: Line) -> bool:
    """Whether a line has a few characters behind a wide blank that can be a name."""
    title, *name = _WIDE.split(line.words)
    return len(name) == 1 and can_be_name(name[0]) and is_title_like(replace(line, words=title))


def _is_head(above: Line, title: Line, name: Line, text: Line) -> bool:
    """Whether two short lines between texts can be a title and a name."""
    is_between = above.words[-1] not in _GOING_ON and is_prose(text)
    is_title = _can_be_title(title) and not can_be_name(above.words)
    return is_between and is_title and can_be_name(name.words)


def _label(line: Line) -> str:
    match = _LABEL.match(line.words)
    return match["label"] if match and not _SPEAKING.fullmatch(match["label"]) else ""


def _is_parted(own: Lines, items: dict[int, Item]) -> bool:
    """Whether text stands above and below the head of another message."""
    free = [line.number for line in own if line.number not in items]
    heads = [number for number, item in items.items() if item.evidence in _PARTING]
    return any(free[0] < number < free[-1] for number in heads) if free else False


def _prose_heads(own: Lines, items: dict[int, Item]) -> tuple[int, ...]:
    """The indexes of section heads but for those above a stanza."""
    heads = (at for at, line in enumerate(own) if _is_section(line, items))
    return tuple(at for at in heads if not begins_stanza(own, at + 1))


def _is_section(line: Line, items: dict[int, Item]) -> bool:
    return line.number in items and items[line.number].kind == "section"
