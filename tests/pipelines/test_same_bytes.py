"""The same bytes on every build: nothing of the machine, the moment or the place gets in."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from tests.reading import COMMAND, ESSAYS, Epub, environment, publisher, sample, sample_name

OUTPUTS = ("screen-hans", "screen-hant-tw", "epub-hans", "epub-hant-tw")
PAGES = {
    "essay.md": "---\ntitle: 钟楼\nauthor: 邬鹤年\n---\n\n快了两分钟[^1]。\n\n[^1]: 或者慢。\n"
}
BOTH = """
[[output]]
name = "screen"
format = "screen"
[[output]]
name = "epub"
format = "epub"
"""
# 2021-03-04 05:06:07 UTC
EPOCH = "1614834367"


def digests(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
    }


def sample_digests() -> dict[str, str]:
    """The digests of the session's own build of the sample."""
    return {sample_name(name): hashlib.sha256(sample(name)).hexdigest() for name in OUTPUTS}


def test_another_place_zone_locale_seed_umask_and_home_give_the_same_bytes(
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "另一个 folder" / "复本"
    shutil.copytree(ESSAYS, elsewhere)
    (tmp_path / "home").mkdir()
    env = environment() | {
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4242",
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "cold cache"),
        "TMPDIR": str(tmp_path),
    }
    run = subprocess.run(
        [*COMMAND, "build", elsewhere.name, "--into", "../made", "--quiet"],
        cwd=elsewhere.parent,
        env=env,
        umask=0o077,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert digests(tmp_path / "made") == sample_digests()


def test_files_touched_and_shuffled_on_disk_give_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    for file in sorted(ESSAYS.rglob("*"), reverse=True):
        target = folder / file.relative_to(ESSAYS)
        if file.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
            target.chmod(0o600)
            os.utime(target, (1, 1))
    run = publisher("build", folder, "--output", "epub-hans", env={"PYTHONHASHSEED": "7"})
    assert run.returncode == 0, run.stderr
    assert (folder / "dist" / sample_name("epub-hans")).read_bytes() == sample("epub-hans")


def test_one_output_alone_has_the_same_bytes_as_among_all(tmp_path: Path) -> None:
    run = publisher("build", ESSAYS, "--output", "screen-hant-tw", "--into", tmp_path)
    assert run.returncode == 0, run.stderr
    assert digests(tmp_path) == {
        sample_name("screen-hant-tw"): hashlib.sha256(sample("screen-hant-tw")).hexdigest()
    }


@pytest.fixture
def undated(make_collection) -> Path:
    return make_collection(PAGES, outputs=BOTH)


def test_without_a_date_of_its_own_a_book_takes_source_date_epoch(undated: Path) -> None:
    run = publisher("build", undated, env={"SOURCE_DATE_EPOCH": EPOCH, "TZ": "Asia/Tokyo"})
    assert run.returncode == 0, run.stderr
    pdf = next((undated / "dist").glob("*.pdf"))
    with pikepdf.open(pdf) as file:
        assert str(file.docinfo.CreationDate) == "D:20210304050607Z"
        assert str(file.docinfo.ModDate) == "D:20210304050607Z"
    epub = Epub(next((undated / "dist").glob("*.epub")).read_bytes())
    assert epub.ask("//opf:meta[@property='dcterms:modified']/text()") == ["2021-03-04T05:06:07Z"]
    assert {entry.date_time for entry in epub.archive.infolist()} == {(2021, 3, 4, 5, 6, 6)}


def test_the_collections_date_wins_over_source_date_epoch(make_collection) -> None:
    folder = make_collection(PAGES, head='date = "2020-02"', outputs=BOTH)
    run = publisher("build", folder, "--output", "screen", env={"SOURCE_DATE_EPOCH": EPOCH})
    assert run.returncode == 0, run.stderr
    with pikepdf.open(next((folder / "dist").glob("*.pdf"))) as file:
        assert str(file.docinfo.CreationDate).startswith("D:20200201")


def test_a_book_without_any_date_says_so_and_takes_nothing_from_the_clock(undated: Path) -> None:
    first = publisher("build", undated)
    before = digests(undated / "dist")
    time.sleep(2.1)  # a ZIP counts in steps of two seconds
    second = publisher("build", undated)
    assert first.returncode == second.returncode == 0, first.stderr
    assert "[undated]" in first.stderr
    assert digests(undated / "dist") == before
    year = time.strftime("%Y").encode()
    with pikepdf.open(next((undated / "dist").glob("*.pdf"))) as file:
        assert "/CreationDate" not in file.docinfo
        assert not any(year in bytes(str(value), "utf-8") for value in file.docinfo.values())


# Stands before the command: every clock of Python's shows a moment decades away.
_OTHER_CLOCK = """
import sys, time
shift = 40 * 365 * 86400
for name in ("time", "localtime", "gmtime"):
    own = getattr(time, name)
    if name == "time":
        setattr(time, name, lambda own=own: own() + shift)
    else:
        setattr(time, name, lambda at=None, own=own: own(own_time() + shift if at is None else at))
    if name == "time":
        own_time = own
from publisher.surface.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


def test_another_clock_gives_the_same_bytes(undated: Path, tmp_path: Path) -> None:
    assert publisher("build", undated).returncode == 0
    run = subprocess.run(
        [sys.executable, "-c", _OTHER_CLOCK, "build", undated, "--into", tmp_path / "later"],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert digests(tmp_path / "later") == digests(undated / "dist")


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "99999999999999999999"])
def test_a_source_date_epoch_that_is_no_moment_is_a_fault_and_no_traceback(
    undated: Path, epoch: str
) -> None:
    run = publisher("build", undated, "--output", "epub", env={"SOURCE_DATE_EPOCH": epoch})
    assert "Traceback" not in run.stderr
    assert run.returncode != 70
    if run.returncode == 0:
        assert "[undated]" in run.stderr, "what is not used is not silently taken for a date"


def test_an_epoch_before_zip_begins_still_builds(undated: Path) -> None:
    run = publisher("build", undated, "--output", "epub", env={"SOURCE_DATE_EPOCH": "0"})
    assert run.returncode == 0, run.stderr
    epub = Epub(next((undated / "dist").glob("*.epub")).read_bytes())
    assert {entry.date_time[0] for entry in epub.archive.infolist()} == {1980}
