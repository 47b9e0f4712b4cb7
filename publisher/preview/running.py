"""Running: a preview from its first page to the end: socket, server, hand, watch.

It promises an address on this machine alone, and that nothing is left when it ends: no process, no
lock, no file. A port that is taken is left to whoever has it; the next free one serves, unless
one was asked for by its number.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.model.folders import collection_folder
from publisher.preview.bulletin import Bulletin
from publisher.preview.guarding import Guard
from publisher.preview.hand import Hand
from publisher.preview.rounds import Wish
from publisher.preview.serving import Preview
from publisher.preview.shell import Shell
from publisher.preview.showing import ERROR, Refused, Remark, Rested
from publisher.preview.telling import Worded
from publisher.preview.watching import saves

HOST = "127.0.0.1"
FIRST_PORT = 8321
_MOST_PORTS = 50
_STOPPED = say("what makes the pages has stopped")
_AGAIN = say("save a file, and it begins anew")
# What still runs when the server ends gets so long.
_PATIENCE = 1  # s


@dataclass(frozen=True)
class Terms:
    """What a preview is asked for; `port` is 0 where any will do."""

    place: Path
    port: int
    token: str
    language: str


def run(terms: Terms, worded: Worded, ready: Callable[[str], None]) -> None:
    """Serve a preview until it is interrupted; `ready` is told its address.

    Raises PublisherError where no port is free.
    """
    with _listener(terms.port) as listener:
        asyncio.run(_Running(terms, worded).serve(listener, ready))


class _Running:
    """One preview at work."""

    def __init__(self, terms: Terms, worded: Worded) -> None:
        self._terms = terms
        self._bulletin = Bulletin()
        self._hand = Hand(terms.place)
        self._listening: set[asyncio.Task[None]] = set()
        self._folder = collection_folder(terms.place)
        own = Shell(terms.token, terms.language, worded)
        self._preview = Preview(self._folder, self._bulletin, own, worded)

    async def serve(self, listener: socket.socket, ready: Callable[[str], None]) -> None:
        """Serve, watch and make until a signal comes."""
        port = listener.getsockname()[1]
        server = self._server(port)
        watch = asyncio.create_task(self._watch())
        watch.add_done_callback(lambda _: self._end(server))
        self._listen_to(self._hand)
        ready(f"http://{HOST}:{port}/")
        try:
            await server.serve([listener])
        finally:
            self._bulletin.close()
            self._hand.end()
            watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch

    def _server(self, port: int) -> uvicorn.Server:
        """The server, which a signal ends."""
        server = _server(Guard(self._preview.application(), port, self._terms.token))
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._end, server)
        return server

    def _end(self, server: uvicorn.Server) -> None:
        self._bulletin.close()
        server.should_exit = True

    async def _watch(self) -> None:
        """Ask for a round at the beginning, and whenever something is saved."""
        self._wish(frozenset())
        async for saved in saves(self._folder):
            self._wish(saved)

    def _wish(self, saved: frozenset[str]) -> None:
        if not self._hand.is_there:
            self._hand = Hand(self._terms.place)
            self._listen_to(self._hand)
        self._hand.wish(Wish(saved, self._preview.looked_at))

    def _listen_to(self, hand: Hand) -> None:
        """Post what a hand has to tell, as long as it is there."""
        listening = asyncio.create_task(self._heard(hand))
        self._listening.add(listening)
        listening.add_done_callback(self._listening.discard)

    async def _heard(self, hand: Hand) -> None:
        while news := await asyncio.to_thread(hand.news):
            self._bulletin.post(news)
        if not self._bulletin.is_closed:
            self._bulletin.post(Refused((Remark(ERROR, _STOPPED, hint=_AGAIN),)))
            self._bulletin.post(Rested())


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _server(guard: Guard) -> uvicorn.Server:
    config = uvicorn.Config(
        guard,
        lifespan="off",
        ws="none",
        log_config=None,
        log_level="error",
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE,
    )
    return _Server(config)


def _listener(port: int) -> socket.socket:
    """A socket at a port of this machine: the one asked for, else the first that is free."""
    ports = (port,) if port else (*range(FIRST_PORT, FIRST_PORT + _MOST_PORTS), 0)
    listener = next(filter(None, map(_bound, ports)), None)
    if listener is None:
        raise PublisherError.of(
            say("the port {port} cannot be had", port=port),
            Remedy.CALLER,
            hint=say("leave out --port: a free one will be found"),
        )
    return listener


def _bound(port: int) -> socket.socket | None:
    """A socket that listens at a port; None where that cannot be had."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # A port that was left a moment ago can be taken at once.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except (OSError, OverflowError):
        listener.close()
        return None
    return listener
