"""A tree put in the place of another: whole or not at all, and nobody else's file touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publisher.ground.errors import Remedy
from publisher.press.switching import switched
from tests.conftest import FaultsOf
from tests.reading import ROOT

RECORD = "record.json"
WRITER = """
import sys
from pathlib import Path
from publisher.press.switching import switched
for number in range(1000):
    with switched(Path(sys.argv[1]), "record.json") as tree:
        for name in range(20):
            tree.put(f"{name}.txt", str(number).encode())
    print(number, flush=True)
"""


def put(target: Path, files: dict[str, str]) -> list[str]:
    with switched(target, RECORD) as tree:
        for path, text in files.items():
            tree.put(path, text.encode())
    return [path for path in tree.written if path != RECORD]


def held(target: Path) -> dict[str, str]:
    return {
        file.relative_to(target).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(target.rglob("*"))
        if file.is_file() and file.name != RECORD
    }


def test_a_tree_takes_the_place_of_another(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    assert put(target, {"a.txt": "1", "b/c.txt": "2"}) == ["a.txt", "b/c.txt"]
    assert put(target, {"a.txt": "1", "d.txt": "3"}) == ["d.txt"]
    assert held(target) == {"a.txt": "1", "d.txt": "3"}
    assert not (target / "b").exists()
    assert [it.name for it in target.parent.iterdir()] == ["site"]


def test_what_did_not_change_is_the_same_file(tmp_path: Path) -> None:
    put(tmp_path / "site", {"a.txt": "1", "b.txt": "2"})
    before = (tmp_path / "site" / "a.txt").stat()
    put(tmp_path / "site", {"a.txt": "1", "b.txt": "3"})
    after = (tmp_path / "site" / "a.txt").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_others_put_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "site"
    put(target, {"a.txt": "1"})
    (target / "CNAME").write_text("books.example.org", encoding="utf-8")
    (target / ".git").mkdir()
    (target / ".git" / "HEAD").write_text("x", encoding="utf-8")
    (target / "link").symlink_to("CNAME")
    put(target, {"a.txt": "2"})
    assert (target / "CNAME").read_text(encoding="utf-8") == "books.example.org"
    assert (target / ".git" / "HEAD").read_text(encoding="utf-8") == "x"
    assert (target / "link").readlink() == Path("CNAME")


def test_a_file_of_others_is_not_written_over(tmp_path: Path, faults_of: FaultsOf) -> None:
    target = tmp_path / "site"
    put(target, {"a.txt": "1"})
    (target / "b.txt").write_text("theirs", encoding="utf-8")
    (fault,) = faults_of(lambda: put(target, {"a.txt": "2", "b.txt": "ours"}))
    assert fault.at.file == str(target / "b.txt")
    assert held(target) == {"a.txt": "1", "b.txt": "theirs"}


def test_a_file_that_was_changed_by_hand_is_written_anew(tmp_path: Path) -> None:
    target = tmp_path / "site"
    put(target, {"a.txt": "1"})
    (target / "a.txt").write_text("2", encoding="utf-8")
    assert put(target, {"a.txt": "1"}) == ["a.txt"]
    assert held(target) == {"a.txt": "1"}


@pytest.mark.parametrize("name", ["other.txt", ".hidden", "folder/x"])
def test_a_folder_of_something_else_is_refused(
    name: str, tmp_path: Path, faults_of: FaultsOf
) -> None:
    target = tmp_path / "site"
    (target / name).parent.mkdir(parents=True)
    (target / name).write_text("x", encoding="utf-8")
    (fault,) = faults_of(lambda: put(target, {"a.txt": "1"}))
    assert fault.remedy is Remedy.CALLER
    assert held(target) == {name: "x"}


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    put(tmp_path / "site", {"a.txt": "1"})
    assert (tmp_path / "site").is_symlink()
    assert held(tmp_path / "real") == {"a.txt": "1"}


def test_work_that_fails_leaves_all_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "site"
    put(target, {"a.txt": "1"})

    def fail() -> None:
        with switched(target, RECORD) as tree:
            tree.put("a.txt", b"2")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert held(target) == {"a.txt": "1"}
    assert [it.name for it in tmp_path.iterdir()] == ["site"]


def test_two_at_once_do_not_meet(tmp_path: Path, faults_of: FaultsOf) -> None:
    target = tmp_path / "site"
    with switched(target, RECORD) as tree:
        tree.put("a.txt", b"1")
        (fault,) = faults_of(lambda: put(target, {"a.txt": "2"}))
    assert fault.remedy is Remedy.WAIT
    assert held(target) == {"a.txt": "1"}


def test_a_reader_sees_one_whole_tree_and_a_kill_leaves_one(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert process.stdout is not None
        process.stdout.readline()
        seen = set()
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            # Whoever holds the folder open sees the tree that it was.
            folder = os.open(target, os.O_RDONLY)
            try:
                seen.add(frozenset(_read(folder, f"{name}.txt") for name in range(20)))
            finally:
                os.close(folder)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        # None: the tree was taken away while it was read, as any file may be.
        assert {len(it - {None}) for it in seen} <= {0, 1}
        assert len(set(held(target).values())) == 1
        assert len(held(target)) == 20
    assert put(target, {"0.txt": "x"}) == ["0.txt"]
    assert [it.name for it in tmp_path.iterdir()] == ["site"]


def _read(folder: int, name: str) -> bytes | None:
    try:
        file = os.open(name, os.O_RDONLY, dir_fd=folder)
    except FileNotFoundError:
        return None
    with os.fdopen(file, "rb") as opened:
        return opened.read()
