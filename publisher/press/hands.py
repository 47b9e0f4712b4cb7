"""Hands: who sets formes: this process, or several beside it; and what was set before.

It promises the same formes whoever sets them. A helper that dies is no fault: what it had in hand
is set here. Formes are kept between runs under the digest of all that they rest on; one that is
kept is believed if it is whole, and not set again.
"""

from __future__ import annotations

import gc
import io
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, Protocol

from publisher.composition import formes
from publisher.composition.compositor import Bench, Case, Order
from publisher.composition.formes import (
    Anchor,
    Bookmark,
    Forme,
    Furniture,
    Room,
    Slot,
    Spot,
    TypeUse,
)
from publisher.composition.pages import load
from publisher.press.store import Store, key, own_store
from publisher.press.tools import shaping

# Fewer characters of markup are set sooner here than by helpers that have to come first.
_WORTH_HELP = 150_000


class Hands(Protocol):
    """Sets orders from a case, in their order."""

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order; None for one that can only be set for its place."""
        ...

    def close(self) -> None:
        """Let helpers go."""
        ...


class Here(Bench):
    """Sets all in this process."""

    def close(self) -> None:
        """Nobody has to go."""


class Processes:
    """So many helpers beside this process, for long books; short ones are set here."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._here = Here()
        self._helpers: tuple[str, Executor] | None = None

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order."""
        row = list(orders)
        if self._count < 2 or sum(len(it.document) for it in row) < _WORTH_HELP:  # noqa: PLR2004
            yield from self._here.set(case, row)
            return
        try:
            futures = [self._executor(case).submit(_set, it) for it in row]
        except BrokenProcessPool:
            # A helper died while nothing was asked of it.
            self.close()
            yield from self._here.set(case, row)
            return
        for order, future in zip(row, futures, strict=True):
            yield self._result(case, order, future)

    def close(self) -> None:
        """Let the helpers go; what they have in hand is dropped."""
        if self._helpers:
            self._helpers[1].shutdown(wait=False, cancel_futures=True)
            self._helpers = None

    def _result(self, case: Case, order: Order, future: Future[Forme | None]) -> Forme | None:
        try:
            return future.result()
        except BrokenProcessPool:
            self.close()
            return self._here.at(case).set(order)

    def _executor(self, case: Case) -> Executor:
        """Helpers that stand at a case."""
        if self._helpers is None or self._helpers[0] != case.digest:
            self.close()
            load()
            helpers = ProcessPoolExecutor(
                self._count, start_method(), initializer=_begin, initargs=(case, os.getpid())
            )
            self._helpers = case.digest, helpers
        return self._helpers[1]


def start_method() -> Any:
    """How helpers come: as copies of this process where the system does that well."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


_bench = Bench()
_cases: list[Case] = []


def _begin(case: Case, parent: int) -> None:
    helper_begins(parent)
    _cases[:] = [case]


def helper_begins(parent: int) -> None:
    """A helper's first act: an interruption is its parent's matter, and so is its own end.

    It lives long, so garbage is searched for, though not among what it was born with.
    """
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _set(order: Order) -> Forme | None:
    return _bench.at(_cases[0]).set(order)


def own_hands(helpers: int = 0) -> Hands:
    """So many helpers, one for each processor by default, and the user's store."""
    return Kept(Processes(helpers or processors()), own_store())


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Kept:
    """Hands that look first whether a forme was kept, and keep what they set."""

    def __init__(self, hands: Hands, store: Store) -> None:
        self._hands = hands
        self._store = store

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order."""
        row = list(orders)
        names = [_name(case, order) for order in row]
        found = [self._find(name) for name in names]
        missing = [order for order, forme in zip(row, found, strict=True) if forme is None]
        new = self._hands.set(case, missing) if missing else iter(())
        for name, forme in zip(names, found, strict=True):
            yield forme[0] if forme else self._keep(name, next(new))

    def close(self) -> None:
        """Let helpers go."""
        self._hands.close()

    def _find(self, name: str) -> tuple[Forme | None] | None:
        content = self._store.get(name) if name else None
        if content is not None:
            # Whatever the entry is that is no forme, it is a miss.
            with suppress(Exception):
                found = _Formes(io.BytesIO(content)).load()
                if found is None or isinstance(found, Forme):
                    return (found,)
        return None

    def _keep(self, name: str, forme: Forme | None) -> Forme | None:
        if name:
            self._store.put(name, pickle.dumps(forme, protocol=5))
        return forme


def _name(case: Case, order: Order) -> str:
    """The key of an order; empty where nobody knows which libraries are at work."""
    base = shaping()
    if not base:
        return ""
    parts = (base, case.digest, order.name, repr(order.hint), order.document)
    return key((b"forme", *(part.encode() for part in parts)))


_VALUES = {
    it.__name__: it for it in (Anchor, Bookmark, Forme, Furniture, Room, Slot, Spot, TypeUse)
}


class _Formes(pickle.Unpickler):
    """Reads formes and nothing else: a file of the cache cannot call anything."""

    def find_class(self, module: str, name: str) -> Any:
        if module != formes.__name__ or name not in _VALUES:
            raise pickle.UnpicklingError(name)
        return _VALUES[name]
