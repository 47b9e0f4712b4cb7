"""Served: a preview as a process of its own, asked as a browser asks, or as nobody should."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.reading import COMMAND, ESSAYS, environment

PATIENCE = 90.0  # seconds
Showing = dict[str, Any]


class Served:
    """A preview that runs; `url` ends with a slash."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url
        self.port = int(url.rstrip("/").rpartition(":")[2])

    def ask(
        self,
        path: str,
        headers: dict[str, str] | None = None,
        method: str = "GET",
        body: bytes | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; the path goes out as it is written."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        own = {"Host": f"127.0.0.1:{self.port}"} | (headers or {})
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in own.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        connection.close()
        return found

    def until(self, holds: Callable[[Showing], object]) -> Showing:
        """The first showing of which something holds."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/events")
        answer = connection.getresponse()
        try:
            for showing in _showings(iter(answer.readline, b"")):
                if holds(showing):
                    return showing
        finally:
            connection.close()
        raise AssertionError("the preview ended")

    def ready(self) -> Showing:
        """What is shown once all is made."""
        return self.until(lambda it: it["isResting"])

    @property
    def token(self) -> str:
        """What a page has to show when it writes."""
        page = self.ask("/")[2].decode()
        found = re.search(r'data-token="([^"]+)"', page)
        assert found
        return found[1]

    def arrange(self, sections: object, digest: str = "", **headers: str) -> tuple[int, bytes]:
        """Ask for another order of the essays, of what is shown now by default."""
        known = digest or self.ready()["contents"]["digest"]
        body = json.dumps({"digest": known, "sections": sections}).encode()
        own = {"X-Publisher-Token": self.token} | headers
        status, _, told = self.ask("/arrangement", own, "POST", body)
        return status, told


def _showings(lines: Iterator[bytes]) -> Iterator[Showing]:
    showing: Showing = {}
    for line in lines:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name == "event":
            kind = value
        elif name == "data":
            told = json.loads(value)
            showing = told if kind == "showing" else showing | {"work": told}
            yield showing


@contextmanager
def served(folder: Path, *options: str, cwd: Path | None = None) -> Iterator[Served]:
    """A preview of a folder; it is interrupted at the end, and has to go quietly."""
    process = subprocess.Popen(
        [*COMMAND, "preview", str(folder), *options],
        env=environment(),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    try:
        url = process.stdout.readline().strip()
        assert url, process.communicate()[1]
        yield Served(process, url)
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert "Traceback" not in said, said


def sample(target: Path) -> Path:
    """A copy of the sample collection, to be worked on."""
    return Path(shutil.copytree(ESSAYS, target, ignore=shutil.ignore_patterns("dist")))
