"""Fixed editions: frozen whole or not at all, made again byte for byte, proven without us."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from library import frozen
from lxml import etree

from publisher.ground.errors import Remedy
from tests.reading import COMMAND, environment, publisher, temporary_folder


def left_in(store: Path) -> list[str]:
    """Everything below a folder, hidden things too."""
    return sorted(file.relative_to(store).as_posix() for file in store.rglob("*"))


# ---- what is in it ----


def test_an_edition_holds_books_sources_texts_fonts_and_records() -> None:
    data = frozen.edition() / "data"
    books = {"tower-screen.pdf", "tower-keep.pdf", "tower-screen-tw.pdf", "tower-epub.epub"}
    assert {it.name for it in data.iterdir() if it.is_file()} == {*books, "build.json"}
    for name, text in frozen.FILES.items():
        assert (data / "source" / name).read_text(encoding="utf-8") == text
    assert "鐘快了兩分鐘" in (data / "text" / "hant-tw" / "clock.txt").read_text(encoding="utf-8")
    assert "钟（zhōng）声" in (data / "text" / "hans" / "clock.txt").read_text(encoding="utf-8")
    assert (data / "layouts" / "base" / "layout.toml").is_file()
    record = json.loads((data / "build.json").read_text(encoding="utf-8"))
    for font in record["fonts"]:
        content = (data / "fonts" / font["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == font["sha256"]
    tools = dict(record["tools"])
    assert all(tools[name] for name in ("Python", "weasyprint", "Pango", "HarfBuzz", "fontconfig"))


def test_an_edition_names_no_folder_of_the_machine() -> None:
    folder = str(temporary_folder()).encode()
    holding = [
        it for it in frozen.edition().rglob("*") if it.is_file() and it.stat().st_size < 10**6
    ]
    assert [it.name for it in holding if folder in it.read_bytes()] == []


def test_the_reports_tell_which_gates_ran_and_which_could_not() -> None:
    file = frozen.edition() / "data" / "reports" / "gates.json"
    rows = json.loads(file.read_text(encoding="utf-8"))
    ran = {(row["file"], row["gate"]): row["ran"] for row in rows}
    assert ran["tower-screen.pdf", "coverage"]
    assert ran["tower-keep.pdf", "PDF"]
    assert ran["tower-epub.epub", "EPUB"]
    assert not ran["tower-epub.epub", "EPUBCheck"]
    assert not ran["tower-epub.epub", "Ace"]


def test_the_catalogue_record_says_what_the_collection_says() -> None:
    tree = etree.parse(frozen.edition() / "data" / "metadata" / "dublin-core.xml").getroot()
    found: dict[str, list[str]] = {}
    for element in tree:
        found.setdefault(etree.QName(element).localname, []).append(element.text or "")
    assert found["title"] == ["钟楼集"]
    assert found["creator"] == ["王小明"]
    assert found["contributor"] == ["邬鹤年", "滕水根"]
    assert found["date"] == ["2020-06-01"]
    assert found["identifier"][0].startswith("urn:uuid:")
    assert set(found) <= {
        "title", "creator", "contributor", "publisher", "date", "type", "format", "identifier",
        "language", "description", "rights",
    }  # fmt: skip


# ---- without our program ----


def commands_of(readme: str) -> list[str]:
    return re.findall(r"^ {4}(\S.* .*)$", readme, re.MULTILINE)


def test_the_commands_of_the_readme_prove_the_edition(tmp_path: Path) -> None:
    edition = tmp_path / "edition"
    shutil.copytree(frozen.edition(), edition)
    commands = commands_of((edition / "README.txt").read_text(encoding="utf-8"))
    assert [it.split()[0] for it in commands] == ["sha512sum", "sha512sum", "ssh-keygen"]

    def codes() -> list[int]:
        env = frozen.environment_of_the_shell()
        return [
            subprocess.run(["sh", "-c", it], cwd=edition, env=env, check=False).returncode
            for it in commands
        ]

    assert codes() == [0, 0, 0]
    lists = edition / "tagmanifest-sha512.txt"
    lists.chmod(0o644)
    lists.write_bytes(lists.read_bytes().replace(b"a", b"b", 1))
    assert codes()[0] != 0
    assert codes()[2] != 0


def test_an_unsealed_edition_says_so(tmp_path: Path) -> None:
    run = frozen.freeze(frozen.collection(tmp_path / "book"), "--into", tmp_path / "store")
    assert run.returncode == 0, run.stderr
    assert "no seal" in run.stderr
    edition = tmp_path / "store" / "tower" / "1.0"
    assert "bears no seal" in (edition / "README.txt").read_text(encoding="utf-8")
    assert len(commands_of((edition / "README.txt").read_text(encoding="utf-8"))) == 2
    assert not list(edition.glob("*.sig"))
    assert "not proven" in publisher("verify", edition).stderr


# ---- the same again ----


def test_two_freezes_anywhere_give_the_same_edition_seal_and_all(tmp_path: Path) -> None:
    elsewhere = frozen.collection(tmp_path / "另一个 folder")
    env = environment() | {
        "PATH": frozen.without_checkers(),
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4242",
        "HOME": str(tmp_path),
        "USER": "somebody",
        "XDG_CACHE_HOME": str(tmp_path / "cold cache"),
    }
    run = subprocess.run(
        [*COMMAND, "freeze", elsewhere.name, "--into", "store", "--key", str(frozen.key())],
        cwd=tmp_path,
        env=env,
        umask=0o077,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert frozen.digests(tmp_path / "store" / "tower" / "1.0") == frozen.digests(frozen.edition())


def test_an_edition_makes_its_own_files_again_byte_for_byte(tmp_path: Path) -> None:
    before = frozen.digests(frozen.edition())
    archive = shutil.make_archive(str(tmp_path / "tower"), "zip", frozen.edition())
    env = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
    run = publisher("rebuild", archive, "--into", tmp_path / "new", "--json", cwd=tmp_path, env=env)
    assert run.returncode == 0, run.stderr
    table = json.loads(run.stdout)
    assert set(table["files"].values()) == {"bytes"}
    assert len(table["files"]) == 4
    assert table["changed_tools"] == []
    for name in table["files"]:
        kept = (frozen.edition() / "data" / name).read_bytes()
        assert (tmp_path / "new" / name).read_bytes() == kept
    assert frozen.digests(frozen.edition()) == before


def test_a_rebuild_takes_layouts_and_fonts_from_the_edition_alone(tmp_path: Path) -> None:
    """A layout that was changed in the edition, with all lists put right, changes the book."""
    files = {
        it: (frozen.edition() / "data" / it).read_bytes()
        for it in frozen.digests(frozen.edition() / "data")
    }
    name = "layouts/base/layout.toml"
    files[name] = re.sub(rb"(?m)^leading = .*$", b"leading = 21", files[name])
    assert files[name] != (frozen.edition() / "data" / name).read_bytes()
    edition = frozen.laid(frozen.bagged(files, {}), tmp_path / "edition")
    run = publisher("rebuild", edition)
    assert run.returncode == Remedy.EDITOR.value, run.stderr
    assert "tower-screen.pdf: the same text, set otherwise" in run.stdout


def test_a_damaged_edition_is_not_made_again(tmp_path: Path) -> None:
    edition = frozen.laid(frozen.lean_files() | {"data/source/x.md": b"x"}, tmp_path)
    run = publisher("rebuild", edition)
    assert run.returncode == Remedy.CALLER.value
    assert "publisher verify" in run.stderr


# ---- refusals ----

VERSIONLESS = (frozen.HEAD + frozen.OUTPUTS).replace('version = "1.0"\n', "")
DATELESS = (frozen.HEAD + frozen.OUTPUTS).replace('date = "2020-06-01"\n', "")
ASTRAY = (frozen.HEAD + frozen.OUTPUTS).replace('version = "1.0"', 'version = "../1.0"')

# Another script may write this editor's name in two ways.
DOUBTFUL = (frozen.HEAD + frozen.OUTPUTS).replace("王小明", "祝筱萍")


def test_an_edition_without_its_seal_is_not_made_again(tmp_path: Path) -> None:
    edition = frozen.laid(frozen.relisted({"data/source/verse.md": b"x"}), tmp_path / "1.0")
    run = publisher("rebuild", edition)
    assert run.returncode == Remedy.CALLER.value
    assert "the seal is not of this edition's lists" in run.stderr
    (edition / "tagmanifest-sha512.txt.sig").unlink()
    run = publisher("rebuild", edition)
    assert run.returncode == Remedy.CALLER.value
    assert "the seal is missing" in run.stderr


def test_where_nobody_can_read_a_seal_a_rebuild_says_so_and_goes_on(tmp_path: Path) -> None:
    run = publisher("rebuild", frozen.edition(), env={"PATH": str(tmp_path)})
    assert run.returncode == 0, run.stderr
    assert "nobody read the seal" in run.stderr


@pytest.mark.parametrize(
    ("changed", "more", "words"),
    [
        ({"collection.toml": VERSIONLESS}, (), "an edition has a version"),
        ({"collection.toml": ASTRAY}, (), "an edition has a version"),
        ({"collection.toml": DATELESS}, (), "bears a date"),
        ({}, ("--version", "2.0"), 'says that it is version "1.0"'),
        ({"collection.toml": DOUBTFUL}, (), "questions are open"),
        ({}, ("--key", "collection.toml"), "does not take this key"),
    ],
)
def test_what_cannot_be_an_edition_is_refused_and_leaves_nothing(
    changed: dict[str, str], more: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    folder = frozen.collection(tmp_path / "book", changed)
    run = frozen.freeze(folder, "--into", tmp_path / "store", *more)
    assert run.returncode in (Remedy.EDITOR.value, Remedy.CALLER.value)
    assert words in run.stderr
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("store", ["", "sources", "plan/a", "layouts", "fonts"])
def test_no_store_lies_in_what_editions_are_made_of(store: str, tmp_path: Path) -> None:
    folder = frozen.collection(tmp_path / "book")
    run = frozen.freeze(folder, "--into", folder / store)
    assert run.returncode == Remedy.CALLER.value
    assert str(folder / "editions") in run.stderr
    assert not (folder / "tower").exists()


def test_an_edition_among_the_sources_is_not_swallowed(tmp_path: Path) -> None:
    folder = frozen.collection(tmp_path / "book")
    shutil.copytree(frozen.edition(), folder / "sources" / "tower" / "1.0")
    run = frozen.freeze(folder, "--into", tmp_path / "store")
    assert run.returncode == Remedy.EDITOR.value
    assert str(folder / "sources" / "tower" / "1.0") in run.stderr
    assert not (tmp_path / "store").exists()


def test_no_edition_without_a_seal_joins_sealed_ones_unasked(tmp_path: Path) -> None:
    shutil.copytree(frozen.edition(), tmp_path / "store" / "tower" / "1.0")
    folder = frozen.collection(tmp_path / "book", frozen.LATER)
    run = frozen.freeze(folder, "--into", tmp_path / "store", HOME=str(tmp_path))
    assert run.returncode == Remedy.CALLER.value
    assert "--unsealed" in run.stderr
    assert not (tmp_path / "store" / "tower" / "1.1").exists()
    run = frozen.freeze(folder, "--into", tmp_path / "store", "--unsealed", HOME=str(tmp_path))
    assert run.returncode == 0, run.stderr


def test_open_questions_are_recorded_where_that_is_wished(tmp_path: Path) -> None:
    folder = frozen.collection(tmp_path / "book", {"collection.toml": DOUBTFUL})
    run = frozen.freeze(folder, "--despite-questions", "--json")
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    (question,) = told["open_questions"]
    assert question.startswith("script/decisions.toml: hant-tw: ")
    record = json.loads((Path(told["folder"]) / "data" / "build.json").read_text())
    assert record["open_questions"] == told["open_questions"]


def test_an_edition_is_never_written_over(tmp_path: Path) -> None:
    folder = frozen.collection(tmp_path / "book")
    store = tmp_path / "store"
    shutil.copytree(frozen.edition(), store / "tower" / "1.0")
    before = frozen.digests(store)
    run = frozen.freeze(folder, "--into", store)
    assert run.returncode == Remedy.CALLER.value
    assert "never changed" in run.stderr
    assert frozen.digests(store) == before


def test_an_essay_that_a_layout_swallows_is_found_by_the_gate(tmp_path: Path) -> None:
    """The layout's sheet hides characters with a reading."""
    layout = 'name = "own"\nlicence = "CC0-1.0"\nextends = "chapbook"\n'
    declaration = frozen.HEAD + '\n[[output]]\nname = "s"\nformat = "screen"\nlayout = "own"\n'
    folder = frozen.collection(
        tmp_path / "book",
        {
            "collection.toml": declaration,
            "layouts/own/layout.toml": layout,
            "layouts/own/sheets/pages.css": "ruby { display: none }\n",
        },
    )
    run = frozen.freeze(folder, "--into", tmp_path / "store")
    assert run.returncode == Remedy.EDITOR.value, run.stderr
    assert "characters are missing" in run.stderr
    assert "clock.md" in run.stderr
    assert not (tmp_path / "store").exists()


def test_a_collection_with_originals_and_hidden_files_keeps_the_one_and_not_the_other(
    tmp_path: Path,
) -> None:
    folder = frozen.collection(
        tmp_path / "book", {"sources/征文.txt": "原文\n", "sources/.DS_Store": "x", ".secret": "x"}
    )
    run = frozen.freeze(folder, "--into", tmp_path / "store")
    assert run.returncode == 0, run.stderr
    source = tmp_path / "store" / "tower" / "1.0" / "data" / "source"
    assert (source / "sources" / "征文.txt").read_text(encoding="utf-8") == "原文\n"
    assert [it for it in left_in(source) if "/." in it or it.startswith(".")] == []


def test_files_of_an_edition_are_for_reading_alone() -> None:
    files = [it for it in frozen.edition().rglob("*") if it.is_file()]
    assert {it.stat().st_mode & 0o222 for it in files} == {0}


def test_the_name_of_an_edition_stands_in_its_archival_file() -> None:
    record = json.loads((frozen.edition() / "data" / "build.json").read_text(encoding="utf-8"))
    (work,) = (it for it in record["works"] if it["output"] == "keep")
    with pikepdf.open(frozen.edition() / "data" / work["file"]) as pdf, pdf.open_metadata() as xmp:
        assert xmp["xmpMM:DocumentID"] == work["identifier"]


def test_a_page_is_not_written_in_the_place_of_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    run = publisher("diff", frozen.edition(), frozen.edition(), "--html", pipe)
    assert run.returncode == Remedy.MACHINE.value
    assert pipe.is_fifo()
