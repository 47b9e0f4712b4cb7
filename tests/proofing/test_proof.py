"""Proofs of PDFs that plain WeasyPrint made: every planted fault is found, and nothing else."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message
from publisher.proofing.findings import Finding, Proof
from publisher.proofing.lines import lines_of
from publisher.proofing.proof import finished_pdfs, proof
from publisher.proofing.reader import opened
from publisher.proofing.rules import RULES
from publisher.proofing.summary import pairs_told, summary
from publisher.proofing.texts import fullest
from tests.conftest import FaultsOf
from tests.proofing.paper import MEASURE, Prove, han, paragraph, proof_in
from tests.reading import ROOT, publisher


@pytest.fixture
def prove(tmp_path: Path) -> Prove:
    """Sets markup in the test's folder and measures it."""
    return partial(proof_in, tmp_path)


def _only(found: Proof, kind: str) -> Finding:
    """The single finding, which is of a kind."""
    assert [finding.kind for finding in found.findings] == [kind]
    return found.findings[0]


# ---- a clean file ----


def test_a_clean_file_has_no_findings_and_its_own_measure(prove: Prove) -> None:
    found = prove(paragraph(5) + paragraph(4) + paragraph(7, last=2) + paragraph(3) + paragraph(1))
    assert found.findings == ()
    (body,) = found.texts
    assert (body.size, body.leading) == (10, 16)
    assert body.measure == pytest.approx(MEASURE * 10, abs=0.01)
    assert (body.paragraphs, body.lines) == (5, 20)
    assert (body.full, body.flush) == (15, 15)
    assert found.pages == 3
    assert found.register.lines == found.register.on_grid > 0
    assert found.steps is not None
    assert found.steps.p1 == found.steps.p99 == pytest.approx(1, abs=0.001)


def test_what_is_no_running_text_makes_no_findings(prove: Prove) -> None:
    contents = "".join(f'<li><a href="#x">{han(n)}</a></li>' for n in (3, 17, 5))
    contents += f"<li>{han(17)}<br/><a href='#x'>{han(4)}</a></li>"
    verse = "".join(f"<div>{han(n)}</div>" for n in (16, 15, 13, 14))
    cells = f"<tr><td>{han(16)}<td class=right>{han(1)}</tr>" * 3
    cells += f"<tr><td>{han(3)}<td>{han(20)}，{han(12)}</tr>"
    found = prove(
        f"<ul class=contents>{contents}</ul>"
        f"<h1 id=x>{han(18)}</h1>{paragraph(3)}"
        f'<blockquote>{han(40)}</blockquote><p>{han(8)}<span class="note">{han(44)}</span></p>'
        f"<ul><li>{han(27)}<li>{han(45)}</ul>{paragraph(2)}"
        f"<div class=verse>{verse}</div><p class=right>{han(4)}</p><p class=centre>＊</p>"
        f"<table>{cells}</table>{paragraph(3)}"
        f"<p>{han(4)}<ruby>{han(1)}<rt>chū</rt></ruby>{han(4)}<sup>2</sup>{han(4)}</p>",
        "h1 { font-size: 16pt; line-height: 32pt; margin: 0; text-align: center }"
        "a::after { content: leader('·') target-counter(attr(href), page) }"
        ".contents { padding: 0; list-style: none } a { text-decoration: none }"
        "ul, blockquote, .verse, table { margin: 16pt 0 }"
        "blockquote { margin: 16pt 2em } ul { padding-left: 2em } .verse { padding-left: 3em }"
        "table { width: 100%; table-layout: fixed; border-collapse: collapse }"
        "td { padding: 0; vertical-align: top }"
        ".right { text-align: right } .centre { text-align: center; text-indent: 0 }"
        "sup { font-size: 6pt; line-height: 0 }"
        "ruby { display: inline-block; padding: 0 0.4em; position: relative; line-height: 1;"
        " text-indent: 0 }"
        "rt { position: absolute; top: -0.95em; left: -1em; right: -1em; font-size: 0.5em;"
        " text-align: center }"
        ".note { float: footnote; font-size: 8pt; line-height: 12pt; text-indent: 0 }"
        ".note::footnote-call { font-size: 6pt; line-height: 0 }"
        ".note::footnote-marker { content: '' }"
        "@page { @top-left { content: '" + han(6) + "'; font-size: 10pt } }",
    )
    assert found.findings == ()
    assert [(text.name, text.size) for text in found.texts] == [("body", 10), ("notes", 8)]
    assert found.texts[1].full == found.texts[1].flush == 1


def test_a_star_at_the_top_of_a_page_is_no_last_line(prove: Prove) -> None:
    source = f"<p class=right>——{han(8)}</p>"
    found = prove(
        f"{paragraph(7)}{source}<p class=star>＊</p>{paragraph(4)}{paragraph(3)}",
        ".right, .star { text-indent: 0; text-align: right; padding-right: 0.5em }"
        ".star { padding-right: 7.5em }",
    )
    assert found.findings == ()


# ---- planted faults ----


def test_a_line_that_ends_early_is_found(prove: Prove) -> None:
    found = prove(f"{paragraph(4)}<p>{han(18)}，{han(30)}</p>")
    finding = _only(found, "not-flush")
    assert (finding.at.page, finding.at.line) == (1, 5)
    assert finding.at.text == han(17)
    assert finding.amount == pytest.approx(1, abs=0.01)
    assert found.texts[0].full - found.texts[0].flush == 1


def test_a_short_line_of_a_quotation_is_found_by_the_others(prove: Prove) -> None:
    quotation = f"<blockquote>{han(64)}，{han(20)}</blockquote>"
    tall = "@page { size: 280pt 400pt } blockquote { margin: 16pt 2em }"
    found = prove(paragraph(3) + quotation, tall)
    finding = _only(found, "not-flush")
    assert (finding.at.line, finding.at.text) == (7, han(63)[48:])


def test_a_short_line_of_a_note_is_found_by_the_edge_of_the_body(prove: Prove) -> None:
    note = f'<span class="note">{han(25)}，{han(9)}</span>'
    found = prove(
        f"{paragraph(4)}<p>{han(8)}{note}</p>",
        ".note { float: footnote; font-size: 8pt; line-height: 12pt; text-indent: 0 }"
        ".note::footnote-marker { content: '' } .note::footnote-call { font-size: 6pt }",
    )
    finding = _only(found, "not-flush")
    assert finding.at.text == han(24)
    assert [(text.name, text.full, text.flush) for text in found.texts] == [
        ("body", 3, 3),
        ("notes", 1, 0),
    ]


def test_items_of_a_list_are_held_to_the_edge_and_told_apart(prove: Prove) -> None:
    items = f"<li>{han(18)}，{han(4)}<li>{han(16)}<li>{han(7)}"
    found = prove(paragraph(3) + f"<ul>{items}</ul>", "ul { margin: 16pt 0; padding-left: 2em }")
    finding = _only(found, "not-flush")
    assert finding.at.line == 4
    assert found.texts[0].paragraphs == 4


def test_notes_that_follow_each_other_are_told_apart(prove: Prove) -> None:
    notes = "".join(f'{han(3)}<span class="note">{han(n)}</span>' for n in (20, 22, 5))
    found = prove(
        f"{paragraph(3)}<p>{notes}</p>",
        ".note { float: footnote; font-size: 8pt; line-height: 12pt; text-indent: 0 }"
        ".note::footnote-call { font-size: 6pt }"
        ".note::footnote-marker { content: counter(footnote) ' ' }",
    )
    assert found.findings == ()
    assert found.texts[1].paragraphs == 3


def test_readings_are_no_lines_of_their_own(prove: Prove) -> None:
    reading = "<ruby>春<rt>chūn</rt></ruby>"
    found = prove(
        f"<p>{han(8)}{reading}{han(29)}雨。</p>{paragraph(3)}",
        "ruby { display: inline-block; position: relative; line-height: 1; text-indent: 0 }"
        "rt { position: absolute; top: -0.95em; left: -1em; right: -1em; font-size: 0.5em }",
    )
    assert _only(found, "single-han").at.line == 3


def test_a_mark_at_the_beginning_of_a_line_is_found_on_its_page(prove: Prove) -> None:
    found = prove(f"{paragraph(8)}<p>{han(18)}<br/>，{han(30)}</p>")
    finding = _only(found, "line-start")
    assert (finding.at.page, finding.at.line) == (2, 2)
    assert finding.at.text == f"，{han(19)}"


def test_an_opening_mark_at_the_end_of_a_line_is_found(prove: Prove) -> None:
    found = prove(f"{paragraph(2)}<p>{han(17)}“<br/>{han(30)}”</p>")
    finding = _only(found, "line-end")
    assert finding.at.line == 3
    assert finding.at.text.endswith("“")


@pytest.mark.parametrize("mark", ["—", "…"])
def test_a_mark_of_two_em_on_two_lines_is_found(prove: Prove, mark: str) -> None:
    found = prove(f"<p>{han(17)}{mark}<br/>{mark}{han(25)}</p>{paragraph(3)}")
    finding = _only(found, "split-mark")
    assert finding.at.text == han(17) + mark
    assert str(finding.message).startswith(f'"{mark * 2}"')


def test_neighbouring_marks_with_a_hole_between_are_found_and_squeezed_ones_not(
    prove: Prove,
) -> None:
    tight = '<span style="letter-spacing: -0.5em">：</span>“'
    found = prove(f"<p>{han(5)}：“{han(4)}。”{han(3)}</p><p>{han(5)}{tight}{han(5)}</p>")
    marks = [str(finding.message)[1:3] for finding in found.findings]
    assert marks == ["：“", "。”"]
    assert {finding.kind for finding in found.findings} == {"unsqueezed"}


def test_marks_that_are_centred_have_no_half_to_give(prove: Prove) -> None:
    sheet = 'html { font-family: "Publisher Serif TC" }'
    found = prove(f"<p>{han(5)}，。{han(5)}</p>{paragraph(3)}", sheet)
    assert found.findings == ()


@pytest.mark.parametrize(
    ("language", "judged"),
    [("zh-Hans", True), ("zh-Hant-TW", False), ("zh-hk", False), ("zh-Hant", False),
     ("zh-Hant-CN", True), ("", True)],
)  # fmt: skip
def test_pairs_are_judged_where_the_language_squeezes_them(
    tmp_path: Path, prove: Prove, language: str, judged: bool
) -> None:
    found = prove(f"<p>{han(5)}。”{han(4)}</p>{paragraph(3)}", language=language)
    assert found.language == language
    assert (found.pairs.count, found.pairs.at_2_em) == (1, 1)
    assert found.pairs.are_judged == judged
    assert [finding.kind for finding in found.findings] == ["unsqueezed"] * judged
    assert (str(pairs_told(found)).count("not judged") == 0) == judged
    page = summary(tmp_path / "plain.pdf", found, str, "en")
    assert ("pairs of marks with a hole" in page) == judged


def test_a_single_han_on_a_last_line_is_found_and_two_are_not(prove: Prove) -> None:
    found = prove(f"<p>{han(38)}雨。</p><p>{han(38)}雪晴。</p>")
    finding = _only(found, "single-han")
    assert (finding.at.line, finding.at.text) == (3, "雨。")
    assert found.texts[0].single_han == 1


def test_single_lines_at_the_top_and_at_the_foot_of_a_page_are_found(prove: Prove) -> None:
    loose = "html { widows: 1; orphans: 1 }"
    found = prove(f"{paragraph(9, last=6)}{paragraph(6)}{paragraph(3, last=7)}", loose)
    kinds = [(finding.kind, finding.at.page, finding.at.line) for finding in found.findings]
    assert kinds == [("page-top", 2, 1), ("page-foot", 2, 8)]
    assert [len(finding.at.text) for finding in found.findings] == [6, 18]


def test_a_character_that_no_font_has_is_found(prove: Prove) -> None:
    found = prove(f"{paragraph(10)}<p>{han(4)}ខ𓀀{han(4)}</p>")
    assert [finding.kind for finding in found.findings] == ["tofu", "tofu"]
    assert {(finding.at.page, finding.at.line) for finding in found.findings} == {(2, 3)}
    assert ["U+1781" in str(row.message) for row in found.findings] == [True, False]
    assert "U+13000" in str(found.findings[1].message)


def test_a_hyphen_at_the_end_of_a_line_is_as_wide_as_it_is(prove: Prove) -> None:
    word = '<span lang="en">internationalization of incomprehensibility</span>'
    found = prove(
        f"{paragraph(3)}<p>{han(9)}{word}{han(9)}</p>",
        "[lang=en] { hyphens: auto; hyphenate-character: '-' }",
    )
    hyphened = [row for row in found.findings if row.at.text.endswith("-")]
    assert [row.at.box[2] < 240 for row in hyphened] == [True]


def test_a_missing_ligature_does_not_make_its_letters_missing(prove: Prove) -> None:
    found = prove(f"{paragraph(4)}<p>{han(3)}ﬁ{han(3)}</p><p>{han(3)}fish{han(3)}</p>")
    assert [(finding.kind, finding.at.line) for finding in found.findings] == [("tofu", 5)] * 2


def test_lines_off_the_grid_are_found_as_one_run(prove: Prove) -> None:
    moved = paragraph(2).replace("<p>", '<p style="margin-top: 5pt">', 1)
    found = prove(paragraph(8) * 2 + paragraph(3) + moved + paragraph(2))
    finding = _only(found, "off-grid")
    assert (finding.at.page, finding.at.line) == (3, 4)
    assert "5.00 pt too low" in str(finding.message)
    assert (found.register.lines, found.register.on_grid) == (23, 19)


@pytest.mark.parametrize(("spacing", "kind"), [("0.3em", "wide-gap"), ("-0.1em", "narrow-gap")])
def test_han_too_far_apart_or_too_close_are_found(prove: Prove, spacing: str, kind: str) -> None:
    odd = f'<p>{han(4)}<span style="letter-spacing: {spacing}">花开</span>{han(4)}</p>'
    found = prove(paragraph(3) + odd)
    finding = _only(found, kind)
    assert finding.at.line == 4
    assert found.steps is not None
    far = {"wide-gap": found.steps.widest, "narrow-gap": found.steps.narrowest}[kind]
    assert far.step == pytest.approx(1 + float(spacing.removesuffix("em")), abs=0.01)
    assert far.at.text == finding.at.text


# ---- what only looks like a fault ----


def test_a_mark_cut_by_half_or_hung_at_the_end_of_a_line_is_flush(prove: Prove) -> None:
    hung = f'<p>{han(18)}<span style="margin-right: -1em">。</span>{han(30)}</p>'
    # Half an em is made up for before the mark.
    spread = f'<span style="letter-spacing: {0.5 / 8}em">{han(8)}</span>'
    cut = f'<p>{han(9)}{spread}<span style="margin-right: -0.5em">。</span>{han(30)}</p>'
    found = prove(paragraph(6) + hung + cut)
    assert found.findings == ()
    assert (found.texts[0].full, found.texts[0].flush) == (9, 9)


def test_an_opening_mark_cut_at_the_beginning_of_a_line_stays_in_its_paragraph(
    prove: Prove,
) -> None:
    cut = '<span style="margin-left: -0.5em">“</span>'
    found = prove(f"{paragraph(4)}<p>{han(18)}<br/>{cut}{han(30)}”</p>{paragraph(3)}")
    assert found.texts[0].paragraphs == 3


def test_a_glyph_that_stands_for_two_characters_is_as_wide_as_it_is(
    tmp_path: Path, prove: Prove
) -> None:
    prove(f"<p>{han(17)}甲{han(30)}</p>{paragraph(4)}")
    joined = tmp_path / "joined.pdf"
    with pikepdf.open(tmp_path / "plain.pdf") as file:
        for item in file.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                words = item.ToUnicode.read_bytes()
                assert b"<7532>" in words
                item.ToUnicode.write(words.replace(b"<7532>", b"<00610062>"))
        file.save(joined)
    with opened(joined) as pdf:
        first = lines_of(next(pdf.pages()))[0]
    assert first.text == han(17) + "ab"
    assert [round(x - first.right, 1) for x in first.xs[-2:]] == [-10, -5]
    assert proof(joined).findings == ()


def cut(amount: float) -> str:
    """An opening mark that lost so much (em) of its blank half; the line is filled up behind it."""
    spread = f'<span style="letter-spacing: {amount / 4}em">{han(4)}</span>'
    return f'<span style="margin-left: -{amount}em">“</span>{spread}'


@pytest.mark.parametrize("amount", [0, 0.1, 0.25, 0.5])
def test_an_opening_mark_may_lose_any_part_of_its_blank(prove: Prove, amount: float) -> None:
    found = prove(f"{paragraph(3)}<p>{cut(amount)}{han(13)}<br/>{han(20)}<br/>{han(4)}</p>")
    assert found.findings == ()
    assert (found.texts[0].paragraphs, found.texts[0].full) == (2, 4)


def test_a_margin_is_known_though_the_first_two_lines_begin_with_cut_marks(prove: Prove) -> None:
    odd = f"<p>{cut(0.5)}{han(13)}<br/>{cut(0.5)}{han(15)}<br/>{han(20)}<br/>{han(4)}</p>"
    found = prove(paragraph(3) + odd, "@page { size: 280pt 400pt }")
    assert found.findings == ()
    assert (found.texts[0].paragraphs, found.texts[0].full) == (2, 5)


def test_a_line_that_was_broken_off_on_purpose_is_no_full_line(prove: Prove) -> None:
    found = prove(f"{paragraph(3)}<p>{han(38)}{han(20)}<br/>{han(9)}<br/>{han(26)}</p>")
    assert found.findings == ()
    assert found.texts[0].full == 2 + 4


def test_a_line_that_ends_far_from_the_edge_for_a_long_word_is_found(prove: Prove) -> None:
    found = prove(f"{paragraph(3)}<p>{han(12)}incomprehensibility<br/>{han(44)}</p>")
    finding = _only(found, "not-flush")
    assert finding.at.text == han(12)
    assert finding.amount == pytest.approx(6, abs=0.01)


def test_items_right_below_a_paragraph_are_not_taken_for_its_lines(prove: Prove) -> None:
    items = "<br/>".join(f"•{han(n)}" for n in (16, 12, 18))
    sheet = "p + p { text-indent: 0 }"
    found = prove(
        f"<p>{han(25)}：</p><p>{items}</p>{paragraph(3)}",
        f"{sheet} p + p + p {{ text-indent: 2em }}",
    )
    assert found.findings == ()


def test_a_blank_that_the_file_does_not_name_is_no_gap(prove: Prove) -> None:
    held = '<span style="margin-left: {}em">{}</span>'
    found = prove(f"{paragraph(3)}<p>{han(4)}{held.format(0.9, han(8))}</p>")
    assert found.findings == ()
    found = prove(f"{paragraph(3)}<p>{han(4)}{held.format(0.6, han(8))}</p>")
    assert _only(found, "wide-gap").amount == pytest.approx(0.6, abs=0.01)


def test_a_paragraph_does_not_run_on_behind_a_date_or_over_a_page_of_its_own(
    prove: Prove,
) -> None:
    sheet = ".date { text-align: right; text-indent: 0; font-size: 9pt } .part { height: 160pt }"
    date = f"<p class=date>{han(5)}</p>"
    part = f'<div class="part" style="break-before: page; font-size: 20pt">{han(2)}</div>'
    # By their shape alone these two lines might be one paragraph.
    closing = f"<p>{han(18)}</p>"
    following = f"<p style='text-indent: 0'>{han(30)}</p>{paragraph(4)}{paragraph(5)}"
    run_on = prove(f"{paragraph(7)}{closing}{following}", sheet)
    assert _only(run_on, "page-foot").at.text == han(18)
    assert prove(f"{paragraph(6)}{closing}{date}{following}", sheet).findings == ()
    assert prove(f"{paragraph(7)}{closing}{part}{following}", sheet).findings == ()


def test_a_few_small_lines_below_a_line_or_two_are_no_notes(prove: Prove) -> None:
    small = f'<p style="font-size: 8pt; text-indent: 0">{han(60)}</p>'
    colophon = f'<div style="break-before: page">{han(2)}{small}</div>'
    found = prove(paragraph(8) + colophon)
    assert [text.name for text in found.texts] == ["body"]


def test_a_folio_close_below_the_text_is_no_line_of_it(prove: Prove) -> None:
    near = "@page { @bottom-center { vertical-align: top; font-size: 10pt; padding-top: 4pt } }"
    found = prove(paragraph(8) * 3, near)
    assert found.findings == ()
    assert found.texts[0].lines == 24


def test_verse_that_is_set_in_a_paragraph_is_not_held_to_the_edge(prove: Prove) -> None:
    found = prove(paragraph(4) + f"<p>{'<br/>'.join([han(7), han(5), han(7), han(5)])}</p>")
    assert found.findings == ()


def test_short_paragraphs_between_blank_lines_are_not_taken_for_one(prove: Prove) -> None:
    talk = f'<div class="talk"><p>{han(16)}。</p><p>{han(5)}！</p></div>'
    found = prove(paragraph(3) + talk, ".talk { margin-top: 16pt }")
    assert found.findings == ()
    assert found.texts[0].paragraphs == 3


def test_a_file_without_a_grid_is_counted_and_not_scolded(prove: Prove) -> None:
    rows = "".join(
        paragraph(2).replace("<p>", f'<p style="margin-top: {n * 1.7}pt">') for n in range(1, 9)
    )
    found = prove(rows, "@page { size: 280pt 480pt }")
    assert "off-grid" not in found.counts
    assert found.register.on_grid < found.register.lines / 2


def test_the_fullest_window_is_the_one_with_most_values() -> None:
    assert fullest([1.0, 5.0, 5.04, 5.08, 9.0, 9.05]) == 5.04
    assert fullest([3.0]) == 3.0


# ---- files and the command ----


def test_what_is_no_pdf_and_what_has_no_text_is_refused(
    tmp_path: Path, prove: Prove, faults_of: FaultsOf
) -> None:
    text = tmp_path / "letter.pdf"
    text.write_text("not a PDF", encoding="utf-8")
    (fault,) = faults_of(lambda: proof(text))
    assert (fault.remedy, fault.at.file) == (Remedy.CALLER, str(text))
    with pytest.raises(PublisherError, match="no full lines of Chinese"):
        prove("<p>Nothing but English here.</p>")


def test_a_path_means_a_pdf_the_dist_of_a_collection_or_a_folder_of_pdfs(
    tmp_path: Path, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: finished_pdfs(tmp_path))
    assert fault.at.file == str(tmp_path)
    made = [tmp_path / name for name in ("b.pdf", "a.pdf", "dist/book.pdf")]
    for file in made:
        file.parent.mkdir(exist_ok=True)
        file.touch()
    assert finished_pdfs(made[0]) == (made[0],)
    assert finished_pdfs(tmp_path) == (made[1], made[0])
    (tmp_path / "collection.toml").touch()
    assert finished_pdfs(tmp_path) == (made[2],)


def test_the_summary_is_one_file_with_a_picture_of_each_worst_line(
    tmp_path: Path, prove: Prove
) -> None:
    found = prove(f"{paragraph(4)}<p>{han(18)}，{han(30)}</p><p>{han(38)}雨。</p>")

    def loud(message: Message) -> str:
        return str(message).upper()

    page = summary(tmp_path / "plain.pdf", found, loud, "zh")
    assert page == summary(tmp_path / "plain.pdf", found, loud, "zh")
    assert page.count('src="data:image/png;base64,') == page.count("<img") == 2
    assert "http" not in page
    assert '<html lang="zh">' in page
    assert "PAGE 1, LINE 5: ENDS 1.00 EM BEFORE THE EDGE" in page
    assert all(str(rule.title).upper() in page for rule in RULES)


def test_the_command_tells_people_and_scripts_the_same(tmp_path: Path, prove: Prove) -> None:
    prove(f"{paragraph(4)}<p>{han(18)}，{han(30)}</p>")
    file = tmp_path / "plain.pdf"
    run = publisher("proof", file, "--into", tmp_path / "pages")
    assert run.returncode == 0
    assert f"page 1, line 5: ends 1.00 em before the edge: {han(17)}" in run.stdout
    assert (tmp_path / "pages" / "plain-proof.html").is_file()
    run = publisher("proof", file, "--json")
    assert not (tmp_path / "plain-proof.html").exists()
    (told,) = json.loads(run.stdout)["proofs"]
    assert told["counts"] == {rule.kind: int(rule.kind == "not-flush") for rule in RULES}
    (finding,) = told["findings"]
    assert (finding["page"], finding["line"], finding["text"]) == (1, 5, han(17))
    assert publisher("proof", file, "--json", "--strict").returncode == Remedy.EDITOR.value


def test_the_command_says_where_it_found_nothing_to_measure(tmp_path: Path) -> None:
    run = publisher("proof", tmp_path, "--json")
    assert run.returncode == Remedy.CALLER.value
    told = json.loads(run.stdout)
    assert told["proofs"] == []
    assert told["faults"][0]["at"] == str(tmp_path)


def test_every_kind_of_finding_is_documented() -> None:
    page = (ROOT / "docs" / "proof.md").read_text(encoding="utf-8")
    assert [rule.kind for rule in RULES if f"| `{rule.kind}` |" not in page] == []
