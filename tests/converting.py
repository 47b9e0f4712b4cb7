"""Converting: words of one passage in another script by OpenCC alone, as a book's are."""

from __future__ import annotations

from publisher.ground.places import Place
from publisher.model.scripts import SCRIPTS
from publisher.script.decisions import NONE
from publisher.script.essays import convert_passage, new_pieces
from publisher.script.passages import Passage
from publisher.script.rules import Rules

CONFIGURATION_OF = {
    "hant-tw": "s2tw",
    "hant-hk": "s2hk",
    "hant-tw-phrases": "s2twp",
    "hant-hk-phrases": "s2hkp",
}


def new_words(pieces: tuple[str, ...], script: str) -> tuple[str, ...]:
    """The pieces of a passage in another script, without supplement and decisions."""
    rules = Rules(SCRIPTS[script], NONE, is_supplemented=False)
    config = CONFIGURATION_OF[script]
    passage = Passage(pieces, Place("一.md", 1))
    return new_pieces(convert_passage(passage, config, rules, rules.layers("", config)), rules)
