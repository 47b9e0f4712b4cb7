"""Essays: what a plan confirms of a reading, cleaned and written as manuscripts.

It promises that every character of the reading is entered in the ledger once: in a manuscript, in
its front matter, as removed, or as waiting for an editor's word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.ground.fixity import digest
from publisher.intake.body import APART, Body, Carrier, body_of, line_starts, own_lines, within
from publisher.intake.cleaning.advice import Advice, accept
from publisher.intake.cleaning.advisories import advise
from publisher.intake.cleaning.changes import INSERTED, Change, Cleaning, tally, with_pass
from publisher.intake.cleaning.cleaner import clean
from publisher.intake.ledger import Book, Ledger, measured, unowned
from publisher.intake.manuscript import Essay, written
from publisher.intake.plan import AdviceTable, Item, Plan, essays
from publisher.intake.reading import Note, Reading, Role, Span
from publisher.intake.record import Entry
from publisher.intake.splitting.remains import remains, unsourced

# The folder of a collection that holds the pictures of its sources.
PICTURES = "pictures"
# The name under which the log keeps a section's title that an editor wrote in the plan.
SECTION_TITLES = "section-titles"
_SECTION = "2"
_SAID = {"first-printed": "source"}
_SUBTITLE_MARK = re.compile(r"[—–―─-]+[ \u3000]*")


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
        self.said = {_spot(row): row for row in plan.advice}
        self.headings = [span for span in reading.spans if span.role is Role.HEADING]
        self.calls = [span for span in reading.spans if span.role is Role.NOTE]

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
        advice = self._advice(body, cleaning)
        tables = [self._table(row, body, cleaning) for row in advice]
        self.advice += tables
        part = self._part(item)
        if not all(row.confirmed for row in (item, *inner, *part)):
            self.book.enter_waiting(measured(item, self.starts))
            return None
        cleaning = accept(cleaning, _accepted(advice, tables, self.said))
        cleaning = self._with_section_titles(cleaning, inner, body)
        self._enter(item, inner, body, cleaning)
        essay = self._essay(item, inner, body, cleaning)
        content = written(essay, name)
        entry = Entry(name, digest(content), runs(own_lines(item, inner)), cleaning.log)
        return Draft(entry, essay.title, content, part[0].title if part else "")

    def _advice(self, body: Body, cleaning: Cleaning) -> tuple[Advice, ...]:
        """What is advised on a body, but for rows of tables: their blanks part cells."""
        advice = advise(cleaning.text, self.off)
        rows = [s for s in within(self.reading.spans, body) if s.role is Role.ROW] if advice else ()
        if not rows:
            return advice
        places = Carrier(cleaning).spans(rows)
        return tuple(
            row for row in advice if not any(p.start <= row.start < p.stop for p in places)
        )

    def _essay(self, item: Item, inner: tuple[Item, ...], body: Body, cleaning: Cleaning) -> Essay:
        moved = self._moved(inner, body, cleaning)
        called = [span.value for span in moved if span.role is Role.NOTE]
        notes = [self._said(inner, "note"), *self._remains(item, inner), self._apart_notes(inner)]
        return Essay(
            title=self._tidy(item.title) or item.title.strip(),
            subtitle=self._subtitle(item, inner),
            authors=item.authors,
            date=self._tidy(item.date),
            source=self._said(inner, "source"),
            note="\n".join(filter(None, notes)),
            text=cleaning.text,
            spans=moved,
            notes=tuple(self._note(label) for label in dict.fromkeys(called) if self._has(label)),
            pictures=f"{PICTURES}/{self.stem}/",
        )

    def _moved(self, inner: tuple[Item, ...], body: Body, cleaning: Cleaning) -> tuple[Span, ...]:
        """The marks beside a body, where cleaning put them."""
        own = (_absolute(span) for span in within(self.reading.spans, body))
        texts = [span for span in own if span.role is not Role.HEADING]
        spans = [*texts, *self._headings(inner, body)]
        if not spans:
            return ()
        carrier = Carrier(cleaning)
        return tuple(_relative(span, carrier) for span in carrier.spans(spans))

    def _tidy(self, words: str) -> str:
        return " ".join(clean(words, self.off).text.split()) if words else ""

    def _tidy_rows(self, item: Item) -> list[str]:
        """The lines of an item that say something, cleaned."""
        rows = (self._tidy(row) for row in self.rows[item.first - 1 : item.last])
        return [row for row in rows if row]

    def _words(self, item: Item) -> str:
        return " ".join(self._tidy_rows(item))

    # Headings -------------------------------------------------------------------------------------

    def _subtitle(self, item: Item, inner: tuple[Item, ...]) -> str:
        """What stands in the heading below the line with the title, and begins with a dash."""
        rows = [row for other in inner if other.kind == "heading" for row in self._tidy_rows(other)]
        below = (row for row in rows[1:] if _SUBTITLE_MARK.match(row))
        subtitle = " ".join(_SUBTITLE_MARK.sub("", row, count=1) for row in below)
        return "" if subtitle in item.title else subtitle

    def _headings(self, inner: tuple[Item, ...], body: Body) -> Iterator[Span]:
        """The titles of sections; each on the level that the source gave it, if it did."""
        for item in inner:
            place = self._section(item, body)
            if place:
                start, stop = self.starts[item.first - 1], self.starts[item.last]
                levels = (span.value for span in self.headings if start <= span.start < stop)
                yield Span(*place, Role.HEADING, next(levels, _SECTION))

    def _section(self, item: Item, body: Body) -> tuple[int, int] | None:
        """Where the words of a section's title begin and end in a body; None for no such title."""
        numbers = [n for n in range(item.first, item.last + 1) if self.rows[n - 1].strip()]
        if item.kind != "section" or not numbers:
            return None
        first, last = self.starts[numbers[0] - 1], self.starts[numbers[-1] - 1]
        start, stop = body.offset(first), body.offset(last + len(self.rows[numbers[-1] - 1]))
        return None if start is None or stop is None else (start, stop)

    def _with_section_titles(
        self, cleaning: Cleaning, inner: tuple[Item, ...], body: Body
    ) -> Cleaning:
        """The cleaning with each section's title as the plan has it, on a line of its own."""
        sections = [(item, place) for item in inner if (place := self._section(item, body))]
        if not sections:
            return cleaning
        carrier = Carrier(cleaning)
        changes: list[Change] = []
        for item, place in sections:
            own = self._words(item)
            start, stop = carrier.first(place[0]), carrier.behind(place[1])
            title = self._tidy(item.title)
            words = cleaning.text[start:stop] if title in ("", own) else title
            changes += _alone(cleaning.text, start, stop, words)
        return with_pass(cleaning, SECTION_TITLES, tuple(changes))

    # Front matter ---------------------------------------------------------------------------------

    def _said(self, inner: tuple[Item, ...], key: str) -> str:
        """The notes of an essay that go to a key of its front matter, a source without label."""
        wanted = (
            item for item in inner
            if item.kind == "note" and _SAID.get(item.evidence, "note") == key
        )  # fmt: skip
        words = (self._words(item) for item in wanted)
        bare = map(unsourced, words) if key == "source" else words
        return " ".join(filter(None, bare))

    def _remains(self, essay: Item, inner: tuple[Item, ...]) -> Iterator[str]:
        """What bylines and datelines say besides authors and date: a class, a place."""
        for item in inner:
            if item.kind in ("byline", "dateline"):
                known = (essay.date, item.date if item.date in essay.date else "")
                names = (*essay.authors, *item.authors)
                for row in self._tidy_rows(item):
                    yield remains(row, (*names, *known, *map(self._tidy, known)))

    def _apart_notes(self, inner: tuple[Item, ...]) -> str:
        """Notes that are called in lines set apart from the text, where no call can stand."""
        found = [
            self._note(span.value).text
            for item in inner
            if item.kind in APART and item.kind != "removed"
            for span in self.calls
            if self.starts[item.first - 1] <= span.start < self.starts[item.last]
            and self._has(span.value)
        ]
        return " ".join(" ".join(text.split()) for text in found)

    def _has(self, label: str) -> bool:
        return label in self.notes

    def _note(self, label: str) -> Note:
        """A note of the source, cleaned."""
        if label not in self.cleaned_notes:
            note = self.notes[label]
            cleaning = clean(note.text, self.off)
            self.book.enter_cleaned(tally(note.text, cleaning.log))
            spans = Carrier(cleaning).spans(note.spans)
            self.cleaned_notes[label] = replace(note, text=cleaning.text, spans=spans)
        return self.cleaned_notes[label]

    def _part(self, item: Item) -> tuple[Item, ...]:
        """The part that an essay stands in, if any."""
        before = [row for row in self.plan.item if row.kind == "part" and row.last < item.first]
        return tuple(sorted(before, key=lambda row: row.first)[-1:])

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
        for item in unowned(self.plan, ("removed", "note", "part")):
            count = measured(item, self.starts)
            if not item.confirmed:
                self.book.enter_waiting(count)
            elif item.kind == "part":
                self.book.enter_apart(count)
            else:
                self.book.enter_removed(item.evidence or item.kind, count)
        for label, note in self.notes.items():
            if label in self.cleaned_notes:
                continue
            if self.plan.is_settled:
                self.book.enter_removed("uncalled-note", len(note.text))
            else:
                self.book.enter_waiting(len(note.text))

    # Advice ---------------------------------------------------------------------------------------

    def _table(self, row: Advice, body: Body, cleaning: Cleaning) -> AdviceTable:
        """Advice with its place in the source."""
        place = body.place(_origin(cleaning, row.start, max(0, len(body.text) - 1)))
        line = _line_of(self.starts, place)
        return AdviceTable(
            rule=row.rule,
            line=line,
            column=place - self.starts[line - 1] + 1,
            before=row.before,
            after=row.after,
            context=f"{row.left}【{row.before}】{row.right}".replace("\n", "¶"),
        )


def _origin(cleaning: Cleaning, start: int, otherwise: int) -> int:
    """Where the first character from `start` on that the source has stood in it."""
    for place in range(start, len(cleaning.origins)):
        if cleaning.origins[place] != INSERTED:
            return cleaning.origins[place]
    return otherwise


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


def runs(numbers: list[int]) -> tuple[tuple[int, int], ...]:
    """Rising numbers as runs of (first, last)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def _alone(text: str, start: int, stop: int, words: str) -> Iterator[Change]:
    """The change that puts words in the place of others, with line ends where none are."""
    if start < stop:
        before = "" if start == 0 or text[start - 1] == "\n" else "\n"
        after = "" if stop == len(text) or text[stop] == "\n" else "\n"
        yield from _least(text, start, stop, f"{before}{words}{after}")


def _least(text: str, start: int, stop: int, words: str) -> Iterator[Change]:
    """A change of what differs alone, so that marks on the rest stay where they are."""
    while start < stop and words and text[start] == words[0]:
        start, words = start + 1, words[1:]
    while start < stop and words and text[stop - 1] == words[-1]:
        stop, words = stop - 1, words[:-1]
    if start < stop or words:
        yield Change(start, stop, words)


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
