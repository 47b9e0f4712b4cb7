"""Inquiry: the questions of one plan, and what the editor's keys make of it.

It promises that every key which is offered does something, that no answer makes a plan which is
refused afterwards, and that what an answer leaves open or opens is asked in its turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from publisher.ground.messages import Message, say
from publisher.intake.answers import confirmed, exchanged, headed, left_out, ordinary, written_by
from publisher.intake.asked import Question, Spot, questions, spot
from publisher.intake.dividing import begun, divided
from publisher.intake.plan import AdviceTable, Item, Plan, empty_parts
from publisher.intake.reading import Reading
from publisher.intake.splitting.evidence import meanings
from publisher.surface.excerpts import excerpt, starts, whole
from publisher.surface.plans import advice_shown, row_of
from publisher.surface.questions import LEAVE, chosen, typed
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

_ASKER = "--ask"
_NUMBER = re.compile("[0-9]{1,7}")


class Asking:
    """The questions of one plan; `plan` is the plan with the answers so far."""

    def __init__(self, plan: Plan, reading: Reading) -> None:
        self.plan = plan
        self._reading = reading
        self._rows = reading.text.split("\n")
        self._passed: set[Spot] = set()
        self._alone: set[Spot] = set()

    def run(self) -> bool:
        """Ask everything; False when the editor leaves off."""
        self._show_essays()
        while question := self._next():
            self._passed.add(spot(question.item))
            if not self._ask(question):
                return False
        for place, row in enumerate(self.plan.advice):
            if not row.accepted and not self._advise(place, row):
                return False
        return True

    def _next(self) -> Question | None:
        """The first question that was not asked yet; answers can raise new ones."""
        asked = questions(self.plan.item, self._alone)
        return next((row for row in asked if spot(row.item) not in self._passed), None)

    def _ask(self, question: Question) -> bool:
        """Ask until an answer settles the question or puts it off; False for leaving off."""
        self._show(question)
        while True:
            keys = [key for key in _KEYS if self._means(question, key)]
            key = chosen(self._offered(question, keys), keys, _MEANINGS)
            if key in "qs":
                return key == "s"
            question = self._told(question, key)
            if self._is_settled_by(question, key):
                return True

    def _is_settled_by(self, question: Question, key: str) -> bool:
        """Do what a key says; whether the question is done with."""
        if key == "l":
            print("\n".join(whole(self._rows, question.item)))
        if key == "o":
            self._alone |= {spot(item) for item in question.items}
            self._passed -= {spot(item) for item in question.items}
            return True
        if key not in _SETTLING or (key == "y" and _lacks_title(question.item)):
            return False
        before, self.plan = self.plan, self._changed(question, key)
        if key in "bde":
            # Both sides of a cut are asked about once more.
            self._passed -= {spot(item) for item in self.plan.item if item not in before.item}
        return self.plan != before

    def _means(self, question: Question, key: str) -> bool:
        """Whether a key does anything; an essay without a title is asked for one."""
        if key in "sq":
            return True
        if key == "o":
            return not question.is_one
        if len(question.essays) > 1:
            return key == "y"
        if key in "ta":
            return key in _TOLD.get(question.item.kind, "")
        if key in "dl":
            return self._has_lines(question, key)
        is_asked = key == "y" and _lacks_title(question.item)
        return is_asked or self._changed(question, key) != self.plan

    def _has_lines(self, question: Question, key: str) -> bool:
        """Whether there are lines to divide at, or more of them to show."""
        item = question.item
        if key == "d":
            return item.kind == "essay" and item.first < item.last
        return len(question.items) == 1 or item.kind == "essay"

    # What the keys do ----------------------------------------------------------------------------

    def _changed(self, question: Question, key: str) -> Plan:
        """The plan with an answer to a question."""
        match key:
            case "b":
                numbers = starts(self._rows, self.plan, question.item)
                return begun(self.plan, question.item, numbers, self._reading)
            case "d":
                return begun(self.plan, question.item, _numbers(), self._reading)
            case "e":
                items = () if question.essays else question.items
                return divided(self.plan, items, self._reading)
            case "r" if question.item.kind == "removed":
                # That is what yes says already.
                return self.plan
        items = question.items if key == "y" or not question.inner else (question.item,)
        return self._each(items, _CHANGES[key])

    def _each(self, items: tuple[Item, ...], change: Callable[[Plan, Item], Plan]) -> Plan:
        """The plan with the same change for each item, as far as it is there still."""
        plan = self.plan
        for wanted in map(spot, items):
            found = next((item for item in plan.item if spot(item) == wanted), None)
            plan = change(plan, found) if found else plan
        return plan

    def _told(self, question: Question, key: str) -> Question:
        """The question with what the editor types, where the key asks for a title or authors."""
        key = "t" if key == "y" and _lacks_title(question.item) else key
        if key == "a":
            names = typed(_("authors, parted by 、:"), _ASKER)
            if names is not None:
                self.plan = written_by(self.plan, question.item, _names(names))
        elif key == "t":
            self.plan = self._titled(question.item)
        else:
            return question
        asked = questions(self.plan.item, self._alone)
        wanted = spot(question.item)
        question = next((row for row in asked if spot(row.item) == wanted), question)
        print("  ".join(cell for cell in row_of(question.item) if cell))
        return question

    def _titled(self, item: Item) -> Plan:
        """The plan with another title of an item, which may stand on its first line."""
        title = typed(_("title:"), _ASKER)
        told = replace(item, title=title, suggested=False) if title else item
        return headed(exchanged(self.plan, item, told), told, self._rows[told.first - 1].strip())

    # What is shown -------------------------------------------------------------------------------

    def _offered(self, question: Question, keys: list[str]) -> str:
        """The keys in one line, `b` with the lines that it speaks of."""
        words = {key: worded(_KEYS[key]) for key in keys}
        if "b" in words:
            numbers = starts(self._rows, self.plan, question.item)
            words["b"] = worded(
                say("[b]egins another at {lines}", lines=", ".join(map(str, numbers)))
            )
        return "  ".join((*words.values(), "[?]"))

    def _show_essays(self) -> None:
        """What the source is divided into, where it is divided at all."""
        rows = [row_of(item) for item in self.plan.item if item.kind in ("essay", "part")]
        if len(rows) > 1 and not self.plan.is_settled:
            print("\n".join("  ".join(filter(None, row)) for row in rows))

    def _show(self, question: Question) -> None:
        print()
        item = question.item
        if len(question.essays) > 1:
            print(worded(say("essays that begin here: {n}", n=len(question.essays))))
        else:
            print("  ".join(cell for cell in row_of(item) if cell))
        for message in dict.fromkeys(
            message for row in question.items for message in meanings(row.evidence)
        ):
            print(f"    {worded(message)}")
        if item in empty_parts(self.plan.item):
            print(f"    {worded(say('no essay stands in this part'))}")
        print("\n".join(excerpt(self._rows, question)))

    def _advise(self, place: int, row: AdviceTable) -> bool:
        print()
        print(advice_shown(row))
        key = chosen(_("[y]es  [e]dit  [s]kip  [q]uit"), "yesq")
        if key == "e":
            words = typed(_("instead:"), _ASKER)
            row = row if words is None else replace(row, after=words, accepted=True)
        elif key == "y":
            row = replace(row, accepted=True)
        rows = list(self.plan.advice)
        rows[place] = row
        self.plan = replace(self.plan, advice=tuple(rows))
        return key != LEAVE


# The keys in the order in which they are shown.
_KEYS: dict[str, Message] = {
    "y": say("[y]es"),
    "b": say("[b]egins another"),
    "d": say("[d]ivide"),
    "t": say("[t]itle"),
    "a": say("[a]uthor"),
    "e": say("[e]ssay of its own"),
    "n": say("[n]o, text"),
    "r": say("[r]emove"),
    "o": say("[o]ne by one"),
    "l": say("[l]ines"),
    "s": say("[s]kip"),
    "q": say("[q]uit"),
}
_MEANINGS: dict[str, Message] = {
    "y": say("it is as it is shown"),
    "b": say("another essay begins at each of these lines"),
    "d": say("other essays begin at lines whose numbers you type"),
    "t": say("you type the title"),
    "a": say("you type the authors; nothing if nobody is named"),
    "e": say("it is an essay of its own, or begins one"),
    "n": say("it is ordinary text of the essay beside or around it"),
    "r": say("it is left out of the book; the plan keeps it"),
    "o": say("you are asked about each of these lines by itself"),
    "l": say("all its lines are shown with their numbers"),
    "s": say("it stays a question, and the next one comes"),
    "q": say("you leave off; what you answered is kept"),
}
# What may be typed of which kind.
_TOLD = {"essay": "ta", "part": "t"}
_SETTLING = "ybdenr"
# What an answer makes of the plan, one item at a time.
_CHANGES: dict[str, Callable[[Plan, Item], Plan]] = {
    "y": confirmed,
    "n": ordinary,
    "r": left_out,
}


def _lacks_title(item: Item) -> bool:
    return item.kind == "essay" and not item.title.strip()


def _names(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in typed.split("、"))))


def _numbers() -> tuple[int, ...]:
    """The numbers in what the editor types."""
    words = typed(_("lines at which other essays begin:"), _ASKER) or ""
    return tuple(map(int, _NUMBER.findall(words)))
