"""Stores: editions listed in their order, and put into one OCFL object."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from library import frozen

from publisher.ground.errors import Remedy
from publisher.library.holding import held_at
from publisher.library.identity import edition_in
from publisher.library.ocfl import ocfl_object
from publisher.library.seal import SEAL
from publisher.library.store import editions_below, stored, version_order
from tests.reading import publisher


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two editions of a collection, and what a killed freeze left."""
    for place in (frozen.later(), frozen.edition()):
        shutil.copytree(place, tmp_path / "tower" / place.name)
    shutil.copytree(tmp_path / "tower" / "1.0", tmp_path / "tower" / ".unfinished")
    return tmp_path


def test_editions_are_listed_in_their_order_and_damaged_ones_too(store: Path) -> None:
    rows = stored(store)
    assert [row.edition.version for row in rows if row.edition] == ["1.0", "1.1"]
    assert [row.sealed for row in rows] == [True, False]
    lists = (store / "tower" / "1.0" / "tagmanifest-sha512.txt").read_bytes()
    assert rows[0].digest == hashlib.sha512(lists).hexdigest()
    (store / "tower" / "1.1" / "data" / "build.json").unlink()
    assert [row.edition is None for row in stored(store)].count(True) == 1


def test_what_has_no_lists_is_no_edition_and_has_no_digest(store: Path) -> None:
    (store / "tower" / "1.0" / "tagmanifest-sha512.txt").unlink()
    (store / "tower" / "1.1" / "manifest-sha512.txt").unlink()
    rows = {row.place.name: row for row in stored(store)}
    assert [row.edition for row in rows.values()] == [None, None]
    assert rows["1.0"].digest == ""


def test_the_editions_of_a_collection_are_found_in_its_folder(store: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(store / "tower", home / "editions" / "tower")
    # What an edition took along is none of its neighbours.
    inner = home / "editions" / "tower" / "1.0" / "data" / "other"
    shutil.copytree(store / "tower" / "1.1", inner)
    assert [it.name for it in editions_below(home)] == ["1.0", "1.1"]
    assert [it.name for it in editions_below(home / "editions" / "tower")] == ["1.0", "1.1"]


@pytest.mark.parametrize(
    ("seal", "word"),
    [(None, "yes"), (b"x", "broken"), (b"", "lost")],
    ids=["yes", "broken", "lost"],
)
def test_the_list_tells_what_became_of_a_seal(
    seal: bytes | None, word: str, tmp_path: Path
) -> None:
    files = frozen.lean_files() | ({} if seal is None else {SEAL: seal})
    frozen.laid({name: it for name, it in files.items() if it}, tmp_path / "1.0")
    run = publisher("history", tmp_path, "--json")
    (row,) = json.loads(run.stdout)["editions"]
    assert (row["seal"], row["sealed"]) == (word, word == "yes")
    assert f" {word} " in publisher("history", tmp_path).stdout


def test_a_seal_that_nobody_can_read_is_listed_as_not_read(tmp_path: Path) -> None:
    frozen.laid(frozen.lean_files(), tmp_path / "1.0")
    run = publisher("history", tmp_path, "--json", env={"PATH": str(tmp_path)})
    (row,) = json.loads(run.stdout)["editions"]
    assert (row["seal"], row["sealed"]) == ("not read", False)


def test_an_edition_with_a_broken_seal_is_neither_exported_nor_compared(tmp_path: Path) -> None:
    forged = frozen.relisted({"data/source/verse.md": "假的。\n".encode()})
    place = frozen.laid(forged, tmp_path / "1.0")
    for words in (("history", tmp_path, "--ocfl", tmp_path / "o"), ("diff", place, place)):
        run = publisher(*words)
        assert run.returncode == Remedy.CALLER.value
        assert "the seal is not of this edition's lists" in run.stderr


def test_versions_are_ordered_as_people_count() -> None:
    versions = ["1.10", "1.9", "2.0", "1.9-beta"]
    assert sorted(versions, key=version_order) == ["1.9", "1.9-beta", "1.10", "2.0"]


def test_a_folder_without_editions_says_how_to_make_one(tmp_path: Path) -> None:
    run = publisher("history", tmp_path)
    assert run.returncode == 2
    assert "publisher freeze" in run.stderr


def test_the_command_lists_and_exports(store: Path, tmp_path: Path) -> None:
    run = publisher("history", store, "--json", "--ocfl", tmp_path / "objects")
    assert run.returncode == 0, run.stderr
    assert [row["version"] for row in json.loads(run.stdout)["editions"]] == ["1.0", "1.1"]
    written = tmp_path / "objects" / "tower"
    again = publisher("history", store, "--ocfl", tmp_path / "objects")
    assert again.returncode == Remedy.CALLER.value
    assert "something here already" in again.stderr
    validator = shutil.which("ocfl-validate.py")
    if validator is None:
        pytest.skip("ocfl-py is not installed")
    found = subprocess.run([validator, str(written)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
    assert "is VALID" in found.stdout


def test_an_object_gives_back_every_file_of_every_edition_and_holds_equal_ones_once() -> None:
    holdings = [held_at(place) for place in (frozen.edition(), frozen.later())]
    files = ocfl_object((edition_in(it), it) for it in holdings)
    inventory = json.loads(files["inventory.json"])
    assert inventory["head"] == "v2"
    for head, holding in zip(("v1", "v2"), holdings, strict=True):
        state = inventory["versions"][head]["state"]
        given = {name: digest for digest, names in state.items() for name in names}
        assert set(given) == {entry.path for entry in holding.entries}
        for name, digest in given.items():
            assert files[inventory["manifest"][digest][0]] == holding.read(name)
    contents = [content for path, content in files.items() if "/content/" in path]
    assert len(contents) == len(set(contents))
