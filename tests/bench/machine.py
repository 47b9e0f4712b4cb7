"""Machine: what figures come from, and the file that keeps both."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = ("publisher", "weasyprint", "pydyf", "typst")


def machine_line() -> str:
    """The machine in a line for people."""
    found = _machine()
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    return f"{found['cpus']} × {found['model']}; Python {found['python']}, {versions}"


def keep(file: Path, figures: dict[str, Any]) -> None:
    """Write figures as JSON, with the machine they come from."""
    values = {"machine": _machine(), **figures}
    file.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


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
