"""Asking: the questions of open plans, one by one in a terminal.

It promises that every answer is written down before the next plan is asked about, also when the
editor breaks off, and that only what was answered changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from publisher.ground.files import read_file
from publisher.ground.messages import say
from publisher.intake.desk import plans
from publisher.intake.filing import differs, planned_source
from publisher.intake.plan import Plan
from publisher.intake.planfile import written_plan
from publisher.intake.sources import read
from publisher.press.writing import held, write_together
from publisher.surface.inquiry import Asking
from publisher.surface.plans import is_open
from publisher.surface.report import tell


@dataclass(frozen=True)
class Answers:
    """What came of asking: the plans that were answered, and whether the editor broke off."""

    plans: frozenset[str]
    is_interrupted: bool = False


def ask(folder: Path) -> Answers:
    """Ask about everything that is open, until the editor leaves off."""
    known = [(name, plan) for name, plan in plans(folder) if is_open(plan)]
    before = {name: read_file(folder / name) for name, _ in known}
    is_interrupted = False
    try:
        if not all(_ask_about(folder, name, plan) for name, plan in known):
            tell(say("what was answered is written down"))
    except KeyboardInterrupt:
        tell(say("what was answered is written down"))
        is_interrupted = True
    answered = (name for name, content in before.items() if differs(folder / name, content))
    return Answers(frozenset(answered), is_interrupted)


def _ask_about(folder: Path, name: str, plan: Plan) -> bool:
    """Ask about one plan and write it with the answers; False when the editor leaves off."""
    reading = read(planned_source(folder, plan, name))
    tell(say("{source}: {how}", source=plan.source, how=plan.how))
    before = read_file(folder / name)
    asking = Asking(plan, reading)
    try:
        return asking.run()
    finally:
        if asking.plan != plan:
            _write(folder, name, before, written_plan(asking.plan, reading.text))


def _write(folder: Path, name: str, before: bytes, after: bytes) -> None:
    """Write a plan with its answers, unless somebody else changed it while they were given."""
    with held(folder):
        if read_file(folder / name) == before:
            write_together(folder, {name: after})
            return
    tell(say("{plan} was changed meanwhile; these answers were not written down", plan=name))
