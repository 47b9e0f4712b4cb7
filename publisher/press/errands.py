"""Errands: what a worker of a cluster does for the process that sent it.

It promises to do nothing with other tools than the sender's, or with goods that are not what their
digest says; and to do one thing at a time, for the engine finds its fonts by the environment.
What cannot be done here is left to the sender.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from publisher.composition.compositor import Bench, Case, Order
from publisher.ground.errors import PublisherError
from publisher.ground.fixity import digest
from publisher.press.build import Made, make
from publisher.press.goods import Goods
from publisher.press.hiring import own_hands
from publisher.press.packing import packed
from publisher.press.places import ROOTS
from publisher.press.renaming import Renaming
from publisher.press.reuse import Finished
from publisher.press.room import prepare
from publisher.press.store import key
from publisher.press.tools import tools

T = TypeVar("T")
Sendable = Goods | Case
# So many goods and cases are kept for later errands: more than the books in hand at a time.
_MOST_KEPT = 8
_MOMENT = "SOURCE_DATE_EPOCH"


class _Stock(Generic[T]):
    """What was brought to this worker, by digest; what was not asked for longest goes first."""

    def __init__(self, let_go: Callable[[T], object]) -> None:
        self._let_go = let_go
        self._lock = threading.Lock()
        self._held: dict[str, T] = {}

    def __contains__(self, name: str) -> bool:
        with self._lock:
            if name in self._held:
                self._held[name] = self._held.pop(name)
            return name in self._held

    def __getitem__(self, name: str) -> T:
        return self._held[name]

    def keep(self, name: str, value: T) -> None:
        """Hold something."""
        with self._lock:
            self._held[name] = value
            while len(self._held) > _MOST_KEPT:
                self._let_go(self._held.pop(next(iter(self._held))))


_alone = threading.Lock()
_bench = Bench()
_folders = _Stock[Path](partial(shutil.rmtree, ignore_errors=True))
_cases = _Stock[Case](lambda _: None)


@dataclass(frozen=True)
class Built:
    """A collection as it was made; `sealed` are the digests of its files."""

    made: Made
    sealed: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the files are still those that were made."""
        return self.sealed == tuple(it.sha256 for it in self.made.finished.artefacts)


@dataclass(frozen=True)
class BuildErrand:
    """Make a collection's outputs of its files, whose digest is `sealed`.

    The sender has them in the folder `home`, and in `root` the layouts and fonts that come with
    the program, known here by the digest `shared`. `moment` is its SOURCE_DATE_EPOCH.
    """

    goods: Goods
    sealed: str
    home: str
    outputs: tuple[str, ...]
    shared: str
    root: str
    moment: str

    @property
    def needs(self) -> tuple[str, ...]:
        """The layouts and fonts."""
        return (self.shared,)

    def done(self, place: Path) -> Built | None:
        """The collection, with its notices as the sender would word them."""
        if replace(self.goods).digest != self.sealed:
            return None
        self.goods.unpack(place)
        root = _folders[self.shared]
        with _as_sent(root, self.moment):
            made = make(place, self.outputs, own_hands(1))
        renaming = Renaming((str(place), self.home), (str(root), self.root))
        finished = Finished(
            tuple(map(renaming.artefact, made.finished.artefacts)),
            tuple(map(renaming.notice, made.finished.notices)),
        )
        sealed = tuple(it.sha256 for it in finished.artefacts)
        return Built(replace(made, finished=finished), sealed)


@dataclass(frozen=True)
class Packed:
    """A forme on its way; `sealed` is the digest of its bytes."""

    content: bytes
    sealed: str

    @property
    def is_whole(self) -> bool:
        """Whether the bytes are still those that were packed."""
        return digest(self.content) == self.sealed


@dataclass(frozen=True)
class OrderErrand:
    """Set an order from a case, with the fonts of goods; both known here by their digests."""

    order: Order
    case: str
    fonts: str

    @property
    def needs(self) -> tuple[str, ...]:
        """The case and the fonts."""
        return (self.case, self.fonts)

    def done(self, place: Path) -> Packed:
        """The forme."""
        prepare(tuple(sorted(_folders[self.fonts].iterdir())))
        content = packed(_bench.at(_cases[self.case]).set(self.order))
        return Packed(content, digest(content))


# What comes of an errand; None where the sender has to do it.
Value = Built | Packed | None


class Errand(Protocol):
    """Something to do with what is kept under the digests that it needs."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Digests of the goods and cases that have to be here."""
        ...

    def done(self, place: Path) -> Value:
        """What comes of it, `place` being a folder of its own. Raises PublisherError."""
        ...


@dataclass(frozen=True)
class Answer:
    """A worker's answer to an errand.

    `lacking` are digests of what has to be brought to the worker first; `tools` are those of a
    worker that has others than the sender.
    """

    worker: str
    value: Value = None
    lacking: tuple[str, ...] = ()
    tools: tuple[tuple[str, str], ...] = ()


@cache
def standing() -> str:
    """The digest of this process's tools: where it is the same, bytes are the same."""
    return key(f"{name} {version}".encode() for name, version in tools())


def receive(sent: Sendable, dask_worker: Any) -> None:
    """Hold what was sent for errands to come."""
    # A digest that came along would prove nothing.
    sent = replace(sent)
    if isinstance(sent, Case):
        _cases.keep(sent.digest, sent)
    elif sent.digest not in _folders:
        folder = Path(tempfile.mkdtemp(dir=dask_worker.local_directory)).resolve()
        sent.unpack(folder)
        _folders.keep(sent.digest, folder)


def run(errand: Errand, sender: str) -> Answer:
    """Do an errand of a sender that stands so, if this worker stands so too and lacks nothing."""
    from distributed import get_worker

    worker = get_worker()
    if standing() != sender:
        return Answer(worker.address, tools=tools())
    with _alone:
        needed = (it for it in errand.needs if it not in _folders and it not in _cases)
        if lacking := tuple(needed):
            return Answer(worker.address, lacking=lacking)
        return Answer(worker.address, _done(errand, worker.local_directory))


def _done(errand: Errand, local: str) -> Value:
    gc.collect()
    with tempfile.TemporaryDirectory(dir=local) as place:
        try:
            return errand.done(Path(place).resolve())
        except PublisherError:
            return None


@contextmanager
def _as_sent(root: Path, moment: str) -> Iterator[None]:
    """Work as the sender would: with its layouts and fonts, at its moment."""
    token = ROOTS.set((root,))
    before = os.environ.pop(_MOMENT, None)
    os.environ.update({_MOMENT: moment} if moment else {})
    try:
        yield
    finally:
        ROOTS.reset(token)
        os.environ.pop(_MOMENT, None)
        os.environ.update({_MOMENT: before} if before is not None else {})
