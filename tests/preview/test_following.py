"""A preview follows what happens in its folder, whatever that is, and goes without a trace."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from preview.served import PATIENCE, Served, Showing, served
from preview.towers import ESSAYS, HEAD, OUTPUTS, collection

from tests.browser import wait_for
from tests.reading import COMMAND, environment

CLOCK = ESSAYS["clock.md"]


def rewritten(file: Path, old: str, new: str) -> None:
    """Save a file with some words in the place of others."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def digest(showing: Showing, output: str = "screen") -> str:
    return next((str(it["digest"]) for it in showing["pulls"] if it["output"] == output), "")


def _turns(showing: Showing) -> int:
    """How often a page was turned to so far."""
    return int(showing["turn"]["number"]) if showing["turn"] else 0


# ---- what changed ----


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A preview, and the folder of its collection."""
    folder = collection(tmp_path_factory.mktemp("tower") / "book")
    with served(folder) as own:
        own.ready()
        yield own, folder


@pytest.fixture
def own(preview: tuple[Served, Path]) -> Served:
    """The preview, with the collection as it was at first."""
    return preview[0]


@pytest.fixture
def folder(preview: tuple[Served, Path]) -> Iterator[Path]:
    """The folder, which is put in order when a test is done with it."""
    own, folder = preview
    first = own.ready()
    yield folder
    collection(folder)
    own.until(lambda it: it["isResting"] and not it["faults"] and digest(it) == digest(first))


def test_a_saved_essay_turns_to_its_page_that_changed(own: Served, folder: Path) -> None:
    number = _turns(own.ready())
    rewritten(folder / "clock.md", "最后一段", "最后的一段")
    turned = own.until(lambda it: _turns(it) > number)
    start = turned["pulls"][0]["starts"]["essay-clock"]
    assert turned["turn"]["output"] == "screen"
    assert turned["turn"]["page"] > start
    rewritten(folder / "clock.md", "都听见了", "全都听见了")
    again = own.until(lambda it: _turns(it) > _turns(turned))
    assert again["turn"]["page"] == start


def test_a_saved_picture_turns_to_the_essay_that_shows_it(own: Served, folder: Path) -> None:
    number = _turns(own.ready())
    shutil.copy(Path(__file__).parents[2] / "essays/images/snow-street.png",
                folder / "images/street.png")  # fmt: skip
    turned = own.until(lambda it: _turns(it) > number)
    assert turned["turn"]["page"] >= turned["pulls"][0]["starts"]["essay-clock"]


def test_a_broken_essay_keeps_its_pages_and_says_what_is_wrong_there(
    own: Served, folder: Path
) -> None:
    before = own.ready()
    rewritten(folder / "clock.md", "author:", "authr:")
    broken = own.until(lambda it: it["faults"])
    (fault,) = broken["faults"]
    assert (fault["file"], fault["line"], fault["kind"]) == ("clock.md", 3, "error")
    assert fault["hint"] == 'did you mean "author"?'
    assert fault["pages"]["screen"] == before["pulls"][0]["starts"]["essay-clock"]
    assert broken["pulls"] == before["pulls"]
    rewritten(folder / "clock.md", "authr:", "author:")
    mended = own.until(lambda it: not it["faults"])
    assert digest(mended) == digest(before)


def test_a_broken_declaration_is_a_fault_until_it_is_mended(own: Served, folder: Path) -> None:
    own.ready()
    rewritten(folder / "collection.toml", 'title = "钟楼集"', "title = “钟楼集”")
    (fault,) = own.until(lambda it: it["faults"])["faults"]
    assert (fault["file"], fault["line"]) == ("collection.toml", 1)
    rewritten(folder / "collection.toml", "title = “钟楼集”", 'title = "雪夜集"')
    mended = own.until(lambda it: not it["faults"])
    assert mended["contents"]["title"] == "雪夜集"


def test_a_preview_may_begin_before_there_is_a_collection(tmp_path: Path) -> None:
    with served(tmp_path) as own:
        (fault,) = own.ready()["faults"]
        assert "there is no collection.toml here" in fault["message"]
        collection(tmp_path)
        assert own.until(lambda it: it["contents"])["contents"]["title"] == "钟楼集"


def test_an_output_that_is_no_longer_declared_goes(own: Served, folder: Path) -> None:
    own.ready()
    text = HEAD + OUTPUTS.replace('name = "screen"', 'name = "paper"')
    (folder / "collection.toml").write_text(text, encoding="utf-8")
    now = own.until(
        lambda it: it["contents"]["outputs"] == ["paper", "epub"] and digest(it, "paper")
    )
    assert digest(now) == ""


# ---- what is hostile ----


def test_a_film_in_the_folder_disturbs_nobody_and_none_is_read_as_an_essay(tmp_path: Path) -> None:
    folder = collection(tmp_path / "book")
    with served(folder) as own:
        before = own.ready()
        for name in ("film.mp4", "film.md"):
            with (folder / name).open("wb") as film:
                film.truncate(1 << 30)
        rewritten(folder / "snow.md", "雪下了", "大雪下了")
        own.until(lambda it: it["turn"] and it["isResting"])
        with (folder / "verse.md").open("r+b") as essay:
            essay.truncate(1 << 30)
        (fault,) = own.until(lambda it: it["faults"])["faults"]
        assert (fault["file"], "no essay is as long" in fault["message"]) == ("verse.md", True)
        (folder / "verse.md").write_text(ESSAYS["verse.md"], encoding="utf-8")
        assert not own.until(lambda it: not it["faults"])["faults"]
        assert before["contents"]["title"] == "钟楼集"


def test_a_folder_that_goes_is_a_fault_and_its_return_the_end_of_it(tmp_path: Path) -> None:
    folder = collection(tmp_path / "book")
    with served(folder) as own:
        before = own.ready()
        folder.rename(tmp_path / "away")
        gone = own.until(lambda it: it["faults"])
        assert gone["pulls"] == before["pulls"]
        (tmp_path / "away").rename(folder)
        own.until(lambda it: not it["faults"])
        shutil.rmtree(folder)
        own.until(lambda it: it["faults"])
        collection(folder)
        rewritten(folder / "snow.md", "雪下了", "大雪下了")
        back = own.until(lambda it: not it["faults"] and digest(it) != digest(before))
        assert back["contents"]["title"] == "钟楼集"


NAMES = ['"><img src=x>', "a b&c", "%2e%2e", "..x", "#?", "\u202eabc", "'`$(true)"]


def test_names_of_any_kind_are_names_and_nothing_else(tmp_path: Path) -> None:
    files = [f"{name}.md" for name in NAMES if "\u202e" not in name]
    folder = collection(tmp_path / "book <b>'", head=_head(files))
    for number, name in enumerate(files):
        essay = f"---\ntitle: '<i>{number}</i>\"'\nauthor: <script>\n---\n\n雪。\n"
        (folder / name).write_text(essay, encoding="utf-8")
    with served(folder) as own:
        showing = own.ready()
        assert showing["faults"] == []
        entries = showing["contents"]["sections"][0]["entries"]
        assert [it["file"] for it in entries] == files
        rows = [{"was": 0, "essays": files[::-1]}]
        assert own.arrange(rows)[0] == 204
        after = own.until(lambda it: it["contents"]["digest"] != showing["contents"]["digest"])
        assert [it["file"] for it in after["contents"]["sections"][0]["entries"]] == files[::-1]


def _head(files: list[str]) -> str:
    names = ", ".join(f"'''{it}'''" if "'" in it else f"'{it}'" for it in files)
    return f'title = "书"\nslug = "book"\nessays = [{names}]\n'.replace("'''", '"')


# ---- beginning and end ----


def test_two_previews_stand_side_by_side_and_a_port_that_is_wished_is_not_taken(
    tmp_path: Path,
) -> None:
    folder = collection(tmp_path / "book")
    with served(folder) as one, served(folder) as other:
        assert one.port != other.port
        run = subprocess.run(
            [*COMMAND, "preview", str(folder), "--port", str(one.port)],
            env=environment(), capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert run.returncode == 2
        assert f"the port {one.port} cannot be had" in run.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for processes")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_when_it_is_interrupted(number: signal.Signals, tmp_path: Path) -> None:
    folder = collection(tmp_path / "book")
    before = sorted(folder.rglob("*"))
    with served(folder) as own:
        own.until(lambda it: it["contents"])
        children = _children(own.process.pid)
        assert children
        own.process.send_signal(number)
        own.process.wait(PATIENCE)
        wait_for(lambda: not any(map(_is_there, children)), "every process has gone")
    assert sorted(folder.rglob("*")) == before


def _children(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    own = [int(it) for task in tasks for it in task.read_text().split()]
    return [*own, *(it for child in own for it in _children(child))]


def _is_hand(pid: int) -> bool:
    """Whether a process makes pages; another one tidies up behind processes."""
    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for processes")
def test_what_makes_the_pages_may_die_and_begins_anew(tmp_path: Path) -> None:
    folder = collection(tmp_path / "book")
    with served(folder) as own:
        before = own.ready()
        (hand,) = filter(_is_hand, _children(own.process.pid))
        os.kill(hand, signal.SIGKILL)
        dead = own.until(lambda it: it["faults"])
        assert "has stopped" in dead["faults"][0]["message"]
        rewritten(folder / "snow.md", "雪下了", "大雪下了")
        back = own.until(lambda it: not it["faults"] and it["isResting"])
        assert digest(back) != digest(before)
