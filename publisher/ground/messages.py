"""Message: a sentence for people, kept apart from the values it quotes.

A message is data: it travels inside errors and notices, crosses processes, and is put into the
reader's language only at the surface. Its template is English and is the key of the catalogue.
It refuses nothing; `str()` of a message is always the English sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A template with `{name}` places, and the values or messages that go there."""

    template: str
    values: tuple[tuple[str, str | Message], ...] = ()

    def __str__(self) -> str:
        return self.worded(lambda template: template)

    def worded(self, translate: Callable[[str], str]) -> str:
        """The sentence, with its template put through `translate` first."""
        values = {
            name: value.worded(translate) if isinstance(value, Message) else value
            for name, value in self.values
        }
        return translate(self.template).format(**values)


def say(template: str, /, **values: object) -> Message:
    """Make a message; a value may be a message too.

    Templates are literals, so that a test can hold the catalogue complete.
    """
    rows = (
        (name, value if isinstance(value, Message) else str(value))
        for name, value in values.items()
    )
    return Message(template, tuple(rows))
