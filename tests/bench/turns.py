"""Turns: several makers of one book, one after the other, round by round.

The makers take turns, so that a busy moment of the machine meets them all, and are compared within
a round.
"""

from __future__ import annotations

import sys
from statistics import median
from typing import TextIO

from tests.bench.measure import Run, run_module

# What makes a book, by the name of the maker: the arguments of `python -m`.
Commands = dict[str, tuple[str, ...]]


def taken_in_turn(book: str, commands: Commands, rounds: int) -> dict[str, list[Run]]:
    """The runs of each maker. What is being done goes to stderr."""
    taken: dict[str, list[Run]] = {maker: [] for maker in commands}
    for number in range(1, rounds + 1):
        for maker, command in commands.items():
            tell(f"{book}: run {number} of {rounds}, {maker}", sys.stderr)
            taken[maker].append(run_module(*command))
    return taken


def ratio(runs: list[Run], peers: list[Run]) -> float:
    """The CPU seconds of runs over those of the peer's runs in the same round, at the median."""
    pairs = zip(runs, peers, strict=True)
    return median(run.cost.cpu / peer.cost.cpu for run, peer in pairs)


def tell(words: str, stream: TextIO = sys.stdout) -> None:
    """Write a line at once."""
    stream.write(f"{words}\n")
    stream.flush()
