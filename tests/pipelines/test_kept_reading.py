"""Manuscripts are read once; how much there is to set is known before."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError
from publisher.press.foresight import awaited
from publisher.press.reading import kept_reading
from publisher.press.store import Store
from tests.reading import ESSAYS

SAMPLE = sorted(ESSAYS.rglob("*.md"))


def read_all(store: Store) -> list[object]:
    read = kept_reading(store)
    return [read(file.read_bytes(), file.name, str(file)) for file in SAMPLE]


def test_what_was_kept_is_what_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    expected = [read_manuscript(file.read_bytes(), file.name, str(file)) for file in SAMPLE]
    assert SAMPLE
    assert read_all(store) == expected
    entries = {file: file.stat().st_ino for file in tmp_path.glob("??/*")}
    assert read_all(store) == expected
    # Had one been read anew, it would have been written anew.
    assert {file: file.stat().st_ino for file in tmp_path.glob("??/*")} == entries
    assert len(entries) == len(SAMPLE)


def test_an_entry_that_is_no_manuscript_is_read_anew(tmp_path: Path) -> None:
    store, file = Store(tmp_path), SAMPLE[0]
    expected = kept_reading(store)(file.read_bytes(), file.name, str(file))
    (entry,) = tmp_path.glob("??/*")
    for trick in (pickle.dumps(eval), pickle.dumps("雪"), b"", b"I12x\n."):
        store.put(entry.parent.name + entry.name, trick)
        assert kept_reading(store)(file.read_bytes(), file.name, str(file)) == expected


def test_faults_are_told_each_time_with_the_place_of_the_day(tmp_path: Path) -> None:
    read = kept_reading(Store(tmp_path))
    for file in ("here/a.md", "there/a.md"):
        with pytest.raises(PublisherError) as caught:
            read("快了。\n".encode(), "a.md", file)
        assert {fault.at.file for fault in caught.value.faults} == {file}
    assert not list(tmp_path.glob("??/*"))


DECLARED = """
essays = ["a.md"]
[[part]]
title = "上"
essays = ["b.md", "missing.md"]
[[output]]
name = "screen"
format = "screen"
[[output]]
name = "epub"
format = "epub"
"""


def test_only_what_has_pages_is_awaited(tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_text(DECLARED, encoding="utf-8")
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("雪" * 500, encoding="utf-8")
    assert awaited(tmp_path, ()) == awaited(tmp_path / "collection.toml", ("screen",)) == 1000
    assert awaited(tmp_path, ("epub",)) == 0


@pytest.mark.parametrize("declared", ["essays = [", "output = 3", "[[output]]\nname = 3", "\xff"])
def test_what_cannot_be_read_is_nothing(declared: str, tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_text(declared, encoding="latin-1")
    assert awaited(tmp_path, ()) == 0
