"""Browser: a page in a real Chromium, asked and pressed through its debugging pipe.

It promises a browser without a network, with a profile of its own that is thrown away; keys and
clicks are those of a keyboard and a mouse, not calls of the page's functions.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
_PATIENCE = 20.0  # seconds
# Becomes the browser, which reads from 3 and writes to 4.
_LAUNCHER = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for number, end in zip((3, 4), ends):
    os.dup2(end, number)
os.execv(sys.argv[3], sys.argv[3:])
"""
_KEY_CODES = {
    "Enter": 13, "Escape": 27, "Tab": 9, "Home": 36,
    "ArrowDown": 40, "ArrowLeft": 37, "ArrowRight": 39, "ArrowUp": 38,
}  # fmt: skip


class Page:
    """One page that is open."""

    def __init__(self, reader: int, writer: int) -> None:
        self._reader = os.fdopen(reader, "rb", buffering=0)
        self._writer = os.fdopen(writer, "wb", buffering=0)
        self._rest = b""
        self._number = 0
        self._session = ""
        self.errors: list[str] = []

    def open(self, file: Path, downloads: Path) -> None:
        """Show a file; what it saves goes to a folder."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        allowed = {"behavior": "allow", "downloadPath": str(downloads)}
        self.call("Browser.setDownloadBehavior", **allowed)
        self.go(file)

    def go(self, file: Path) -> None:
        """Show another file, or the same one anew."""
        self.call("Page.navigate", url=file.resolve().as_uri())
        self.wait("document.readyState === 'complete' && location.protocol === 'file:'")

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page. Raises AssertionError where it throws."""
        found = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until an expression holds, also while one page gives way to another."""

        def holds() -> object:
            with suppress(AssertionError):
                return self.ask(expression)
            return False

        wait_for(holds, expression)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            more = {"text": key} if len(key) == 1 else {"windowsVirtualKeyCode": _KEY_CODES[key]}
            if key == "Enter":
                more["text"] = "\r"
            self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **more)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def write(self, words: str) -> None:
        """Type words where the focus is."""
        self.call("Input.insertText", text=words)

    def click(self, selector: str) -> None:
        """Click the first element of a selector in its middle, when the page is all there."""
        self.wait("document.readyState === 'complete'")
        x, y = self.ask(
            f"(() => {{ const it = document.querySelector({json.dumps(selector)});"
            " it.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const box = it.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        at = {"x": x, "y": y, "button": "left", "clickCount": 1}
        self.call("Input.dispatchMouseEvent", type="mousePressed", **at)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", **at)

    def looks(self, width: int, height: int, scheme: str) -> None:
        """Be a screen of a size in px, light or dark."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.call("Emulation.setEmulatedMedia", features=[feature])

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One call of the Chrome DevTools Protocol, and its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._writer.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._received()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])
            self._note(answer)

    def close(self) -> None:
        """Let go of the pipe, which ends the browser."""
        self._writer.close()
        self._reader.close()

    def _received(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = self._reader.read(1 << 16)
            assert more, "the browser is gone"
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        return dict(json.loads(message))

    def _note(self, event: dict[str, Any]) -> None:
        """Keep what a page should never do: throw, break its policy, ask the network."""
        if event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded"):
            self.errors.append(json.dumps(event["params"]))
        if event["method"] == "Network.requestWillBeSent":
            address = event["params"]["request"]["url"]
            if not address.startswith(("file:", "blob:")):
                self.errors.append(address)


@contextmanager
def shown(file: Path, scratch: Path) -> Iterator[Page]:
    """A page with a file in a browser of its own; what it saves goes to `scratch`/saved."""
    to_browser, from_browser = os.pipe(), os.pipe()
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
               "--no-first-run", "--disable-extensions", f"--user-data-dir={scratch / 'profile'}",
               "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]  # fmt: skip
    ends = (to_browser[0], from_browser[1])
    process = subprocess.Popen(
        [sys.executable, "-c", _LAUNCHER, *map(str, ends), str(CHROMIUM), *options],
        pass_fds=ends,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for end in ends:
        os.close(end)
    page = Page(from_browser[0], to_browser[1])
    try:
        page.open(file, scratch / "saved")
        yield page
    finally:
        page.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds. Raises AssertionError when it never does."""
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)
