"""Many collections in one run: each as it is built alone, whatever becomes of the others."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from publisher.ground.errors import Remedy
from publisher.press import many
from publisher.press.build import BuildReport, build
from publisher.press.many import collections_in
from tests.reading import ESSAY, OUTPUTS, publisher


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in ("spring", "deeper/summer", "autumn"):
        folder = tmp_path / "shelf" / name
        folder.mkdir(parents=True)
        declared = f'title = "{name}"\nslug = "{folder.name}"\nessays = ["a.md"]\n{OUTPUTS}'
        (folder / "collection.toml").write_text(declared, encoding="utf-8")
        (folder / "a.md").write_text(ESSAY, encoding="utf-8")
    return tmp_path / "shelf"


def files(folder: Path) -> dict[str, bytes]:
    return {it.name: it.read_bytes() for it in sorted((folder / "dist").iterdir())}


@pytest.mark.parametrize("hands", ["serial", "process:2"])
def test_each_is_built_as_it_is_alone(shelf: Path, tmp_path: Path, hands: str) -> None:
    own = {"XDG_CACHE_HOME": str(tmp_path / hands)}
    run = publisher("build", "--all", shelf, "--on", hands, "--json", env=own)
    assert run.returncode == 0
    told = [json.loads(line)["collection"] for line in run.stdout.splitlines()]
    assert told == [str(shelf / it) for it in ("autumn", "deeper/summer", "spring")]
    together = files(shelf / "spring")
    assert len(together) == 2
    for file in (shelf / "spring" / "dist").iterdir():
        file.unlink()
    assert publisher("build", shelf / "spring", "--on", "serial").returncode == 0
    assert files(shelf / "spring") == together


def test_a_fault_keeps_no_other_from_being_built(shelf: Path) -> None:
    (shelf / "autumn" / "a.md").unlink()
    run = publisher("build", shelf / "autumn", shelf / "spring")
    assert run.returncode == Remedy.EDITOR.value
    assert "a.md" in run.stderr
    assert "1 of 2 collections have faults" in run.stderr
    assert not (shelf / "autumn" / "dist").exists()
    assert len(files(shelf / "spring")) == 2


def test_a_helper_that_dies_keeps_no_collection_from_being_built(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every helper is gone, this process builds what is left."""
    folders = collections_in(shelf) * 4
    own = os.getpid()

    def dying(folder: Path, **rest: object) -> BuildReport:
        if os.getpid() != own:
            os._exit(1)
        return build(folder, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(many, "build", dying)
    if sys.platform != "linux":
        pytest.skip("helpers that are no copies of this process know nothing of the change")
    outcomes = list(many.build_many(folders, (), 2, lambda *_: None))
    assert [it.folder for it in outcomes] == list(folders)
    assert all(it.report and not it.faults for it in outcomes)


def test_several_do_not_go_into_one_folder(shelf: Path, tmp_path: Path) -> None:
    run = publisher("build", shelf / "autumn", shelf / "spring", "--into", tmp_path / "one")
    assert run.returncode == Remedy.CALLER.value
    assert "--into" in run.stderr
    assert not (tmp_path / "one").exists()


def test_where_there_is_no_collection_it_is_said(tmp_path: Path) -> None:
    run = publisher("build", "--all", tmp_path)
    assert run.returncode == Remedy.CALLER.value
    assert "collection.toml" in run.stderr


@pytest.mark.parametrize("wish", ["dask", "process:0", "process:", "4", "serial:2"])
def test_hands_that_nobody_knows_are_refused(shelf: Path, wish: str) -> None:
    run = publisher("build", shelf / "spring", "--on", wish)
    assert run.returncode == Remedy.CALLER.value
    assert "process:4" in run.stderr


def test_what_is_kept_is_told_and_let_go(shelf: Path, tmp_path: Path) -> None:
    own = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    publisher("build", shelf / "spring", env=own)
    folder, held = publisher("cache", env=own).stdout.splitlines()
    count = len([*Path(folder).glob("??/*")])
    assert count > 3
    assert held.startswith(f"{count} ")
    cleared = publisher("cache", "--clear", env=own)
    assert cleared.stdout.splitlines()[1].startswith("0 ")
    assert [*Path(folder).glob("??/*")] == []
