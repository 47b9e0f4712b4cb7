"""Importing: what `publisher import` does: sources in, plans shown, asked and applied.

It promises that an editor's answers are written down as they are given, so that leaving off in the
middle loses nothing.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.intake.cleaning.registry import RULES
from publisher.intake.desk import Intake, apply, take_in
from publisher.intake.handled import Wishes
from publisher.press.writing import held, write_together
from publisher.surface.accounts import tell_account
from publisher.surface.asking import ask
from publisher.surface.plans import show_plans
from publisher.surface.report import show_notices, tell

# What a shell expects of a program that was broken off.
_INTERRUPTED = 130


def import_sources(arguments: Namespace) -> int:
    """One of the four things that the command does."""
    folder: Path | None = arguments.plan or arguments.apply or arguments.ask
    if folder is None:
        return _take_in(arguments)
    if arguments.sources or arguments.into:
        raise _misused(say("sources and a folder with plans were both given"))
    if arguments.plan:
        return show_plans(folder, arguments.json)
    if arguments.ask:
        return _ask(folder, arguments)
    return _apply(folder, arguments)


def _take_in(arguments: Namespace) -> int:
    if not arguments.sources or not arguments.into:
        raise _misused(say("no source was given, or no folder to import it into"))
    off = frozenset(arguments.without)
    _require_rules(off)
    wishes = Wishes(arguments.accept, off, arguments.replace)
    paths = tuple(arguments.sources)
    done = _written(arguments.into, lambda: take_in(paths, arguments.into, wishes))
    tell_account(arguments.into, done, done.handled, as_json=arguments.json)
    return 0


def _ask(folder: Path, arguments: Namespace) -> int:
    answers = ask(folder)
    if answers.is_interrupted:
        return _INTERRUPTED
    done = _written(folder, lambda: apply(folder, arguments.accept, settled=True))
    tell_account(folder, done, done.touched(answers.plans), as_json=arguments.json)
    return 0


def _apply(folder: Path, arguments: Namespace) -> int:
    """Do what the plans confirm, and tell of those that anything came of."""
    done = _written(folder, lambda: apply(folder, arguments.accept))
    tell_account(folder, done, done.touched(), as_json=arguments.json)
    return 0


def _written(folder: Path, work: Callable[[], Intake]) -> Intake:
    """Do some work on a folder and write what it gives.

    The folder is held from the first look on: two imports at once would each forget the other's
    essays.
    """
    with held(folder):
        done = work()
        write_together(folder, dict(done.files))
        _mend_again(folder, [name for row in done.handled for name in row.mended])
    return done


def _mend_again(folder: Path, names: list[str]) -> None:
    """Put right once more what a check had put right before it was written anew."""
    if not names:
        return
    from publisher.checking.fixing import fixed_files, mended_again

    done = mended_again(folder, names)
    write_together(folder, fixed_files(folder, done.mended))
    for row in done.mended:
        tell(row.told(folder))
    show_notices(done.left)


def _misused(message: Message) -> PublisherError:
    hint = say("publisher import FILE… --into DIR, or --plan DIR, --apply DIR, --ask DIR")
    return PublisherError.of(message, Remedy.CALLER, hint=hint)


def _require_rules(off: frozenset[str]) -> None:
    known = {rule.name for rule in RULES}
    unknown = sorted(off - known)
    if unknown:
        raise PublisherError.of(
            say('there is no cleaning rule "{name}"', name=unknown[0]),
            Remedy.CALLER,
            hint=say("the rules are: {names}", names=", ".join(rule.name for rule in RULES)),
        )
