"""Questions: what an editor answers in a terminal, a line at a time.

It promises an answer that can be used: what is none is asked for again, with a word on what is
expected, and the end of input is leaving off. A Chinese keyboard's full-width letters and digits
are as good as others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from publisher.ground.errors import PublisherError
from publisher.ground.hygiene import require_fit
from publisher.ground.messages import Message, say
from publisher.surface.report import show_faults, tell
from publisher.surface.wording import worded

LEAVE = "q"
HELP = "?"


def chosen(
    question: str, keys: Iterable[str], meanings: Mapping[str, Message] | None = None
) -> str:
    """One of the keys; other answers are asked for again, the end of input is leaving off.

    Where the keys have meanings `?` tells them.
    """
    known = tuple(keys)
    while True:
        try:
            answer = unicodedata.normalize("NFKC", input(f"{question} ")).strip().lower()
        except EOFError:
            return LEAVE
        if answer in known:
            return answer
        if answer == HELP and meanings:
            _explain(known, meanings)
        else:
            tell(say("type one of the letters in brackets, then Enter"))


def _explain(keys: Iterable[str], meanings: Mapping[str, Message]) -> None:
    for key in keys:
        if key in meanings:
            print(f"  {key}  {worded(meanings[key])}")


def typed(question: str, asker: str) -> str | None:
    """Words that the editor types; None at the end of input.

    Characters that no text can hold are asked for again; `asker` is who is said to refuse them.
    """
    while True:
        try:
            words = input(f"{question} ").strip()
        except EOFError:
            return None
        try:
            require_fit(words, "", asker)
        except PublisherError as error:
            show_faults(error.faults)
        else:
            return words
