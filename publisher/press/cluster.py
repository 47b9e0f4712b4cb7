"""Cluster: errands done by the workers of a Dask cluster that is there already.

It promises the answers in the order of the errands, whatever becomes of single workers: what none
could do is left to whoever asked. It refuses workers whose tools are not this process's, before
anything is made; it waits a bounded time for a scheduler and for workers, and says so when the
connection is lost. The workers run what this process sends, and it believes them: a cluster is to
be one's own ([scale.md](../../docs/scale.md)).
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import count, islice
from time import monotonic, sleep
from typing import Any, Generic, TypeVar

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.press.errands import Answer, Errand, Sendable, Value, receive, run, standing
from publisher.press.making import Progress
from publisher.press.tools import tools

T = TypeVar("T")
PATIENCE = 60.0  # seconds that a cluster may be without a worker
_CONNECTING = 10.0  # seconds
_LEAVING = 2.0  # seconds
_PULSE = 2.0  # seconds of silence after which the scheduler is asked how it is
# So often an errand is tried again where something went wrong on a worker,
_RETRIES = 2
# and so often it is sent anew because a worker that came later lacked what it needs.
_SENDINGS = 20
# After so many pulses an answer that is there and does not come is asked for anew.
_MISSED = 15
_MOST_DIFFERENCES = 5


class _Sent(Generic[T]):
    """An errand on its way, for an item of whoever asked."""

    def __init__(self, item: T, errand: Errand | None) -> None:
        self.item = item
        self.errand = errand
        self.future: Future[Answer] | None = None
        self.name = ""
        self.sendings = 0
        self.missed = 0
        self.value: Value = None


class Cluster:
    """The workers behind a client; see `joined`."""

    def __init__(self, client: Any, progress: Progress, patience: float) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False, retries=_RETRIES)
        self._progress = progress
        self._patience = patience
        self._alone_since: float | None = None
        self._room = 0
        self._left = 0
        self._numbers = count()

    def check_in(self) -> None:
        """Wait for workers, and see whether all stand as this process does.

        Raises PublisherError naming each worker that does not, and what it has instead.
        """
        while not self._count():
            sleep(_PULSE / 4)
        found = self._run(_introduced)
        faults = [it for worker, other in sorted(found.items()) for it in _strange(worker, other)]
        if faults:
            raise PublisherError(*faults)

    def answers(
        self,
        items: Iterable[T],
        errand_of: Callable[[T], Errand | None],
        goods: Iterable[Sendable],
    ) -> Iterator[tuple[T, Value]]:
        """Each item with what came of its errand: None where it has none, or no worker did it.

        Raises PublisherError when the scheduler or all workers are gone, or a stranger comes.
        """
        brought = {it.digest: it for it in goods}
        source = (_Sent(item, errand_of(item)) for item in items)
        row: deque[_Sent[T]] = deque()
        while True:
            for sent in islice(source, max(0, self._room - len(row))):
                row.append(sent)
                self._send(sent)
            if not row:
                return
            self._settle(row, brought)
            while row and row[0].future is None:
                sent = row.popleft()
                yield sent.item, sent.value

    def close(self) -> None:
        """Take back what is still on its way, and leave the cluster."""
        with suppress(Exception):
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close(timeout=_LEAVING)

    def _send(self, sent: _Sent[T]) -> None:
        sent.future = None
        if sent.errand is not None and sent.sendings < _SENDINGS:
            self._require_connection()
            sent.sendings += 1
            sent.missed = 0
            sent.name = f"publisher-{self._client.id}-{next(self._numbers)}"
            sent.future = self._executor.submit(run, sent.errand, standing(), key=sent.name)

    def _settle(self, row: Iterable[_Sent[T]], brought: dict[str, Sendable]) -> None:
        """Wait until one of a row is answered, or for a while, and see what the answers are."""
        open_ = {it.future: it for it in row if it.future}
        done, _ = wait(open_, timeout=_PULSE, return_when=FIRST_COMPLETED)
        if open_ and not done:
            self._count()
            self._miss(open_.values())
        for future in done:
            self._take(open_[future], _answer(future), brought)

    def _miss(self, row: Iterable[_Sent[T]]) -> None:
        """Send anew what was done and never came: an answer is lost where a connection breaks."""
        for sent in row:
            state = self._client.futures.get(sent.name)
            sent.missed += state is None or state.status == "finished"
            if sent.missed > _MISSED:
                self._send(sent)

    def _take(self, sent: _Sent[T], answer: Answer | None, brought: dict[str, Sendable]) -> None:
        if answer and answer.tools:
            raise PublisherError(*_strange(answer.worker, answer.tools))
        if answer and answer.lacking:
            for name in answer.lacking:
                self._run(receive, brought[name], workers=[answer.worker])
            self._send(sent)
            return
        sent.future, sent.value = None, answer.value if answer else None
        if sent.value is None:
            self._left += 1
            self._progress("", "left to this process", self._left, self._left)

    def _count(self) -> int:
        """How many workers there are. Raises PublisherError where there were none for too long."""
        workers = len(self._identity()["workers"])
        # Two errands for each, so that none waits for this process; and some to begin with.
        self._room = 2 * workers + 2
        if workers:
            self._alone_since = None
            return workers
        self._alone_since = self._alone_since or monotonic()
        waited = monotonic() - self._alone_since
        self._progress("", "waiting for workers", int(waited), int(self._patience))
        if waited > self._patience:
            raise _deserted(self._patience)
        return 0

    def _identity(self) -> dict[str, Any]:
        """What the scheduler says of itself."""
        self._require_connection()
        with _connected():
            found: dict[str, Any] = self._client.sync(
                self._client.scheduler.identity, n_workers=-1, callback_timeout=self._patience
            )
        return found

    def _run(self, function: Callable[..., Any], *values: Any, **where: Any) -> dict[str, Any]:
        """What a function gives at once on workers, or the errors it ended with, by address."""
        with _connected():
            found: dict[str, Any] = self._client.run(function, *values, on_error="return", **where)
        return found

    def _require_connection(self) -> None:
        if self._client.status != "running":
            raise _lost()


@contextmanager
def _connected() -> Iterator[None]:
    """Say it as a fault where the scheduler is gone or silent."""
    try:
        yield
    except OSError:
        raise _lost() from None


def _introduced() -> tuple[tuple[str, str], ...]:
    """A worker's tools."""
    return tools()


def _answer(future: Future[Answer]) -> Answer | None:
    """An answer; None where a worker failed in a way of its own, or too many of them died."""
    try:
        return future.result()
    except CancelledError:
        raise _lost() from None
    except Exception:
        # Who asked does it now; a fault of the program is then told as such.
        return None


@contextmanager
def joined(address: str, progress: Progress, patience: float = PATIENCE) -> Iterator[Cluster]:
    """The cluster whose scheduler is at an address such as `tcp://host:8786`.

    Raises PublisherError where it cannot be reached, has no workers, or has strange ones.
    """
    cluster = Cluster(_client(address), progress, patience)
    try:
        cluster.check_in()
        yield cluster
    finally:
        cluster.close()


def _client(address: str) -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise PublisherError.of(
            say('"distributed" is not installed, and a cluster is asked through it'),
            Remedy.MACHINE,
            hint=say("install it with: pip install 'publisher[cluster]'"),
        ) from None
    # What it would say of lost connections is said here; and a collection has its size.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    import_module("dask").config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        return distributed.Client(address, timeout=_CONNECTING, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise PublisherError.of(
            say("no scheduler answers at {address}: {reason}", address=address, reason=error),
            Remedy.MACHINE,
            hint=say("see that it runs and can be reached from here, or build with --on process"),
        ) from None


def _strange(worker: str, other: Any) -> Iterator[Fault]:
    """What a worker has that this process has not; `other` are its tools, or an error."""
    if isinstance(other, Exception):
        message = say(
            "the worker {worker} cannot say which tools it has: {reason}",
            worker=worker,
            reason=f"{type(other).__name__}: {other}",
        )
        yield Fault(message, Remedy.MACHINE, hint=_SAME)
        return
    here, there = dict(tools()), dict(other)
    names = [it for it in here | there if here.get(it) != there.get(it)]
    for name in names[:_MOST_DIFFERENCES]:
        message = say(
            "the worker {worker} has {tool} {there}, and here is {here}",
            worker=worker,
            tool=name,
            there=there.get(name) or "–",
            here=here.get(name) or "–",
        )
        yield Fault(message, Remedy.MACHINE, hint=_SAME)


_SAME = say("install the same publisher there, with the same libraries")


def _deserted(patience: float) -> PublisherError:
    return PublisherError.of(
        say("the cluster has had no worker for {seconds} seconds", seconds=round(patience)),
        Remedy.MACHINE,
        hint=say("start some, or build with --on process; what was built stays"),
    )


def _lost() -> PublisherError:
    return PublisherError.of(
        say("the connection to the cluster was lost"),
        Remedy.MACHINE,
        hint=say("build again, or with --on process; what was built stays"),
    )
