"""Essays: what a plan confirms of a reading, cleaned and written as manuscripts.

It promises that every character of the reading is entered in the ledger once: in a manuscript, in
its front matter, as removed, or as waiting for an editor's word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.ground.fixity import digest
from publisher.intake.annotations import Annotations
from publisher.intake.body import APART, Body, body_of, own_lines
from publisher.intake.cleaning.advice import accept
from publisher.intake.cleaning.changes import Cleaning, tally
from publisher.intake.cleaning.cleaner import clean
from publisher.intake.copytext import Copytext
from publisher.intake.counsel import counsel, spot, unmet
from publisher.intake.essay import Essay
from publisher.intake.heads import head_of
from publisher.intake.ledger import Book, Ledger, measured, unowned
from publisher.intake.manuscript import written
from publisher.intake.marked import marks, with_section_titles
from publisher.intake.plan import AdviceTable, Item, Plan, essays, names
from publisher.intake.reading import Reading, Role
from publisher.intake.record import Entry

# The folder of a collection that holds the pictures of its sources.
PICTURES = "pictures"


@dataclass(frozen=True)
class Draft:
    """A manuscript ready to be written, with the title of the part it stands in, if any."""

    entry: Entry
    title: str
    content: bytes
    part: str


@dataclass(frozen=True)
class Drafts:
    """All that a plan gives: manuscripts, advice on all essays, and the account.

    `unmet` is the advice that was accepted and finds nothing to change.
    """

    drafts: tuple[Draft, ...]
    advice: tuple[AdviceTable, ...]
    ledger: Ledger
    unmet: tuple[AdviceTable, ...] = ()


def drafted(reading: Reading, plan: Plan, stem: str) -> Drafts:
    """What is confirmed of a reading as manuscripts, called after `stem`."""
    return _Drafting(reading, plan, stem).done()


class _Drafting:
    """The work on one reading under one plan."""

    def __init__(self, reading: Reading, plan: Plan, stem: str) -> None:
        self.plan = plan
        self.stem = stem
        self.copy = Copytext(reading, frozenset(plan.rules_off))
        self.book = Book(reading)
        self.annotations = Annotations(self.copy, self.book)
        self.advice: list[AdviceTable] = []
        self.said = {spot(row): row for row in plan.advice}

    def done(self) -> Drafts:
        """Everything, with the ledger closed."""
        drafts: list[Draft] = []
        for name, (item, inner) in zip(names(self.plan, self.stem), essays(self.plan), strict=True):
            draft = self._draft(name, item, inner)
            drafts += [draft] if draft else []
        self._enter_others()
        ledger = self.book.closed()
        return Drafts(
            tuple(drafts), tuple(self.advice), ledger, unmet(self.plan.advice, self.advice)
        )

    def _draft(self, name: str, item: Item, inner: tuple[Item, ...]) -> Draft | None:
        body = body_of(self.copy.rows, self.copy.starts, item, inner)
        cleaning = clean(body.text, self.copy.off)
        found = counsel(self.copy, body, cleaning)
        self.advice += found.tables
        part = self._part(item)
        if not all(row.confirmed for row in (item, *inner, *part)):
            self.book.enter_waiting(measured(item, self.copy.starts))
            return None
        cleaning = accept(cleaning, found.accepted(self.said))
        cleaning = with_section_titles(self.copy, inner, body, cleaning)
        self._enter(item, inner, body, cleaning)
        essay = self._essay(item, inner, body, cleaning)
        content = written(essay, name)
        entry = Entry(name, digest(content), runs(own_lines(item, inner)), cleaning.log)
        return Draft(entry, essay.head.title, content, part[0].title if part else "")

    def _essay(self, item: Item, inner: tuple[Item, ...], body: Body, cleaning: Cleaning) -> Essay:
        spans = marks(self.copy, inner, body, cleaning)
        called = [span.value for span in spans if span.role is Role.NOTE]
        return Essay(
            head=head_of(self.copy, item, inner, self.annotations.apart(inner)),
            text=cleaning.text,
            spans=spans,
            notes=self.annotations.called(called),
            pictures=f"{PICTURES}/{self.stem}/",
        )

    def _part(self, item: Item) -> tuple[Item, ...]:
        """The part that an essay stands in, if any."""
        before = [row for row in self.plan.item if row.kind == "part" and row.last < item.first]
        return tuple(sorted(before, key=lambda row: row.first)[-1:])

    # The account ----------------------------------------------------------------------------------

    def _enter(self, item: Item, inner: tuple[Item, ...], body: Body, cleaning: Cleaning) -> None:
        rest = measured(item, self.copy.starts)
        for other in inner:
            if other.kind in APART:
                count = measured(other, self.copy.starts)
                rest -= count
                if other.kind == "removed":
                    self.book.enter_removed(other.evidence or other.kind, count)
                else:
                    self.book.enter_apart(count)
        account = tally(body.text, cleaning.log)
        # The end of the last line, which no joined text has.
        self.book.enter_cleaned(replace(account, kept=account.kept + rest - len(body.text)))

    def _enter_others(self) -> None:
        """What lies in no essay: removed lines, titles of parts; and notes that nobody calls."""
        for item in unowned(self.plan, ("removed", "note", "part")):
            count = measured(item, self.copy.starts)
            if not item.confirmed:
                self.book.enter_waiting(count)
            elif item.kind == "part":
                self.book.enter_apart(count)
            else:
                self.book.enter_removed(item.evidence or item.kind, count)
        self.annotations.enter_uncalled(is_settled=self.plan.is_settled)


def runs(numbers: list[int]) -> tuple[tuple[int, int], ...]:
    """Rising numbers as runs of (first, last)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
