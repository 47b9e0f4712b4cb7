"""The store gives what was kept or nothing, whatever became of its files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.press.store import Store, key, program_digest

ONE, OTHER = key([b"one"]), key([b"other"])
CONTENT = "文\n".encode() * 1000


def entry(folder: Path) -> Path:
    (file,) = folder.glob("??/*")
    return file


def test_what_is_kept_comes_back_and_nothing_else_does(tmp_path: Path) -> None:
    Store(tmp_path).put(ONE, CONTENT)
    assert Store(tmp_path).get(ONE) == CONTENT
    assert Store(tmp_path).get(OTHER) is None


def test_a_result_without_bytes_is_no_miss(tmp_path: Path) -> None:
    Store(tmp_path).put(ONE, b"")
    assert Store(tmp_path).get(ONE) == b""


@pytest.mark.parametrize("damage", [
    lambda content: b"",
    lambda content: content[:40],
    lambda content: content[:-1],
    lambda content: content + b"\0",
    lambda content: content[:2000] + b"\0" + content[2001:],
    lambda content: b"0" * 64 + content[64:],
])  # fmt: skip
def test_a_damaged_entry_is_a_miss_and_is_made_anew(tmp_path: Path, damage: object) -> None:
    store = Store(tmp_path)
    store.put(ONE, CONTENT)
    file = entry(tmp_path)
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert store.get(ONE) is None
    store.put(ONE, CONTENT)
    assert store.get(ONE) == CONTENT


def test_an_entry_under_another_s_name_is_a_miss(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(ONE, CONTENT)
    moved = tmp_path / OTHER[:2] / OTHER[2:]
    moved.parent.mkdir(exist_ok=True)
    entry(tmp_path).rename(moved)
    assert store.get(OTHER) is None


def test_a_folder_in_the_place_of_an_entry_is_a_miss(tmp_path: Path) -> None:
    (tmp_path / ONE[:2] / ONE[2:]).mkdir(parents=True)
    store = Store(tmp_path)
    store.put(ONE, CONTENT)
    assert store.get(ONE) is None


def test_a_folder_that_cannot_be_made_keeps_nothing_and_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = Store(tmp_path / "file")
    store.put(ONE, CONTENT)
    assert store.get(ONE) is None


def test_what_was_not_asked_for_longest_makes_room(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=3 * len(CONTENT))
    names = [key([bytes([number])]) for number in range(3)]
    for age, name in enumerate(names[:2]):
        store.put(name, CONTENT)
        os.utime(tmp_path / name[:2] / name[2:], (age, age))
    assert store.get(names[0]) == CONTENT
    store.put(names[2], CONTENT)
    assert [store.get(name) is None for name in names] == [False, True, False]


def test_many_runs_at_once_give_whole_entries(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from publisher.press.store import Store, key
store, content = Store(Path(sys.argv[1]), limit=3_000_000), b"x" * 500_000
for turn in range(30):
    name = key([bytes([turn % 8])])
    store.put(name, content + name.encode())
    found = store.get(name)
    assert found in (None, content + name.encode()), turn
"""
    runs = [subprocess.Popen([sys.executable, "-c", code, tmp_path]) for _ in range(3)]
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert not [file for file in tmp_path.rglob("*") if file.name.startswith(".publisher-")]


def test_parts_are_told_from_their_neighbours() -> None:
    assert len({key([b"ab", b"c"]), key([b"a", b"bc"]), key([b"abc"]), key([b"abc", b""])}) == 4


def test_another_version_of_another_s_work_is_another_program() -> None:
    assert program_digest("OpenCC") != program_digest("Jinja2") != program_digest()
