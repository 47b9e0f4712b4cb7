"""Cleaner: a whole text through all the rules, until none finds anything more.

It promises a text that the same rules leave as it is, and its log. It decides nothing that an
editor should: those places stay as they came, for `advice` to show.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.intake.cleaning.changes import Change, Cleaning, Rule, uncleaned, with_pass
from publisher.intake.cleaning.registry import RULES

# One rule's work can give another something to do; chains are short.
_MOST_ROUNDS = 8


def clean(
    text: str, off: frozenset[str] = frozenset(), fixed: frozenset[int] = frozenset()
) -> Cleaning:
    """The text after every rule whose name is not in `off`.

    `fixed` are the offsets of characters that the rules see and do not touch.
    """
    cleaning = uncleaned(text)
    for _ in range(_MOST_ROUNDS):
        steps = len(cleaning.log)
        for rule in RULES:
            if rule.name not in off:
                cleaning = with_pass(cleaning, rule.name, tuple(_allowed(rule, cleaning, fixed)))
        if len(cleaning.log) == steps:
            break
    return cleaning


def _allowed(rule: Rule, cleaning: Cleaning, fixed: frozenset[int]) -> Iterator[Change]:
    found = rule.find(cleaning.text)
    if not fixed:
        return found
    origins = cleaning.origins
    return (it for it in found if fixed.isdisjoint(origins[it.start : it.stop]))
