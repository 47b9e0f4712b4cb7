"""Files: the bytes of a file, or a fault that says why they cannot be had."""

from __future__ import annotations

from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place


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
