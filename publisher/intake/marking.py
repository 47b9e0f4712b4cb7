"""Marking: words and the spans beside them as one line of this project's Markdown.

It promises that the line reads back as exactly these characters: whatever Markdown would take for a
mark is written so that it stays a character. Marks that cross are cut where the outer one ends, and
a mark that Markdown cannot hold in that place (a link that leads nowhere, a reading with a bar in
it) is left out; its words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from urllib.parse import quote

from publisher.intake.reading import Role, Span

# Stress, which can be left out without losing a word.
STYLES = frozenset((Role.EMPHASIS, Role.STRONG))
# All that stands within a line.
INLINE = STYLES | {Role.RUBY, Role.LINK, Role.NOTE}
_MARKS = re.compile(r"([\\`*_\[\]<>&{}|~])")
# What opens a block at the beginning of a line.
_OPENING = re.compile(r"([#>+\-=:]|\d{1,9}(?=[.)]))")
_STARS = {Role.EMPHASIS: "*", Role.STRONG: "**"}
_WEB_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NOT_IN_RUBY = re.compile(r"[{}|\n]")
_NOT_IN_PATHS = re.compile(r"[%<>\\&\n]")


def literal(words: str) -> str:
    """Words that read back as they are, at the beginning of a line."""
    return _guarded(_escaped(words))


def picture_path(path: str) -> str:
    """The path of a file as it stands between the angle brackets of a picture."""
    return _NOT_IN_PATHS.sub(lambda match: quote(match[0]), path)


def marked(
    words: str, spans: Iterable[Span], labels: dict[str, str], roles: frozenset[Role] = INLINE
) -> str:
    """A line of words with its spans, whose offsets count in `words`.

    `labels` are what notes are called by here; only marks of `roles` are written.
    """
    wanted = [span for span in spans if span.role in roles & INLINE]
    return _guarded(_written(words, 0, len(words), _nested(words, wanted), labels))


def _escaped(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)


def _guarded(line: str) -> str:
    match = _OPENING.match(line)
    if not match:
        return line
    if match[1].isdigit():
        return f"{match[1]}\\{line[match.end() :]}"
    return f"\\{line}"


# Nesting ----------------------------------------------------------------------------------------


def _nested(words: str, spans: list[Span]) -> list[Span]:
    """Spans of which none reaches beyond one it begins in: what reaches further is cut there."""
    found: list[Span] = []
    open_spans: list[Span] = []
    for span in sorted(_fitting(words, spans), key=_order):
        while open_spans and open_spans[-1].stop <= span.start:
            open_spans.pop()
        stop = min([span.stop, *(outer.stop for outer in open_spans)])
        if _is_allowed(span, open_spans) and (span.role is Role.NOTE or span.start < stop):
            found.append(replace(span, stop=stop))
            open_spans.append(found[-1])
    return found


def _order(span: Span) -> tuple[int, bool, int, str, str]:
    """A call before what begins in its place, the longer before the shorter."""
    return span.start, span.role is not Role.NOTE, -span.stop, span.role.value, span.value


def _is_allowed(span: Span, outer: list[Span]) -> bool:
    """Whether a span can begin in others: links hold no links, and stress no stress of its kind."""
    return span.role is Role.NOTE or all(span.role is not other.role for other in outer)


def _fitting(words: str, spans: list[Span]) -> Iterator[Span]:
    """The spans that Markdown can write, without blanks at their ends; nothing begins in a ruby."""
    rubies = list(_apart([span for span in spans if _is_readable(words, span)]))
    stressed = (_joined([span for span in spans if span.role is role]) for role in _STARS)
    calls = [span for span in spans if span.role is Role.NOTE]
    links = [span for span in spans if _leads_somewhere(span)]
    for span in (*chain.from_iterable(stressed), *calls, *links):
        yield _trimmed(words, _beside(span, rubies))
    yield from rubies


def _leads_somewhere(span: Span) -> bool:
    return span.role is Role.LINK and bool(_WEB_ADDRESS.fullmatch(span.value))


def _is_readable(words: str, span: Span) -> bool:
    """Whether a span is a reading that can be written above its words."""
    base = words[span.start : span.stop]
    is_said = bool(base.strip() and span.value.strip())
    return span.role is Role.RUBY and is_said and not _NOT_IN_RUBY.search(base + span.value)


def _apart(rubies: list[Span]) -> Iterator[Span]:
    """The rubies that begin where none before them stands."""
    done = 0
    for ruby in sorted(rubies, key=_order):
        if ruby.start >= done:
            yield ruby
            done = ruby.stop


def _joined(spans: list[Span]) -> list[Span]:
    """Stress of one kind that meets or overlaps as one span: word processors cut it anywhere."""
    found: list[Span] = []
    for span in sorted(spans, key=_order):
        if found and span.start <= found[-1].stop:
            found[-1] = replace(found[-1], stop=max(found[-1].stop, span.stop))
        elif span.start < span.stop:
            found.append(span)
    return found


def _beside(span: Span, rubies: list[Span]) -> Span:
    """A span that holds each ruby wholly or not at all."""
    for ruby in rubies:
        if ruby.start < span.start < ruby.stop:
            span = replace(span, start=ruby.stop, stop=max(ruby.stop, span.stop))
        if ruby.start < span.stop < ruby.stop:
            span = replace(span, stop=ruby.stop)
    return span


def _trimmed(words: str, span: Span) -> Span:
    inside = words[span.start : span.stop]
    start = span.start + len(inside) - len(inside.lstrip())
    if span.role is Role.NOTE or start >= span.stop:
        return replace(span, stop=span.start)
    return replace(span, start=start, stop=start + len(inside.strip()))


# Writing ----------------------------------------------------------------------------------------


def _written(words: str, start: int, stop: int, spans: list[Span], labels: dict[str, str]) -> str:
    """The words from `start` to `stop` with the spans among them, outermost first."""
    pieces: list[str] = []
    done = start
    rest = list(spans)
    while rest:
        span = rest.pop(0)
        inner = list(_taken(rest, span))
        mark = _wrapped(words, span, inner, labels)
        pieces += (_between(words[done : span.start], "".join(pieces[-1:]), mark), mark)
        done = span.stop
    return "".join((*pieces, _between(words[done:stop], "".join(pieces[-1:]), "")))


def _between(words: str, before: str, after: str) -> str:
    """Words between two marks, none of which becomes a part of the marks."""
    text = _escaped(words)
    if before.startswith("[^") and text.startswith(("(", ":")):
        text = f"\\{text}"
    if after.startswith("[") and text.endswith("!"):
        text = f"{text[:-1]}\\!"
    return text


def _taken(rest: list[Span], outer: Span) -> Iterator[Span]:
    """The spans within another, taken from those to come."""
    while rest and rest[0].start < outer.stop:
        yield rest.pop(0)


def _wrapped(words: str, span: Span, inner: list[Span], labels: dict[str, str]) -> str:
    if span.role is Role.NOTE:
        label = labels.get(span.value)
        return f"[^{label}]" if label else ""
    if span.role is Role.RUBY:
        return f"{{{words[span.start : span.stop]}|{span.value}}}"
    content = _written(words, span.start, span.stop, inner, labels)
    if span.role is Role.LINK:
        return f"[{content}](<{_address(span.value)}>)"
    stars = _STARS[span.role]
    return f"{stars}{content}{stars}"


def _address(address: str) -> str:
    plain = address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return _ENTITY.sub("&amp;", plain)
