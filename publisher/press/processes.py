"""Processes: helpers beside this process, who set the formes of long books.

It promises the same formes as this process would set. A helper that dies is no fault: what it had
in hand is set here. Helpers that are wished for early load the engine while the book is read.
A system that gives no helpers is no fault either.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from publisher.composition.compositor import Bench, Case, Order
    from publisher.composition.formes import Forme

    # A forme or none, or that the case is lacking.
    _Answer = Forme | str | None

# Fewer characters are set sooner here than by helpers that have to come first.
WORTH_HELP = 150_000
# What the process that helpers are copied from has loaded.
_READY = "publisher.press.readiness"


class Processes:
    """So many helpers, for long books; short ones are set here. `awaited` see `foresight`."""

    def __init__(self, count: int, awaited: int = 0) -> None:
        self._count = count
        self._crew: _Crew | None = None
        if awaited >= WORTH_HELP:
            self._hire()

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order."""
        row = list(orders)
        futures = self._asked(case, row)
        for order, future in zip(row, futures, strict=True):
            yield self._result(case, order, future)

    def close(self) -> None:
        """Let the helpers go; what they have in hand is dropped."""
        if self._crew:
            self._crew.close()
            self._crew = None

    def _hire(self) -> None:
        """Let helpers come, where the system lets them."""
        if self._count > 1:
            with suppress(OSError, ImportError, NotImplementedError):
                self._crew = _Crew(self._count)

    def _asked(self, case: Case, row: list[Order]) -> list[Future[_Answer] | None]:
        """What helpers will set; None for each order that is left to this process."""
        if self._crew is None and _length(row) >= WORTH_HELP:
            self._hire()
        try:
            return [self._crew.ask(case, order) if self._crew else None for order in row]
        except BrokenProcessPool:
            # A helper died while nothing was asked of it.
            self.close()
            return [None] * len(row)

    def _result(self, case: Case, order: Order, future: Future[_Answer] | None) -> Forme | None:
        if self._crew and future:
            try:
                return self._crew.set(case, order, future)
            except BrokenProcessPool:
                self.close()
        return bench().at(case).set(order)


def _length(row: Iterable[Order]) -> int:
    return sum(len(order.document) for order in row)


class _Crew:
    """Helpers that have come, and how often they were asked to work at which case."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._askings: Counter[str] = Counter()
        context = _method()
        self._executor: Executor = ProcessPoolExecutor(
            count, context, initializer=helper_begins, initargs=(os.getpid(),)
        )
        self._have_come = False
        # Calling them takes as long as they take to get ready.
        self._calling = threading.Thread(target=self._call, args=(count,), daemon=True)
        self._calling.start()

    def _call(self, count: int) -> None:
        # An interruption is this process's matter, from the first moment of those who come.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        with suppress(OSError, ImportError, RuntimeError):
            for _ in range(count):
                self._executor.submit(_ready)
            self._have_come = True

    def ask(self, case: Case, order: Order) -> Future[_Answer]:
        """What a helper will answer. Raises BrokenProcessPool where one died.

        The first helpers that are asked are handed the case; who lacks it later says so.
        """
        self._calling.join()
        if not self._have_come:
            raise BrokenProcessPool
        self._askings[case.digest] += 1
        return self._submit(case, order, is_first=self._askings[case.digest] <= 2 * self._count)

    def set(self, case: Case, order: Order, future: Future[_Answer]) -> Forme | None:
        """What became of an order. Raises BrokenProcessPool where a helper died."""
        answer = future.result()
        while answer == _LACKING:
            answer = self._submit(case, order, is_first=True).result()
        return None if isinstance(answer, str) else answer

    def close(self) -> None:
        """Let the helpers go."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _submit(self, case: Case, order: Order, *, is_first: bool) -> Future[_Answer]:
        # The fonts in sight belong to the case.
        fonts = os.environ.get("FONTCONFIG_FILE", "")
        return self._executor.submit(_set, case.digest, order, (case, fonts) if is_first else None)


def _method() -> Any:
    """How helpers come: as copies of a process that is ready, where the system does that well."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_READY])
    return context


_cases: dict[str, Case] = {}
_LACKING = "lacking"


@cache
def bench() -> Bench:
    """Where formes are set in this process."""
    from publisher.composition.compositor import Bench

    return Bench()


def helper_begins(parent: int) -> None:
    """A helper's first act: an interruption is its parent's matter, and so is its own end.

    It lives long, so garbage is searched for, though not among what it was born with.
    """
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    # It need not be this one's own parent: helpers are copies of a process between.
    with suppress(ProcessLookupError):
        while True:
            os.kill(parent, 0)
            time.sleep(1)
    os._exit(1)


def _ready() -> None:
    """Nothing: it is asked so that helpers come."""


def _set(name: str, order: Order, handed: tuple[Case, str] | None) -> _Answer:
    if name not in _cases:
        if handed is None:
            return _LACKING
        _cases.clear()
        _cases[name], os.environ["FONTCONFIG_FILE"] = handed
    return bench().at(_cases[name]).set(order)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def start_method() -> Any:
    """How helpers come that do more than setting: as copies of this process, where it can be."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
