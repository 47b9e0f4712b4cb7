"""Deciding: the doubts of a review asked one by one in a terminal.

It promises that every answer is in `script/decisions.toml` before the next question is put, so
that leaving off in any way loses nothing; that one answer is never asked for twice; that the last
answer can be taken back as long as nobody else has changed the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from publisher.ground.files import is_file, read_file
from publisher.ground.messages import say
from publisher.model.folders import DECISIONS
from publisher.press.writing import held, write_together
from publisher.script.decisions import NONE, written_decisions
from publisher.script.doubts import Doubt, Group, Scope, grouped
from publisher.script.review import Answer, Review, answered, settles
from publisher.script.reviewfile import decided_in, revised
from publisher.surface.questions import LEAVE, chosen, typed
from publisher.surface.report import tell
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

# Keys that are no answer: skip a place, go to the next word, undo, leave off.
_MOVES = ("s", "n", "u", LEAVE)
# What may stand behind an answer, and for how much it then holds.
_SCOPES: dict[str, Scope] = {"": "occurrence", "e": "essay", "c": "collection"}
_MOST_FORMS = 9


def decide(folder: Path, review: Review) -> bool:
    """Ask about everything that is open, until the editor leaves off; False when interrupted."""
    deciding = _Deciding(folder, review)
    try:
        deciding.run()
    except KeyboardInterrupt:
        return False
    finally:
        deciding.tell_end()
    return True


@dataclass(frozen=True)
class _Step:
    """An answer that was written down: at which question, and the file before and after it."""

    at: int
    answer: Answer
    before: bytes
    after: bytes


class _Deciding:
    """The questions of one review; `steps` are the answers so far."""

    def __init__(self, folder: Path, review: Review) -> None:
        self._folder = folder
        self._script = review.script
        self._questions = [
            (it, group) for group in grouped(review.undecided) for it in group.doubts
        ]
        self._steps: list[_Step] = []
        self._shown: Group | None = None

    def run(self) -> None:
        """Ask everything that no answer has settled, until the editor leaves off."""
        at = self._unsettled(0)
        while at < len(self._questions):
            key = self._ask(at)
            if key == LEAVE:
                return
            at = self._unsettled(self._moved(at, key))

    def tell_end(self) -> None:
        """Say where the answers are, and how much is left."""
        left = sum(not self._is_settled(doubt) for doubt, _group in self._questions)
        if self._steps:
            tell(say("what was answered is in {file}", file=self._folder / DECISIONS))
        tell(say("doubts that are left: {n}", n=left))

    def _is_settled(self, doubt: Doubt) -> bool:
        return any(settles(step.answer, doubt) for step in self._steps)

    def _unsettled(self, at: int) -> int:
        """The first question from here on that no answer has settled."""
        while at < len(self._questions) and self._is_settled(self._questions[at][0]):
            at += 1
        return at

    def _moved(self, at: int, key: str) -> int:
        """Where to go on after a key; an answer settles its question and stays."""
        match key:
            case "s":
                return at + 1
            case "n":
                group = self._questions[at][1]
                return at + sum(it is group for _doubt, it in self._questions[at:])
            case "u":
                return self._taken_back(at)
        return at

    def _ask(self, at: int) -> str:
        """Show a place, and write the answer down where the key is one."""
        doubt, group = self._questions[at]
        if group is not self._shown:
            _show_group(group)
            self._shown = group
        forms = {"y": doubt.chosen}
        forms |= {str(n): it for n, it in enumerate(doubt.alternatives[:_MOST_FORMS], start=1)}
        _show_place(doubt, forms)
        answers = {key + more for key in (*forms, "t") for more in _SCOPES}
        key = chosen(_prompt(doubt), answers | set(_MOVES))
        if key not in _MOVES:
            value = typed(_("instead:"), DECISIONS) if key[0] == "t" else forms[key[0]]
            if value:
                self._write(at, Answer(doubt, value, _SCOPES[key[1:]]))
        return key

    def _write(self, at: int, answer: Answer) -> None:
        """Put an answer into the file as it is by now."""
        with held(self._folder):
            before = self._content()
            after = revised(before, answered(decided_in(before), answer, self._script))
            write_together(self._folder, {DECISIONS: after})
        self._steps.append(_Step(at, answer, before, after))

    def _taken_back(self, at: int) -> int:
        """Take the last answer back; its place, or the present one where there is nothing to."""
        if not self._steps:
            tell(say("there is no answer to take back"))
            return at
        step = self._steps[-1]
        with held(self._folder):
            if self._content() != step.after:
                tell(say("{file} was changed meanwhile; nothing is taken back", file=DECISIONS))
                return at
            write_together(self._folder, {DECISIONS: step.before or written_decisions(NONE)})
        self._steps.pop()
        self._shown = None
        return step.at

    def _content(self) -> bytes:
        file = self._folder / DECISIONS
        return read_file(file) if is_file(file) else b""


def _show_group(group: Group) -> None:
    count = worded(say("places: {n}", n=len(group.doubts)))
    reasons = ", ".join(reason.value for reason in group.reasons)
    print(f"\n{group.source} → {group.chosen}  {count}  {reasons}")


def _show_place(doubt: Doubt, forms: dict[str, str]) -> None:
    print(f"\n  {doubt.place}  {doubt.context}")
    print("  " + "  ".join(f"[{key}] {form}" for key, form in forms.items()))


def _prompt(doubt: Doubt) -> str:
    if len(doubt.scopes) > 1:
        return _(
            "a form or [t]ype, then [e] always in this essay, [c] in this collection;  "
            "[s]kip  [n]ext word  [u]ndo  [q]uit"
        )
    return _("a form or [t]ype, for all its places;  [s]kip  [n]ext word  [u]ndo  [q]uit")
