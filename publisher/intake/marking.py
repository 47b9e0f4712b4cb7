"""Marking: words and the spans beside them as one line of this project's Markdown.

It promises that the line reads back as exactly these characters with these marks: whatever Markdown
would take for a mark is written so that it stays a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from publisher.intake.reading import Role, Span

_MARKS = re.compile(r"([\\`*_\[\]<>&{}|~])")
# What opens a block at the beginning of a line.
_OPENING = re.compile(r"([#>+\-=:]|\d{1,9}(?=[.)]))")
_STARS = {Role.EMPHASIS: "*", Role.STRONG: "**"}
_INLINE = frozenset((Role.EMPHASIS, Role.STRONG, Role.RUBY, Role.LINK, Role.NOTE))
_STYLES = frozenset(_STARS)


def literal(words: str) -> str:
    """Words that read back as they are, at the beginning of a line."""
    return _guarded(_escaped(words))


def marked(words: str, spans: Iterable[Span], labels: dict[str, str], styles: bool = True) -> str:
    """A line of words with its spans, whose offsets count in `words`.

    `labels` are what notes are called by here; `styles` is whether stress is written at all.
    """
    inline = (span for span in spans if span.role in _INLINE)
    wanted = [span for span in inline if styles or span.role not in _STYLES]
    return _guarded(_written(words, 0, len(words), _nested(wanted), labels))


def _escaped(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)


def _guarded(line: str) -> str:
    match = _OPENING.match(line)
    if not match:
        return line
    if match[1].isdigit():
        return f"{match[1]}\\{line[match.end() :]}"
    return f"\\{line}"


def _nested(spans: list[Span]) -> list[Span]:
    """Spans of which none reaches beyond one it begins in: what reaches further is cut there."""
    found: list[Span] = []
    open_ends: list[int] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.stop, span.role.value)):
        while open_ends and open_ends[-1] <= span.start:
            open_ends.pop()
        stop = min([span.stop, *open_ends])
        if span.role is Role.NOTE or span.start < stop:
            found.append(replace(span, stop=stop))
            open_ends.append(stop)
    return found


def _written(words: str, start: int, stop: int, spans: list[Span], labels: dict[str, str]) -> str:
    """The words from `start` to `stop` with the spans among them, outermost first."""
    pieces: list[str] = []
    done = start
    rest = list(spans)
    while rest:
        span = rest.pop(0)
        inner = list(_taken(rest, span))
        pieces.append(_escaped(words[done : span.start]))
        pieces.append(_wrapped(words, span, inner, labels))
        done = span.stop
    return "".join((*pieces, _escaped(words[done:stop])))


def _taken(rest: list[Span], outer: Span) -> Iterator[Span]:
    """The spans within another, taken from those to come."""
    while rest and rest[0].start < outer.stop:
        yield rest.pop(0)


def _wrapped(words: str, span: Span, inner: list[Span], labels: dict[str, str]) -> str:
    if span.role is Role.NOTE:
        label = labels.get(span.value)
        return f"[^{label}]" if label else ""
    content = _written(words, span.start, span.stop, inner, labels)
    if span.role is Role.RUBY:
        return f"{{{content}|{_escaped(span.value)}}}"
    if span.role is Role.LINK:
        return f"[{content}](<{_address(span.value)}>)"
    stars = _STARS[span.role]
    return f"{stars}{content}{stars}"


def _address(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
