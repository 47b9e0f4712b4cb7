"""Cases: hands that stay at their cases from save to save.

A round goes through several cases, and a case takes time to be made ready: the engine is loaded,
sheets are read, margins are measured. So cases are kept, and those that were not yet needed, since
all was found in the store, are made ready while nobody waits.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import suppress

from publisher.composition.compositor import Case, Compositor, Order
from publisher.composition.formes import Forme
from publisher.ground.errors import PublisherError
from publisher.press.hands import Here, Kept
from publisher.press.processes import WORTH_HELP, Processes, processors
from publisher.press.store import Store

# The cases of two scripts in two layouts.
_MOST_CASES = 4


class StayingHands:
    """Hands that set here, or with helpers where much is asked, and keep what they set."""

    def __init__(self, store: Store) -> None:
        self._here = _ManyCases()
        self._kept = Kept(_Staff(self._here), store)
        self._cold: dict[str, tuple[Case, Order]] = {}

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order."""
        row = list(orders)
        if not self._here.has(case) and row:
            self._cold[case.digest] = case, min(row, key=_length)
        return self._kept.set(case, row)

    def make_ready(self) -> bool:
        """Make one more case ready by setting something small; whether there was one."""
        if not self._cold:
            return False
        _, (case, order) = self._cold.popitem()
        if not self._here.has(case):
            # An order that cannot be set is told where it is wanted.
            with suppress(PublisherError):
                self._here.at(case).set(order)
        return True

    def close(self) -> None:
        """Let helpers go."""
        self._kept.close()


class _Staff:
    """Who sets: this process at its cases, and helpers what is long."""

    def __init__(self, here: _ManyCases) -> None:
        self._here = here
        self._helpers = Processes(processors())

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order."""
        row = list(orders)
        is_long = sum(map(_length, row)) >= WORTH_HELP
        return (self._helpers if is_long else self._here).set(case, row)

    def close(self) -> None:
        """Let helpers go."""
        self._helpers.close()


class _ManyCases(Here):
    """Sets here, and keeps the cases that were used last."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: OrderedDict[str, Compositor] = OrderedDict()

    def has(self, case: Case) -> bool:
        """Whether a case is ready."""
        return case.digest in self._kept

    def at(self, case: Case) -> Compositor:
        """The compositor that works at a case."""
        found = self._kept.pop(case.digest, None) or Compositor(case)
        self._kept[case.digest] = found
        if len(self._kept) > _MOST_CASES:
            self._kept.popitem(last=False)
        return found


def _length(order: Order) -> int:
    return len(order.document)
