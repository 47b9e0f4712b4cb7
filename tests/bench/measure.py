"""Measure: a command run in a process of its own, and what it took of the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

# ru_maxrss counts bytes on macOS and KiB elsewhere.
_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """What one run took: wall clock and CPU in seconds, peak memory in bytes."""

    seconds: float
    cpu: float
    memory: int


@dataclass(frozen=True)
class Run:
    """One run: its cost, and what the program said of itself in JSON."""

    cost: Cost
    said: dict[str, Any]


def run_module(*arguments: str) -> Run:
    """Run `python -m …` to its end. Raises CalledProcessError when it fails."""
    cost, output = _run((sys.executable, "-m", *arguments))
    return Run(cost, json.loads(output))


def _run(command: tuple[str, ...]) -> tuple[Cost, str]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        output.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        return Cost(seconds, cpu, usage.ru_maxrss * _MEMORY_UNIT), output.read()


def middle(costs: list[Cost]) -> Cost:
    """The medians of several runs' costs, each figure by itself."""
    return Cost(
        median(cost.seconds for cost in costs),
        median(cost.cpu for cost in costs),
        int(median(cost.memory for cost in costs)),
    )


def startup(*arguments: str, runs: int = 20) -> float:
    """The median of the seconds that a short Python command takes, start to end."""
    return median(_run((sys.executable, *arguments))[0].seconds for _ in range(runs))
