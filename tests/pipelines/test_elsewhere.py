"""Elsewhere: installed anew in another folder, or run by another user: the same edition."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from library import frozen

from tests.reading import ROOT, environment

pytestmark = pytest.mark.slow
_INSTALLED = ("publisher", "layouts", "fonts", ".ci", "pyproject.toml", "README.md", "LICENSE")
_NO_PACKAGES = "could not install the packages"
ELSEWHERE = {
    "TZ": "America/St_Johns",
    "LANG": "zh_TW.UTF-8",
    "LC_ALL": "zh_TW.UTF-8",
    "PYTHONHASHSEED": "99",
    "USER": "somebody",
    "LOGNAME": "somebody",
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment with the packages of the lock.

    Skips where these cannot be had.
    """
    home = tmp_path_factory.mktemp("an other place")
    for name in _INSTALLED:
        source, target = ROOT / name, home / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    # Where packages come from is for the user's own pip to know.
    env = environment() | {"HOME": pwd.getpwuid(os.getuid()).pw_dir}
    env["PYTHON"] = str(Path(sys.base_prefix) / "bin" / "python3")
    del env["PYTHONWARNINGS"]  # pip has warnings of its own
    ready = subprocess.run(
        [".ci/setup", "run"], cwd=home, env=env, capture_output=True, text=True, check=False
    )
    if _NO_PACKAGES in ready.stderr:
        reason = ready.stderr.strip().splitlines()[0]
        pytest.skip(f"the packages of the lock cannot be had here: {reason}")
    assert ready.returncode == 0, ready.stderr
    return home / ".venv" / "bin" / "publisher"


def run(
    program: Path, home: Path, *words: object, umask: int = 0o022
) -> subprocess.CompletedProcess[str]:
    env = environment() | ELSEWHERE | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    return subprocess.run(
        [str(program), *map(str, words)],
        cwd=home,
        env=env | {"PATH": frozen.without_checkers()},
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_same_edition_is_frozen_there_seal_and_all(program: Path, tmp_path: Path) -> None:
    book = frozen.collection(tmp_path / "书")
    made = run(program, tmp_path, "freeze", book.name, "--key", frozen.key(), umask=0o077)
    assert made.returncode == 0, made.stderr
    assert frozen.digests(book / "editions" / "tower" / "1.0") == frozen.digests(frozen.edition())


def test_an_edition_from_here_is_made_again_there(program: Path, tmp_path: Path) -> None:
    rebuilt = run(program, tmp_path, "rebuild", frozen.edition(), "--into", "again", "--json")
    assert rebuilt.returncode == 0, rebuilt.stderr
    told = json.loads(rebuilt.stdout)
    assert set(told["files"].values()) == {"bytes"}
    assert told["changed_tools"] == []
    for name in told["files"]:
        kept = (frozen.edition() / "data" / name).read_bytes()
        assert (tmp_path / "again" / name).read_bytes() == kept


# ---- somebody else ----

# `ssh-keygen` serves only those who have a name.
STRANGER = "nobody"


def numbers() -> tuple[int, int]:
    """The numbers of the other user, and of their group."""
    known = pwd.getpwnam(STRANGER)
    return known.pw_uid, known.pw_gid


@pytest.fixture
def strange_home() -> Iterator[Path]:
    """A folder of another user, with a key of theirs."""
    with tempfile.TemporaryDirectory(prefix="publisher-stranger-") as name:
        home = Path(name)
        shutil.copy(frozen.key(), home / "key")
        frozen.collection(home / "book")
        frozen.tools_in(home / "tools")
        for it in (home, *home.rglob("*")):
            os.chown(it, *numbers(), follow_symlinks=False)
        yield home


def as_stranger(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A run of this Python by that user, who is in none of our groups."""
    env = environment() | {"HOME": str(home), "PATH": str(home / "tools")}
    return subprocess.run(
        [sys.executable, *words],
        cwd=home,
        env=env | {"XDG_CACHE_HOME": str(home / "cache")},
        user=numbers()[0],
        group=numbers()[1],
        extra_groups=[],
        umask=0o002,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(os.getuid() != 0, reason="nobody but root may run a program as another user")
def test_another_user_freezes_the_same_edition_and_makes_it_again(strange_home: Path) -> None:
    try:
        asked = as_stranger(strange_home, "-c", "import os, publisher; print(os.getuid())")
    except PermissionError as error:
        pytest.skip(f"another user may not run this Python: {error}")
    assert asked.stdout == f"{numbers()[0]}\n", asked.stderr
    made = as_stranger(strange_home, "-m", "publisher", "freeze", "book", "--key", "key")
    assert made.returncode == 0, made.stderr
    edition = strange_home / "book" / "editions" / "tower" / "1.0"
    assert edition.stat().st_uid == numbers()[0]
    assert frozen.digests(edition) == frozen.digests(frozen.edition())
    again = as_stranger(strange_home, "-m", "publisher", "rebuild", str(edition), "--json")
    assert again.returncode == 0, again.stderr
    assert set(json.loads(again.stdout)["files"].values()) == {"bytes"}
