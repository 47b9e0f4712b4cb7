"""Elsewhere: a program installed anew in another folder makes the same edition, byte for byte."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from library import shelf

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
        env=env | {"PATH": shelf.without_checkers()},
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_same_edition_is_frozen_there_seal_and_all(program: Path, tmp_path: Path) -> None:
    book = shelf.collection(tmp_path / "书")
    frozen = run(program, tmp_path, "freeze", book.name, "--key", shelf.key(), umask=0o077)
    assert frozen.returncode == 0, frozen.stderr
    assert shelf.digests(book / "editions" / "tower" / "1.0") == shelf.digests(shelf.edition())


def test_an_edition_from_here_is_made_again_there(program: Path, tmp_path: Path) -> None:
    rebuilt = run(program, tmp_path, "rebuild", shelf.edition(), "--into", "again", "--json")
    assert rebuilt.returncode == 0, rebuilt.stderr
    told = json.loads(rebuilt.stdout)
    assert set(told["files"].values()) == {"bytes"}
    assert told["changed_tools"] == []
    for name in told["files"]:
        kept = (shelf.edition() / "data" / name).read_bytes()
        assert (tmp_path / "again" / name).read_bytes() == kept
