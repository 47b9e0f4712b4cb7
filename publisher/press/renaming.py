"""Renaming: what was noticed in one folder, told of another that holds the same files.

It promises the same notices with other paths, in their places and in the words they quote.
"""

from __future__ import annotations

from dataclasses import replace

from publisher.ground.messages import Message
from publisher.ground.notices import Notice
from publisher.model.artefact import Artefact


class Renaming:
    """Folders and what they are called elsewhere; `.` is a folder that nobody names."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        below = ((f"{here}/", "" if there == "." else f"{there}/") for here, there in pairs)
        self._pairs = (*below, *pairs)

    def artefact(self, artefact: Artefact) -> Artefact:
        """An artefact whose notices speak of the other folders."""
        return replace(artefact, notices=tuple(map(self.notice, artefact.notices)))

    def notice(self, notice: Notice) -> Notice:
        """A notice that speaks of the other folders."""
        return replace(
            notice,
            message=self._message(notice.message),
            at=replace(notice.at, file=self._words(notice.at.file)),
            hint=self._message(notice.hint) if notice.hint else None,
        )

    def _message(self, message: Message) -> Message:
        values = (
            (name, self._message(it) if isinstance(it, Message) else self._words(it))
            for name, it in message.values
        )
        return replace(message, values=tuple(values))

    def _words(self, words: str) -> str:
        for here, there in self._pairs:
            words = words.replace(here, there)
        return words
