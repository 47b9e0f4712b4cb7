"""Turns: several makers of one book, one after the other, round by round.

The makers take turns, so that a busy moment of the machine meets them all, and are compared within
a round.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import TextIO

from tests.bench.measure import Run, run_module

# What makes a book, by the name of the maker; it is told which turn it is, from 1.
Makers = dict[str, Callable[[int], Run]]


def module(*arguments: str) -> Callable[[int], Run]:
    """A maker that is a Python module, with its arguments."""
    return partial(_turn, arguments)


def _turn(arguments: tuple[str, ...], _: int) -> Run:
    return run_module(*arguments)


def taken_in_turn(book: str, makers: Makers, rounds: int) -> dict[str, list[Run]]:
    """The runs of each maker. What is being done goes to stderr."""
    taken: dict[str, list[Run]] = {maker: [] for maker in makers}
    for number in range(1, rounds + 1):
        for maker, make in makers.items():
            tell(f"{book}: run {number} of {rounds}, {maker}", sys.stderr)
            taken[maker].append(make(number))
    return taken


def ratio(runs: list[Run], peers: list[Run], figure: str) -> float:
    """A figure of the cost over that of the peer's run in the same round, at the median."""
    pairs = zip(runs, peers, strict=True)
    return median(getattr(run.cost, figure) / getattr(peer.cost, figure) for run, peer in pairs)


def tell(words: str, stream: TextIO = sys.stdout) -> None:
    """Write a line at once."""
    stream.write(f"{words}\n")
    stream.flush()
