"""Sources become files of a collection and lines of its `collection.toml`."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from conftest import FaultsOf, MakeCollection

from publisher.editorial.intake import Manuscripts, take_in

EMPTY = '# 总表\ntitle = "书"   # 书名\n\n# 次序\nessays = []\n\n[imprint]\nname = "印社"\n'


def _declared(taken: Manuscripts) -> dict[str, object]:
    return tomllib.loads(dict(taken.files)["collection.toml"].decode())


def _source(folder: Path, name: str, text: str | bytes = "题\n雪。\n") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_sources_are_added_in_the_order_they_are_given(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    taken = take_in((_source(tmp_path, "二.txt"), _source(tmp_path, "一.md", "# 一\n")), book)
    assert [name for name, _ in taken.added] == ["二.md", "一.md"]
    assert _declared(taken)["essays"] == ["二.md", "一.md"]
    assert set(dict(taken.files)) == {"二.md", "一.md", "collection.toml"}


def test_a_folder_stands_for_its_files_with_two_before_ten(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    for name in ("10.txt", "2.txt", "后记.txt", "x.pdf", "1a.txt"):
        _source(tmp_path / "in", name)
    taken = take_in((tmp_path / "in",), book)
    assert [name for name, _ in taken.added] == ["1a.md", "2.md", "10.md", "后记.md"]
    assert [other.name for other in taken.passed] == ["x.pdf"]


def test_what_a_system_hides_in_a_folder_is_not_imported(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    _source(tmp_path / "in", "._a.txt", b"\x00\x05\x16\x07")
    _source(tmp_path / "in", "a.txt")
    taken = take_in((tmp_path / "in",), book)
    assert [name for name, _ in taken.added] == ["a.md"]
    assert taken.passed == ()


def test_comments_and_everything_else_stay(make_collection: MakeCollection, tmp_path: Path) -> None:
    book = make_collection({"collection.toml": EMPTY})
    taken = take_in((_source(tmp_path, "a.txt"),), book)
    text = dict(taken.files)["collection.toml"].decode()
    assert all(line in text for line in ("# 总表", "# 书名", "# 次序"))
    assert tomllib.loads(text) == {**tomllib.loads(EMPTY), "essays": ["a.md"]}


@pytest.mark.parametrize(
    "declaration",
    [
        'title = "书"\n',
        'title = "书"',
        'title = "书"\n[imprint]\nname = "印社"\n',
        'title = "书"\n[[output]]\nname = "x"\nformat = "epub"\n',
        'title = "书"\ndescription = """一\n[注] 二\n"""\n',
        'title = "书"\neditors = [\n"甲",\n]\n[imprint]\nname = "印社"\n',
    ],
)
def test_an_order_that_is_not_there_yet_is_begun_and_nothing_else_changes(
    declaration: str, make_collection: MakeCollection, tmp_path: Path
) -> None:
    book = make_collection({"collection.toml": declaration})
    taken = take_in((_source(tmp_path, "a.txt"),), book)
    assert _declared(taken) == {**tomllib.loads(declaration), "essays": ["a.md"]}


def test_a_book_in_parts_grows_at_its_last_part(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    parts = "".join(f'[[part]]\ntitle = "{n}"\nessays = ["{n}.md"]\n' for n in "上下")
    essays = {f"{n}.md": f"# {n}\n" for n in "上下"}
    book = make_collection({"collection.toml": f'title = "书"\n{parts}', **essays})
    taken = take_in((_source(tmp_path, "a.txt"),), book)
    assert [part["essays"] for part in _declared(taken)["part"]] == [  # type: ignore[attr-defined]
        ["上.md"],
        ["下.md", "a.md"],
    ]


def test_a_source_taken_in_twice_changes_nothing(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    source = _source(tmp_path, "a.txt")
    for name, content in take_in((source,), book).files:
        (book / name).write_bytes(content)
    assert take_in((source,), book) == Manuscripts((), (), ("a.md",), ())


def test_a_different_manuscript_of_the_same_name_is_never_overwritten(
    make_collection: MakeCollection, tmp_path: Path, faults_of: FaultsOf
) -> None:
    book = make_collection({"a.md": "# 别的\n"})
    (fault,) = faults_of(lambda: take_in((_source(tmp_path, "a.txt"),), book))
    assert fault.at.file == str(book / "a.md")
    assert "rename" in str(fault.hint)


def test_two_sources_of_one_name_are_refused(
    make_collection: MakeCollection, tmp_path: Path, faults_of: FaultsOf
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    sources = (_source(tmp_path, "a.txt"), _source(tmp_path, "x/a.txt"))
    (fault,) = faults_of(lambda: take_in(sources, book))
    assert fault.at.file == str(sources[1])
    assert str(sources[0]) in str(fault.hint)


def test_pictures_come_along(make_collection: MakeCollection, tmp_path: Path) -> None:
    book = make_collection({"collection.toml": EMPTY})
    _source(tmp_path / "in", "图/雪.png", b"picture")
    source = _source(tmp_path / "in", "a.md", "# 甲\n\n![雪](图/雪.png)\n\n![无](no.png)\n")
    files = dict(take_in((source,), book).files)
    assert files["图/雪.png"] == b"picture"
    assert set(files) == {"a.md", "图/雪.png", "collection.toml"}


def test_a_picture_outside_the_sources_folder_stays_there(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    _source(tmp_path, "secret.png", b"secret")
    source = _source(tmp_path / "in", "a.md", "# 甲\n\n![雪](../secret.png)\n")
    assert set(dict(take_in((source,), book).files)) == {"a.md", "collection.toml"}


def test_the_faults_of_all_sources_come_together(
    make_collection: MakeCollection, tmp_path: Path, faults_of: FaultsOf
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    sources = (_source(tmp_path, "a.doc"), _source(tmp_path, "b.txt", b"\xff"))
    faults = faults_of(lambda: take_in(sources, book))
    assert [fault.at.file for fault in faults] == [str(source) for source in sources]
    assert "plain text (.txt)" in str(faults[0].hint)


def test_a_source_that_is_not_there_is_refused(
    make_collection: MakeCollection, tmp_path: Path, faults_of: FaultsOf
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    (fault,) = faults_of(lambda: take_in((tmp_path / "no.txt",), book))
    assert fault.at.file == str(tmp_path / "no.txt")


def test_a_file_name_that_is_no_text_is_refused(
    make_collection: MakeCollection, tmp_path: Path, faults_of: FaultsOf
) -> None:
    book = make_collection({"collection.toml": EMPTY})
    # As a ZIP made on an old Chinese Windows leaves it.
    name = os.fsdecode("门".encode("gb18030") + b".txt")
    source = _source(tmp_path, name)
    assert faults_of(lambda: take_in((source,), book))
