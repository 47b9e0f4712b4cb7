"""Forged editions for tests: other files under lists and a seal that are right."""

from __future__ import annotations

import json
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from library import frozen

from publisher.ground.fixity import digest
from publisher.library.bag import (
    INFORMATION,
    PAYLOAD,
    TAG_MANIFEST,
    read_information,
    read_manifest,
    sha512,
    written_manifest,
)
from publisher.library.damage import Kind
from publisher.library.edition import RECORD
from publisher.library.seal import SEAL
from publisher.press.sealing import sealed
from publisher.press.verifying import verify
from tests.reading import COMMAND, environment

Files = dict[str, bytes]
PDF, EPUB = "tower-screen.pdf", "tower-epub.epub"
VERSE = "data/source/verse.md"
GIGABYTE = 1 << 30
# What a command may take of memory, in bytes.
MEMORY = 3 * GIGABYTE


def payload() -> Files:
    files = frozen.lean_files()
    return {it.removeprefix(PAYLOAD): files[it] for it in files if it.startswith(PAYLOAD)}


def forged(own: Files, **told: str) -> Files:
    """An edition with other files whose lists and seal are right."""
    known = read_information(frozen.lean_files()[INFORMATION])
    return frozen.bagged(own, known | {it.replace("_", "-"): told[it] for it in told})


def recorded(change: Callable[[dict[str, Any]], None]) -> Files:
    """The payload with a changed record."""
    own = payload()
    record = json.loads(own[RECORD])
    change(record)
    return own | {RECORD: json.dumps(record).encode()}


def with_file(name: str, content: bytes) -> Files:
    """The payload with another finished file under a name, and its digest in the record."""

    def change(record: dict[str, Any]) -> None:
        (work,) = (it for it in record["works"] if it["file"] == name)
        work["sha256"] = digest(content)

    return recorded(change) | {name: content}


def kinds(place: Path) -> set[Kind]:
    return {it.kind for it in verify(place, ()).damages}


def bounded_run(*words: object) -> subprocess.CompletedProcess[str]:
    """A command that may not fill the machine."""
    limit = (MEMORY, MEMORY)
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def resealed(files: Files) -> Files:
    """The files with a list of lists and a seal that are right again."""
    names = read_manifest(frozen.lean_files()[TAG_MANIFEST])
    tags = written_manifest({name: sha512(files[name]) for name in names})
    return files | {TAG_MANIFEST: tags, SEAL: sealed(tags, frozen.key())}
