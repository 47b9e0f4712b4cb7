"""Editions for tests: one that the command froze, and lean bags of its files to be damaged."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from publisher.library.bag import PAYLOAD, TAG_MANIFEST, bag, read_information
from publisher.library.holding import held_at
from publisher.library.seal import KEY_LABEL, SEAL, SIGNERS, signers
from publisher.press.sealing import public_key, sealed
from tests.reading import publisher, temporary_folder

HEAD = """title = "钟楼集"
slug = "tower"
version = "1.0"
date = "2020-06-01"
editors = ["王小明"]
rights = "CC BY 4.0"
description = "一座钟楼。"
essays = ["clock.md", "verse.md"]

[imprint]
name = "半石桥印社"
"""
OUTPUTS = """
[[output]]
name = "screen"
format = "screen"
[[output]]
name = "keep"
format = "archival"
[[output]]
name = "screen-tw"
format = "screen"
script = "hant-tw"
[[output]]
name = "epub"
format = "epub"
"""
CLOCK = """---
title: 钟楼
author: 邬鹤年
---

钟快了两分钟[^1]。没有人去修，也没有人抱怨。{钟|zhōng}声每天都响。

说过的话，过了一夜就变了。

[^1]: 或者慢了两分钟。
"""
VERSE = """---
title: 雪夜
author: 滕水根
---

::: verse
雪落在闸上
水在闸下走
:::
"""
DECISIONS = '[[decision]]\nsource = "钟"\nvalue = "鐘"\n'
FILES = {
    "collection.toml": HEAD + OUTPUTS,
    "clock.md": CLOCK,
    "verse.md": VERSE,
    "script/decisions.toml": DECISIONS,
}
LATER = {
    "collection.toml": (HEAD + OUTPUTS)
    .replace('version = "1.0"', 'version = "1.1"')
    .replace('["clock.md", "verse.md"]', '["verse.md", "clock.md", "new.md"]'),
    "clock.md": CLOCK.replace("也没有人抱怨", "只有鸽子抱怨"),
    "new.md": "---\ntitle: 春水\nauthor: 滕水根\n---\n\n水来了。\n",
    "script/decisions.toml": DECISIONS.replace("鐘", "鍾"),
}
Files = dict[str, bytes]
# Checkers of EPUBs take half a minute; the seal's tool is needed.
TOOLS = ("ssh-keygen", "sha512sum", "sh")


def collection(folder: Path, changed: dict[str, str] | None = None) -> Path:
    """The small collection in a folder; `changed` are other texts by file name."""
    texts = FILES | (changed or {})
    return laid({name: text.encode() for name, text in texts.items() if text}, folder)


@cache
def without_checkers() -> str:
    """A search path on which neither Java nor Node.js lies."""
    return str(tools_in(temporary_folder() / "tools"))


def tools_in(folder: Path) -> Path:
    """A folder with the tools that an edition needs."""
    folder.mkdir(exist_ok=True)
    for name in TOOLS:
        found = shutil.which(name)
        if found and not (folder / name).exists():
            (folder / name).symlink_to(found)
    return folder


def freeze(folder: Path, *more: object, **env: str) -> subprocess.CompletedProcess[str]:
    """The command, without other people's checkers."""
    own = {"PATH": without_checkers()} | env
    return publisher("freeze", folder, *more, cwd=temporary_folder(), env=own)


@cache
def key(name: str = "key") -> Path:
    """A secret key, made for this run."""
    file = temporary_folder() / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]
    subprocess.run(command, check=True)
    return file


@cache
def edition() -> Path:
    """A sealed edition of the small collection."""
    folder = collection(temporary_folder() / "tower")
    run = freeze(folder, "--into", temporary_folder() / "store", "--key", key())
    assert run.returncode == 0, run.stderr
    return temporary_folder() / "store" / "tower" / "1.0"


@cache
def later() -> Path:
    """A second edition: other words, another order, a new essay, another decision."""
    folder = collection(temporary_folder() / "later", LATER)
    run = freeze(folder, "--into", temporary_folder() / "later-store")
    assert run.returncode == 0, run.stderr
    return temporary_folder() / "later-store" / "tower" / "1.1"


@cache
def lean_files() -> dict[str, bytes]:
    """The edition's files without the heavy fonts, bagged and sealed again."""
    holding = held_at(edition())
    kept = {
        entry.path.removeprefix(PAYLOAD): holding.read(entry.path)
        for entry in holding.entries
        if entry.path.startswith(PAYLOAD) and entry.size < 1_000_000
    }
    told = read_information(holding.read("bag-info.txt"))
    return bagged(kept, told)


def bagged(
    payload: dict[str, bytes], told: dict[str, str], secret: Path | None = None
) -> dict[str, bytes]:
    """The files of a sealed bag."""
    secret = secret or key()
    own = public_key(secret)
    files = bag(payload, told | {KEY_LABEL: own}, {SIGNERS: signers(own), "README.txt": b"x\n"})
    return files | {SEAL: sealed(files[TAG_MANIFEST], secret)}


def relisted(changed: Files) -> Files:
    """The sealed edition with other files and lists that agree with them, under the seal it had."""
    files = lean_files() | changed
    own = {it.removeprefix(PAYLOAD): files[it] for it in files if it.startswith(PAYLOAD)}
    told = read_information(files["bag-info.txt"])
    beside = {name: files[name] for name in (SIGNERS, "README.txt")}
    return bag(own, told, beside) | {SEAL: files[SEAL]}


def laid(files: dict[str, bytes], folder: Path) -> Path:
    """Files in a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def digests(folder: Path) -> dict[str, str]:
    """The SHA-512 of every file below a folder, by path."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha512(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def environment_of_the_shell() -> dict[str, str]:
    """An environment in which no program of ours can be found."""
    return {"PATH": without_checkers(), "HOME": os.devnull, "LANG": "C.UTF-8"}
