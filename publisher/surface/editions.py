"""Editions: the grammar of the commands that make, prove and compare fixed editions."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from publisher.surface.wording import translated as _

# Makes a command of a name, its words, and the name of its function.
Make = Callable[[str, str, str], argparse.ArgumentParser]


def add_edition_commands(make: Make) -> None:
    """Add `freeze`, `verify`, `rebuild`, `diff` and `history`."""
    for add in (_freeze, _verify, _rebuild, _diff, _history):
        add(make)


def _freeze(make: Make) -> None:
    command = make("freeze", _("make an edition that is never changed, with proof"), "freeze")
    words = _("the collection's folder (default: this one)")
    command.add_argument("folder", metavar="DIR", type=Path, nargs="?", default=Path(), help=words)
    words = _("what the collection's version has to be")
    command.add_argument("--version", metavar="VERSION", help=words)
    words = _("where editions are kept (default: DIR/editions)")
    command.add_argument("--into", metavar="STORE", type=Path, help=words)
    seal = command.add_mutually_exclusive_group()
    words = _("a secret key of ssh-keygen to seal it with (default: the one made here, if any)")
    seal.add_argument("--key", metavar="FILE", type=Path, help=words)
    words = _("seal it with no key")
    seal.add_argument("--unsealed", action="store_true", help=words)
    words = _("record open questions of plans and scripts instead of refusing")
    command.add_argument("--despite-questions", action="store_true", help=words)
    _json(command)


def _verify(make: Make) -> None:
    command = make("verify", _("prove that editions are what they were"), "verify")
    words = _("folders of editions, or zip files of them")
    command.add_argument("editions", metavar="EDITION", nargs="+", type=Path, help=words)
    words = _("public keys of which one must have sealed them")
    command.add_argument("--signer", metavar="FILE", type=Path, help=words)
    _json(command)


def _rebuild(make: Make) -> None:
    command = make("rebuild", _("make an edition's files again from itself"), "rebuild")
    _one(command, "edition", "EDITION")
    words = _("a folder to write the new files to (default: nowhere)")
    command.add_argument("--into", metavar="DIR", type=Path, help=words)
    _json(command)


def _diff(make: Make) -> None:
    command = make("diff", _("tell what differs between two editions"), "diff")
    _one(command, "before", "A")
    _one(command, "after", "B")
    words = _("write a page that shows changed sentences side by side")
    command.add_argument("--html", metavar="FILE", type=Path, help=words)
    _json(command)


def _history(make: Make) -> None:
    command = make("history", _("list the editions that are kept in a folder"), "history")
    words = _("where editions are kept")
    command.add_argument("store", metavar="STORE", type=Path, help=words)
    words = _("write each collection's editions as an OCFL 1.1 object into this folder")
    command.add_argument("--ocfl", metavar="DIR", type=Path, help=words)
    _json(command)


def _one(command: argparse.ArgumentParser, name: str, shown: str) -> None:
    words = _("the folder of an edition, or a zip file of it")
    command.add_argument(name, metavar=shown, type=Path, help=words)


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))
