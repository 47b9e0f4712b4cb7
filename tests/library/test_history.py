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
from publisher.library.store import stored, version_order
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
