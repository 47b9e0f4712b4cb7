"""Building: one collection made into files, or many, and what is said of it."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.press.build import BuildReport, build
from publisher.press.hands import Hands, Here, Kept, own_hands, processors
from publisher.press.many import Outcome, build_many, collections_in
from publisher.press.store import own_store
from publisher.surface import report
from publisher.surface.progress import shown

_ON = re.compile(r"serial|process(?::([1-9][0-9]{0,2}))?")


def build_collections(arguments: Namespace) -> int:
    """Make the files of the collections that are named, and tell of them."""
    helpers = _helpers(arguments.on)
    folders = arguments.folder or [Path()]
    if arguments.all is not None:
        folders = list(collections_in(arguments.all))
    if len(folders) == 1 and arguments.all is None:
        return _build_one(arguments, folders[0], helpers)
    if arguments.into is not None:
        raise PublisherError.of(
            say("several collections cannot go into one folder"),
            Remedy.CALLER,
            hint=say("leave out --into: each has its own dist"),
        )
    return _build_many(arguments, folders, helpers)


def _helpers(wish: str) -> int:
    """How many processes shall work; 1 is this one alone."""
    found = _ON.fullmatch(wish)
    if found is None:
        raise PublisherError.of(
            say('nothing can be built on "{wish}"', wish=wish),
            Remedy.CALLER,
            hint=say("write serial, process or process:4"),
        )
    if wish == "serial":
        return 1
    return int(found[1]) if found[1] else processors()


def _hands(helpers: int) -> Hands:
    return own_hands(helpers) if helpers > 1 else Kept(Here(), own_store())


def _build_one(arguments: Namespace, folder: Path, helpers: int) -> int:
    try:
        with shown(quiet=arguments.quiet or arguments.json) as progress:
            outputs, hands = tuple(arguments.output), _hands(helpers)
            made = build(folder, arguments.into, outputs, progress, hands)
    except PublisherError as error:
        if arguments.json:
            print(report.faults_as_json(error.faults))
        raise
    if arguments.json:
        print(report.as_json(made))
    elif not arguments.quiet:
        _show(made)
    return 0


def _show(made: BuildReport) -> None:
    report.show_notices(made.notices)
    report.show_artefacts(made)


def _build_many(arguments: Namespace, folders: Iterable[Path], helpers: int) -> int:
    codes = [0]
    row = tuple(folders)
    with shown(quiet=arguments.quiet or arguments.json) as progress:
        for outcome in build_many(row, tuple(arguments.output), helpers, progress):
            _tell(outcome, arguments)
            if outcome.faults:
                codes.append(PublisherError(*outcome.faults).exit_code)
    failed = len(codes) - 1
    if failed:
        report.tell(
            say("{failed} of {count} collections have faults", failed=failed, count=len(row))
        )
    return max(codes)


def _tell(outcome: Outcome, arguments: Namespace) -> None:
    """What became of a collection: a line of JSON for each, or words."""
    if arguments.json:
        print(report.outcome_as_json(outcome))
        return
    if outcome.faults:
        report.show_faults(outcome.faults)
    elif outcome.report and not arguments.quiet:
        _show(outcome.report)
