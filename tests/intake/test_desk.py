"""The desk: sources become plans, manuscripts and lines of `collection.toml`; nothing is lost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError
from publisher.intake.desk import Intake, apply, plans, take_in
from publisher.intake.handled import Handled, Wishes
from publisher.press.writing import write_into
from tests.conftest import FaultsOf, MakeCollection
from tests.intake.office import PNG, docx, paragraph, picture
from tests.intake.test_splitting import DUMPS

EMPTY = '# 总表\ntitle = "书"   # 书名\n\n# 次序\nessays = []\n\n[imprint]\nname = "印社"\n'
ONE = "雪夜\n\n桥封了,没有人走...\n"
# Two essays of which the second is in doubt, and a part over each.
TWO = (
    "第一辑 冬\n\n\n雪夜\n作者：陈默\n\n桥封了，没有人走。河水照样流，灯照样亮，没有人说话。\n\n\n"
    "第二辑 春\n\n\n渡口\n作者：许静\n\n船开了，人上去了。河水照样流，灯照样亮，没有人说话。\n"
)


@pytest.fixture
def book(make_collection: MakeCollection) -> Path:
    return make_collection({"collection.toml": EMPTY})


def source(folder: Path, name: str, text: str | bytes = ONE) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def into(
    book: Path,
    *sources: Path,
    accept: bool = False,
    off: frozenset[str] = frozenset(),
    replacing: bool = False,
) -> Intake:
    """What an import gives, written to the book."""
    taken = take_in(sources, book, Wishes(accept, off, replacing))
    write_into(book, dict(taken.files))
    return taken


def applied(book: Path, accept: bool = False) -> Intake:
    done = apply(book, accept)
    write_into(book, dict(done.files))
    return done


def only(taken: Intake) -> Handled:
    (handled,) = taken.handled
    return handled


def declared(book: Path) -> dict[str, Any]:
    return tomllib.loads((book / "collection.toml").read_text(encoding="utf-8"))


def contents(book: Path) -> dict[str, bytes]:
    return {str(f.relative_to(book)): f.read_bytes() for f in book.rglob("*") if f.is_file()}


def edit(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    file.write_text(text, encoding="utf-8")


# What is certain --------------------------------------------------------------------------------


def test_a_titled_text_becomes_a_manuscript_at_once(book: Path, tmp_path: Path) -> None:
    handled = only(into(book, source(tmp_path, "a.txt")))
    assert handled.written == (("a.md", "雪夜"),)
    assert handled.how == "UTF-8, no BOM, 0 undecodable"
    assert handled.asked == ()
    assert declared(book)["essays"] == ["a.md"]
    essay = read_manuscript((book / "a.md").read_bytes(), "a.md", "a.md")
    assert essay.title == "雪夜"
    assert (book / "a.md").read_text(encoding="utf-8").endswith("桥封了，没有人走……\n")


def test_the_source_is_kept_with_its_digest(book: Path, tmp_path: Path) -> None:
    content = ONE.encode("gb18030")
    into(book, source(tmp_path, "a.txt", content), source(tmp_path, "b.txt", "甲\n\n乙。\n"))
    assert (book / "sources/a.txt").read_bytes() == content
    sums = dict(
        reversed(line.split("  "))
        for line in (book / "sources/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    assert list(sums) == ["a.txt", "b.txt"]
    assert sums["a.txt"] == hashlib.sha256(content).hexdigest()


def test_digests_of_earlier_sources_stay_in_the_list(book: Path, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        into(book, source(tmp_path, name))
    rows = (book / "sources/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [row.split("  ")[1] for row in rows] == ["a.txt", "b.txt"]


def test_how_a_source_was_read_is_told(book: Path, tmp_path: Path) -> None:
    text = "雪夜\n\n　　桥封了，没有人走。河水照样流，灯照样亮，谁也没有说话，只有钟还在敲。\n"
    handled = only(into(book, source(tmp_path, "a.txt", text.encode("gb18030"))))
    assert handled.how == "GB18030, no BOM, 0 undecodable"
    assert handled.how in (book / handled.plan).read_text(encoding="utf-8")


def test_an_empty_text_is_refused(book: Path, tmp_path: Path, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: take_in((source(tmp_path, "a.txt", "\n \u3000\n"),), book))
    assert fault.at.file == str(tmp_path / "a.txt")


# What is asked ----------------------------------------------------------------------------------


def asking(tmp_path: Path) -> Path:
    return source(tmp_path, "a.txt", (DUMPS / "indent-tells/source.txt").read_bytes())


def test_what_is_not_certain_waits_in_its_plan(book: Path, tmp_path: Path) -> None:
    handled = only(into(book, asking(tmp_path)))
    assert handled.written == ()
    assert handled.asked
    assert handled.plan == "plan/a.toml"
    assert declared(book)["essays"] == []
    assert set(contents(book)) == {
        "collection.toml", "sources/a.txt", "sources/SHA256SUMS", "plan/a.toml", "plan/a.log.json"
    }  # fmt: skip
    assert handled.ledger
    assert handled.ledger.waiting > 0
    assert handled.ledger.is_balanced


def test_accepting_takes_every_proposal(book: Path, tmp_path: Path) -> None:
    handled = only(into(book, asking(tmp_path), accept=True))
    assert handled.asked == ()
    assert [name for name, _ in handled.written] == declared(book)["essays"]
    assert handled.ledger
    assert handled.ledger.waiting == 0


def test_a_waiting_plan_can_be_accepted_later(book: Path, tmp_path: Path) -> None:
    other = book.parent / "other"
    other.mkdir()
    (other / "collection.toml").write_text(EMPTY, encoding="utf-8")
    into(other, asking(tmp_path), accept=True)
    into(book, asking(tmp_path))
    applied(book, accept=True)
    assert contents(book) == contents(other)


def test_a_part_of_a_plan_that_is_confirmed_is_done(book: Path, tmp_path: Path) -> None:
    taken = into(book, asking(tmp_path))
    count = len([item for item in only(taken).asked if item.kind == "essay"])
    assert count > 1
    file = book / "plan/a.toml"
    edit(file, ("confirmed = false", "confirmed = true"))
    handled = only(applied(book))
    assert [name for name, _ in handled.written] == ["a-01.md"]
    assert handled.ledger
    assert handled.ledger.waiting > 0
    assert handled.ledger.is_balanced
    text = file.read_text(encoding="utf-8").replace("confirmed = false", "confirmed = true")
    file.write_text(text, encoding="utf-8")
    handled = only(applied(book))
    assert handled.kept == ("a-01.md",)
    assert declared(book)["essays"] == [f"a-0{n}.md" for n in range(1, count + 1)]


def test_essays_confirmed_out_of_order_stand_in_the_sources_order(
    book: Path, tmp_path: Path
) -> None:
    into(book, asking(tmp_path))
    into(book, source(tmp_path, "z.txt"))
    file = book / "plan/a.toml"
    *head, last = file.read_text(encoding="utf-8").split("confirmed = false")
    file.write_text("confirmed = false".join(head) + "confirmed = true" + last, encoding="utf-8")
    (written,) = only_of(applied(book), "a.txt").written
    assert declared(book)["essays"] == ["z.md", written[0]]
    applied(book, accept=True)
    names = sorted(name for name in declared(book)["essays"] if name != "z.md")
    assert declared(book)["essays"][-1] == names[-1] == written[0]


def only_of(taken: Intake, name: str) -> Handled:
    return next(handled for handled in taken.handled if handled.source == name)


def test_a_title_that_an_editor_writes_is_the_essays(book: Path, tmp_path: Path) -> None:
    handled = only(into(book, asking(tmp_path)))
    proposed = next(item.title for item in handled.asked if item.kind == "essay")
    row = f'title = "{proposed}"'
    edit(book / "plan/a.toml", (row, 'title = "# 钟楼"\nsubtitle = "x"'))
    with pytest.raises(Exception, match="subtitle"):
        apply(book)
    edit(book / "plan/a.toml", ('\nsubtitle = "x"', ""))
    applied(book, accept=True)
    essay = read_manuscript((book / "a-01.md").read_bytes(), "a-01.md", "a-01.md")
    assert essay.title == "# 钟楼"


def test_a_sections_title_that_an_editor_writes_counts(book: Path, tmp_path: Path) -> None:
    text = (
        "雪夜\n\n一、桥头\n\n桥封了，没有人走。河水照样流，灯照样亮，谁也没有说话，只有钟。\n\n"
        "二、渡口\n\n船开了，人都上去了。河水照样流，灯照样亮，谁也没有说话，只有钟。\n"
    )
    into(book, source(tmp_path, "a.txt", text))
    edit(book / "plan/a.toml", ('title = "二、渡口"', 'title = "尾声"'))
    applied(book, accept=True)
    written = (book / "a.md").read_text(encoding="utf-8")
    assert "\n## 一、桥头\n" in written
    assert "\n## 尾声\n" in written
    assert "渡口" not in written
    (entry,) = json.loads((book / "plan/a.log.json").read_bytes())["manuscripts"]
    assert [step[0] for step in entry["passes"]][-1] == "section-titles"


def test_a_section_that_an_editor_deletes_is_ordinary_text(book: Path, tmp_path: Path) -> None:
    word = docx(
        paragraph("雪夜", style="1"),
        paragraph("桥封了，没有人走。河水照样流，灯照样亮，谁也没有说话，只有钟。"),
        paragraph("渡口", style="2"),
        paragraph("船开了，人都上去了。河水照样流，灯照样亮，谁也没有说话，只有钟。"),
    )
    into(book, source(tmp_path, "a.docx", word), accept=True)
    assert "\n## 渡口\n" in (book / "a.md").read_text(encoding="utf-8")
    file = book / "plan/a.toml"
    head, _, section = file.read_text(encoding="utf-8").rpartition("\n# 3  渡口\n")
    assert 'kind = "section"' in section
    file.write_text(head, encoding="utf-8")
    applied(book)
    assert "\n渡口\n" in (book / "a.md").read_text(encoding="utf-8")


def test_advice_is_followed_once_it_is_accepted(book: Path, tmp_path: Path) -> None:
    text = "雪夜\n\n他们送来了警服 救援服，还有一句话。\n"
    handled = only(into(book, source(tmp_path, "a.txt", text)))
    assert handled.doubts == 1
    assert "警服 救援服" in (book / "a.md").read_text(encoding="utf-8")
    edit(book / "plan/a.toml", ("accepted = false", "accepted = true"))
    handled = only(applied(book))
    assert handled.doubts == 0
    assert handled.written == (("a.md", "雪夜"),)
    assert "警服、救援服" in (book / "a.md").read_text(encoding="utf-8")
    assert only(applied(book)).kept == ("a.md",)


def test_advice_is_followed_in_the_editors_words(book: Path, tmp_path: Path) -> None:
    into(book, source(tmp_path, "a.txt", "雪夜\n\n他们送来了警服 救援服，还有一句话。\n"))
    ((_, plan),) = plans(book)
    after = json.dumps(plan.advice[0].after, ensure_ascii=False)
    edit(
        book / "plan/a.toml",
        (f"after = {after}", 'after = "和"'),
        ("accepted = false", "accepted = true"),
    )
    applied(book)
    assert "警服和救援服" in (book / "a.md").read_text(encoding="utf-8")


# Rules ------------------------------------------------------------------------------------------


def test_a_rule_that_is_off_changes_nothing(book: Path, tmp_path: Path) -> None:
    handled = only(into(book, source(tmp_path, "a.txt"), off=frozenset(("ellipses",))))
    text = (book / "a.md").read_text(encoding="utf-8")
    assert "桥封了，没有人走..." in text
    assert handled.ledger
    assert "ellipses" not in dict(handled.ledger.rules)
    assert 'rules_off = ["ellipses"]' in (book / "plan/a.toml").read_text(encoding="utf-8")


def test_a_rule_can_be_switched_off_in_the_plan_and_later(book: Path, tmp_path: Path) -> None:
    file = source(tmp_path, "a.txt")
    into(book, file)
    edit(book / "plan/a.toml", ("rules_off = []", 'rules_off = ["ellipses"]'))
    applied(book)
    assert "没有人走..." in (book / "a.md").read_text(encoding="utf-8")
    into(book, file, off=frozenset(("half-width-marks",)))
    assert "桥封了,没有人走..." in (book / "a.md").read_text(encoding="utf-8")


def test_a_rule_that_there_is_not_is_refused(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt"))
    edit(book / "plan/a.toml", ("rules_off = []", 'rules_off = ["elipses"]'))
    (fault,) = faults_of(lambda: apply(book))
    assert (fault.at.file, fault.at.key) == (str(book / "plan/a.toml"), "rules_off")
    assert "ellipses" in str(fault.hint)


def test_the_lines_of_rich_sources_are_never_joined(book: Path, tmp_path: Path) -> None:
    rows = [f"{'河水照样流灯照样亮' * 4}" for _ in range(12)]
    word = docx(paragraph("雪夜", style="1"), *(paragraph(row) for row in rows))
    into(book, source(tmp_path, "a.docx", word), accept=True)
    essay = read_manuscript((book / "a.md").read_bytes(), "a.md", "a.md")
    assert len(essay.blocks) == len(rows)
    assert 'rules_off = ["unwrap"]' in (book / "plan/a.toml").read_text(encoding="utf-8")


# Once more --------------------------------------------------------------------------------------


@pytest.mark.parametrize("accept", [False, True])
def test_importing_twice_changes_no_byte(book: Path, tmp_path: Path, accept: bool) -> None:
    files = [
        asking(tmp_path),
        source(tmp_path, "b.txt"),
        source(tmp_path, "c.md", "# 丙\n\n雪。\n"),
    ]
    into(book, *files, accept=accept)
    before = contents(book)
    assert take_in(files, book, Wishes(accept)).files == ()
    assert apply(book, accept).files == ()
    assert contents(book) == before


def test_a_manuscript_changed_by_hand_is_never_overwritten(book: Path, tmp_path: Path) -> None:
    file = source(tmp_path, "a.txt")
    into(book, file)
    edit(book / "a.md", ("桥封了", "桥通了"))
    edit(book / "plan/a.toml", ("rules_off = []", 'rules_off = ["ellipses"]'))
    before = (book / "a.md").read_bytes()
    for taken in (into(book, file), applied(book), applied(book, accept=True)):
        assert only(taken).edited == ("a.md",)
        assert (book / "a.md").read_bytes() == before


def test_a_manuscript_that_is_gone_is_made_again(book: Path, tmp_path: Path) -> None:
    file = source(tmp_path, "a.txt")
    into(book, file)
    before = (book / "a.md").read_bytes()
    (book / "a.md").unlink()
    assert only(into(book, file)).written == (("a.md", "雪夜"),)
    assert (book / "a.md").read_bytes() == before


def test_an_essay_that_an_editor_took_out_of_the_book_stays_out(book: Path, tmp_path: Path) -> None:
    into(book, source(tmp_path, "a.txt"), source(tmp_path, "b.txt", "渡口\n\n船开了。\n"))
    edit(book / "collection.toml", ('    "a.md",\n', ""))
    applied(book)
    assert declared(book)["essays"] == ["b.md"]


def test_a_changed_source_is_refused(book: Path, tmp_path: Path, faults_of: FaultsOf) -> None:
    file = source(tmp_path, "a.txt")
    into(book, file)
    source(tmp_path, "a.txt", "雪夜\n\n桥通了。\n")
    (fault,) = faults_of(lambda: take_in((file,), book))
    assert fault.at.file == str(file)
    (book / "sources/a.txt").write_text("雪夜\n\n桥通了。\n", encoding="utf-8")
    (fault,) = faults_of(lambda: apply(book))
    assert fault.at.file == str(book / "sources/a.txt")


def test_a_manuscript_of_other_origin_is_in_the_way(
    make_collection: MakeCollection, tmp_path: Path, faults_of: FaultsOf
) -> None:
    book = make_collection({"a.md": "# 别的\n"})
    (fault,) = faults_of(lambda: take_in((source(tmp_path, "a.txt"),), book))
    assert fault.at.file == str(book / "a.md")
    assert "rename" in str(fault.hint)


def test_what_an_older_plan_made_and_the_new_one_does_not_is_told(
    book: Path, tmp_path: Path
) -> None:
    into(book, source(tmp_path, "a.txt"))
    edit(
        book / "plan/a.toml",
        ("first = 1\nlast = 3\nkind", "first = 1\nlast = 2\nkind"),
    )
    plan = book / "plan/a.toml"
    more = '\n[[item]]\nfirst = 3\nlast = 3\nkind = "essay"\ntitle = "又"\nconfirmed = true\n'
    plan.write_text(plan.read_text(encoding="utf-8") + more, encoding="utf-8")
    (notice,) = only(applied(book)).notices
    assert (notice.code, notice.at.file) == ("manuscript-left", str(book / "a.md"))


def test_a_damaged_record_is_refused(book: Path, tmp_path: Path, faults_of: FaultsOf) -> None:
    into(book, source(tmp_path, "a.txt"))
    (book / "plan/a.log.json").write_text('{"source": 1}', encoding="utf-8")
    (fault,) = faults_of(lambda: apply(book))
    assert fault.at.file == str(book / "plan/a.log.json")


# The order of the book --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage", ["[" * 100_000, '{"source": 1e999}', '{"manuscripts": "\\ud800"}', "[1]"]
)
def test_a_record_of_nonsense_is_refused(
    damage: str, book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt"))
    (book / "plan" / "a.log.json").write_text(damage)
    (fault,) = faults_of(lambda: into(book, source(tmp_path, "a.txt")))
    assert fault.at.file.endswith("a.log.json")


@pytest.mark.parametrize("lines", [1, 9999])
def test_a_plan_that_counts_other_lines_than_its_source_is_refused(
    lines: int, book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt"))
    plan = book / "plan" / "a.toml"
    edit(plan, ("lines = 3", f"lines = {lines}"), ("last = 3", f"last = {min(lines, 3)}"))
    for run in (lambda: applied(book), lambda: into(book, source(tmp_path, "a.txt"))):
        assert any(fault.at.file.endswith("a.toml") for fault in faults_of(run))


@pytest.mark.parametrize("value", ["nan", "inf", "-0.5", "7.0"])
def test_a_confidence_that_is_no_share_is_refused(
    value: str, book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt"))
    plan = book / "plan" / "a.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(re.sub(r"confidence = .*", f"confidence = {value}", text, count=1), "utf-8")
    (fault,) = faults_of(lambda: applied(book))
    assert fault.at.key.endswith("confidence")


def test_a_plan_cannot_reach_beyond_the_sources(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt"))
    edit(book / "plan" / "a.toml", ('"a.txt"', '"../collection.toml"'))
    (fault,) = faults_of(lambda: applied(book))
    assert fault.at.key == "source"


def test_a_list_of_digests_in_another_encoding_stays(book: Path, tmp_path: Path) -> None:
    into(book, source(tmp_path, "a.txt"))
    sums = book / "sources" / "SHA256SUMS"
    old = sums.read_bytes() + b"00  \xb8\xe8.txt\n"
    sums.write_bytes(old)
    into(book, source(tmp_path, "b.txt", ONE + "又。\n"))
    assert set(old.splitlines()) < set(sums.read_bytes().splitlines())


def test_sources_are_added_in_the_order_they_are_given(book: Path, tmp_path: Path) -> None:
    into(book, source(tmp_path, "二.txt"), source(tmp_path, "一.md", "# 一\n"))
    assert declared(book)["essays"] == ["二.md", "一.md"]


def test_a_folder_stands_for_its_files_with_two_before_ten(book: Path, tmp_path: Path) -> None:
    for name in ("10.txt", "2.txt", "后记.txt", "x.pdf", "1a.txt"):
        source(tmp_path / "in", name)
    taken = into(book, tmp_path / "in")
    assert declared(book)["essays"] == ["1a.md", "2.md", "10.md", "后记.md"]
    assert [other.name for other in taken.passed] == ["x.pdf"]


def test_a_picture_among_files_is_passed_over_and_alone_it_is_refused(
    book: Path, tmp_path: Path
) -> None:
    picture = source(tmp_path, "灯.PNG", b"\x89PNG")
    taken = into(book, picture, source(tmp_path, "a.txt"))
    assert declared(book)["essays"] == ["a.md"]
    assert taken.passed == (picture,)
    with pytest.raises(PublisherError):
        into(book, picture)


def test_what_a_system_hides_in_a_folder_is_not_imported(book: Path, tmp_path: Path) -> None:
    source(tmp_path / "in", "._a.txt", b"\x00\x05\x16\x07")
    source(tmp_path / "in", "~$a.docx", b"\x00")
    source(tmp_path / "in", "README.txt", "读我\n")
    source(tmp_path / "in", "a.txt")
    taken = into(book, tmp_path / "in")
    assert [handled.source for handled in taken.handled] == ["a.txt"]


def test_the_parts_of_a_source_are_parts_of_the_book(book: Path, tmp_path: Path) -> None:
    into(book, source(tmp_path, "a.txt", TWO), accept=True)
    assert declared(book)["part"] == [
        {"title": "第一辑 冬", "essays": ["a-01.md"]},
        {"title": "第二辑 春", "essays": ["a-02.md"]},
    ]
    assert "essays" not in declared(book)
    assert take_in((tmp_path / "a.txt",), book, Wishes(accept=True)).files == ()


def test_a_book_without_parts_gets_none_and_is_told(book: Path, tmp_path: Path) -> None:
    into(book, source(tmp_path, "z.txt"))
    handled = only(into(book, source(tmp_path, "a.txt", TWO), accept=True))
    assert declared(book)["essays"] == ["z.md", "a-01.md", "a-02.md"]
    assert [notice.code for notice in handled.notices] == ["parts-left-out"]


def test_an_essay_waits_for_the_part_that_it_stands_in(book: Path, tmp_path: Path) -> None:
    file = source(tmp_path, "a.txt", TWO)
    into(book, file, accept=True)
    text = (book / "plan/a.toml").read_text(encoding="utf-8")
    head, _, part = text.partition('kind = "part"')
    for name in ("a-01.md", "a-02.md", "plan/a.log.json"):
        (book / name).unlink()
    (book / "collection.toml").write_text(EMPTY, encoding="utf-8")
    waiting = part.replace("confirmed = true", "confirmed = false", 1)
    (book / "plan/a.toml").write_text(f'{head}kind = "part"{waiting}', encoding="utf-8")
    assert only(applied(book)).written == (("a-02.md", "渡口"),)


# Refusals ---------------------------------------------------------------------------------------


def test_two_sources_of_one_name_are_refused(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    sources = (source(tmp_path, "a.txt"), source(tmp_path, "x/a.txt"))
    (fault,) = faults_of(lambda: take_in(sources, book))
    assert fault.at.file == str(sources[1])
    assert str(sources[0]) in str(fault.hint)


def test_a_source_whose_name_another_had_before_is_refused(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt"))
    word = source(tmp_path, "a.docx", docx(paragraph("雪夜"), paragraph("桥封了。")))
    (fault,) = faults_of(lambda: take_in((word,), book))
    assert fault.at.file == str(word)
    assert "a.txt" in str(fault.hint)


def test_two_sources_that_make_one_manuscript_are_refused(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    sources = (source(tmp_path, "a.txt", TWO), source(tmp_path, "a-01.txt"))
    (fault,) = faults_of(lambda: take_in(sources, book, Wishes(accept=True)))
    assert fault.at.file == "a-01.txt"
    assert "a-01.md" in str(fault.message)


def test_the_faults_of_all_sources_come_together(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    sources = (source(tmp_path, "a.doc"), source(tmp_path, "b.txt", b"\x00\x01"))
    faults = faults_of(lambda: take_in(sources, book))
    assert [fault.at.file for fault in faults] == [str(source) for source in sources]
    assert ".docx" in str(faults[0].hint)


def test_a_source_that_is_not_there_is_refused(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: take_in((tmp_path / "no.txt",), book))
    assert fault.at.file == str(tmp_path / "no.txt")


def test_a_file_name_that_is_no_text_is_refused(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    # As a ZIP made on an old Chinese Windows leaves it.
    file = source(tmp_path, os.fsdecode("门".encode("gb18030") + b".txt"))
    assert faults_of(lambda: take_in((file,), book))


@pytest.mark.parametrize("sign", ["\a", "\x1b", "\n", "\t", "\x7f", "\u2028", "\u202e", "\ufffe"])
def test_a_file_name_that_no_list_can_hold_is_refused(
    sign: str, book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: into(book, source(tmp_path, f"雪{sign}夜.txt")))
    assert fault.at.file.isprintable()


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx", "a.html"])
def test_a_file_of_a_gigabyte_is_refused_without_being_read(
    name: str, book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    file = tmp_path / name
    with file.open("wb") as hollow:
        hollow.truncate(1 << 30)
    (fault,) = faults_of(lambda: take_in((file,), book))
    assert (fault.at.file, "MB" in str(fault.message)) == (str(file), True)


def test_nothing_is_done_outside_of_a_collection(tmp_path: Path, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: take_in((source(tmp_path, "a.txt"),), tmp_path))
    assert "collection.toml" in str(fault.message)


# Markdown ---------------------------------------------------------------------------------------


def test_a_markdown_source_is_kept_but_for_its_line_ends(book: Path, tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf# A\r\n\r\n**b**, c\r\n"
    handled = only(into(book, source(tmp_path, "a.md", content)))
    assert handled.written == (("a.md", "A"),)
    assert (book / "a.md").read_bytes() == b"# A\n\n**b**, c\n"
    assert (book / "sources/a.md").read_bytes() == content


def test_a_markdown_source_with_faults_is_not_taken(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: take_in((source(tmp_path, "a.md", "# 甲\n\n<br>\n"),), book))
    assert (fault.at.file, fault.at.line) == (str(tmp_path / "a.md"), 3)


def test_a_markdown_source_that_became_another_manuscript_stays_as_edited(
    book: Path, tmp_path: Path
) -> None:
    file = source(tmp_path, "a.md", "# 甲\n\n雪。\n")
    into(book, file)
    (book / "a.md").write_text("# 乙\n", encoding="utf-8")
    assert only(into(book, file)).edited == ("a.md",)
    assert (book / "a.md").read_text(encoding="utf-8") == "# 乙\n"


def test_pictures_of_markdown_come_along(book: Path, tmp_path: Path) -> None:
    source(tmp_path / "in", "图/雪.png", b"picture")
    text = "# 甲\n\n![雪](图/雪.png)\n\n![无](no.png)\n"
    into(book, source(tmp_path / "in", "a.md", text))
    assert (book / "图/雪.png").read_bytes() == b"picture"
    assert not (book / "no.png").exists()


def test_a_picture_outside_the_sources_folder_stays_there(book: Path, tmp_path: Path) -> None:
    source(tmp_path, "secret.png", b"secret")
    file = source(tmp_path / "in", "a.md", "# 甲\n\n![雪](../secret.png)\n")
    names = set(dict(take_in((file,), book).files))
    assert names == {
        "a.md", "collection.toml", "sources/a.md", "sources/SHA256SUMS", "plan/a.log.json"
    }  # fmt: skip


def test_a_picture_of_other_origin_is_in_the_way(
    make_collection: MakeCollection, tmp_path: Path, faults_of: FaultsOf
) -> None:
    book = make_collection({"collection.toml": EMPTY, "雪.png": b"other"})
    source(tmp_path / "in", "雪.png", b"picture")
    file = source(tmp_path / "in", "a.md", "# 甲\n\n![雪](雪.png)\n")
    (fault,) = faults_of(lambda: take_in((file,), book))
    assert fault.at.file == str(book / "雪.png")


def test_a_title_with_marks_of_direction_in_it_stands_in_the_plan_without(
    book: Path, tmp_path: Path
) -> None:
    into(book, source(tmp_path, "a.txt", "\u202a钟楼\u202c\n\n\n桥封了，没有人走。\n"))
    ((_, plan),) = plans(book)
    assert "钟楼" in [item.title for item in plan.item]


def test_an_import_that_was_broken_off_is_made_whole_by_another(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    sources = (source(tmp_path, "a.txt", TWO), source(tmp_path, "b.txt"))
    whole = make_collection({"collection.toml": EMPTY}, "whole")
    files = take_in(sources, whole, Wishes(accept=True)).files
    write_into(whole, dict(files))
    for count in range(len(files)):
        book = make_collection({"collection.toml": EMPTY}, f"broken-{count}")
        write_into(book, dict(files[:count]))
        into(book, *sources, accept=True)
        assert declared(book) == declared(whole)
        assert contents(book) == contents(whole)


def test_what_a_killed_import_left_is_swept_by_the_next(book: Path, tmp_path: Path) -> None:
    into(book, source(tmp_path, "a.txt"))
    left = [book / room / ".publisher-k3x9_q1z" for room in ("plan", "sources", ".")]
    for file in left:
        file.write_bytes(b"half a file")
    into(book, source(tmp_path, "b.txt"))
    assert not any(file.exists() for file in left)


# A source that changed -------------------------------------------------------------------------


def changed(tmp_path: Path, before: str, after: str, text: str = ONE) -> Path:
    return source(tmp_path / "newer", "a.txt", text.replace(before, after))


def test_a_changed_source_is_refused_with_the_command_that_takes_it(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt"))
    file = changed(tmp_path, "桥", "路")
    (fault,) = faults_of(lambda: take_in((file,), book))
    assert f"publisher import {file} --into {book} --replace" in str(fault.hint)


def test_a_changed_source_takes_the_place_of_the_old_one_which_is_kept(
    book: Path, tmp_path: Path
) -> None:
    into(book, source(tmp_path, "a.txt"))
    handled = only(into(book, changed(tmp_path, "桥", "路"), replacing=True))
    assert handled.written == (("a.md", "雪夜"),)
    assert "路封了" in (book / "a.md").read_text(encoding="utf-8")
    assert "路" in (book / "sources/a.txt").read_text(encoding="utf-8")
    (kept,) = (book / "sources/earlier").iterdir()
    assert kept.read_text(encoding="utf-8") == ONE
    sums = (book / "sources/SHA256SUMS").read_text(encoding="utf-8")
    for file in (kept, book / "sources/a.txt"):
        name = file.relative_to(book / "sources")
        assert f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}\n" in sums
    assert declared(book)["essays"] == ["a.md"]
    assert apply(book).files == ()


def test_what_an_editor_said_of_the_old_one_is_said_of_the_new_one(
    book: Path, tmp_path: Path
) -> None:
    into(book, source(tmp_path, "a.txt"))
    edit(
        book / "plan/a.toml",
        ('title = "雪夜"', 'title = "桥"'),
        ("authors = []", 'authors = ["许静"]'),
    )
    applied(book)
    handled = only(into(book, changed(tmp_path, "桥", "路"), replacing=True))
    assert [item.title for item in handled.asked] == ["桥"]
    assert handled.written == ()
    edit(book / "plan/a.toml", ("confirmed = false", "confirmed = true"))
    assert only(applied(book)).written == (("a.md", "桥"),)
    text = (book / "a.md").read_text(encoding="utf-8")
    assert "路封了" in text
    assert "许静" in text


def test_an_essay_changed_by_hand_stays_and_the_new_words_lie_beside_the_plan(
    book: Path, tmp_path: Path
) -> None:
    into(book, source(tmp_path, "a.txt"))
    edit(book / "a.md", ("桥封了", "桥断了"))
    handled = only(into(book, changed(tmp_path, "没有人走", "没有人来"), replacing=True))
    assert handled.edited == ("a.md",)
    assert handled.offered == ("plan/a.md",)
    assert "桥断了，没有人走" in (book / "a.md").read_text(encoding="utf-8")
    assert "桥封了，没有人来" in (book / "plan/a.md").read_text(encoding="utf-8")
    assert only(applied(book)).offered == ()


def test_nothing_is_laid_beside_a_plan_for_an_essay_that_its_source_would_not_change(
    book: Path, tmp_path: Path
) -> None:
    file = source(tmp_path, "a.txt")
    into(book, file)
    edit(book / "a.md", ("桥封了", "桥断了"))
    assert only(into(book, file)).offered == ()
    assert not (book / "plan/a.md").exists()


def test_a_changed_manuscript_takes_the_place_of_one_that_nobody_edited(
    book: Path, tmp_path: Path
) -> None:
    into(book, source(tmp_path, "a.md", "# 甲\n\n文一。\n"))
    newer = source(tmp_path / "newer", "a.md", "# 甲\n\n文二。\n")
    assert only(into(book, newer, replacing=True)).written == (("a.md", "甲"),)
    assert "文二" in (book / "a.md").read_text(encoding="utf-8")
    edit(book / "a.md", ("文二", "文三"))
    newest = source(tmp_path / "newest", "a.md", "# 甲\n\n文四。\n")
    assert only(into(book, newest, replacing=True)).edited == ("a.md",)
    assert "文三" in (book / "a.md").read_text(encoding="utf-8")
    assert "文四" in (book / "plan/a.md").read_text(encoding="utf-8")


def test_a_picture_of_a_changed_source_follows_it_unless_an_editor_mended_it(
    book: Path, tmp_path: Path
) -> None:
    def page(folder: str, picture_end: bytes) -> Path:
        blocks = (
            paragraph("雪夜", style="1"),
            paragraph(f"桥封了{folder}。"),
            paragraph(picture("r1")),
        )
        return source(tmp_path / folder, "a.docx", docx(*blocks, media={"r1": PNG + picture_end}))

    into(book, page("one", b"1"), accept=True)
    (image,) = (book / "pictures/a").iterdir()
    into(book, page("two", b"2"), accept=True, replacing=True)
    assert image.read_bytes() == PNG + b"2"
    image.write_bytes(b"mine")
    into(book, page("three", b"3"), accept=True, replacing=True)
    assert image.read_bytes() == b"mine"


def test_a_kept_source_that_somebody_changed_is_refused_all_the_same(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt"))
    edit(book / "sources/a.txt", ("桥", "河"))
    file = changed(tmp_path, "桥", "路")
    (fault,) = faults_of(lambda: take_in((file,), book, Wishes(replacing=True)))
    assert fault.at.file == str(book / "sources/a.txt")


# What would be passed over in silence ---------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [('before = " "', 'before = "　"'), ("column = 8", "column = 7"), ("line = 3", "line = 1")],
)
def test_accepted_advice_that_fits_nothing_is_told_at_its_place(
    book: Path, tmp_path: Path, before: str, after: str
) -> None:
    into(book, source(tmp_path, "a.txt", "雪夜\n\n他们送来了警服 救援服，还有一句话。\n"))
    edit(book / "plan/a.toml", (before, after), ("accepted = false", "accepted = true"))
    (notice,) = only(applied(book)).notices
    assert notice.code == "advice-unmet"
    assert notice.at.file == str(book / "plan/a.toml")
    assert notice.at.key.startswith("advice[")
    assert "警服 救援服" in (book / "a.md").read_text(encoding="utf-8")


def test_a_part_without_an_essay_is_left_out_only_by_a_word(
    book: Path, tmp_path: Path, faults_of: FaultsOf
) -> None:
    into(book, source(tmp_path, "a.txt", f"{ONE}第三辑 夏\n"))
    plan = book / "plan/a.toml"
    head = plan.read_text(encoding="utf-8").partition("\n# 1")[0]
    rows = (
        'first = 1\nlast = 3\nkind = "essay"\ntitle = "雪"\nconfirmed = true',
        'first = 1\nlast = 1\nkind = "heading"\nconfirmed = true',
        'first = 4\nlast = 4\nkind = "part"\ntitle = "第三辑"\nconfirmed = true',
    )
    text = "".join((head, *(f"\n[[item]]\n{row}\n" for row in rows)))
    plan.write_text(text, encoding="utf-8")
    (fault,) = faults_of(lambda: apply(book))
    assert str(fault.message) == "no essay stands in this part"
    plan.write_text(f"{text.rpartition('true')[0]}false\n", encoding="utf-8")
    handled = only(applied(book))
    assert [item.title for item in handled.asked] == ["第三辑"]
    assert handled.ledger
    assert handled.ledger.waiting == len("第三辑 夏\n")
    assert [words for _, words in only(applied(book, accept=True)).removed] == ["第三辑 夏"]


def test_an_essay_that_an_editor_gave_another_name_is_not_written_a_second_time(
    book: Path, tmp_path: Path
) -> None:
    file = source(tmp_path, "a.txt")
    into(book, file)
    (book / "a.md").rename(book / "雪.md")
    edit(book / "collection.toml", ("a.md", "雪.md"))
    before = contents(book)
    for done in (into(book, file), applied(book)):
        assert only(done).gone == ("a.md",)
        assert contents(book) == before


@pytest.mark.parametrize("written", range(8))
def test_a_replacing_that_was_broken_off_is_made_whole_by_another(
    book: Path, tmp_path: Path, written: int
) -> None:
    into(book, source(tmp_path, "a.txt"))
    edit(book / "plan/a.toml", ('title = "雪夜"', 'title = "桥"'))
    applied(book)
    newer = changed(tmp_path, "没有人走", "没有人来")
    files = dict(list(take_in((newer,), book, Wishes(accept=True, replacing=True)).files)[:written])
    write_into(book, files)
    into(book, newer, accept=True, replacing=True)
    text = (book / "a.md").read_text(encoding="utf-8")
    assert 'title: "桥"' in text
    assert "没有人来" in text
    assert ONE in {
        file.read_text(encoding="utf-8") for file in (book / "sources/earlier").iterdir()
    }
    assert apply(book).files == ()


@pytest.mark.parametrize(
    ("second", "codes"), [("*文 | 卢森*", ["essays-within"]), ("第二天又下了一场。", [])]
)
def test_a_manuscript_that_looks_like_several_essays_is_taken_and_said(
    book: Path, tmp_path: Path, second: str, codes: list[str]
) -> None:
    text = f"# 河湾\n\n## 磨刀石\n\n**作者**：孟小棠\n\n石头。\n\n## 站台票\n\n{second}\n\n票。\n"
    handled = into(book, source(tmp_path, "a.md", text)).handled[0]
    assert handled.written == (("a.md", "河湾"),)
    assert [notice.code for notice in handled.notices] == codes
