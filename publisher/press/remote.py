"""Remote: a crew of workers of a cluster.

It promises the files that this process would make alone, byte for byte. Of one collection the
workers set the pages; of many, each is made by one worker and written here. What cannot be sent,
and what no worker could do, is done here.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import TypeGuard

from publisher.composition.compositor import Case, Order
from publisher.composition.formes import Forme
from publisher.ground.errors import PublisherError
from publisher.model.folders import DIST, collection_folder
from publisher.press.build import BuildReport
from publisher.press.cluster import Cluster, joined
from publisher.press.errands import BuildErrand, Built, OrderErrand, Packed, Value
from publisher.press.goods import Goods, collection_goods, folder_goods
from publisher.press.hands import Hands, Here, Kept, forme_in
from publisher.press.making import Progress
from publisher.press.many import Outcome, built
from publisher.press.places import font_folders, shared_folder
from publisher.press.processes import WORTH_HELP
from publisher.press.reuse import Reuse
from publisher.press.store import own_store
from publisher.press.writing import held, write_together


class Workers:
    """The workers behind a scheduler."""

    def __init__(self, address: str) -> None:
        self._address = address

    def hands(self, collection: Path, outputs: tuple[str, ...], progress: Progress) -> Hands:
        """Workers, for a long book."""
        join = partial(joined, self._address, progress)
        return Kept(_Setters(join, font_folders(collection_folder(collection))), own_store())

    def build(
        self, folders: Iterable[Path], outputs: tuple[str, ...], progress: Progress
    ) -> Iterator[Outcome]:
        """As many collections at a time as there are workers, and one more for each to follow."""
        # This process may live for hours: garbage is searched for, as it is by helpers.
        gc.enable()
        row = tuple(folders)
        commissions = (_Commission(folder, outputs) for folder in row)
        shared = _shared()
        errand_of = partial(_Commission.errand, shared=shared.digest)
        with joined(self._address, progress) as cluster:
            answers = cluster.answers(commissions, errand_of, (shared,))
            for number, (commission, answer) in enumerate(answers, start=1):
                outcome = commission.outcome(answer)
                progress("", "building", number, len(row))
                yield outcome


def _shared() -> Goods:
    """The layouts and fonts that come with the program."""
    return folder_goods((name, shared_folder(name)) for name in ("fonts", "layouts"))


class _Commission:
    """A collection to be built: sent as an errand, and written here when it comes back."""

    def __init__(self, folder: Path, outputs: tuple[str, ...]) -> None:
        self._folder = folder
        self._outputs = outputs
        self._home = collection_folder(folder)
        self._dist = self._home / DIST
        self._reuse = Reuse(own_store(), self._home, outputs)
        self._finished = self._reuse.finished(self._dist)

    def errand(self, shared: str) -> BuildErrand | None:
        """What a worker is asked; None where there is nothing to do, or only here."""
        goods = None if self._finished else collection_goods(self._home)
        if goods is None:
            return None
        return BuildErrand(
            goods=goods,
            sealed=goods.digest,
            home=str(self._home),
            outputs=self._outputs,
            shared=shared,
            root=str(shared_folder("fonts").parent),
            moment=os.environ.get("SOURCE_DATE_EPOCH", ""),
        )

    def outcome(self, answer: Value) -> Outcome:
        """What becomes of the collection with a worker's answer, or without one."""
        if self._finished:
            return Outcome(self._folder, BuildReport.of(self._dist, self._finished))
        if not isinstance(answer, Built) or not answer.is_whole:
            return built(self._folder, self._outputs)
        try:
            with held(self._dist):
                write_together(self._dist, answer.made.contents)
        except PublisherError as error:
            return Outcome(self._folder, faults=error.faults)
        self._reuse.keep(answer.made.files, answer.made.finished)
        return Outcome(self._folder, BuildReport.of(self._dist, answer.made.finished))


class _Setters:
    """Workers that set the pages of one collection with the fonts of some folders."""

    def __init__(
        self, join: Callable[[], AbstractContextManager[Cluster]], folders: tuple[Path, ...]
    ) -> None:
        self._join = join
        self._folders = folders
        self._here = Here()
        self._stack = ExitStack()

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order."""
        row = list(orders)
        if sum(len(it.document) for it in row) < WORTH_HELP:
            yield from self._here.set(case, row)
            return
        errand_of = partial(OrderErrand, case=case.digest, fonts=self._fonts.digest)
        for order, answer in self._cluster.answers(row, errand_of, (case, self._fonts)):
            found = forme_in(answer.content) if _is_whole(answer) else None
            yield found[0] if found else self._here.at(case).set(order)

    def close(self) -> None:
        """Leave the cluster."""
        self._stack.close()

    @cached_property
    def _cluster(self) -> Cluster:
        return self._stack.enter_context(self._join())

    @cached_property
    def _fonts(self) -> Goods:
        return folder_goods((str(number), it) for number, it in enumerate(self._folders))


def _is_whole(answer: Value) -> TypeGuard[Packed]:
    return isinstance(answer, Packed) and answer.is_whole
