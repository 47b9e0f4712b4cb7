"""Essay: what a manuscript is made of: its head, its text, the marks and notes beside it."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.intake.reading import Note, Role, Span


@dataclass(frozen=True)
class Head:
    """The words of an essay's front matter; empty where there are none."""

    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Essay:
    """What a manuscript is made of; spans count in `text`, pictures lie below `pictures`."""

    head: Head
    text: str
    spans: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: str = ""

    def called(self) -> list[Note]:
        """The notes that have words, in the order of their first calls."""
        calls = sorted(
            (span for span in self.spans if span.role is Role.NOTE), key=lambda span: span.start
        )
        known = {note.label: note for note in self.notes if note.text.strip()}
        labels = dict.fromkeys(span.value for span in calls)
        return [known[label] for label in labels if label in known]
