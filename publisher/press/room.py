"""Room: the setting room made ready: the project's fonts in sight, the machine's out of it.

It promises that an engine made afterwards sees the given folders' fonts only. It refuses a machine
without Pango, with the command that installs it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from publisher.composition.faces import fontconfig_text
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.fixity import digest
from publisher.ground.messages import Message, say
from publisher.press.places import cache_folder
from publisher.press.writing import write_atomically


def prepare(folders: tuple[Path, ...]) -> None:
    """Point fontconfig at the folders, and load the engine.

    Raises PublisherError when a system library that the engine needs is missing.
    """
    cache = cache_folder("fontconfig")
    text = fontconfig_text((folder.resolve() for folder in folders), cache).encode()
    file = cache / f"{digest(text)[:16]}.conf"
    if not file.is_file() or file.read_bytes() != text:
        write_atomically(file, text)
    os.environ["FONTCONFIG_FILE"] = str(file)
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise PublisherError.of(
            say("a system library is missing: {reason}", reason=str(error).split("\n")[0]),
            Remedy.MACHINE,
            hint=_remedy(),
        ) from None


def _remedy() -> Message:
    if sys.platform == "darwin":
        return say("install it with: brew install pango")
    return say(
        "install it with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )
