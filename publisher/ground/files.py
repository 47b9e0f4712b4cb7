"""Files: what lies at a path, asked without a crash whatever the path is made of."""

from __future__ import annotations

import os
import re
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def read_file(path: Path, key: str = "") -> bytes:
    """The bytes of a file; `key` is the place that names it, where a table does.

    Raises PublisherError when it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise PublisherError.of(
            say("the file cannot be read: {reason}", reason=error.strerror or error),
            Remedy.MACHINE,
            Place(str(path), key=key),
        ) from None


def is_address(text: str) -> bool:
    """Whether a text names something beyond a path: a scheme or a host comes first (RFC 3986)."""
    return bool(_ADDRESS.match(text))


def is_file(path: Path) -> bool:
    """Whether there is a file; a name no disk can hold has none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def lies_inside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, lies in a folder; by its words where no disk can hold it."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return Path(os.path.normpath(path)).is_relative_to(os.path.normpath(root))
