"""Bags: any files go in and are found again, by us, by sha512sum and by the Library of Congress."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import frozen

from publisher.ground.errors import PublisherError
from publisher.library.bag import (
    MANIFEST,
    PAYLOAD,
    SIZES,
    TAG_MANIFEST,
    bag,
    read_information,
    read_manifest,
    read_sizes,
    require_plain_names,
)
from publisher.library.fixity import fixity
from publisher.library.holding import held_at

_LETTERS = st.characters(exclude_characters="/\x00", exclude_categories=("Cs",))
_NAMES = st.text(_LETTERS, min_size=1, max_size=12).filter(lambda it: it not in (".", ".."))
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)
_FILES = st.dictionaries(_PATHS, st.binary(max_size=40), max_size=6)


@given(_FILES)
def test_the_lists_of_a_bag_name_every_file_with_its_digest_and_size(
    files: dict[str, bytes],
) -> None:
    made = bag(files, {}, {})
    listed = read_manifest(made[MANIFEST])
    assert listed == {
        f"{PAYLOAD}{name}": hashlib.sha512(content).hexdigest() for name, content in files.items()
    }
    sizes = read_sizes(made[SIZES])
    assert {name: sizes[f"{PAYLOAD}{name}"] for name in files} == {
        name: len(content) for name, content in files.items()
    }
    assert set(read_manifest(made[TAG_MANIFEST])) == {
        name for name in made if not name.startswith(PAYLOAD) and name != TAG_MANIFEST
    }


_ON_DISK = st.text(
    st.characters(exclude_characters="/\x00", exclude_categories=("Cs",)), min_size=1, max_size=8
).filter(lambda it: it not in (".", ".."))


@given(st.dictionaries(_ON_DISK, st.binary(max_size=20), max_size=4))
def test_a_bag_of_any_file_names_is_found_whole_on_the_disk(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        frozen.laid(bag(files, {}, {}), Path(folder))
        assert fixity(held_at(Path(folder))) == ()


@given(st.dictionaries(st.from_regex(r"[A-Z][A-Za-z-]{0,10}", fullmatch=True), st.text()))
def test_what_a_bag_says_of_itself_reads_back_in_one_line_each(told: dict[str, str]) -> None:
    read = read_information(bag({}, told, {})["bag-info.txt"])
    expected = {label: " ".join(value.split()) for label, value in told.items()}
    assert {k: v for k, v in read.items() if k != "Payload-Oxum"} == {
        label: value for label, value in expected.items() if value and label != "Payload-Oxum"
    }


@pytest.mark.parametrize("line", ["abc", "g" * 128 + "  a", "0" * 128 + "  ", "0" * 127 + "  a"])
def test_what_is_no_list_of_digests_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_manifest(line.encode())


def test_a_list_that_names_a_file_twice_is_refused() -> None:
    row = "0" * 128 + "  a\n"
    with pytest.raises(ValueError, match="a"):
        read_manifest((row + row).encode())


@pytest.mark.parametrize("name", ["100%.md", "a\\b.md", "a\nb.md"])
def test_names_that_sha512sum_cannot_speak_are_refused(name: str) -> None:
    with pytest.raises(PublisherError, match="list of digests"):
        require_plain_names([f"data/source/{name}"])
    require_plain_names(["data/source/雪 夜.md"])


def test_sha512sum_alone_proves_the_files_of_an_edition(tmp_path: Path) -> None:
    folder = frozen.laid(frozen.lean_files(), tmp_path)
    command = ["sha512sum", "--quiet", "--strict", "-c", TAG_MANIFEST, MANIFEST]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0
    (folder / "data" / "source" / "verse.md").write_text("别的")
    spoiled = subprocess.run(command, cwd=folder, check=False, capture_output=True)
    assert spoiled.returncode == 1


def test_bagit_of_the_library_of_congress_takes_an_edition_for_valid(tmp_path: Path) -> None:
    folder = frozen.laid(frozen.lean_files(), tmp_path)
    # What it says of itself at its start, a warning of pkg_resources, is not our concern.
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", "--quiet", str(folder)]
    valid = subprocess.run(command, check=False, capture_output=True, text=True)
    assert valid.returncode == 0, valid.stderr
    (folder / "data" / "source" / "verse.md").unlink()
    invalid = subprocess.run(command, check=False, capture_output=True, text=True)
    assert invalid.returncode == 1
    assert "is invalid" in invalid.stderr
