"""Planning: the plan of a source: proposed, kept up to date, or gone over to a newer source.

It promises a plan that speaks of the source's own lines and names rules that there are; else it
raises PublisherError with the place in the plan's file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.hygiene import fit
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.intake.answers import left_out
from publisher.intake.carrying import carried
from publisher.intake.cleaning.advisories import NAMES
from publisher.intake.cleaning.registry import RULES
from publisher.intake.filing import plan_file, require_alone
from publisher.intake.moves import moves
from publisher.intake.plan import (
    Item,
    Plan,
    empty_parts,
    line_count,
    names,
    renewed,
    sealed,
)
from publisher.intake.planfile import read_plan
from publisher.intake.reading import Reading
from publisher.intake.sources import Source, read
from publisher.intake.splitting.proposal import propose


def proposed(source: Source, reading: Reading) -> Plan:
    """What the program takes the lines of a source for."""
    items = tuple(map(_legible, propose(reading)))
    return Plan(
        source=source.name,
        sha256=source.sha256,
        how=reading.how,
        lines=line_count(reading.text),
        characters=len(reading.text),
        seal=sealed(items),
        # The lines of rich sources are paragraphs and never wrapped ones.
        rules_off=() if source.is_text else ("unwrap",),
        item=items,
    )


def up_to_date(source: Source, reading: Reading, folder: Path) -> Plan:
    """A proposal, or the plan that is there already brought up to date with it."""
    new = proposed(source, reading)
    old = _known_plan(source, folder)
    if old is None:
        return new
    file = str(folder / plan_file(source.stem))
    plan = replace(renewed(old, new, file), advice=old.advice)
    require_sense(old, new.lines, file)
    return plan


def gone_over(source: Source, reading: Reading, before: Source, folder: Path) -> Plan:
    """The plan of a source in the lines of a newer version of it."""
    new = proposed(source, reading)
    old = _known_plan(source, folder)
    if old is None:
        return new
    file = str(folder / plan_file(source.stem))
    if old.sha256 == source.sha256:
        # An import that was broken off had come so far.
        return up_to_date(source, reading, folder)
    if old.sha256 != before.sha256:
        raise changed_source(before.path)
    text = read(before).text
    require_sense(old, line_count(text), file)
    return carried(old, new, moves(text, reading.text))


def _known_plan(source: Source, folder: Path) -> Plan | None:
    file = folder / plan_file(source.stem)
    if not file.is_file():
        return None
    plan = read_plan(read_file(file), str(file))
    require_alone(source, plan.source)
    return plan


def accepted(plan: Plan) -> Plan:
    """The plan with every item confirmed; the title of a part without an essay is left out.

    An essay without a title stays a question: nobody proposed one.
    """
    for item in empty_parts(plan.item):
        plan = left_out(plan, item)
    items = (
        replace(item, confirmed=item.kind != "essay" or bool(item.title)) for item in plan.item
    )
    return replace(plan, item=tuple(items))


def held(plan: Plan) -> Plan:
    """The plan without a confirmed essay, so that all of them wait for the last answer."""
    items = (replace(row, confirmed=row.confirmed and row.kind != "essay") for row in plan.item)
    return replace(plan, item=tuple(items))


def _legible(item: Item) -> Item:
    """An item that a plan file can hold: a source's titles may have marks in them to no purpose."""
    authors = tuple(map(fit, item.authors))
    return replace(item, title=fit(item.title).strip(), authors=authors, date=fit(item.date))


# What cannot be meant ---------------------------------------------------------------------------


def require_sense(plan: Plan, count: int, file: str) -> None:
    """Raise PublisherError for a plan of other lines, of rules nobody knows, of names twice."""
    _require_measure(plan, count, file)
    _require_rules(plan, file)
    _require_names(plan, file)


def _require_measure(plan: Plan, count: int, file: str) -> None:
    if plan.lines != count:
        raise PublisherError.of(
            say("the plan counts {n} lines, the source has {m}", n=plan.lines, m=count),
            Remedy.EDITOR,
            Place(file, key="lines"),
            say("write lines = {m}", m=count),
        )


def _require_rules(plan: Plan, file: str) -> None:
    known = [*(row.name for row in RULES), *NAMES]
    unknown = [name for name in plan.rules_off if name not in known]
    if unknown:
        raise PublisherError.of(
            say('there is no cleaning rule "{name}"', name=unknown[0]),
            Remedy.EDITOR,
            Place(file, key="rules_off"),
            meant(unknown[0], known),
        )


def _require_names(plan: Plan, file: str) -> None:
    """Raise PublisherError for what is no manuscript's name, and for one that two essays have."""
    for number, item in enumerate(plan.item, start=1):
        if item.file and (Path(item.file).name != item.file or Path(item.file).suffix != ".md"):
            raise PublisherError.of(
                say('"{name}" is not the name of a manuscript', name=item.file),
                Remedy.EDITOR,
                Place(file, key=f"item[{number}].file"),
                say("write a name that ends with .md, or delete the line"),
            )
    counts = Counter(names(plan, Path(plan.source).stem))
    twice = next((name for name, count in counts.items() if count > 1), "")
    if twice:
        raise PublisherError.of(
            say("two essays would be written to {name}", name=twice),
            Remedy.EDITOR,
            Place(file, key="file"),
            say("give one of them another name"),
        )


def changed_source(path: Path) -> PublisherError:
    """The fault of a kept source that is not the one its plan was made for."""
    return PublisherError.of(
        say("this is not the file that came in under this name before"),
        Remedy.EDITOR,
        Place(str(path)),
        say("bring the old file back there; a newer one comes in by publisher import --replace"),
    )
