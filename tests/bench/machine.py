"""Machine: what figures come from, and the files that keep both."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")
_PACKAGES = ("publisher", "weasyprint", "pydyf", "typst")


def machine_line() -> str:
    """The machine in a line for people."""
    return worded(_machine())


def worded(machine: dict[str, Any]) -> str:
    """What a record says of its machine, in a line."""
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return f"{machine['cpus']} × {machine['model']}; Python {machine['python']}, {versions}"


def record(figures: dict[str, Any], note: str = "") -> dict[str, Any]:
    """Figures with the day and the machine they come from, and a note on what is special."""
    today = datetime.now(UTC).date().isoformat()
    return {"date": today, "note": note, "machine": _machine(), **figures}


def keep(name: str, values: dict[str, Any]) -> None:
    """Put a record behind those that are kept under a name."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps([*kept(name), values], ensure_ascii=False, indent=1)
    (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def kept(name: str) -> list[dict[str, Any]]:
    """The records under a name, the oldest first."""
    file = RESULTS / f"{name}.json"
    rows: list[dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.is_file() else []
    return rows


def _machine() -> dict[str, Any]:
    return {
        "cpus": os.cpu_count(),
        "model": _model(),
        "python": platform.python_version(),
        "versions": {name: found for name in _PACKAGES if (found := _version(name))},
    }


def _version(name: str) -> str | None:
    """The version of a package; None where it is not installed, as typst mostly is not."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
