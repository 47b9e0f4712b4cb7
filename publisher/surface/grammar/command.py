"""Command: a row of the grammar: what a command is called, what it takes, who does it.

It promises that a command's own module is loaded when it is called, and no sooner, so that help is
instant.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from publisher.ground.messages import Message
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

# argparse has no public name for what `add_subparsers` gives.
Commands: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001
Parser = argparse.ArgumentParser
_HOME = "publisher.surface"


def _nothing(_parser: Parser) -> None:
    """What a command without arguments takes."""


@dataclass(frozen=True)
class Command:
    """`run` is `module:function` below `surface`; it is handed the arguments, and gives a code.

    `takes` adds the command's arguments to its parser; `within` are commands behind its name.
    """

    name: str
    words: Message
    run: str
    takes: Callable[[Parser], None] = _nothing
    within: tuple[Command, ...] = ()

    def add_to(self, commands: Commands) -> None:
        """Make it one of the commands that a parser knows."""
        words = worded(self.words)
        parser: Parser = commands.add_parser(self.name, help=words, description=words)
        parser.set_defaults(run=partial(_done, self.run))
        self.takes(parser)
        if self.within:
            inner = parser.add_subparsers(metavar="COMMAND")
            for command in self.within:
                command.add_to(inner)


def _done(run: str, arguments: argparse.Namespace) -> int:
    module, _colon, name = run.partition(":")
    code: int = getattr(import_module(f"{_HOME}.{module}"), name)(arguments)
    return code


# ---- arguments of several commands ----


def a_collection(parser: Parser) -> None:
    """Take a collection's folder; without one it is that in which the command is called."""
    words = _("the collection's folder (default: this one)")
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?", default=Path(), help=words)


def as_json(parser: Parser) -> None:
    """Take `--json`."""
    parser.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))
