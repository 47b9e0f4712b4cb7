"""Strays: lines of an essay that nothing explains, for which its bounds or its head are in doubt.

It promises no word on what such a line is, only which they are: an essay with one is not certain.
A text is explained where it is prose or speech, verse, a salutation, a bow, or an item of the plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, dropwhile

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


def stray_lines(
    lines: Lines, opening: Opening, inner: tuple[Item, ...], *, is_only: bool
) -> tuple[int, ...]:
    """The numbers of an essay's lines, below its heading, that nothing explains, in order.

    Where it is the only essay of its source a short line of mere words is its own.
    """
    own = lines[opening.lead + opening.heading :]
    items = _by_number(inner)
    text = _text(own, items)
    found = chain(
        _strays(text, opening, is_only=is_only),
        _heads(own, items),
        (line for line in own if not is_only and _is_lone(line, items)),
        _parted(own, items),
        _double_heads(own, items),
    )
    return tuple(sorted({line.number for line in found}))


def lacks_text(lines: Lines, opening: Opening, inner: tuple[Item, ...]) -> bool:
    """Whether an essay has neither a sentence nor a paragraph nor verse below its heading."""
    text = _text(lines[opening.lead + opening.heading :], _by_number(inner))
    has_text = any(map(ends_sentence, text)) or any(map(is_prose, text))
    return not has_text and all(item.kind != "verse" for item in inner)


def _by_number(inner: tuple[Item, ...]) -> dict[int, Item]:
    return {number: item for item in inner for number in range(item.first, item.last + 1)}


def _text(own: Lines, items: dict[int, Item]) -> list[Line]:
    return [replace(line, mark=None) for line in own if line.number not in items]


def _strays(text: Lines, opening: Opening, *, is_only: bool) -> Iterator[Line]:
    """Lines of the text that are a row, a record, the title again, or no text by their place."""
    is_local = not (is_only or _SURE & set(opening.evidence))
    for line in text:
        is_title = is_local and _can_be_title(line)
        if is_title or _is_record(line) or _is_row(line) or _is_again(line, opening.title):
            yield line
    yield from _loose(_without_subtitles(_before_prose(text)), is_only=is_only)
    yield from _loose(_before_prose(text[::-1]), is_only=is_only)
    yield from _labelled_ends(text)


def _is_record(line: Line) -> bool:
    """Whether a line has a day and an hour, as what a machine wrote over a message has."""
    is_stamp = _CLOCK.search(line.words) and date_in(line.words)
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


def _loose(lines: Lines, *, is_only: bool) -> Iterator[Line]:
    """Those of the lines at an end that neither end nor go on as a sentence does."""
    for line in lines:
        is_said = any(map(str.isalnum, line.words)) and not is_bow(line.words)
        if is_open(line) and is_said and (not is_only or _FORM.search(line.words)):
            yield line


def _labelled_ends(text: Lines) -> Iterator[Line]:
    """The first and the last line with a label that comes once: no speaker, no question."""
    counts = Counter(map(_label, text))
    for line in (*text[:1], *text[-1:]):
        if (label := _label(line)) and counts[label] == 1:
            yield line


def _heads(own: Lines, items: dict[int, Item]) -> Iterator[Line]:
    """The lines amid the text that look like titles of other essays: bold, or by their names."""
    free = [replace(line, mark=None) for line in own if _can_be_text(line, items)]
    for line in free:
        if _is_head_with_name(line) or (line.is_bold and is_title_like(line)):
            yield line
    for rows in zip(free, free[1:], free[2:], free[3:], strict=False):
        if _is_head(*rows):
            yield rows[1]


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


def _parted(own: Lines, items: dict[int, Item]) -> Iterator[Line]:
    """The first line of text behind the head of each other message that stands amid the text."""
    free = [line for line in own if line.number not in items]
    heads = [number for number, item in items.items() if item.evidence in _PARTING]
    for number in heads:
        if free and free[0].number < number < free[-1].number:
            yield next(line for line in free if line.number > number)


def _double_heads(own: Lines, items: dict[int, Item]) -> Iterator[Line]:
    """The heads of sections, but for those above a stanza, where a line as short stands below."""
    heads = (at for at, line in enumerate(own) if _is_section(line, items))
    spots = tuple(at for at in heads if not begins_stanza(own, at + 1))
    if are_double(own, spots):
        yield from (own[at] for at in spots)


def _is_section(line: Line, items: dict[int, Item]) -> bool:
    return line.number in items and items[line.number].kind == "section"


def _is_lone(line: Line, items: dict[int, Item]) -> bool:
    return line.number in items and items[line.number].evidence == "lone-line"
