"""What was set before is used again, and nobody can tell it from the files."""

from __future__ import annotations

import os
import pickle
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publisher.composition.compositor import Case, Compositor, Order
from publisher.composition.formes import Forme
from publisher.composition.paging import Paging
from publisher.press import processes
from publisher.press.build import build
from publisher.press.hands import Hands, Here, Kept
from publisher.press.hands import _name as forme_name
from publisher.press.processes import Processes
from publisher.press.store import Store
from tests.drawing import picture_bytes
from tests.reading import COMMAND, environment, publisher

DECLARED = """
title = "街上"
date = "2020-06"
front = { essays = ["preface.md"] }
[[part]]
title = "上"
essays = ["a.md", "b.md", "c.md"]
[[part]]
title = "下"
essays = ["d.md", "e.md"]
[[output]]
name = "screen"
format = "screen"
page = "64开"
"""
WORDS = (
    "他出门去了走得很慢街上没有人钟楼敲五下河水涨起来船靠在石阶边老范把伞收好说明天再来。，、？！"
)
LONG = "".join(random.Random(7).choices(WORDS, k=2_000))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "collection.toml").write_text(DECLARED, encoding="utf-8")
    (folder / "dot.png").write_bytes(picture_bytes("PNG"))
    for number, name in enumerate(("preface", "a", "b", "c", "d", "e")):
        (folder / f"{name}.md").write_text(essay(number, name), encoding="utf-8")
    return folder


def essay(number: int, name: str) -> str:
    first, second = LONG[number * 150 : number * 150 + 700], LONG[number:400]
    body = f"{first}[^1]\n\n![点](dot.png)\n\n{second}\n\n[^1]: 注。\n\n## 尾声\n\n{name}\n"
    return f"---\ntitle: 第{number}篇\nauthor: 老范\n---\n\n钟楼敲五下。\n\n{body}"


# Edits ----------------------------------------------------------------------------------------


def _words(book: Path, dice: random.Random) -> None:
    file = _any(book, dice)
    text = file.read_text(encoding="utf-8")
    head, body = text[: text.index("\n\n")], text[text.index("\n\n") :]
    place = body.index("\n\n") + 2 + dice.randrange(200)
    new = "".join(dice.choices(WORDS, k=dice.randrange(400)))
    gone = dice.randrange(60)
    file.write_text(head + body[:place] + new + body[place + gone :], encoding="utf-8")


def _title(book: Path, dice: random.Random) -> None:
    file = _any(book, dice)
    text = file.read_text(encoding="utf-8")
    new = "".join(dice.choices(WORDS[:30], k=dice.randrange(1, 12)))
    file.write_text(re.sub("title: .*", f"title: {new}", text), encoding="utf-8")


def _order(book: Path, dice: random.Random) -> None:
    names = re.findall(r'"(\w\.md)"', (book / "collection.toml").read_text(encoding="utf-8"))
    dice.shuffle(names)
    cut = dice.randrange(1, len(names))
    rows = [", ".join(f'"{it}"' for it in part) for part in (names[:cut], names[cut:])]
    parts = "".join(
        f'[[part]]\ntitle = "{title}"\nessays = [{row}]\n'
        for title, row in zip("上下", rows, strict=True)
    )
    text = (book / "collection.toml").read_text(encoding="utf-8")
    a, b = text.index("[[part]]"), text.index("[[output]]")
    (book / "collection.toml").write_text(text[:a] + parts + text[b:], encoding="utf-8")


def _name(book: Path, dice: random.Random) -> None:
    file = book / "collection.toml"
    text = file.read_text(encoding="utf-8")
    new = "".join(dice.choices(WORDS[:30], k=3))
    file.write_text(re.sub('^title = ".*"', f'title = "{new}"', text, count=1), encoding="utf-8")


def _picture(book: Path, dice: random.Random) -> None:
    size = dice.randrange(8, 90)
    (book / "dot.png").write_bytes(picture_bytes("PNG", (size, size)))


def _page(book: Path, dice: random.Random) -> None:
    file = book / "collection.toml"
    size = dice.choice(["64开", "A6", "A5"])
    text = re.sub('page = ".*"', f'page = "{size}"', file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")


EDITS = (_words, _words, _words, _title, _order, _name, _picture, _page)


def _any(book: Path, dice: random.Random) -> Path:
    return dice.choice(sorted(book.glob("*.md")))


def made(book: Path) -> bytes:
    shutil.rmtree(book / "dist", ignore_errors=True)
    (artefact,) = build(book).artefacts
    return artefact.content


def clean(book: Path, folder: Path) -> bytes:
    """The book as it is made by whom nothing was kept."""
    with pytest.MonkeyPatch.context() as alone:
        alone.setenv("XDG_CACHE_HOME", str(folder))
        content = made(book)
    shutil.rmtree(folder)
    return content


def check_edits(book: Path, tmp_path: Path, count: int) -> None:
    dice = random.Random(11)
    made(book)
    for number in range(count):
        dice.choice(EDITS)(book, dice)
        assert made(book) == clean(book, tmp_path / f"clean-{number}")


def test_a_book_made_anew_after_edits_has_the_bytes_of_a_clean_build(
    book: Path, tmp_path: Path
) -> None:
    check_edits(book, tmp_path, 6)


@pytest.mark.slow
def test_two_hundred_edits_leave_no_trace(book: Path, tmp_path: Path) -> None:
    check_edits(book, tmp_path, 200)


# What is set again ----------------------------------------------------------------------------


@pytest.fixture
def set_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the formes that were set, in order."""
    names: list[str] = []
    own = Compositor.set

    def watched(compositor: Compositor, order: Order) -> Forme | None:
        names.append(order.name)
        return own(compositor, order)

    monkeypatch.setattr(Compositor, "set", watched)
    return names


def test_one_changed_sentence_sets_one_essay_again(book: Path, set_again: list[str]) -> None:
    made(book)
    assert len(set_again) > 8
    set_again.clear()
    _change(book / "c.md", "钟楼", "鼓楼")
    made(book)
    assert set_again == ["essay-c"]


def test_pages_more_move_the_others_without_setting_them(book: Path, set_again: list[str]) -> None:
    made(book)
    set_again.clear()
    _change(book / "a.md", "## 尾声", f"{LONG[:900]}\n\n## 尾声")
    made(book)
    assert [name for name in set_again if name.startswith("essay")] == ["essay-a"]


def test_the_whole_book_looks_as_if_each_essay_were_set_for_its_place(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    free = pypdfium2.PdfDocument(made(book))
    monkeypatch.setattr(Paging, "_may_be_free", lambda *_: False)
    bound = pypdfium2.PdfDocument(clean(book, tmp_path / "other"))
    assert len(free) == len(bound) > 15
    for one, other in zip(free, bound, strict=True):
        assert one.render().to_pil().tobytes() == other.render().to_pil().tobytes()
        assert one.get_textpage().get_text_range() == other.get_textpage().get_text_range()


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# Hands ----------------------------------------------------------------------------------------


CASE = Case("@page { size: 200pt 200pt }", (), ())
ORDERS = tuple(
    Order(f'<html lang="zh"><body><p>{LONG[start:]}</p></body></html>', f"n{start}")
    for start in range(0, 1000, 250)
)


@pytest.fixture
def ready(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fonts in sight, and no book too short for helpers."""
    made(book)
    monkeypatch.setattr(processes, "WORTH_HELP", 1)


def formes(hands: Hands) -> list[Forme | None]:
    try:
        return list(hands.set(CASE, ORDERS))
    finally:
        hands.close()


@pytest.mark.usefixtures("ready")
def test_helpers_set_what_this_process_sets() -> None:
    assert formes(Processes(2)) == formes(Here())


@pytest.mark.usefixtures("ready")
def test_a_helper_that_dies_is_no_fault() -> None:
    hands = Processes(2)
    found = hands.set(CASE, ORDERS)
    first = next(found)
    crew = hands._crew
    assert crew
    for process in crew._executor._processes.values():  # type: ignore[attr-defined]
        process.kill()
    assert [first, *found] == formes(Here())


@pytest.mark.usefixtures("ready")
def test_a_kept_forme_is_not_set_again_and_a_damaged_one_is(
    tmp_path: Path, set_again: list[str]
) -> None:
    store = tmp_path / "store"
    first = formes(Kept(Here(), Store(store)))
    set_again.clear()
    assert formes(Kept(Here(), Store(store))) == first
    assert set_again == []
    entry = next(store.glob("??/*"))
    entry.write_bytes(entry.read_bytes()[:-1])
    assert formes(Kept(Here(), Store(store))) == first
    assert len(set_again) == 1


@pytest.mark.usefixtures("ready")
def test_an_entry_cannot_call_anything(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> object:
            return os.mkdir, (str(tmp_path / "sprung"),)

    module = b"publisher.composition.formes"
    dotted = b"dataclass.__builtins__.get"
    tricks = (
        pickle.dumps(Trap()),
        # Protocol 4 finds what a dotted name leads to.
        b"\x80\x04\x8c" + bytes([len(module)]) + module + b"\x8c" + bytes([len(dotted)]) + dotted
        + b"\x93\x8c\x04eval\x85R.",
        pickle.dumps("no forme"),
        b"I12x\n.",
    )  # fmt: skip
    store = Store(tmp_path / "store")
    for order, trick in zip(ORDERS, tricks, strict=True):
        store.put(forme_name(CASE, order), trick)
    assert formes(Kept(Here(), store)) == formes(Here())
    assert not (tmp_path / "sprung").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the helpers")
def test_a_system_without_helpers_sets_all_in_one_process(book: Path, tmp_path: Path) -> None:
    for file in book.glob("*.md"):
        _change(file, "## 尾声", f"{LONG * 25}\n\n## 尾声")
    # No socket can be in such a place, and helpers are called through one.
    deep = tmp_path / "/".join(["d" * 60] * 3)
    deep.mkdir(parents=True)
    for number, place in enumerate((deep, tmp_path)):
        own = environment() | {"TMPDIR": str(place), "XDG_CACHE_HOME": str(tmp_path / str(number))}
        run = publisher("build", book, "--into", tmp_path / f"dist{number}", env=own)
        assert run.returncode == 0, run.stderr
    first, second = (sorted((tmp_path / f"dist{it}").iterdir()) for it in (0, 1))
    assert [it.read_bytes() for it in first] == [it.read_bytes() for it in second]


def test_helpers_go_with_a_build_that_was_killed(book: Path) -> None:
    for file in book.glob("*.md"):
        _change(file, "## 尾声", f"{LONG * 25}\n\n## 尾声")
    build_ = subprocess.Popen([*COMMAND, "build", str(book)], env=environment())
    try:
        helpers = _wait(lambda: _children(build_.pid))
        build_.send_signal(signal.SIGKILL)
        build_.wait()
        _wait(lambda: not any(Path(f"/proc/{it}").exists() for it in helpers))
    finally:
        build_.kill()


def _wait(what: object) -> list[int]:
    for _ in range(600):
        if found := what():  # type: ignore[operator]
            return found  # type: ignore[no-any-return]
        time.sleep(0.1)
    raise AssertionError("it did not come in a minute")


def _children(parent: int) -> list[int]:
    file = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(it) for it in file.read_text().split()]
