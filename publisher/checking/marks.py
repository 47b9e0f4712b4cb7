"""Marks: what the rules of cleaning would change in a manuscript, and what they leave to people.

The rules for lines stay off: Markdown has lines of its own. One notice for each line and rule.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from publisher.checking.subject import LINE_RULES, Subject, Text
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.intake.cleaning.advice import CONTEXT, Advice
from publisher.intake.cleaning.advisories import advise
from publisher.intake.cleaning.changes import (
    INSERTED,
    Change,
    Cleaning,
    changed,
    uncleaned,
    with_pass,
)
from publisher.intake.cleaning.cleaner import clean

# Keys of the front matter whose words are set.
_KEYS = ("title", "subtitle", "source", "note")
_UNBALANCED = frozenset(("quotes", "straight-quote", "bracket"))
_LONGEST = 16
# As docs/cleaning.md shows what nobody sees.
_SHOWN = {" ": "␣", "\u3000": "□", "\n": "¶"}


def unclean_words(subject: Subject) -> Iterator[Notice]:
    """What a rule of cleaning would change, in the text and in the front matter."""
    for text in subject.texts:
        yield from _unclean_front_matter(text)
        seen: dict[tuple[int, str], Message] = {}
        for line, rule, message in _changes(text):
            seen.setdefault((line, rule), message)
        hint = say("publisher check --fix puts it right")
        for (line, _), message in sorted(seen.items(), key=lambda row: row[0]):
            yield Notice("unclean", message, text.at(line), hint)


def _unclean_front_matter(text: Text) -> Iterator[Notice]:
    """What the rules would change in the values of the keys, each told once."""
    rows = text.content.decode("utf-8-sig").splitlines()
    off = LINE_RULES | set(text.rules_off)
    for key in _KEYS:
        value = getattr(text.essay, key)
        line = next((n for n, row in enumerate(rows, 1) if row.startswith(f"{key}:")), 0)
        words = clean(value, off).text
        if line and words != value:
            message = say(
                '{key}: "{before}" has marks of another kind', key=key, before=shown(value)
            )
            yield Notice(
                "unclean", message, text.at(line), say('write "{after}"', after=shown(words))
            )


def _changes(text: Text) -> Iterator[tuple[int, str, Message]]:
    """Every change with its line, its rule and what it does there."""
    state = uncleaned(text.words.text)
    for step in text.cleaning.log:
        for change in step.changes:
            line = text.words.line(_origin(state, change.start))
            yield line, step.rule, _told(state.text, step.rule, change)
        state = with_pass(state, step.rule, step.changes)


def _origin(state: Cleaning, start: int) -> int:
    """The offset in the file's words from which on a place stands."""
    places = range(start, len(state.origins))
    found = (state.origins[at] for at in places if state.origins[at] != INSERTED)
    return next(found, len(state.text))


def _told(text: str, rule: str, change: Change) -> Message:
    reach = max(0, change.start - CONTEXT)
    begin = max(reach, text.rfind("\n", reach, change.start) + 1)
    window = text[begin : change.stop + CONTEXT].split("\n", maxsplit=1)[0]
    own = Change(change.start - begin, change.stop - begin, change.after)
    before, after = shown(window), shown(changed(window, [own]))
    return say('{rule}: "{before}" should be "{after}"', rule=rule, before=before, after=after)


def shown(words: str) -> str:
    """Words with blanks and what is invisible made visible."""
    return "".join(map(_shown, words))


def _shown(character: str) -> str:
    if character in _SHOWN:
        return _SHOWN[character]
    is_hidden = unicodedata.category(character) in ("Cc", "Cf", "Zs", "Co")
    return f"U+{ord(character):04X}" if is_hidden else character


def doubtful_words(subject: Subject) -> Iterator[Notice]:
    """What cleaning leaves to people: all doubts, of marks without their partners one in a line.

    One lost quote makes the next ones doubtful too.
    """
    for text in subject.texts:
        found = advise(text.cleaning.text, frozenset(text.rules_off))
        told: set[tuple[int, str]] = set()
        for row in _without_running_quotations([row for row in found if _is_free(text, row)]):
            line = text.words.line(_origin(text.cleaning, row.start))
            if row.rule not in _UNBALANCED or (line, row.rule) not in told:
                told.add((line, row.rule))
                yield _doubt(row, text.at(line))


def _without_running_quotations(rows: list[Advice]) -> Iterator[Advice]:
    """The advice without pairs of a quote left open and the next one that closes what is not open.

    Between them a quotation runs on over paragraphs that do not open it again, as many print it.
    """
    quotes = [row for row in rows if row.rule == "quotes"]
    pairs = [pair for pair in pairwise(quotes) if _runs_on(*pair)]
    running = {id(row) for pair in pairs for row in pair}
    return (row for row in rows if id(row) not in running)


def _runs_on(first: Advice, second: Advice) -> bool:
    return not first.before and first.after == second.before == second.after


def _is_free(text: Text, row: Advice) -> bool:
    """Whether advice speaks of words that may be changed, or of the end of a paragraph."""
    own = text.cleaning.origins[row.start : row.stop]
    return text.words.fixed.isdisjoint(own) or not row.before.strip("\n")


def _doubt(row: Advice, at: Place) -> Notice:
    message, hint = _question(row), _proposal(row)
    if row.rule in _UNBALANCED:
        return Notice("unbalanced", message, at, hint, Severity.ADVICE)
    return Notice("doubtful", message, at, hint, Severity.ADVICE)


def _question(row: Advice) -> Message:
    left, right = row.left.rpartition("\n")[2], row.right.partition("\n")[0]
    before = row.before if len(row.before) <= _LONGEST else f"{row.before[:_LONGEST]}…"
    context = shown(f"{left}【{before.strip() or before[:1]}】{right}")
    return say('{reason}: "{context}"', reason=row.reason, context=context)


def _proposal(row: Advice) -> Message:
    if row.after == row.before:
        return say("look at it, and write what is meant")
    if not row.before.strip("\n") and not row.after:
        return say("perhaps the two are one paragraph")
    if not row.after:
        return say("perhaps it should go")
    return say('perhaps "{after}"', after=shown(row.after))
