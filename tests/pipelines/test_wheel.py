"""The wheel: what is installed elsewhere makes the same books, without this checkout in reach."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import publisher as package
from tests.reading import ESSAYS, ROOT, environment, sample, sample_name

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None or importlib.util.find_spec("pip") is None,
    reason="building a wheel needs pip and hatchling, which make setup installs",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation"]
    options = ["--no-deps", "--no-index", "--disable-pip-version-check", "--wheel-dir"]
    run = subprocess.run(
        [*command, *options, folder, ROOT],
        env=environment() | {"PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def elsewhere(unpacked: Path, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Python with the unpacked wheel and the dependencies on its path, and nothing else.

    `-S` leaves out the `.pth` file that makes this checkout importable, `-P` the directory.
    """
    libraries = sysconfig.get_path("purelib")
    return subprocess.run(
        [sys.executable, "-S", "-P", *map(str, arguments)],
        cwd=cwd,
        env=environment() | {"PYTHONPATH": f"{unpacked}:{libraries}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_checkout_is_out_of_reach(unpacked: Path, tmp_path: Path) -> None:
    program = "import publisher, sys; print(publisher.__file__); print(*sys.path, sep='\\n')"
    home, *path = elsewhere(unpacked, "-c", program, cwd=tmp_path).stdout.splitlines()
    assert Path(home).is_relative_to(unpacked)
    assert str(ROOT) not in path


def test_layouts_fonts_words_and_licences_are_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    shared = "publisher/shared"
    expected = {"publisher/surface/cli.py", "publisher/__main__.py"}
    expected.add("publisher/py.typed")  # by which type checkers know it (PEP 561)
    for kind in ("layouts", "fonts"):
        for file in (ROOT / kind).rglob("*"):
            if file.is_file() and file.suffix not in (".pyc", ".py"):
                expected.add(f"{shared}/{kind}/{file.relative_to(ROOT / kind).as_posix()}")
    for kind in ("*.mo", "*.toml"):
        for file in (ROOT / "publisher").rglob(kind):
            expected.add(file.relative_to(ROOT).as_posix())
    assert expected <= names
    assert not [name for name in names if name.split("/")[0] in ("tests", "essays", "docs")]


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        home = next(name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = Parser().parsestr(archive.read(home).decode())
        points = archive.read(home.replace("METADATA", "entry_points.txt")).decode()
        licences = [name for name in archive.namelist() if "/licenses/" in name]
    assert metadata["Version"] == package.__version__
    assert metadata["License-Expression"] == "AGPL-3.0-or-later"
    assert "publisher = publisher.__main__:start" in points
    assert {"LICENSE", "OFL-Noto-CJK.txt", "OFL-LXGW-WenKai.txt"} <= {
        Path(name).name for name in licences
    }


def test_a_wheel_makes_the_same_bytes_as_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    outputs = ("screen-hant-tw", "epub-hans")
    words = [word for output in outputs for word in ("--output", output)]
    run = elsewhere(
        unpacked, "-m", "publisher", "build", ESSAYS, *words, "--into", tmp_path, cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr
    for output in outputs:
        assert (tmp_path / sample_name(output)).read_bytes() == sample(output), output


def test_a_wheel_begins_imports_and_builds(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("题\n文\n", encoding="utf-8")
    steps = (
        ("new", "b"),
        ("import", "a.txt", "--into", "b", "--accept"),
        ("build", "b", "--quiet"),
    )
    for words in steps:
        run = elsewhere(unpacked, "-m", "publisher", *words, cwd=tmp_path)
        assert run.returncode == 0, run.stderr
    assert len(list((tmp_path / "b" / "dist").iterdir())) == 4
