"""Sources: what is read, and which names are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import FaultsOf

from publisher.intake.sources import LONGEST_NAME, read_source


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("钟\n楼.txt", "a line end"),
        ("钟\t楼.txt", "a tab"),
        ("钟\x1b楼.txt", "a character that shows nothing"),
        ("钟" * 81 + ".txt", "too long: 247 bytes"),
    ],
)
def test_names_after_which_nothing_can_be_called_are_refused(
    name: str, said: str, tmp_path: Path, faults_of: FaultsOf
) -> None:
    (tmp_path / name).write_bytes("钟楼\n".encode())
    (fault,) = faults_of(lambda: read_source(tmp_path / name))
    assert said in str(fault.message)
    assert f"at most {LONGEST_NAME} bytes" in str(fault.hint)
    assert "\n" not in fault.at.file


@pytest.mark.parametrize("name", ["-x.txt", "钟" * 78 + ".txt", "a b (1)#.txt"])
def test_other_names_are_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes("钟楼\n".encode())
    assert read_source(tmp_path / name).name == name
