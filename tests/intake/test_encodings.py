"""Bytes become text: the ladder of encodings, and what is refused."""

from __future__ import annotations

import random

import pytest
from conftest import FaultsOf

from publisher.ground.errors import PublisherError
from publisher.ground.places import Place
from publisher.intake.encodings import decode
from publisher.intake.mojibake import find_mistake
from tests.reading import DATA

HANS = (
    "河边的钟楼已经很旧了，砖缝里长着草。没有人记得它是哪一年造的，只知道它每天都快两分钟。\n"
    "镇上的人照着它过日子，火车站的人不照。于是每天都有人说：“车又晚了。”\n"
    "看钟的老人从来不去拨它。他说，快一点没有什么不好，等船的人总要早来。\n"
)
HANT = (
    "河邊的鐘樓已經很舊了，磚縫裡長著草。沒有人記得它是哪一年造的，只知道它每天都快兩分鐘。\n"
    "鎮上的人照著它過日子，火車站的人不照。於是每天都有人說：「車又晚了。」\n"
    "看鐘的老人從來不去撥它。他說，快一點沒有什麼不好，等船的人總要早來。\n"
)
HANS_CODECS = {
    "utf-8": "UTF-8, no BOM",
    "utf-8-sig": "UTF-8, BOM",
    "utf-16-le": "UTF-16 LE, no BOM",
    "utf-16-be": "UTF-16 BE, no BOM",
    "gb18030": "GB18030, no BOM",
    "gbk": "GB18030, no BOM",
}
HANT_CODECS = {
    "cp950": "Big5 (cp950), no BOM",
    "big5hkscs": "Big5 (cp950), no BOM",
    "gb18030": "GB18030, no BOM",
}
MARKS = {
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}


def _reads(content: bytes) -> str | None:
    try:
        return decode(content, "f").text
    except PublisherError:
        return None


# ---- what is read ----


@pytest.mark.parametrize(("codec", "how"), HANS_CODECS.items())
def test_simplified_text_is_read_and_the_way_is_said(codec: str, how: str) -> None:
    decoded = decode(HANS.encode(codec), "f")
    assert decoded.text == HANS
    assert decoded.how == f"{how}, 0 undecodable"


@pytest.mark.parametrize(("codec", "how"), HANT_CODECS.items())
def test_traditional_text_is_read_and_the_way_is_said(codec: str, how: str) -> None:
    decoded = decode(HANT.encode(codec), "f")
    assert decoded.text == HANT
    assert decoded.how == f"{how}, 0 undecodable"


def test_what_only_hong_kong_writes_is_read_as_big5_hkscs() -> None:
    text = "佢哋喺度嘅時候，我冇嘢講。" + HANT
    decoded = decode(text.encode("big5hkscs"), "f")
    assert (decoded.text, decoded.how.split(",")[0]) == (text, "Big5-HKSCS")


@pytest.mark.parametrize(("codec", "mark"), MARKS.items())
def test_a_byte_order_mark_is_believed_and_is_no_part_of_the_text(codec: str, mark: bytes) -> None:
    decoded = decode(mark + HANS.encode(codec), "f")
    assert decoded.text == HANS
    assert ", BOM," in decoded.how


def test_few_characters_that_are_utf8_by_chance_are_read_as_what_they_are() -> None:
    assert decode("一一二".encode("gbk"), "f").text == "一一二"
    assert decode("联通".encode("gbk"), "f").text == "联通"
    for text in ("café", "Привет мир", "naïve", "", "plain", "Καλημέρα"):
        assert decode(text.encode(), "f").text == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_western_text_in_utf16_without_a_mark_is_read(codec: str) -> None:
    assert decode("plain words".encode(codec), "f").text == "plain words"


@pytest.mark.parametrize(
    ("ends", "named"),
    [("\r\n", "CR LF"), ("\r", "CR"), ("\f", "FF"), ("\u2028", "U+2028"), ("\u2029", "U+2029")],
)
def test_line_ends_of_all_kinds_become_line_feeds_and_are_named(ends: str, named: str) -> None:
    decoded = decode(HANS.replace("\n", ends).encode(), "f")
    assert decoded.text == HANS
    assert decoded.how.endswith(f"line ends {named}")


def test_line_feeds_alone_are_not_worth_a_word() -> None:
    assert "line ends" not in decode(HANS.encode(), "f").how


def test_marks_that_a_rule_of_cleaning_takes_away_pass() -> None:
    text = "\u202a河\u202c\ufeff边\u200b的\u00ad钟\u2067"
    assert decode(text.encode(), "f").text == text


@pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not here")
def test_every_file_and_every_twenty_characters_of_the_corpora_are_read_in_each_encoding() -> None:
    """Save what UTF-16 without a mark leaves open in so few characters, and verse of rare words."""
    chance = random.Random(4)
    texts = [file.read_text(encoding="utf-8") for file in sorted(DATA.glob("*/*.txt"))]
    for text in texts:
        for codec in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            assert _reads(text.encode(codec)) == text
    samples = []
    for _ in range(500):
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - 20))
        samples.append(text[start : start + 20])
    wrong = [sample for sample in samples if _reads(sample.encode("gb18030")) != sample]
    assert wrong == []
    assert [sample for sample in samples if _reads(sample.encode()) != sample] == []


@pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not here")
def test_every_file_of_the_corpora_is_read_in_big5() -> None:
    import opencc

    converter = opencc.OpenCC("s2tw")
    read = 0
    for file in sorted(DATA.glob("*/*.txt")):
        text = converter.convert(file.read_text(encoding="utf-8"))
        for codec in ("cp950", "big5hkscs"):
            try:
                content = text.encode(codec)
            except UnicodeEncodeError:
                continue
            assert _reads(content) == text, (file.name, codec)
            read += 1
    assert read > 100


# ---- what is refused ----


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        (HANS.encode(), HANS.encode("gb18030"), ("UTF-8", "GB18030")),
        (HANS.encode("gb18030"), HANS.encode(), ("GB18030", "UTF-8")),
        (HANS.encode("gb18030"), HANT.encode("cp950"), ("GB18030", "Big5")),
        (HANT.encode("cp950"), HANS.encode("gb18030"), ("Big5", "GB18030")),
        (HANT.encode("cp950"), HANT.encode(), ("Big5", "UTF-8")),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_two_encodings_in_a_file_are_named_with_the_line_and_offset_of_the_second(
    first: bytes, second: bytes, names: tuple[str, str], faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: decode(first + second, "a.txt"))
    assert fault.at == Place("a.txt", 4)
    assert f"{names[0]}, and from offset {len(first)} {names[1]}" in str(fault.message)


_WRONG_READINGS = [
    *((was, other) for was in ("utf-8", "gb18030") for other in ("cp950", "cp932", "cp949")),
    *((was, "gb18030") for was in ("utf-8", "cp950")),
    *(
        (was, other)
        for was in ("utf-8", "gb18030", "cp950")
        for other in ("latin-1", "cp1252", "cp1251", "koi8_r", "mac_roman", "cp437")
    ),
]


@pytest.mark.parametrize(("was", "read_as"), _WRONG_READINGS)
def test_a_text_that_was_read_wrongly_and_saved_so_is_refused_with_its_line(
    was: str, read_as: str, faults_of: FaultsOf
) -> None:
    text = HANT if was == "cp950" else HANS
    damaged = text.encode(was).decode(read_as, errors="replace").replace("\ufffd", "?")
    (fault,) = faults_of(lambda: decode(("# A title\n" + damaged).encode(), "a.txt"))
    assert fault.at.file == "a.txt"
    assert fault.at.line is not None
    assert fault.at.line >= 2
    assert "was read as" in str(fault.message)
    assert "copy it again" in str(fault.hint)


@pytest.mark.parametrize("words", ["浣犲ソ", "å¥½", "æˆ\x91"])
def test_a_single_damaged_word_in_a_sound_line_is_found(words: str, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: decode(f"{HANS}他说{words}，就走了。".encode(), "a.txt"))
    assert fault.at == Place("a.txt", 4, 3)


_OTHER_LANGUAGES = (
    "祇園精舎の鐘の声、諸行無常の響きあり。沙羅双樹の花の色、盛者必衰の理をあらはす。",
    "ﾊﾝｶｸｶﾅ ﾃﾞｽ。東京都千代田区丸の内、新幹線、株式会社。",
    "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.",
    "Longtemps, je me suis couché de bonne heure — où êtes-vous, cœur naïf ? C c'était l'été déjà.",
    "동해 물과 백두산이 마르고 닳도록 하느님이 보우하사 우리나라 만세.",
    "Μῆνιν ἄειδε θεὰ Πηληϊάδεω Ἀχιλῆος οὐλομένην.",
    "Chữ quốc ngữ: Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau.",
    "Zażółć gęślą jaźń, pchnąć w tę łódź jeża lub ośm skrzyń fig.",
    "┌──────┬──────┐│├──────┼──────┤└──────┴──────┘═║╔╦╗╠╬╣╚╩╝░▒▓█▄▀■□●○◆◇★☆",
    "사마리아 아랍어",
    "─│" * 60,
    "| 次印刷 | 次印刷 |",
    "уйгурська панджабі",
    "①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢ℃※→←↑↓×÷±≠≤≥∞αβγδεΣΩ",
    "饕餮、魍魉、龃龉、彳亍、蹀躞、觊觎、耄耋、饸饹、螽斯、鸊鷉、鹡鸰、嬛嬛茕茕。",
)


@pytest.mark.parametrize("words", _OTHER_LANGUAGES, ids=range(len(_OTHER_LANGUAGES)))
def test_words_of_other_languages_and_rare_ones_are_no_wrong_reading(words: str) -> None:
    for text in (words, f"{HANS}他写道：{words}", *words.split()):
        assert decode(text.encode(), "f").text == text


@pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not here")
def test_no_file_of_the_corpora_is_taken_for_a_wrong_reading() -> None:
    for file in sorted(DATA.glob("*/*.txt")):
        assert find_mistake(file.read_text(encoding="utf-8")) is None, file.name


def test_one_damaged_paragraph_in_a_sound_text_is_found(faults_of: FaultsOf) -> None:
    damaged = HANS.splitlines()[1].encode().decode("gb18030", errors="ignore")
    (fault,) = faults_of(lambda: decode(f"{HANS}{damaged}\n{HANS}".encode(), "a.txt"))
    assert fault.at == Place("a.txt", 4, 1)


def test_the_scars_of_lost_characters_are_found_in_sound_text(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: decode(f"{HANS}他说锟斤拷锟斤拷。".encode(), "a.txt"))
    assert fault.at == Place("a.txt", 4, 3)


def test_a_hot_exclamation_is_no_scar() -> None:
    assert decode("“烫烫烫！”".encode(), "f").text == "“烫烫烫！”"


@pytest.mark.parametrize("unfit", ["\0", "\x1b", "\x07", "\x85", "\ufffd", "\ufdd0"])
def test_controls_and_damage_are_refused_with_line_and_column(
    unfit: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: decode(f"雪\n夜{unfit}".encode(), "a.txt"))
    assert fault.at == Place("a.txt", 2, 2)


@pytest.mark.parametrize(
    ("content", "offset", "line"),
    [
        (HANS.encode()[:-2], len(HANS.encode()) - 4, 3),
        (HANS.encode() + b"\xff" + HANS.encode(), len(HANS.encode()), 4),
        (b"\xef\xbb\xbf" + HANS.encode() + b"\xff", 3 + len(HANS.encode()), 4),
        (b"\xff\xfe" + HANS.encode("utf-16-le") + b"\0", 2 + 2 * len(HANS), 4),
    ],
    ids=["a cut character", "a stray byte", "one behind a mark", "half a character of UTF-16"],
)
def test_bytes_of_no_encoding_are_refused_with_offset_and_line(
    content: bytes, offset: int, line: int, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: decode(content, "a.txt"))
    assert fault.at == Place("a.txt", line)
    assert f"0x{content[offset]:02x} at offset {offset}" in str(fault.message)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "docx"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "EPUB"),
        (b"PK\x03\x04" + b"\0" * 26 + b"a.txt", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "doc"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"{\\rtf1", "rtf"),
    ],
)
def test_a_file_that_holds_no_text_is_called_by_its_kind(
    content: bytes, kind: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: decode(content, "a.txt"))
    assert kind in str(fault.message)
    assert fault.hint


@pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not here")
def test_no_line_of_the_corpora_is_taken_for_damage() -> None:
    for file in sorted(DATA.glob("*/*.txt")):
        assert decode(file.read_bytes(), file.name).text == file.read_text(encoding="utf-8")


# ---- text in ASCII, and the two tables of Big5 ----


def test_hz_is_read_with_its_line_ends() -> None:
    text = f"The bell tower\n{HANS}~ is a tilde."
    decoded = decode(text.encode("hz"), "f")
    assert (decoded.text, decoded.how) == (text, "HZ, no BOM, 0 undecodable")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("bell\n" + HANS.encode("utf-7").decode(), Place("a.txt", 2, 1)),
        ("钟楼：\n他说~{VSB%~}。", Place("a.txt", 2, 3)),
        ("~/bell\n~{VSB%~}", Place("a.txt", 2, 1)),
    ],
)
def test_chinese_in_ascii_that_is_not_sound_hz_is_refused_with_its_place(
    text: str, place: Place, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: decode(text.encode(), "a.txt"))
    assert fault.at == place
    assert "save it as UTF-8" in str(fault.hint)


def test_tildes_and_plus_signs_are_no_chinese() -> None:
    for text in ("~{x}~ ~{ab} ~/bell", "1+1=2, +8613812345678, C++abcdef-, a+bcdefgh-"):
        assert decode(text.encode(), "f").text == text


@pytest.mark.parametrize("words", ["の", "ありがとう", "富士山の上", "Москва", "①②③"])
@pytest.mark.parametrize("codec", ["cp950", "big5hkscs"])
def test_kana_and_letters_in_big5_are_read_by_the_table_that_they_were_written_by(
    words: str, codec: str
) -> None:
    assert decode((HANT + words).encode(codec), "f").text == HANT + words


def test_kana_that_may_be_others_as_well_are_refused_with_their_place(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: decode((HANT + "鐘ゑ").encode("big5hkscs"), "a.txt"))
    assert fault.at == Place("a.txt", 4, 2)
    assert '"ゑ"' in str(fault.message)


def test_signs_in_hong_kongs_table_are_those_that_windows_types() -> None:
    content = ("冇嘢講" + HANT).encode("big5hkscs") + b"\xa1\x45\xa1\xe3"
    assert decode(content, "f").text.endswith("‧～")


@pytest.mark.parametrize("strokes", ["文／陳漱石", "左＼右／左", "一∕二﹨三"])
def test_strokes_are_read_as_windows_types_them(strokes: str) -> None:
    """Both tables have them, so that neither the byline of a text nor its table is in doubt."""
    decoded = decode((HANT + strokes).encode("cp950"), "f")
    assert (decoded.text, decoded.how) == (HANT + strokes, "Big5 (cp950), no BOM, 0 undecodable")
    of_hong_kong = "冇嘢講".encode("big5hkscs") + (HANT + strokes).encode("cp950")
    assert decode(of_hong_kong, "f").text == "冇嘢講" + HANT + strokes
