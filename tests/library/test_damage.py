"""Damage of every kind, planted in every file of an edition, is found and called by its name."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from library import frozen

from publisher.ground.errors import PublisherError
from publisher.library.bag import (
    INFORMATION,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    read_information,
    read_manifest,
    sha512,
    written_manifest,
)
from publisher.library.damage import Kind
from publisher.library.edition import RECORD
from publisher.library.seal import SEAL, fingerprint, public_keys
from publisher.press.sealing import public_key
from publisher.press.verifying import Verified, verify
from tests.reading import ROOT, publisher

Files = dict[str, bytes]
# Where a list itself is struck, what it says of others goes with it.
_OWN = {MANIFEST: Kind.LISTS, "bagit.txt": Kind.NO_EDITION, SEAL: Kind.SEAL_BROKEN}


@pytest.fixture
def lean() -> Files:
    return dict(frozen.lean_files())


def looked_at(files: Files, folder: Path, *keys: str) -> Verified:
    return verify(frozen.laid(files, folder / "edition"), keys)


def kinds(found: Verified) -> set[Kind]:
    return {damage.kind for damage in found.damages}


def test_an_edition_that_nobody_touched_is_whole(lean: Files, tmp_path: Path) -> None:
    found = looked_at(lean, tmp_path, *public_keys(frozen.key().with_suffix(".pub")))
    assert found.damages == ()
    assert found.known
    assert found.files == len(lean)
    assert found.edition
    assert found.edition.title == "钟楼集"


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def in_each_file(
    lean: Files, folder: Path, strike: Callable[[Path], None], kind: Kind
) -> list[tuple[str, set[Kind]]]:
    """The files at which a blow was not found as a kind of damage, with what was found."""
    edition = frozen.laid(lean, folder / "edition")
    astray = []
    for path, content in sorted(lean.items()):
        strike(edition / path)
        found = verify(edition, ())
        if not kinds(found) & {kind, *_expected(path)} or not found.damages:
            astray.append((path, kinds(found)))
        (edition / path).unlink(missing_ok=True)
        (edition / path).write_bytes(content)
    assert verify(edition, ()).damages == ()
    return astray


def _expected(path: str) -> set[Kind]:
    """What else a blow may show itself as in the files that hold the edition together."""
    lists = {Kind.LISTS, Kind.NO_EDITION, Kind.SEAL_BROKEN, Kind.SEAL_MISSING, Kind.SEAL_FOREIGN}
    return lists if path in (TAG_MANIFEST, MANIFEST, "bagit.txt", INFORMATION, SEAL) else set()


def test_a_single_bit_is_missed_in_no_file(lean: Files, tmp_path: Path) -> None:
    def strike(file: Path) -> None:
        file.write_bytes(flipped(file.read_bytes()))

    assert in_each_file(lean, tmp_path, strike, Kind.CHANGED) == []


def test_no_file_can_be_cut_short(lean: Files, tmp_path: Path) -> None:
    def strike(file: Path) -> None:
        file.write_bytes(file.read_bytes()[:-1])

    astray = dict(in_each_file(lean, tmp_path, strike, Kind.CUT_SHORT))
    # The list of sizes cannot hold its own.
    assert astray == {"sizes.txt": {Kind.CHANGED}}


def test_no_file_can_be_taken_away(lean: Files, tmp_path: Path) -> None:
    assert in_each_file(lean, tmp_path, Path.unlink, Kind.MISSING) == []


def test_no_file_can_get_another_name(lean: Files, tmp_path: Path) -> None:
    def strike(file: Path) -> None:
        file.rename(file.with_name("other"))
        others.append(file.with_name("other"))

    others: list[Path] = []
    edition = frozen.laid(lean, tmp_path / "edition")
    for path in sorted(lean):
        strike(edition / path)
        found = kinds(verify(edition, ()))
        assert found & {Kind.RENAMED, *_expected(path)}, (path, found)
        others.pop().rename(edition / path)


def test_no_file_can_be_a_link_to_the_same_bytes(lean: Files, tmp_path: Path) -> None:
    def strike(file: Path) -> None:
        (tmp_path / "outside").write_bytes(file.read_bytes())
        file.unlink()
        file.symlink_to(tmp_path / "outside")

    assert in_each_file(lean, tmp_path, strike, Kind.LINK) == []


def test_two_files_in_each_others_places_are_told(lean: Files, tmp_path: Path) -> None:
    one, other = "data/source/clock.md", "data/source/verse.md"
    lean[one], lean[other] = lean[other], lean[one]
    found = looked_at(lean, tmp_path)
    assert [(it.kind, it.path) for it in found.damages] == [(Kind.SWAPPED, one)]
    assert other in str(found.damages[0].message)


@pytest.mark.parametrize("path", ["data/new.md", "data/source/deeper/new.md", "new.txt"])
def test_a_file_that_no_list_names_is_told(path: str, lean: Files, tmp_path: Path) -> None:
    found = looked_at(lean | {path: b""}, tmp_path)
    assert [(it.kind, it.path) for it in found.damages] == [(Kind.ADDED, path)]


@pytest.mark.parametrize("as_zip", [False, True])
def test_an_empty_folder_is_told(as_zip: bool, lean: Files, tmp_path: Path) -> None:
    edition = frozen.laid(lean, tmp_path / "edition")
    (edition / "data" / "hollow").mkdir()
    if as_zip:
        shutil.make_archive(str(tmp_path / "edition"), "zip", tmp_path, "edition")
        edition = tmp_path / "edition.zip"
    found = verify(edition, ())
    assert [(it.kind, it.path) for it in found.damages] == [(Kind.ADDED, "data/hollow")]


def test_a_folder_whose_files_are_missing_is_not_told_besides(lean: Files, tmp_path: Path) -> None:
    edition = frozen.laid(lean, tmp_path / "edition")
    for file in (edition / "data" / "reports").iterdir():
        file.unlink()
    assert kinds(verify(edition, ())) == {Kind.MISSING}


# ---- line ends ----

TEXTS = (".txt", ".md", ".toml", ".json", ".xml", ".sig")


def test_line_ends_that_a_tool_changed_are_told_as_that_in_each_file(
    lean: Files, tmp_path: Path
) -> None:
    astray = []
    edition = frozen.laid(lean, tmp_path / "edition")
    for name in (it for it in sorted(lean) if it.endswith(TEXTS) and b"\n" in lean[it]):
        (edition / name).write_bytes(lean[name].replace(b"\n", b"\r\n"))
        if [(it.kind, it.path) for it in verify(edition, ()).damages] != [(Kind.LINE_ENDS, name)]:
            astray.append(name)
        (edition / name).write_bytes(lean[name])
    assert astray == []


def test_line_ends_changed_in_all_texts_at_once_are_told_for_each(
    lean: Files, tmp_path: Path
) -> None:
    texts = {it for it in lean if it.endswith(TEXTS) and b"\n" in lean[it]}
    changed = {it: lean[it].replace(b"\n", b"\r\n") for it in texts}
    found = looked_at(lean | changed, tmp_path)
    assert {(it.kind, it.path) for it in found.damages} == {(Kind.LINE_ENDS, it) for it in texts}


def test_a_text_of_windows_that_lost_its_line_ends_is_told(lean: Files, tmp_path: Path) -> None:
    name = "data/source/letter.txt"
    kept = frozen.bagged({"source/letter.txt": b"one\r\ntwo\r\n"}, {})
    found = looked_at(kept | {name: b"one\ntwo\n"}, tmp_path)
    assert [(it.kind, it.path) for it in found.damages] == [(Kind.LINE_ENDS, name)]


def test_words_changed_beside_line_ends_are_no_mere_line_ends(lean: Files, tmp_path: Path) -> None:
    name = "data/source/verse.md"
    lean[name] = lean[name].replace(b"\n", b"\r\n") + b"x"
    assert kinds(looked_at(lean, tmp_path)) == {Kind.CHANGED}


def rewritten(lean: Files, deep: bool) -> Files:
    """A file with its row in the list of digests, and with `deep` the list of lists too."""
    path = "data/source/verse.md"
    files = lean | {path: "假的。\n".encode()}
    listed = read_manifest(files[MANIFEST]) | {path: sha512(files[path])}
    files[MANIFEST] = written_manifest(listed)
    if deep:
        tags = read_manifest(files[TAG_MANIFEST]) | {MANIFEST: sha512(files[MANIFEST])}
        files[TAG_MANIFEST] = written_manifest(tags)
    return files


def test_a_file_rewritten_with_its_list_is_told(lean: Files, tmp_path: Path) -> None:
    found = looked_at(rewritten(lean, deep=False), tmp_path)
    assert (Kind.LISTS, MANIFEST) in [(it.kind, it.path) for it in found.damages]


def test_a_file_rewritten_with_all_lists_breaks_the_seal(lean: Files, tmp_path: Path) -> None:
    found = looked_at(rewritten(lean, deep=True), tmp_path)
    assert kinds(found) == {Kind.SEAL_BROKEN}
    assert found.key == ""


def test_a_seal_of_another_edition_is_no_seal_of_this_one(lean: Files, tmp_path: Path) -> None:
    other = frozen.bagged({"a": b"a"}, {})
    assert kinds(looked_at(lean | {SEAL: other[SEAL]}, tmp_path)) == {Kind.SEAL_BROKEN}


def test_a_seal_of_another_key_is_told(lean: Files, tmp_path: Path) -> None:
    from publisher.press.sealing import sealed

    foreign = sealed(lean[TAG_MANIFEST], frozen.key("foreign"))
    assert kinds(looked_at(lean | {SEAL: foreign}, tmp_path)) == {Kind.SEAL_FOREIGN}


def test_an_edition_sealed_anew_by_somebody_else_is_told_to_who_knows_the_key(
    lean: Files, tmp_path: Path
) -> None:
    payload = {it.removeprefix(PAYLOAD): lean[it] for it in lean if it.startswith(PAYLOAD)}
    told = read_information(lean[INFORMATION])
    forged = frozen.bagged(payload, told, frozen.key("foreign"))
    known = public_keys(frozen.key().with_suffix(".pub"))
    assert kinds(looked_at(forged, tmp_path / "a", *known)) == {Kind.SEAL_FOREIGN}
    blind = looked_at(forged, tmp_path / "b")
    assert (blind.damages, blind.known) == ((), False)


def test_a_seal_cannot_be_taken_off(lean: Files, tmp_path: Path) -> None:
    del lean[SEAL]
    assert kinds(looked_at(lean, tmp_path)) == {Kind.SEAL_MISSING}


def test_a_seal_that_nobody_can_read_is_not_taken_for_a_true_one(
    lean: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = looked_at(lean, tmp_path)
    assert kinds(found) == {Kind.SEAL_UNREAD}
    assert found.key == ""


def test_a_record_that_tells_of_another_book_is_told(lean: Files, tmp_path: Path) -> None:
    payload = {it.removeprefix(PAYLOAD): lean[it] for it in lean if it.startswith(PAYLOAD)}
    payload[RECORD] = payload[RECORD].replace(b'"version": "1.0"', b'"version": "2.0"')
    forged = frozen.bagged(payload, read_information(lean[INFORMATION]))
    assert kinds(looked_at(forged, tmp_path)) == {Kind.IDENTITY}


def test_a_file_that_fails_its_gate_today_is_told(lean: Files, tmp_path: Path) -> None:
    """A PDF without tags, recorded as one to keep."""
    payload = {it.removeprefix(PAYLOAD): lean[it] for it in lean if it.startswith(PAYLOAD)}
    payload[RECORD] = payload[RECORD].replace(b'"format": "screen"', b'"format": "archival"')
    forged = frozen.bagged(payload, read_information(lean[INFORMATION]))
    assert kinds(looked_at(forged, tmp_path)) == {Kind.GATE}


# ---- places ----


def zipped(files: Files, file: Path, top: str = "") -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(f"{top}{path}", content)
    return file


@pytest.mark.parametrize("top", ["", "1.0/", "书/1.0/"])
def test_a_zip_file_of_an_edition_is_looked_through_like_the_folder(
    top: str, lean: Files, tmp_path: Path
) -> None:
    assert verify(zipped(lean, tmp_path / "a.zip", top), ()).damages == ()
    lean["data/source/verse.md"] += b"x"
    (damage,) = verify(zipped(lean, tmp_path / "b.zip", top), ()).damages
    assert (damage.kind, damage.path) == (Kind.CHANGED, "data/source/verse.md")


def test_a_zip_file_that_leads_outside_is_told(lean: Files, tmp_path: Path) -> None:
    found = verify(zipped(lean | {"data/../../x": b""}, tmp_path / "a.zip"), ())
    assert Kind.LINK in kinds(found)


def test_a_zip_file_cut_short_or_with_a_flipped_bit_is_no_edition_or_damaged(
    lean: Files, tmp_path: Path
) -> None:
    file = zipped(lean, tmp_path / "a.zip")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(PublisherError, match="no edition"):
        verify(file, ())
    file.write_bytes(flipped(content))
    assert verify(file, ()).damages != ()


def test_an_edition_that_cannot_be_written_is_looked_through_and_left_as_it_was(
    lean: Files, tmp_path: Path
) -> None:
    edition = frozen.laid(lean, tmp_path / "edition")
    before = {file: file.stat() for file in edition.rglob("*")}
    for file in (*before, edition):
        file.chmod(0o555 if file.is_dir() else 0o444)
    stated = {file: file.stat().st_mtime_ns for file in before}
    assert verify(edition, ()).damages == ()
    assert {file: file.stat().st_mtime_ns for file in edition.rglob("*")} == stated
    for file in (edition, *before):
        file.chmod(0o755 if file.is_dir() else 0o644)


@pytest.mark.parametrize("name", ["missing", "empty", "file.txt"])
def test_what_is_no_edition_is_said_to_be_none(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("x")
    run = publisher("verify", tmp_path / name)
    assert run.returncode in (2, Kind.NO_EDITION.value), run.stderr
    assert "Traceback" not in run.stderr


def test_each_edition_of_a_store_is_looked_through(lean: Files, tmp_path: Path) -> None:
    for version in ("1.0", "1.1"):
        frozen.laid(lean, tmp_path / "tower" / version)
    (tmp_path / "tower" / "1.1" / "data" / "source" / "verse.md").unlink()
    run = publisher("verify", tmp_path, "--json")
    rows = {Path(it["place"]).name: it for it in json.loads(run.stdout)["editions"]}
    assert [len(rows[it]["damages"]) for it in ("1.0", "1.1")] == [0, 1]
    assert run.returncode == Kind.MISSING.value


def test_a_folder_of_anything_else_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    run = publisher("verify", tmp_path)
    assert run.returncode == Kind.NO_EDITION.value
    assert "DAMAGED" not in run.stdout
    assert "no edition" in run.stdout


# ---- what to do ----


@pytest.mark.parametrize(
    ("name", "hint"),
    [("data/new.md", "take it away"), ("data/source/verse.md", "look for a whole copy")],
)
def test_what_to_do_is_told_by_what_is_wrong(
    name: str, hint: str, lean: Files, tmp_path: Path
) -> None:
    run = publisher("verify", frozen.laid(lean | {name: b"x"}, tmp_path / "edition"))
    assert [it for it in run.stderr.splitlines() if it.startswith("→")] == [
        it for it in run.stderr.splitlines() if hint in it
    ]


def test_a_foreign_seal_is_told_with_the_fingerprint_of_its_key(
    lean: Files, tmp_path: Path
) -> None:
    (damage,) = looked_at(lean, tmp_path, public_key(frozen.key("foreign"))).damages
    assert damage.kind is Kind.SEAL_FOREIGN
    assert fingerprint(public_key(frozen.key())) in str(damage.message)


# ---- exit codes ----


def test_every_kind_of_damage_has_its_row_and_its_code_in_the_docs() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", text, re.MULTILINE))
    known = {kind.name.lower().replace("_", "-"): str(kind.value) for kind in Kind}
    assert rows == known


def test_the_command_ends_with_the_code_of_the_gravest_damage(lean: Files, tmp_path: Path) -> None:
    edition = frozen.laid(lean, tmp_path / "edition")
    assert publisher("verify", edition).returncode == 0
    (edition / "data" / "new").write_text("x")
    assert publisher("verify", edition).returncode == Kind.ADDED.value
    (edition / "data" / "source" / "verse.md").unlink()
    run = publisher("verify", edition)
    assert run.returncode == Kind.MISSING.value
    assert "[missing] data/source/verse.md" in run.stdout
    assert "[added] data/new" in run.stdout
