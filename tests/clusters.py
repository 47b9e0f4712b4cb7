"""A Dask cluster for tests: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from tests.reading import ROOT, environment

_PATIENCE = 120  # seconds


class Dask:
    """A scheduler that runs in a new folder, and its workers."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._file = folder / "scheduler.json"
        options = ("--port", "0", "--no-dashboard", "--scheduler-file", str(self._file))
        self.scheduler = self._begun("scheduler", *options)
        self.workers: list[subprocess.Popen[bytes]] = []

    @cached_property
    def address(self) -> str:
        """Where the scheduler is, as soon as it says so."""
        until(self._file.is_file)
        return str(json.loads(self._file.read_text("utf-8"))["address"])

    def employ(self, *roots: Path) -> subprocess.Popen[bytes]:
        """A worker more, which finds modules in some folders before all others."""
        name = f"worker-{len(self.workers)}"
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name)
        local = ("--local-directory", str(self.folder / name))
        path = os.pathsep.join((*map(str, roots), str(ROOT)))
        worker = self._begun("worker", self.address, *options, *local, PYTHONPATH=path)
        self.workers.append(worker)
        return worker

    def end(self) -> None:
        """Kill all that is left of it."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _begun(self, *arguments: str, **own: str) -> subprocess.Popen[bytes]:
        variables = environment() | own
        del variables["PYTHONWARNINGS"]
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                env=variables,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )


def until(happened: Callable[[], bool]) -> None:
    """Wait for something. Raises TimeoutError after two minutes."""
    end = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)
