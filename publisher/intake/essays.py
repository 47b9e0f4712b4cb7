"""Essays: what a plan confirms of a reading, cleaned and written as manuscripts.

It promises that every character of the reading is entered in the ledger once: in a manuscript, in
its front matter, as removed, or as waiting for an editor's word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.ground.fixity import digest
from publisher.intake.body import APART, Body, Carrier, body_of, line_starts, within
from publisher.intake.cleaning.advice import Advice, accept
from publisher.intake.cleaning.advisories import advise
from publisher.intake.cleaning.changes import INSERTED, Cleaning, tally
from publisher.intake.cleaning.cleaner import clean
from publisher.intake.ledger import Book, Ledger, measured, unowned
from publisher.intake.manuscript import Essay, written
from publisher.intake.plan import AdviceTable, Item, Plan, essays
from publisher.intake.reading import Note, Reading, Role, Span
from publisher.intake.record import Entry

# The folder of a collection that holds the pictures of its sources.
PICTURES = "pictures"
_SECTION = "2"
_SAID = {"first-printed": "source"}


@dataclass(frozen=True)
class Draft:
    """A manuscript ready to be written, with the title of the part it stands in, if any."""

    entry: Entry
    title: str
    content: bytes
    part: str


@dataclass(frozen=True)
class Drafts:
    """All that a plan gives: manuscripts, advice on all essays, and the account."""

    drafts: tuple[Draft, ...]
    advice: tuple[AdviceTable, ...]
    ledger: Ledger


def drafted(reading: Reading, plan: Plan, stem: str) -> Drafts:
    """What is confirmed of a reading as manuscripts, called after `stem`."""
    return _Drafting(reading, plan, stem).done()


def names(plan: Plan, stem: str) -> list[str]:
    """What the manuscripts of a plan's essays are called, in order."""
    count = sum(item.kind == "essay" for item in plan.item)
    width = max(2, len(str(count)))
    return (
        [f"{stem}.md"] if count == 1 else [f"{stem}-{n:0{width}}.md" for n in range(1, count + 1)]
    )


class _Drafting:
    """The work on one reading under one plan."""

    def __init__(self, reading: Reading, plan: Plan, stem: str) -> None:
        self.reading = reading
        self.plan = plan
        self.stem = stem
        self.off = frozenset(plan.rules_off)
        self.rows = reading.text.split("\n")
        self.starts = line_starts(reading.text)
        self.book = Book(reading)
        self.notes = {note.label: note for note in reading.notes}
        self.cleaned_notes: dict[str, Note] = {}
        self.advice: list[AdviceTable] = []

    def done(self) -> Drafts:
        """Everything, with the ledger closed."""
        drafts: list[Draft] = []
        for name, (item, inner) in zip(names(self.plan, self.stem), essays(self.plan), strict=True):
            draft = self._draft(name, item, inner)
            drafts += [draft] if draft else []
        self._enter_others()
        return Drafts(tuple(drafts), tuple(self.advice), self.book.closed())

    def _draft(self, name: str, item: Item, inner: tuple[Item, ...]) -> Draft | None:
        body = body_of(self.rows, self.starts, item, inner)
        cleaning = clean(body.text, self.off)
        advice = advise(cleaning.text, self.off)
        tables = [self._table(row, body, cleaning) for row in advice]
        said = {_spot(row): row for row in self.plan.advice}
        self.advice += tables
        if not (item.confirmed and all(other.confirmed for other in inner)):
            self.book.enter_waiting(measured(item, self.starts))
            return None
        accepted = _accepted(advice, tables, said)
        cleaning = accept(cleaning, accepted)
        self._enter(item, inner, body, cleaning)
        essay = self._essay(item, inner, body, cleaning)
        content = written(essay, name)
        entry = Entry(name, digest(content), _ranges(item, inner), cleaning.log)
        return Draft(entry, essay.title, content, self._part(item))

    def _essay(self, item: Item, inner: tuple[Item, ...], body: Body, cleaning: Cleaning) -> Essay:
        carrier = Carrier(cleaning)
        own = map(_absolute, within(self.reading.spans, body))
        spans = _one_heading([*own, *self._sections(inner, body)])
        moved = [_relative(span, carrier) for span in carrier.spans(spans)]
        called = [span.value for span in moved if span.role is Role.NOTE]
        return Essay(
            title=self._tidy(item.title),
            authors=item.authors,
            date=item.date,
            source=self._said(inner, "source"),
            note="\n".join(filter(None, (self._said(inner, "note"), self._apart_notes(inner)))),
            text=cleaning.text,
            spans=tuple(moved),
            notes=tuple(self._note(label) for label in dict.fromkeys(called)),
            pictures=f"{PICTURES}/{self.stem}/",
        )

    def _tidy(self, words: str) -> str:
        return clean(words, self.off).text.strip()

    def _sections(self, inner: tuple[Item, ...], body: Body) -> Iterator[Span]:
        for item in inner:
            if item.kind == "section":
                start = self.starts[item.first - 1]
                row = self.rows[item.first - 1]
                offset = body.offset(start)
                if offset is not None and row.strip():
                    yield Span(offset, offset + len(row), Role.HEADING, _SECTION)

    def _said(self, inner: tuple[Item, ...], key: str) -> str:
        """The notes of an essay that go to a key of its front matter."""
        wanted = (
            item for item in inner
            if item.kind == "note" and _SAID.get(item.evidence, "note") == key
        )  # fmt: skip
        words = (self._words(item) for item in wanted)
        return " ".join(filter(None, words))

    def _words(self, item: Item) -> str:
        rows = (self._tidy(row) for row in self.rows[item.first - 1 : item.last])
        return " ".join(filter(None, rows))

    def _apart_notes(self, inner: tuple[Item, ...]) -> str:
        """Notes that are called in lines set apart from the text, where no call can stand."""
        calls = [span for span in self.reading.spans if span.role is Role.NOTE]
        found = [
            self._note(span.value).text
            for item in inner
            if item.kind in APART and item.kind != "removed"
            for span in calls
            if self.starts[item.first - 1] <= span.start < self.starts[item.last]
        ]
        return " ".join(" ".join(text.split()) for text in found)

    def _note(self, label: str) -> Note:
        """A note of the source, cleaned."""
        if label not in self.cleaned_notes:
            note = self.notes[label]
            cleaning = clean(note.text, self.off)
            self.book.enter_cleaned(tally(note.text, cleaning.log))
            spans = Carrier(cleaning).spans(note.spans)
            self.cleaned_notes[label] = replace(note, text=cleaning.text, spans=spans)
        return self.cleaned_notes[label]

    def _part(self, item: Item) -> str:
        before = (row for row in self.plan.item if row.kind == "part" and row.last < item.first)
        title = ""
        for row in before:
            title = row.title
        return title

    # The account ----------------------------------------------------------------------------------

    def _enter(self, item: Item, inner: tuple[Item, ...], body: Body, cleaning: Cleaning) -> None:
        rest = measured(item, self.starts)
        for other in inner:
            if other.kind in APART:
                count = measured(other, self.starts)
                rest -= count
                if other.kind == "removed":
                    self.book.enter_removed(other.evidence, count)
                else:
                    self.book.enter_apart(count)
        account = tally(body.text, cleaning.log)
        # The end of the last line, which no joined text has.
        self.book.enter_cleaned(replace(account, kept=account.kept + rest - len(body.text)))

    def _enter_others(self) -> None:
        """What lies in no essay: removed lines, titles of parts; and notes that nobody calls."""
        for item in unowned(self.plan, ("removed", "note")):
            self.book.enter_removed(item.evidence or item.kind, measured(item, self.starts))
        for item in unowned(self.plan, ("part",)):
            self.book.enter_apart(measured(item, self.starts))
        left = [n for label, n in self.notes.items() if label not in self.cleaned_notes]
        settled = self.plan.is_settled
        for note in left:
            if settled:
                self.book.enter_removed("uncalled-note", len(note.text))
            else:
                self.book.enter_waiting(len(note.text))

    # Advice ---------------------------------------------------------------------------------------

    def _table(self, row: Advice, body: Body, cleaning: Cleaning) -> AdviceTable:
        """Advice with its place in the source."""
        own = (o for o in cleaning.origins[row.start :] if o != INSERTED)
        place = body.place(next(own, max(0, len(body.text) - 1)))
        line = _line_of(self.starts, place)
        return AdviceTable(
            rule=row.rule,
            line=line,
            column=place - self.starts[line - 1] + 1,
            before=row.before,
            after=row.after,
            context=f"{row.left}【{row.before}】{row.right}".replace("\n", "¶"),
        )


def _spot(row: AdviceTable) -> tuple[str, int, int, str]:
    return row.rule, row.line, row.column, row.before


def _accepted(
    advice: tuple[Advice, ...],
    tables: list[AdviceTable],
    said: dict[tuple[str, int, int, str], AdviceTable],
) -> list[Advice]:
    """The advice that an editor accepted, in the editor's words."""
    found = []
    for row, table in zip(advice, tables, strict=True):
        word = said.get(_spot(table))
        if word and word.accepted:
            found.append(replace(row, after=word.after))
    return found


def _line_of(starts: list[int], place: int) -> int:
    """The number of the line in which a place of the source lies."""
    return bisect_right(starts, place)


def _ranges(item: Item, inner: tuple[Item, ...]) -> tuple[tuple[int, int], ...]:
    """The lines of an essay's text as runs of numbers."""
    apart = {
        number
        for other in inner
        if other.kind in APART
        for number in range(other.first, other.last + 1)
    }
    runs: list[tuple[int, int]] = []
    for number in range(item.first, item.last + 1):
        if number in apart:
            continue
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return tuple(runs)


def _one_heading(spans: list[Span]) -> list[Span]:
    """The spans, with one heading for a line that is one both for the source and for the plan."""
    seen: set[int] = set()
    kept = []
    for span in spans:
        if span.role is Role.HEADING:
            if span.start in seen:
                continue
            seen.add(span.start)
        kept.append(span)
    return kept


def _absolute(span: Span) -> Span:
    """A row whose borders count from the beginning of the text; any other span as it is."""
    if span.role is not Role.ROW:
        return span
    borders = (int(border) + span.start for border in span.value.split(",") if border)
    return replace(span, value=",".join(map(str, borders)))


def _relative(span: Span, carrier: Carrier) -> Span:
    """A carried row whose borders count from its own beginning again."""
    if span.role is not Role.ROW:
        return span
    borders = (carrier.first(int(border)) for border in span.value.split(",") if border)
    return replace(span, value=",".join(str(border - span.start) for border in borders))
