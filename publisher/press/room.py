"""Room: the setting room made ready: the project's fonts in sight, the machine's out of it.

It promises that an engine made afterwards sees the given folders' fonts only.
"""

from __future__ import annotations

import os
from pathlib import Path

from publisher.composition.faces import fontconfig_text
from publisher.ground.fixity import digest
from publisher.press.places import cache_folder
from publisher.press.writing import write_atomically


def prepare(folders: tuple[Path, ...]) -> None:
    """Point fontconfig at the folders. The engine looks there when it is loaded."""
    cache = cache_folder("fontconfig")
    text = fontconfig_text((folder.resolve() for folder in folders), cache).encode()
    file = cache / f"{digest(text)[:16]}.conf"
    if not file.is_file() or file.read_bytes() != text:
        write_atomically(file, text)
    os.environ["FONTCONFIG_FILE"] = str(file)
