"""Browsers as peers: the HTML of plain WeasyPrint, printed by Chromium and set by Vivliostyle.

Both see the project's fonts alone. Chromium knows no running heads, leaders or notes at the foot of
the page, and prints what it knows.

Run as `python -m tests.bench.browsers MAKER HTML PDF COLLECTION`; writes one JSON object to stdout.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from publisher.press.places import font_folders
from publisher.press.room import prepare

CHROMIUM, VIVLIOSTYLE = "chromium", "vivliostyle"


def installed(*, slow: bool) -> tuple[str, ...]:
    """Those that are here, of them the slow one if it is wished: it takes ten times as long."""
    found = (CHROMIUM, VIVLIOSTYLE) if slow else (CHROMIUM,)
    # Vivliostyle works through Chromium.
    return tuple(it for it in found if shutil.which(CHROMIUM) and shutil.which(it))


def _printed(source: str, target: str, profile: str) -> list[str]:
    own = ("--headless", "--no-sandbox", "--no-pdf-header-footer", f"--user-data-dir={profile}")
    return [CHROMIUM, *own, f"--print-to-pdf={target}", Path(source).as_uri()]


def _set(source: str, target: str, _: str) -> list[str]:
    browser = str(shutil.which(CHROMIUM))
    return [VIVLIOSTYLE, "build", source, "--output", target, "--executable-browser", browser]


_COMMANDS: dict[str, Callable[[str, str, str], list[str]]] = {
    CHROMIUM: _printed,
    VIVLIOSTYLE: _set,
}


def main(maker: str, source: str, target: str, collection: str) -> None:
    """Have the document set, and say nothing more of it."""
    prepare(font_folders(Path(collection)))
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as profile:
        command = _COMMANDS[maker](source, target, profile)
        subprocess.run(command, check=True, cwd=profile, capture_output=True)
    sys.stdout.write("{}")


if __name__ == "__main__":
    main(*sys.argv[1:])
