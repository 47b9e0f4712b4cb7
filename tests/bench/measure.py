"""Measure: a command run in a process of its own, and what it took of the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Cost:
    """What one run took: wall clock and CPU in seconds, peak memory of any process in bytes."""

    seconds: float
    cpu: float
    memory: int


@dataclass(frozen=True)
class Run:
    """One run: its cost, and what the program said of itself in JSON."""

    cost: Cost
    said: dict[str, Any]


def run_module(*arguments: str, env: Mapping[str, str] | None = None) -> Run:
    """Run `python -m …` to its end, with more in its environment. Raises CalledProcessError."""
    cost, output = _run((sys.executable, "-m", *arguments), env or {})
    return Run(cost, json.loads(output))


def run_command(*arguments: str, env: Mapping[str, str]) -> Cost:
    """What `python -m …` takes. Raises CalledProcessError."""
    return _run((sys.executable, "-m", *arguments), env)[0]


def _run(command: tuple[str, ...], env: Mapping[str, str]) -> tuple[Cost, str]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        told, output = Path(folder, "cost"), Path(folder, "output")
        keeper = (sys.executable, "-m", "tests.bench.keeper", str(told))
        with output.open("wb") as stdout:
            subprocess.run((*keeper, *command), check=True, stdout=stdout, env=os.environ | env)
        return Cost(**json.loads(told.read_text("utf-8"))), output.read_text("utf-8")


def middle(costs: list[Cost]) -> Cost:
    """The medians of several runs' costs, each figure by itself."""
    return Cost(
        median(cost.seconds for cost in costs),
        median(cost.cpu for cost in costs),
        int(median(cost.memory for cost in costs)),
    )


def startup(*arguments: str, runs: int = 20) -> float:
    """The median of the seconds that a short Python command takes, start to end."""
    return median(_run((sys.executable, *arguments), {})[0].seconds for _ in range(runs))
