"""Building: one collection made into files, or many, and what is said of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.press.build import BuildReport, build
from publisher.press.crews import Crew, crew_of
from publisher.surface import report
from publisher.surface.progress import shown

if TYPE_CHECKING:
    from publisher.press.many import Outcome


def build_collections(arguments: Namespace) -> int:
    """Make the files of the collections that are named, or explain their pages, and tell of it."""
    if arguments.explain is not None:
        from publisher.surface.explaining import explain

        return explain(arguments)
    crew = crew_of(arguments.on)
    folders = arguments.folder or [Path()]
    if arguments.all is not None:
        from publisher.press.many import collections_in

        folders = list(collections_in(arguments.all))
    if len(folders) == 1 and arguments.all is None:
        return _build_one(arguments, folders[0], crew)
    if arguments.into is not None:
        raise PublisherError.of(
            say("several collections cannot go into one folder"),
            Remedy.CALLER,
            hint=say("leave out --into: each has its own dist"),
        )
    return _build_many(arguments, folders, crew)


def _build_one(arguments: Namespace, folder: Path, crew: Crew) -> int:
    try:
        with shown(quiet=arguments.quiet or arguments.json) as progress:
            outputs = tuple(arguments.output)
            hire = partial(crew.hands, folder, outputs, progress)
            made = build(folder, arguments.into, outputs, progress, hire)
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


def _build_many(arguments: Namespace, folders: Iterable[Path], crew: Crew) -> int:
    codes = [0]
    row = tuple(folders)
    with shown(quiet=arguments.quiet or arguments.json) as progress:
        for outcome in crew.build(row, tuple(arguments.output), progress):
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
