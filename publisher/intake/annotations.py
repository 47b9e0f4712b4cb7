"""Annotations: the notes of a reading, cleaned once each and entered in the account."""

from __future__ import annotations

from dataclasses import replace

from publisher.intake.body import APART, Carrier
from publisher.intake.cleaning.changes import tally
from publisher.intake.cleaning.cleaner import clean
from publisher.intake.copytext import Copytext
from publisher.intake.ledger import Book
from publisher.intake.plan import Item
from publisher.intake.reading import Note


class Annotations:
    """The notes of a copytext by their labels."""

    def __init__(self, copy: Copytext, book: Book) -> None:
        self._copy = copy
        self._book = book
        self._notes = {note.label: note for note in copy.reading.notes}
        self._cleaned: dict[str, Note] = {}

    def called(self, labels: list[str]) -> tuple[Note, ...]:
        """The notes of some labels, each once; what has no note of its own is left out."""
        return tuple(self._note(label) for label in dict.fromkeys(labels) if label in self._notes)

    def apart(self, inner: tuple[Item, ...]) -> str:
        """The words of notes that are called in lines set apart, where no call can stand."""
        calls = (
            span
            for item in inner
            if item.kind in APART and item.kind != "removed"
            for span in self._copy.within(item, self._copy.calls)
        )
        texts = [self._note(call.value).text for call in calls if call.value in self._notes]
        return " ".join(" ".join(text.split()) for text in texts)

    def enter_uncalled(self, *, is_settled: bool) -> None:
        """Enter the notes that no essay took: removed, or waiting where essays still wait."""
        for label, note in self._notes.items():
            if label in self._cleaned:
                continue
            if is_settled:
                self._book.enter_removed("uncalled-note", len(note.text))
            else:
                self._book.enter_waiting(len(note.text))

    def _note(self, label: str) -> Note:
        if label not in self._cleaned:
            note = self._notes[label]
            cleaning = clean(note.text, self._copy.off)
            self._book.enter_cleaned(tally(note.text, cleaning.log))
            spans = Carrier(cleaning).spans(note.spans)
            self._cleaned[label] = replace(note, text=cleaning.text, spans=spans)
        return self._cleaned[label]
