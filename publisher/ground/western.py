"""Western: sentences in a Western language amid Chinese text, told from names, titles and terms.

It promises only what is sure. Names, titles and terms need no language said (WCAG 2.2, 3.1.2); a
run of words counts as a sentence where most of it is written small and, amid Han, where the words
that hold English sentences together stand in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.ground.han import WIDE

# A stretch without Han, kana or full-width marks; the marks shared with the West may stand in it.
_STRETCH = re.compile(f"[^{WIDE}\ufdd0]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FEWEST = 6
_LETTERS = rf"[^\W\d_{WIDE}]+"
_ROW = re.compile(rf"(?:{_LETTERS}(?:(?![{WIDE}])[\W\d_])+){{{_FEWEST - 1}}}{_LETTERS}")
_FEWEST_SMALL = 4
_FEWEST_HOLDING = 2
# No other language of Europe has two of these as common words.
_ENGLISH = {
    "the", "of", "and", "to", "that", "it", "its", "with", "his", "their", "your", "this", "these",
    "those", "they", "you", "she", "have", "has", "been", "not", "from", "which", "who", "what",
    "when", "where", "there", "were", "would", "could", "should", "shall",
}  # fmt: skip


@dataclass(frozen=True)
class Western:
    """A sentence: its words as they stand, and its language tag, empty where it cannot be told."""

    words: str
    language: str


def may_be_western(text: str) -> bool:
    """Whether words stand in a row in which a sentence could be: soon answered for long texts."""
    return _ROW.search(text) is not None


def western(text: str) -> Western | None:
    """The first Western sentence of a passage; what bears a language already stands as U+FDD0."""
    if not may_be_western(text):
        return None
    stretches = [match[0].strip() for match in _STRETCH.finditer(text)]
    english = next((Western(it, "en") for it in stretches if _is_english(it)), None)
    if english or len(stretches) != 1 or stretches[0] != text.strip():
        return english
    return Western(stretches[0], "") if _is_sentence(stretches[0]) else None


def _is_english(stretch: str) -> bool:
    words = [word.lower() for word in _WORD.findall(stretch)]
    holding = _ENGLISH.intersection(words)
    other = [word for word in _small(stretch) if word not in _ENGLISH]
    return len(words) >= _FEWEST and len(holding) >= _FEWEST_HOLDING and len(other) > 1


def _is_sentence(stretch: str) -> bool:
    return len(_WORD.findall(stretch)) >= _FEWEST and len(_small(stretch)) >= _FEWEST_SMALL


def _small(stretch: str) -> list[str]:
    """The words that begin with a small letter and are longer than one."""
    return [word for word in _WORD.findall(stretch) if word[0].islower() and len(word) > 1]
