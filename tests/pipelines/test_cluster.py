"""A cluster: real workers behind a real scheduler, and what becomes of a build when they fail.

The files are those of a build by one process, or there are none and it is said why.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from publisher.ground.errors import PublisherError, Remedy
from publisher.press import cluster as cluster_module
from publisher.press.build import make
from publisher.press.cluster import joined
from publisher.press.crews import crew_of
from publisher.press.errands import BuildErrand, Built, Packed
from publisher.press.goods import Goods, collection_goods, folder_goods
from publisher.press.hiring import own_hands
from publisher.press.many import Outcome
from publisher.press.places import ROOTS, shared_folder
from publisher.press.tools import tools
from tests.clusters import Dask, until
from tests.reading import COMMAND, ESSAY, OUTPUTS, ROOT, environment, publisher, temporary_folder

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None and not os.environ.get("CI"),
    reason="distributed is not installed",
)
# A cache that no cluster's files come into.
APART = {"XDG_CACHE_HOME": str(temporary_folder() / "cache-of-one")}
HEAD = 'date = "2026-05-01"\nessays = ["a.md"]\n'


def collection(folder: Path, head: str = HEAD, essay: str = ESSAY) -> Path:
    folder.mkdir(parents=True)
    declared = f'title = "{folder.name}"\nslug = "{folder.name}"\n{head}{OUTPUTS}'
    (folder / "collection.toml").write_text(declared, encoding="utf-8")
    (folder / "a.md").write_text(essay, encoding="utf-8")
    return folder


def shelf(folder: Path, count: int) -> tuple[Path, ...]:
    return tuple(collection(folder / f"book-{number}") for number in range(count))


def files(folder: Path) -> dict[str, bytes]:
    return {it.name: it.read_bytes() for it in sorted((folder / "dist").iterdir())}


def alone(folder: Path, scratch: Path) -> dict[str, bytes]:
    """The files that one process makes of a collection, with nothing kept of what workers set."""
    copy = scratch / "alone" / folder.name
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("dist"), symlinks=True)
    run = publisher("build", copy, "--on", "serial", env=APART)
    assert run.returncode == 0, run.stderr
    return files(copy)


def silent(*_: object) -> None:
    """Progress that nobody watches."""


def built(cluster: Dask, folders: tuple[Path, ...]) -> Iterator[Outcome]:
    return crew_of(f"dask:{cluster.address}").build(folders, (), silent)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """A cluster of two workers that no test harms."""
    cluster = Dask(tmp_path_factory.mktemp("cluster") / "two")
    try:
        cluster.employ()
        cluster.employ()
        yield cluster
    finally:
        cluster.end()


@pytest.fixture
def hire(tmp_path: Path) -> Iterator[Callable[[int], Dask]]:
    """`hire(count)` begins a cluster that a test may do with as it likes."""
    begun: list[Dask] = []

    def hire(workers: int) -> Dask:
        begun.append(Dask(tmp_path / f"cluster-{len(begun)}"))
        for _ in range(workers):
            begun[-1].employ()
        return begun[-1]

    yield hire
    for cluster in begun:
        cluster.end()


# ---- what comes of it ----


def test_many_collections_are_what_one_process_makes_of_them(two: Dask, tmp_path: Path) -> None:
    """Each has its own files, and all is said in the same words: of folders here.

    What is undated is dated by the environment, which is the sender's.
    """
    home = tmp_path / "home"
    shelf(home, 3)
    collection(home / "book-3", head='essays = ["a.md"]\n')
    (home / "book-1" / "forgotten.md").write_text(ESSAY, encoding="utf-8")
    (home / "book-2" / "a.md").unlink()

    def told(on: str, env: dict[str, str]) -> tuple[int, list[str], dict[str, dict[str, bytes]]]:
        dated = env | {"SOURCE_DATE_EPOCH": "1"}
        run = publisher("build", "--all", home, "--on", on, "--json", env=dated)
        made = {it.name: files(it) for it in sorted(home.iterdir()) if (it / "dist").is_dir()}
        for folder in made:
            shutil.rmtree(home / folder / "dist")
        return run.returncode, run.stdout.splitlines(), made

    together, single = told(f"dask:{two.address}", {}), told("serial", APART)
    assert together == single
    assert together[0] == Remedy.EDITOR.value
    assert sorted(together[2]) == ["book-0", "book-1", "book-3"]
    assert str(home / "book-1" / "forgotten.md") in together[1][1]


def test_a_long_book_is_set_by_workers(two: Dask, tmp_path: Path) -> None:
    words = "钟楼的钟快了两分钟，镇上的人都知道。" * 100
    book = collection(tmp_path / "long", essay=ESSAY + f"\n{words}\n" * 90)
    run = publisher("build", book, "--on", f"dask:{two.address}")
    assert run.returncode == 0, run.stderr
    assert "left to this process" not in run.stderr
    assert files(book) == alone(book, tmp_path)
    # The fonts were brought to whoever set pages.
    assert [*two.folder.rglob("0/fonts.toml")]


def test_layouts_and_fonts_are_those_of_the_sender(two: Dask, tmp_path: Path) -> None:
    """Workers have the program's too, and are told what theirs is not."""
    root = tmp_path / "root"
    root.mkdir()
    shutil.copytree(shared_folder("layouts"), root / "layouts")
    (root / "fonts").symlink_to(shared_folder("fonts"))
    sheet = root / "layouts" / "base" / "sheets" / "common.css"
    sheet.write_text(sheet.read_text("utf-8") + "\np { color: #123456 }\n", encoding="utf-8")
    (book,) = shelf(tmp_path / "home", 1)
    plain = alone(book, tmp_path)
    token = ROOTS.set((root,))
    try:
        (outcome,) = built(two, (book,))
        changed = make(book, (), own_hands(1)).contents
    finally:
        ROOTS.reset(token)
    assert outcome.report
    assert files(book) == changed != plain


def test_what_lies_finished_is_not_sent(two: Dask, tmp_path: Path) -> None:
    books = shelf(tmp_path / "home", 2)
    first = [it.report for it in built(two, books)]
    before = {book: (book / "dist").stat().st_mtime_ns for book in books}
    assert [it.report for it in built(two, books)] == first
    assert {book: (book / "dist").stat().st_mtime_ns for book in books} == before


def test_a_collection_with_links_is_built_where_they_lead_somewhere(
    two: Dask, tmp_path: Path
) -> None:
    (book,) = shelf(tmp_path / "home", 1)
    (book / "a.md").rename(book / "b.md")
    (book / "a.md").symlink_to("b.md")
    assert collection_goods(book) is None
    (outcome,) = built(two, (book,))
    assert outcome.report
    assert files(book) == alone(book, tmp_path)


def test_a_large_collection_goes_along_like_any_other(two: Dask, tmp_path: Path) -> None:
    (book,) = shelf(tmp_path / "home", 1)
    (book / "scan.raw").write_bytes(bytes(12_000_000))
    told: list[str] = []
    crew = crew_of(f"dask:{two.address}")
    (outcome,) = crew.build((book,), (), lambda _, stage, *__: told.append(stage))
    assert outcome.report
    assert told == ["building"]


# ---- nothing is believed by its name ----


def test_goods_that_changed_on_their_way_are_other_goods(tmp_path: Path) -> None:
    (book,) = shelf(tmp_path, 1)
    goods = collection_goods(book)
    assert goods
    changed = Goods(tuple((path, content + b" ") for path, content in goods.files))
    # What came out of a pickle says what the sender computed.
    changed.__dict__["digest"] = goods.digest
    errand = BuildErrand(changed, goods.digest, ".", (), "", "", "")
    assert errand.done(tmp_path / "place") is None


def test_files_that_changed_on_their_way_are_not_taken(tmp_path: Path) -> None:
    (book,) = shelf(tmp_path, 1)
    made = make(book, (), own_hands(1))
    sealed = tuple(it.sha256 for it in made.finished.artefacts)
    assert Built(made, sealed).is_whole
    first, second = made.finished.artefacts
    damaged = replace(first, content=first.content[:-1])
    finished = replace(made.finished, artefacts=(damaged, second))
    assert not Built(replace(made, finished=finished), sealed).is_whole
    assert not Packed(b"forme", sealed[0]).is_whole


def test_goods_are_laid_out_as_they_lay(tmp_path: Path) -> None:
    (book,) = shelf(tmp_path, 1)
    goods = folder_goods([("x", book)])
    goods.unpack(tmp_path / "there")
    assert folder_goods([("x", tmp_path / "there" / "x")]).digest == goods.digest


# ---- workers that fail ----


def test_a_worker_that_is_killed_is_replaced_by_others(
    hire: Callable[[int], Dask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the scheduler is asked meanwhile how many workers there are."""
    monkeypatch.setattr(cluster_module, "_PULSE", 0.05)
    cluster = hire(2)
    books = shelf(tmp_path / "home", 8)
    outcomes = built(cluster, books)
    first = next(outcomes)
    cluster.workers[0].kill()
    rest = list(outcomes)
    assert [it.folder for it in (first, *rest)] == list(books)
    assert all(it.report for it in rest)
    assert files(books[-1]) == alone(books[-1], tmp_path)


def test_a_worker_that_comes_late_is_brought_what_it_lacks(
    hire: Callable[[int], Dask], tmp_path: Path
) -> None:
    """The only worker is killed; the next one has nothing, and does the rest."""
    cluster = hire(1)
    books = shelf(tmp_path / "home", 5)
    outcomes = built(cluster, books)
    next(outcomes)
    cluster.workers[0].kill()
    cluster.employ()
    assert all(it.report for it in outcomes)
    assert [*(cluster.folder / "worker-1").rglob("fonts.toml")]


def test_when_the_scheduler_goes_it_is_said(hire: Callable[[int], Dask], tmp_path: Path) -> None:
    cluster = hire(2)
    books = shelf(tmp_path / "home", 20)
    outcomes = built(cluster, books)
    done = [next(outcomes)]
    cluster.scheduler.kill()
    with pytest.raises(PublisherError, match="connection to the cluster was lost"):
        done.extend(outcomes)
    assert 1 <= len(done) < len(books)
    assert files(books[0]) == alone(books[0], tmp_path)
    assert all(len(files(it)) == 2 for it in books if (it / "dist").exists())


def test_an_interruption_ends_it_at_once(two: Dask, tmp_path: Path) -> None:
    books = shelf(tmp_path / "home", 40)
    command = [*COMMAND, "build", "--quiet", *map(str, books), "--on", f"dask:{two.address}"]
    own = environment() | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    with subprocess.Popen(
        command, env=own, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as it:
        until((books[0] / "dist").is_dir)
        it.send_signal(signal.SIGINT)
        assert it.wait(20) == 130
    assert not (books[-1] / "dist").exists()
    (outcome,) = built(two, books[-1:])
    assert outcome.report


# ---- workers that are refused ----


def strangers(cluster: Dask, book: Path) -> tuple[str, ...]:
    """What is said of a cluster with which nothing can be built."""
    with pytest.raises(PublisherError) as caught:
        list(built(cluster, (book,)))
    assert not (book / "dist").exists()
    assert {it.remedy for it in caught.value.faults} == {Remedy.MACHINE}
    return tuple(map(str, caught.value.faults))


def other_program(folder: Path) -> Path:
    """A folder with this program, but for one file."""
    home = folder / "publisher"
    shutil.copytree(ROOT / "publisher", home, ignore=shutil.ignore_patterns("*.pyc"))
    (home / "more.py").touch()
    return folder


def test_a_worker_with_another_program_is_refused(
    hire: Callable[[int], Dask], tmp_path: Path
) -> None:
    cluster = hire(0)
    cluster.employ(other_program(tmp_path / "other"))
    (said,) = strangers(cluster, *shelf(tmp_path / "home", 1))
    assert "tcp://" in said
    assert dict(tools())["publisher's files"] in said


def test_a_worker_with_another_program_that_comes_late_makes_nothing(
    hire: Callable[[int], Dask], tmp_path: Path
) -> None:
    cluster = hire(1)
    books = shelf(tmp_path / "home", 5)
    outcomes = built(cluster, books)
    next(outcomes)
    cluster.workers[0].kill()
    cluster.employ(other_program(tmp_path / "other"))
    with pytest.raises(PublisherError, match="publisher's files"):
        list(outcomes)
    assert not (books[-1] / "dist").exists()


@pytest.mark.parametrize("missing", ["publisher", "pango"])
def test_a_worker_without_what_is_needed_is_refused(
    hire: Callable[[int], Dask], tmp_path: Path, missing: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "sitecustomize.py").write_text(WITHOUT[missing], encoding="utf-8")
    cluster = hire(0)
    cluster.employ(own)
    said = strangers(cluster, *shelf(tmp_path / "home", 1))
    assert any(missing in it.lower() for it in said)
    assert all("tcp://" in it for it in said)


WITHOUT = {
    "publisher": "import sys\nsys.modules['publisher'] = None\n",
    "pango": """
import ctypes

class Machine(ctypes.CDLL):
    def __init__(self, name, *rest, **more):
        if "pango" in str(name):
            raise OSError(name)
        super().__init__(name, *rest, **more)

ctypes.CDLL = Machine
""",
}


# ---- no cluster ----


def test_where_nobody_answers_it_is_said(tmp_path: Path) -> None:
    run = publisher("build", *shelf(tmp_path, 2), "--on", "dask:tcp://127.0.0.1:9")
    assert run.returncode == Remedy.MACHINE.value
    assert "tcp://127.0.0.1:9" in run.stderr


def test_where_no_worker_comes_it_is_said(hire: Callable[[int], Dask]) -> None:
    told: list[str] = []
    cluster = hire(0)
    with (
        pytest.raises(PublisherError, match="no worker for 1 seconds"),
        joined(cluster.address, lambda _, stage, *__: told.append(stage), patience=1),
    ):
        pass
    assert set(told) == {"waiting for workers"}


def test_without_the_library_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    without = "import sys\nsys.modules['distributed'] = None\n"
    (tmp_path / "own" / "sitecustomize.py").write_text(without, encoding="utf-8")
    path = os.pathsep.join((str(tmp_path / "own"), str(ROOT)))
    books = shelf(tmp_path / "home", 2)
    run = publisher("build", *books, "--on", "dask:tcp://127.0.0.1:9", env={"PYTHONPATH": path})
    assert run.returncode == Remedy.MACHINE.value
    assert "publisher[cluster]" in run.stderr
