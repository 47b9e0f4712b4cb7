"""The dist folder: changed by a build that made everything, untouched by any other end."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from publisher.ground.errors import Remedy
from tests.reading import COMMAND, ESSAY, ESSAYS, OUTPUTS, ROOT, environment, publisher

FILES = ("collection-epub.epub", "collection-screen.pdf")
INTERRUPTED = 130
LAYOUT = 'name = "own"\nlicence = "CC0-1.0"\nextends = "chapbook"\n'
OWN_LAYOUT = OUTPUTS.replace('"screen"\n[', '"screen"\nlayout = "own"\n[') + 'layout = "own"\n'

State = dict[str, tuple[bytes, int, int]]


def state(folder: Path) -> State:
    """Every file below a folder with its bytes, its time of change and its mode."""
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def book(make_collection) -> Path:
    """A small sound collection that was never built."""
    return make_collection({"a.md": ESSAY}, head='slug = "collection"', outputs=OUTPUTS)


@pytest.fixture
def built(book: Path, dist_of_a_build: Path) -> Path:
    """The same after a build, with a file of somebody else's in its dist."""
    shutil.copytree(dist_of_a_build, book / "dist")
    (book / "dist" / "notes of mine.txt").write_text("keep")
    return book


@pytest.fixture(scope="module")
def dist_of_a_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "a.md").write_text(ESSAY, encoding="utf-8")
    head = 'title = "试印本"\nslug = "collection"\nessays = ["a.md"]\n'
    (folder / "collection.toml").write_text(head + OUTPUTS, encoding="utf-8")
    assert publisher("build", folder, "--quiet").returncode == 0
    return folder / "dist"


# Failures of every kind --------------------------------------------------------------------------


def rewrite(name: str, text: str | bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    return change


def with_layout(name: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        declaration = folder / "collection.toml"
        head = declaration.read_text(encoding="utf-8").split("[[output]]")[0]
        declaration.write_text(head + OWN_LAYOUT, encoding="utf-8")
        rewrite("layouts/own/layout.toml", LAYOUT)(folder)
        rewrite(f"layouts/own/{name}", text)(folder)

    return change


def body(text: str) -> Callable[[Path], None]:
    return rewrite("a.md", f"---\ntitle: 钟楼\n---\n\n{text}\n")


FAILURES: dict[str, tuple[Callable[[Path], None], Remedy]] = {
    "no declaration": (lambda folder: (folder / "collection.toml").unlink(), Remedy.CALLER),
    "not TOML": (rewrite("collection.toml", "title = \n"), Remedy.EDITOR),
    "an unknown key": (rewrite("collection.toml", 'titel = "x"\n'), Remedy.EDITOR),
    "a listed file that is missing": (lambda folder: (folder / "a.md").unlink(), Remedy.EDITOR),
    "an essay without a title": (rewrite("a.md", "快了。\n"), Remedy.EDITOR),
    "bytes that are not UTF-8": (rewrite("a.md", b"---\ntitle: \xd6\xd3\n---\n"), Remedy.EDITOR),
    "a control character": (body("快\x00了"), Remedy.EDITOR),
    "raw HTML": (body("<b>快</b>了"), Remedy.EDITOR),
    "a missing picture": (body("![钟](clock.png)"), Remedy.EDITOR),
    "a character without a glyph": (body("快\U0001f9f6了"), Remedy.EDITOR),
    "a template that is not Jinja": (
        with_layout("templates/essay.html", "{% if %}"),
        Remedy.DESIGNER,
    ),
    "a template with an unknown name": (
        with_layout("templates/essay.html", "{{ essay.nobody }}"),
        Remedy.DESIGNER,
    ),
    # From here on the fault is found while the book is being made.
    "a sheet that reads the disk": (
        with_layout("sheets/pages.css", "body { background: url(file:///etc/hostname) }"),
        Remedy.DESIGNER,
    ),
    "a template that only the EPUB cannot take": (
        with_layout("templates/colophon.html", "<p>one<p>two"),
        Remedy.DESIGNER,
    ),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failed_build_leaves_dist_as_it_was(kind: str, built: Path) -> None:
    spoil, remedy = FAILURES[kind]
    before = state(built / "dist")
    spoil(built)
    run = publisher("build", built)
    assert run.returncode == remedy.value, run.stderr
    assert state(built / "dist") == before
    assert run.stdout == ""
    assert "error: " in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failed_build_leaves_no_dist_where_there_was_none(kind: str, book: Path) -> None:
    FAILURES[kind][0](book)
    before = state(book)
    assert publisher("build", book, "--into", book / "new" / "deeper" / "dist").returncode != 0
    assert publisher("build", book).returncode != 0
    assert state(book) == before


def test_an_unknown_output_leaves_dist_as_it_was(built: Path) -> None:
    before = state(built / "dist")
    run = publisher("build", built, "--output", "sceen")
    assert run.returncode == Remedy.CALLER.value
    assert 'did you mean "screen"?' in run.stderr
    assert state(built / "dist") == before


def test_check_writes_nothing(book: Path) -> None:
    before = state(book)
    assert publisher("check", book).returncode == 0
    assert state(book) == before


def test_a_mistake_of_the_programs_own_leaves_dist_as_it_was(built: Path) -> None:
    before = state(built / "dist")
    run = interfered(
        """
        import publisher.composition.cover as cover
        def broken(book): raise ZeroDivisionError("planted")
        cover.cover_picture = broken
        """,
        built,
    )
    assert run.returncode == Remedy.MAKER.value
    assert "planted" in run.stderr
    assert "nothing was changed" in run.stderr
    assert state(built / "dist") == before


def interfered(code: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """A build in a process where some code ran first."""
    first = "\n".join(line[8:] for line in code.split("\n"))
    program = f"{first}\nfrom publisher.surface.cli import main\nraise SystemExit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, "build", folder],
        env=environment() | {"PYTHONWARNINGS": "default"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        **options,  # type: ignore[call-overload]
    )


# Success -----------------------------------------------------------------------------------------


def test_a_build_replaces_its_own_files_alone(built: Path) -> None:
    before = state(built / "dist")
    rewrite("a.md", ESSAY.replace("两分钟", "三分钟"))(built)
    assert publisher("build", built, "--quiet").returncode == 0
    after = state(built / "dist")
    assert list(after) == list(before)
    assert after["notes of mine.txt"] == before["notes of mine.txt"]
    assert all(after[name][0] != before[name][0] for name in FILES)


def test_new_files_have_the_mode_that_the_umask_asks_for(book: Path) -> None:
    for mask, mode in ((0o022, 0o644), (0o077, 0o600)):
        command = [*COMMAND, "build", str(book), "--quiet", "--output", "epub"]
        (book / "dist" / FILES[0]).unlink(missing_ok=True)
        subprocess.run(command, env=environment(), umask=mask, check=True)
        assert (book / "dist" / FILES[0]).stat().st_mode & 0o777 == mode


# A folder that cannot be written -----------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small disk of memory with the given options; only root can."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("mounting a disk needs root")
        return place

    yield mount
    if place.is_mount():
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_dist_as_it_was(built: Path, disk: Callable[[str], Path]) -> None:
    dist = disk("size=64k")
    (dist / FILES[0]).write_bytes(b"the old one")
    before = state(dist)
    run = publisher("build", built, "--into", dist)
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert "No space left" in run.stderr
    assert state(dist) == before


def test_a_limit_on_file_sizes_leaves_dist_as_it_was(built: Path) -> None:
    before = state(built / "dist")
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (50_000, 50_000))
    run = interfered("", built, preexec_fn=limit)
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert state(built / "dist") == before


def test_a_disk_that_is_read_only_is_a_fault_before_anything_is_set(
    built: Path, disk: Callable[[str], Path]
) -> None:
    dist = disk("size=1m,ro")
    run = publisher("build", built, "--into", dist / "dist")
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert "setting" not in run.stderr
    run = publisher("build", built, "--into", dist)
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert "setting" not in run.stderr
    assert list(dist.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_dist_without_permission_is_a_fault_and_stays(built: Path) -> None:
    before = state(built / "dist")
    (built / "dist").chmod(0o555)
    try:
        run = publisher("build", built)
    finally:
        (built / "dist").chmod(0o755)
    assert run.returncode == Remedy.MACHINE.value
    assert state(built / "dist") == before


def test_a_file_where_dist_should_be_is_a_fault_and_stays(book: Path) -> None:
    (book / "dist").write_text("mine")
    run = publisher("build", book)
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert (book / "dist").read_text() == "mine"


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_place_of_one_file_leaves_the_other_as_it_was(
    built: Path, name: str
) -> None:
    rewrite("a.md", ESSAY.replace("两分钟", "三分钟"))(built)
    (built / "dist" / name).unlink()
    (built / "dist" / name / "mine").mkdir(parents=True)
    before = state(built / "dist")
    run = publisher("build", built)
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert state(built / "dist") == before


def test_a_symbolic_link_in_dist_is_replaced_and_not_written_through(
    built: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"somebody's")
    (built / "dist" / FILES[1]).unlink()
    (built / "dist" / FILES[1]).symlink_to(outside)
    assert publisher("build", built, "--quiet").returncode == 0
    assert outside.read_bytes() == b"somebody's"
    assert (built / "dist" / FILES[1]).read_bytes().startswith(b"%PDF")


# Interruptions -----------------------------------------------------------------------------------


def begun(folder: Path) -> subprocess.Popen[str]:
    """A build that has been started."""
    return subprocess.Popen(
        [*COMMAND, "build", str(folder), "--into", str(folder / "dist")],
        env=environment() | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=_hear_every_signal,  # noqa: PLW1509 (the tests have no threads)
    )


def _hear_every_signal() -> None:
    """What runs the tests may have closed its ears, as `nohup` does; that is inherited."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def wait_for(process: subprocess.Popen[str], line: str) -> None:
    assert process.stderr is not None
    for said in process.stderr:
        if line in said:
            return
    pytest.fail(f"the build ended before it said {line!r}")


@pytest.fixture
def sample_copy(tmp_path: Path) -> Path:
    """The sample collection, long enough at work to be interrupted, with an older dist."""
    folder = tmp_path / "essays"
    shutil.copytree(ESSAYS, folder)
    declaration = folder / "collection.toml"
    head, *outputs = declaration.read_text(encoding="utf-8").split("[[output]]")
    simplified = [table for table in outputs if '"hans"' in table]
    declaration.write_text("[[output]]".join((head, *simplified)), encoding="utf-8")
    (folder / "dist").mkdir()
    for name in SAMPLE_FILES:
        (folder / "dist" / name).write_bytes(b"an older book")
    return folder


SAMPLE_FILES = ("lower-the-baskets-epub-hans.epub", "lower-the-baskets-screen-hans.pdf")
MOMENTS = ("screen-hans: setting", "screen-hans: writing", "epub-hans: writing")


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_interrupted_build_leaves_dist_as_it_was(moment: str, sample_copy: Path) -> None:
    before = state(sample_copy / "dist")
    process = begun(sample_copy)
    wait_for(process, moment)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == INTERRUPTED, said
    assert "interrupted; nothing was changed" in said
    assert "Traceback" not in said
    assert state(sample_copy / "dist") == before


@pytest.mark.parametrize("delay", [0.03, 0.15, 0.4])
def test_an_interruption_at_the_very_start_is_no_traceback(delay: float, book: Path) -> None:
    process = begun(book)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode in (INTERRUPTED, -signal.SIGINT, 0), said
    assert not (book / "dist").exists() or process.returncode == 0
    # Before the command has begun, Python itself may show where it was.
    assert "publisher/surface" not in said


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGHUP"])
def test_a_terminated_build_leaves_dist_as_it_was(signal_name: str, sample_copy: Path) -> None:
    before = state(sample_copy / "dist")
    process = begun(sample_copy)
    wait_for(process, MOMENTS[0])
    process.send_signal(getattr(signal, signal_name))
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert state(sample_copy / "dist") == before


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_leaves_no_half_file(moment: str, sample_copy: Path) -> None:
    before = state(sample_copy / "dist")
    process = begun(sample_copy)
    wait_for(process, moment)
    process.kill()
    process.communicate(timeout=30)
    assert state(sample_copy / "dist") == before


# Runs before the command; acts when the given file is about to take its name.
_AT_REPLACE = """
        import os, signal, pathlib
        own = pathlib.Path.replace
        def acting(self, target):
            if pathlib.Path(target).name == "{name}" and ".publisher-" in self.name:
                os.kill(os.getpid(), signal.{signal})
            return own(self, target)
        pathlib.Path.replace = acting
"""


@pytest.mark.parametrize("name", FILES)
def test_a_build_killed_while_files_take_their_names_leaves_each_old_or_new(
    built: Path, name: str
) -> None:
    old = state(built / "dist")
    rewrite("a.md", ESSAY.replace("两分钟", "三分钟"))(built)
    run = interfered(_AT_REPLACE.format(name=name, signal="SIGKILL"), built)
    assert run.returncode == -signal.SIGKILL
    torn = state(built / "dist")
    assert publisher("build", built, "--quiet").returncode == 0
    new = state(built / "dist")
    assert list(new) == list(old), "what the killed build left behind is swept up"
    for file in FILES:
        assert torn[file][0] in (old[file][0], new[file][0])


@pytest.mark.parametrize("name", FILES)
def test_an_interruption_while_files_take_their_names_gives_all_or_none(
    built: Path, name: str
) -> None:
    old = state(built / "dist")
    rewrite("a.md", ESSAY.replace("两分钟", "三分钟"))(built)
    run = interfered(_AT_REPLACE.format(name=name, signal="SIGINT"), built)
    after = {file: content for file, (content, _, _) in state(built / "dist").items()}
    assert list(after) == list(old)
    assert publisher("build", built, "--quiet").returncode == 0
    new = {file: content for file, (content, _, _) in state(built / "dist").items()}
    if run.returncode == 0:
        assert after == new
    else:
        assert run.returncode == INTERRUPTED, run.stderr
        assert after == {file: content for file, (content, _, _) in old.items()}


@pytest.mark.parametrize("name", FILES)
def test_a_disk_that_fails_while_files_take_their_names_leaves_all_as_they_were(
    built: Path, name: str
) -> None:
    before = state(built / "dist")
    rewrite("a.md", ESSAY.replace("两分钟", "三分钟"))(built)
    run = interfered(
        f"""
        import pathlib
        own = pathlib.Path.replace
        def failing(self, target):
            if pathlib.Path(target).name == "{name}" and ".publisher-" in self.name:
                pathlib.Path.replace = own
                raise OSError(5, "Input/output error")
            return own(self, target)
        pathlib.Path.replace = failing
        """,
        built,
    )
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert state(built / "dist") == before


def test_leftovers_of_a_killed_build_are_swept_by_the_next(built: Path) -> None:
    (built / "dist" / ".publisher-k3x9_q1z").write_bytes(b"half a file")
    (built / "dist" / ".publisher-notes.txt").write_bytes(b"somebody's own")
    assert publisher("build", built, "--quiet").returncode == 0
    assert sorted(path.name for path in (built / "dist").iterdir()) == [
        ".publisher-notes.txt",
        *FILES,
        "notes of mine.txt",
    ]


# Two builds at once ------------------------------------------------------------------------------


def test_a_second_build_into_the_same_folder_is_told_to_wait(sample_copy: Path) -> None:
    first = begun(sample_copy)
    wait_for(first, MOMENTS[0])
    first.send_signal(signal.SIGSTOP)
    try:
        before = state(sample_copy / "dist")
        second = publisher("build", sample_copy, "--output", "epub-hans")
        assert second.returncode == Remedy.WAIT.value, second.stderr
        assert "another build is writing" in second.stderr
        assert state(sample_copy / "dist") == before
        elsewhere = publisher(
            "build", sample_copy, "--output", "epub-hans", "--into", sample_copy / "other"
        )
        assert elsewhere.returncode == 0, elsewhere.stderr
    finally:
        first.send_signal(signal.SIGCONT)
    _, said = first.communicate(timeout=60)
    assert first.returncode == 0, said
    made = state(sample_copy / "dist")
    assert list(made) == list(SAMPLE_FILES)
    assert all(made[name][0] != before[name][0] for name in made)


def test_a_build_that_has_to_wait_does_not_take_the_folder_away_from_the_other(
    sample_copy: Path,
) -> None:
    shutil.rmtree(sample_copy / "dist")
    program = """
import pathlib, time
own = pathlib.Path.mkdir
def late(self, *arguments, **options):
    # Both builds found no folder; the other makes it first.
    while self.name == "dist" and not self.exists():
        time.sleep(0.01)
    time.sleep(0.3)
    return own(self, *arguments, **options)
pathlib.Path.mkdir = late
from publisher.surface.cli import main
raise SystemExit(main())
"""
    command = [sys.executable, "-c", program, "build", str(sample_copy)]
    second = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
    time.sleep(1.5)
    first = begun(sample_copy)
    wait_for(first, MOMENTS[0])
    assert second.wait(timeout=60) == Remedy.WAIT.value
    stood = (sample_copy / "dist").is_dir()
    at_work = first.poll() is None
    _, said = first.communicate(timeout=60)
    assert first.returncode == 0, said
    assert at_work
    assert stood, "the folder that the first build holds"
    assert sorted(path.name for path in (sample_copy / "dist").iterdir()) == list(SAMPLE_FILES)


def test_two_builds_that_start_together_never_mix(book: Path) -> None:
    both = [begun(book), begun(book)]
    ends = []
    for process in both:
        process.communicate(timeout=60)
        ends.append(process.returncode)
    assert 0 in ends
    assert set(ends) <= {0, Remedy.WAIT.value}
    assert sorted(path.name for path in (book / "dist").iterdir()) == list(FILES)


# Exit codes --------------------------------------------------------------------------------------


def test_the_table_of_exit_codes_is_the_programs() -> None:
    table = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    codes = {int(code) for code in re.findall(r"^\| *`?(\d+)`? *\|", table, re.MULTILINE)}
    assert codes == {0, INTERRUPTED, *(remedy.value for remedy in Remedy)}
