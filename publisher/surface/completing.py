"""Completing: a script by which a shell knows the commands and options of this program."""

from __future__ import annotations

from argparse import Namespace

import shtab

from publisher.surface.cli import parser


def complete(arguments: Namespace) -> int:
    """Print the script for a shell."""
    print(shtab.complete(parser(), arguments.shell))
    return 0
