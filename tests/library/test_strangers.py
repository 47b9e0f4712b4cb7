"""Editions from strangers: forged or crooked, told by name, and nothing is harmed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from library import frozen
from library.forging import (
    EPUB,
    PDF,
    VERSE,
    Files,
    forged,
    kinds,
    payload,
    recorded,
    resealed,
    with_file,
)

from publisher.ground.errors import PublisherError, Remedy
from publisher.library.bag import (
    INFORMATION,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    read_information,
    require_plain_names,
)
from publisher.library.damage import Kind
from publisher.library.edition import RECORD
from publisher.library.holding import held_at
from publisher.library.seal import NAMESPACE, SEAL, SIGNERS, public_keys, signers
from publisher.library.store import stored
from publisher.press.sealing import public_key
from publisher.press.verifying import verify
from tests.reading import publisher


@pytest.fixture
def lean() -> Files:
    return dict(frozen.lean_files())


# ---- what an edition says of itself ----


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "", ".hidden", "a/b"])
def test_a_name_that_leads_away_is_told_and_never_followed(name: str, tmp_path: Path) -> None:
    own = recorded(lambda record: record.update(slug=name))
    place = frozen.laid(forged(own, Bag_Group_Identifier=name), tmp_path / "deep" / "edition")
    assert kinds(place) == {Kind.IDENTITY}
    before = sorted(tmp_path.rglob("*"))
    run = publisher("history", place, "--ocfl", tmp_path / "deep")
    assert run.returncode == Remedy.CALLER.value, run.stderr
    assert "names no file of an edition" in run.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "record",
    [b"", b"[]", b"[" * 100_000, b'{"form":' + b"1" * 9999 + b"}", b'{"form":1}', b"\xff\xfe"],
)
def test_a_record_that_is_none_is_told(record: bytes, tmp_path: Path) -> None:
    place = frozen.laid(forged(payload() | {RECORD: record}), tmp_path)
    assert kinds(place) == {Kind.IDENTITY}
    assert [row.edition for row in stored(place)] == [None]


def test_a_title_cannot_turn_a_terminal_about(tmp_path: Path) -> None:
    own = recorded(lambda record: record.update(title="\x1b[2J钟楼"))
    frozen.laid(forged(own), tmp_path / "a")
    frozen.laid(forged(payload() | {"source/\x1b[2J.txt": b"x"}), tmp_path / "b")
    (tmp_path / "b" / "data" / "source" / "\x1b[2J.txt").unlink()
    for run in (
        publisher("verify", tmp_path / "a", tmp_path / "b"),
        publisher("history", tmp_path),
    ):
        assert "\x1b" not in run.stdout + run.stderr
    assert "\\u001b[2J.txt" in publisher("verify", tmp_path / "b").stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (PDF, b"%PDF-1.7\n"),
        (PDF, b""),
        (EPUB, b"PK\x03\x04"),
        (EPUB, b""),
        ("tower-keep.pdf", b"x"),
    ],
)
def test_a_file_that_nobody_can_open_fails_its_gate(
    name: str, content: bytes, tmp_path: Path
) -> None:
    place = frozen.laid(forged(with_file(name, content)), tmp_path / "edition")
    assert kinds(place) == {Kind.GATE}


def test_the_signers_beside_the_lists_are_those_that_the_edition_names(
    lean: Files, tmp_path: Path
) -> None:
    lean[SIGNERS] = signers(public_key(frozen.key("foreign")))
    place = frozen.laid(resealed(lean), tmp_path)
    assert [(it.kind, it.path) for it in verify(place, ()).damages] == [(Kind.IDENTITY, SIGNERS)]


# ---- lists ----


def test_lists_with_other_line_ends_are_read(lean: Files, tmp_path: Path) -> None:
    lean[MANIFEST] = lean[MANIFEST].replace(b"\n", b"\r\n")
    assert verify(frozen.laid(resealed(lean), tmp_path), ()).damages == ()


def test_a_list_with_a_byte_order_mark_is_none(lean: Files, tmp_path: Path) -> None:
    lean[MANIFEST] = b"\xef\xbb\xbf" + lean[MANIFEST]
    found = verify(frozen.laid(resealed(lean), tmp_path), ()).damages
    assert [(it.kind, it.path) for it in found] == [(Kind.LISTS, MANIFEST)]


def test_files_to_be_fetched_are_missing_and_nothing_is_fetched(
    lean: Files, tmp_path: Path
) -> None:
    told = read_information(lean[INFORMATION])
    files = frozen.bagged(payload(), told)
    verse = files.pop(VERSE)
    files["fetch.txt"] = f"http://127.0.0.1:9/verse.md {len(verse)} {VERSE}\n".encode()
    found = verify(frozen.laid(files, tmp_path), ()).damages
    assert {(it.kind, it.path) for it in found} == {
        (Kind.MISSING, VERSE),
        (Kind.ADDED, "fetch.txt"),
    }


@pytest.mark.parametrize("name", ["manifest-md5.txt", "manifest-sha256.txt"])
def test_a_list_of_other_digests_stands_beside_ours_only_where_ours_names_it(
    name: str, lean: Files, tmp_path: Path
) -> None:
    assert kinds(frozen.laid(lean | {name: b"0 data/x\n"}, tmp_path / "a")) == {Kind.ADDED}
    moved = {name if path == MANIFEST else path: it for path, it in lean.items()}
    assert kinds(frozen.laid(moved, tmp_path / "b")) == {Kind.NO_EDITION}


def test_a_name_in_another_unicode_form_is_told_as_that(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFC", "source/sources/Résumé.txt")
    place = frozen.laid(forged(payload() | {name: b"x"}), tmp_path)
    (place / PAYLOAD / name).rename(place / PAYLOAD / unicodedata.normalize("NFD", name))
    (damage,) = verify(place, ()).damages
    assert damage.kind is Kind.RENAMED
    assert "another Unicode form" in str(damage.message)


@pytest.mark.parametrize("other", ["source/A.md", "source/e\u0301.md"])
def test_names_that_some_disks_hold_for_one_are_not_frozen(other: str) -> None:
    names = ["source/a.md", "source/\u00e9.md", "source/b.md"]
    require_plain_names(names)
    with pytest.raises(PublisherError, match="some disks hold this name"):
        require_plain_names([*names, other])


# ---- keys ----


def given(text: str, folder: Path) -> tuple[str, ...]:
    file = folder / "signers"
    file.write_text(text, encoding="utf-8")
    return public_keys(file)


@pytest.mark.parametrize(
    "row", ["{key} a remark\r\n", "\ufeff{key}", 'a,b namespaces="git,publisher-*" {key}']
)
def test_keys_for_seals_are_taken_however_they_are_listed(row: str, tmp_path: Path) -> None:
    key = public_key(frozen.key())
    assert given(row.format(key=key), tmp_path) == (key,)


@pytest.mark.parametrize(
    "row",
    ['x namespaces="git" {key}', "x cert-authority {key}", "@revoked * {key}", "  # {key}", "x"],
)
def test_keys_for_something_else_or_revoked_seal_nothing(row: str, tmp_path: Path) -> None:
    with pytest.raises(PublisherError, match="may seal editions"):
        given(row.format(key=public_key(frozen.key())), tmp_path)


def test_a_key_that_is_good_for_a_time_is_refused(tmp_path: Path) -> None:
    row = f'x valid-before="20200101" {public_key(frozen.key())}'
    with pytest.raises(PublisherError, match="for a time only"):
        given(row, tmp_path)


def test_a_signature_for_another_purpose_is_no_seal(lean: Files, tmp_path: Path) -> None:
    assert NAMESPACE != "git"
    command = ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(frozen.key())]
    run = subprocess.run(command, input=lean[TAG_MANIFEST], capture_output=True, check=True)
    assert kinds(frozen.laid(lean | {SEAL: run.stdout}, tmp_path)) == {Kind.SEAL_BROKEN}


def test_a_user_whom_ssh_keygen_does_not_serve_is_told_no_lie(lean: Files, tmp_path: Path) -> None:
    """`ssh-keygen` does nothing for a number without a name, as in some containers."""
    tools = frozen.tools_in(tmp_path / "tools")
    (tools / "ssh-keygen").unlink()
    (tools / "ssh-keygen").write_text("#!/bin/sh\necho 'No user exists for uid 1' >&2\nexit 255\n")
    (tools / "ssh-keygen").chmod(0o755)
    place = frozen.laid(lean, tmp_path / "edition")
    run = publisher("verify", place, env={"PATH": f"{tools}:{os.environ['PATH']}"})
    assert run.returncode == Kind.SEAL_UNREAD.value
    assert "does not run here" in run.stdout


# ---- stores, and what is kept in them ----


def test_a_store_with_other_peoples_folders_is_listed(tmp_path: Path) -> None:
    shutil.copytree(frozen.edition(), tmp_path / "tower" / "1.0")
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag" / "bagit.txt").write_text("BagIt-Version: 0.97\n")
    (tmp_path / "odd" / "bagit.txt").mkdir(parents=True)
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "odd" / TAG_MANIFEST)
    run = publisher("history", tmp_path, "--json")
    assert run.returncode == 0, run.stderr
    rows = json.loads(run.stdout)["editions"]
    versions = {Path(row["place"]).name: row["version"] for row in rows}
    assert versions == {"1.0": "1.0", "bag": "", "odd": ""}
    assert len(rows) == 3


def test_one_version_that_lies_there_twice_is_not_exported(tmp_path: Path) -> None:
    for name in ("a", "b"):
        shutil.copytree(frozen.edition(), tmp_path / "store" / name)
    run = publisher("history", tmp_path / "store", "--ocfl", tmp_path / "out")
    assert run.returncode == Remedy.CALLER.value
    assert "several editions" in run.stderr
    assert not (tmp_path / "out").exists()


def test_no_command_writes_into_an_edition(tmp_path: Path) -> None:
    place = tmp_path / "edition"
    shutil.copytree(frozen.edition(), place)
    for words in (
        ("proof", place / PAYLOAD / PDF),
        ("diff", place, place, "--html", place / "changes.html"),
        ("build", place / PAYLOAD / "source", "--output", "epub"),
        ("history", place, "--ocfl", place),
    ):
        run = publisher(*words)
        assert run.returncode == Remedy.CALLER.value, (words, run.stderr)
        assert "never changed" in run.stderr
    assert frozen.digests(place) == frozen.digests(frozen.edition())
    assert held_at(place).entries == held_at(frozen.edition()).entries
