"""Hand: a process beside the server that works through rounds.

It promises that a newer wish ends the round in hand at the next page or division; that
what it is told to make is never lost on the way; that it ends with the server, whatever ends that.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from publisher.press.processes import helper_begins
from publisher.press.store import own_store
from publisher.preview.cases import StayingHands
from publisher.preview.rounds import Rounds, Wish
from publisher.preview.showing import News, Work


class Hand:
    """The process, from the server's side. It has to be started, and ended."""

    def __init__(self, place: Path) -> None:
        # A copy of a process in which threads run may hang; one that begins anew does not.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, place, os.getpid()))
        self._process.start()
        theirs.close()

    def wish(self, wish: Wish) -> None:
        """Ask for a round; the one in hand is left."""
        with suppress(OSError):
            self._pipe.send(wish)

    def news(self) -> News | None:
        """The next news, waited for; None when the process has ended."""
        try:
            news: News = self._pipe.recv()
        except (EOFError, OSError):
            return None
        return news

    @property
    def is_there(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def end(self) -> None:
        """End the process and wait until it is gone."""
        self._process.terminate()
        self._process.join()


def _work(pipe: Connection, place: Path, parent: int) -> None:
    """All that the process does: rounds, one after the other."""
    helper_begins(parent)
    hands = StayingHands(own_store())
    rounds = Rounds(place, hands)
    wish = Wish()
    with suppress(EOFError, OSError):
        while True:
            wish = _newest(pipe, wish)
            if _is_finished(rounds, wish, pipe):
                wish = Wish()
            while not pipe.poll() and hands.make_ready():
                pass


def _newest(pipe: Connection, wish: Wish) -> Wish:
    """What is wished by now; waited for where nothing waits."""
    wish = wish.and_then(pipe.recv())
    while pipe.poll():
        wish = wish.and_then(pipe.recv())
    return wish


def _is_finished(rounds: Rounds, wish: Wish, pipe: Connection) -> bool:
    """Go through a round; whether it came to its end before something newer was wished."""
    try:
        for news in rounds.round(wish, partial(_told, pipe)):
            pipe.send(news)
            _go_on(pipe)
    except CancelledError:
        return False
    return True


def _told(pipe: Connection, output: str, stage: str, done: int, total: int) -> None:
    pipe.send(Work(output, stage, done, total))
    _go_on(pipe)


def _go_on(pipe: Connection) -> None:
    """Leave the round in hand where something newer was wished."""
    if pipe.poll():
        raise CancelledError
