"""Bad moments: a freeze that is killed, finds no room or meets another.

Whatever happens to it, an edition is whole or not there, and the one before it is as it was.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from library import frozen

from publisher.ground.errors import Remedy
from publisher.press.verifying import verify
from tests.reading import COMMAND, environment, publisher

ONE = frozen.HEAD + '\n[[output]]\nname = "screen"\nformat = "screen"\n'
NEXT = ONE.replace('version = "1.0"', 'version = "1.1"')


def quiet_environment() -> dict[str, str]:
    return environment() | {"PATH": frozen.without_checkers()}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with an edition 1.0."""
    book = frozen.collection(tmp_path / "first", {"collection.toml": ONE})
    run = frozen.freeze(book, "--into", tmp_path / "store")
    assert run.returncode == 0, run.stderr
    return tmp_path / "store"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The collection that is to become edition 1.1."""
    return frozen.collection(tmp_path / "next", {"collection.toml": NEXT})


def editions(store: Path) -> list[str]:
    """What lies beside the editions of the collection too."""
    return sorted(it.name for it in (store / "tower").iterdir())


# ---- killed ----


def begun(book: Path, store: Path) -> subprocess.Popen[bytes]:
    """A freeze that runs, with all it will start in a group of its own."""
    return subprocess.Popen(
        [*COMMAND, "freeze", str(book), "--into", str(store)],
        env=quiet_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def killed(freezing: subprocess.Popen[bytes], seconds: float) -> None:
    """Kill a freeze and all it started, unless it ends before."""
    with suppress(subprocess.TimeoutExpired):
        freezing.wait(seconds)
        return
    os.killpg(freezing.pid, signal.SIGKILL)
    freezing.wait()


def until_it_writes(freezing: subprocess.Popen[bytes], store: Path) -> None:
    while freezing.poll() is None and ".unfinished" not in editions(store):
        time.sleep(0.001)


@pytest.mark.parametrize("kills", [8, pytest.param(100, marks=pytest.mark.slow)])
def test_killed_at_any_moment_a_freeze_leaves_editions_whole_or_absent(
    kills: int, store: Path, book: Path
) -> None:
    """Half of the kills are spread over the whole run, half over the time it writes."""
    kept, left = frozen.digests(store / "tower" / "1.0"), set()
    length = lasting(book, store)
    for turn in range(kills):
        freezing = begun(book, store)
        if turn % 2:
            until_it_writes(freezing, store)
        killed(freezing, (turn // 2) / (kills // 2) * length[turn % 2])
        left |= set(editions(store))
        assert frozen.digests(store / "tower" / "1.0") == kept
        if (store / "tower" / "1.1").exists():
            assert verify(store / "tower" / "1.1", ()).damages == ()
            shutil.rmtree(store / "tower" / "1.1")
    assert left >= {"1.0", ".unfinished"}
    assert frozen.freeze(book, "--into", store).returncode == 0
    assert editions(store) == ["1.0", "1.1"]
    assert verify(store / "tower" / "1.1", ()).damages == ()


def lasting(book: Path, store: Path) -> tuple[float, float]:
    """How many seconds a freeze takes here, and its writing."""
    start = time.monotonic()
    freezing = begun(book, store)
    until_it_writes(freezing, store)
    middle = time.monotonic()
    assert freezing.wait() == 0
    shutil.rmtree(store / "tower" / "1.1")
    return time.monotonic() - start, time.monotonic() - middle


def test_what_a_killed_freeze_left_is_swept_up_by_the_next(tmp_path: Path) -> None:
    folder = frozen.collection(tmp_path / "book", {"collection.toml": ONE})
    (tmp_path / "store" / "tower" / ".unfinished" / "data").mkdir(parents=True)
    (tmp_path / "store" / "tower" / ".unfinished" / "data" / "x").write_text("x")
    run = frozen.freeze(folder, "--into", tmp_path / "store")
    assert run.returncode == 0, run.stderr
    assert editions(tmp_path / "store") == ["1.0"]


# ---- no room ----

# A small disk in a room of its own, which nobody else sees and which goes with the program: the
# store is carried there, $3 is done to the disk, and what the program leaves is listed on stdout.
_ON_A_DISK = """
disk=$1 store=$2 then=$3; shift 3
mount -t tmpfs -o "$disk" publisher-test "$store" || exit 99
cp -R "$store.kept/." "$store" && $then || exit 98
"$@" >&2; code=$?
(cd "$store" && find . -type f -exec sha512sum {} + | sort)
exit $code
"""
_NO_DISK = 99


def on_a_disk(
    store: Path, book: Path, options: str, then: str = "true"
) -> subprocess.CompletedProcess[str]:
    """A freeze into a copy of a store on a disk of its own. Skips where nobody may have one."""
    shutil.copytree(store, f"{store}.kept")
    room = ["unshare", "--mount", "--map-root-user", "sh", "-c", _ON_A_DISK, "sh"]
    freezing = [*COMMAND, "freeze", str(book), "--into", str(store)]
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare on this machine")
    run = subprocess.run(
        [*room, options, str(store), then.format(store=store), *freezing],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode in (1, _NO_DISK):
        pytest.skip(f"no disk of one's own here: {run.stderr.strip()}")
    return run


def listed(store: Path) -> list[str]:
    """Every file of a store with its digest, as sha512sum prints them."""
    return sorted(f"{digest}  ./{path}" for path, digest in frozen.digests(store).items())


@pytest.mark.parametrize("part", [0.05, 0.5, 0.95])
def test_a_full_disk_keeps_the_edition_it_has_and_gets_no_half_one(
    part: float, store: Path, book: Path
) -> None:
    """There is room for one edition and a part of the next."""
    size = sum(it.stat().st_size for it in store.rglob("*") if it.is_file())
    run = on_a_disk(store, book, f"size={int(size * (1 + part)) // 1024}k")
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert "the folder cannot be written" in run.stderr
    assert run.stdout.splitlines() == listed(store)


def test_a_disk_for_reading_alone_is_told_and_left(store: Path, book: Path) -> None:
    run = on_a_disk(store, book, "size=150m", "mount -o remount,ro {store}")
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout.splitlines() == listed(store)


def limited(size: int) -> Callable[[], None]:
    """A disk that holds no file larger than so many bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [300_000, 3_000_000])
def test_a_disk_that_takes_no_large_file_gets_no_half_edition(size: int, tmp_path: Path) -> None:
    folder = frozen.collection(tmp_path / "book", {"collection.toml": ONE})
    run = subprocess.run(
        [*COMMAND, "freeze", str(folder), "--into", str(tmp_path / "store")],
        env=quiet_environment(),
        preexec_fn=limited(size),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "store").exists()


def test_a_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    folder = frozen.collection(tmp_path / "book", {"collection.toml": ONE})
    (tmp_path / "store").write_text("a file where a folder should be")
    run = frozen.freeze(folder, "--into", tmp_path / "store")
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert "Traceback" not in run.stderr


# ---- others ----


def test_two_freezes_at_once_make_one_edition(store: Path, book: Path) -> None:
    command = [*COMMAND, "freeze", str(book), "--into", str(store)]
    both = [
        subprocess.Popen(
            command, env=quiet_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for process in both:
        process.communicate(timeout=180)
    codes = sorted(process.returncode for process in both)
    assert codes[0] == 0
    assert codes[1] in (Remedy.WAIT.value, Remedy.CALLER.value)
    assert editions(store) == ["1.0", "1.1"]
    assert publisher("verify", store / "tower" / "1.0", store / "tower" / "1.1").returncode == 0
