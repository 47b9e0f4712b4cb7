"""The contents of an EPUB in both forms."""

from __future__ import annotations

from lxml import etree

from publisher.composition.divisions import Division
from publisher.composition.documents import PageMark
from publisher.composition.navigation import (
    contents_markup,
    entries,
    landmarks_markup,
    ncx,
    page_list_markup,
)
from publisher.model.manuscript import Manuscript

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
ESSAY = Manuscript("a.md", "雪 & 夜", "", ("叶蓁", "卢<有>田"), "", "", "", (), ())
ROW = (
    Division("cover", "cover", "封面", 0, "front"),
    Division("essay", "essay-p", "序", 1, "front"),
    Division("part", "part-1", "上", 1, "body"),
    Division("essay", "essay-a", "雪 & 夜", 2, "body", "上", ESSAY),
    Division("essay", "essay-b", "乙", 2, "body", "上"),
    Division("essay", "essay-z", "跋", 1, "back"),
    Division("colophon", "colophon", "题记", 0, "back"),
)


def _address(anchor: str) -> str:
    return f"text/{anchor}.xhtml?a&b"


def _parse(markup: str) -> etree._Element:
    return etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{markup}</div>')


def test_essays_stand_below_their_part_and_unlisted_divisions_are_left_out() -> None:
    tree = [
        (entry.division.anchor, [inner.division.anchor for inner in entry.inner])
        for entry in entries(ROW)
    ]
    assert tree == [("essay-p", []), ("part-1", ["essay-a", "essay-b"]), ("essay-z", [])]


def test_an_essay_without_a_part_before_it_is_not_lost() -> None:
    (entry,) = entries((ROW[3],))
    assert entry.division.anchor == "essay-a"


def test_the_contents_are_nested_lists_of_links_with_bylines() -> None:
    (top,) = _parse(contents_markup(entries(ROW), _address, "、"))
    assert [a.get("href") for a in top.iter("a")] == [_address(d.anchor) for d in ROW[1:6]]
    assert [len(item.findall("ol/li")) for item in top] == [0, 2, 0]
    link = top.findall(".//a")[2]
    assert "".join(link.itertext()) == "雪 & 夜 叶蓁、卢<有>田"


def test_no_list_is_written_where_there_is_nothing_to_list() -> None:
    assert contents_markup((), _address, "、") == ""


def test_the_ncx_has_the_same_entries_in_the_same_order() -> None:
    root = etree.fromstring(ncx(ROW, (), _address, "urn:a&b", ("书 & 名", "页码")))
    points = list(root.iter(f"{NCX}navPoint"))
    nav = _parse(contents_markup(entries(ROW), _address, "、"))
    assert [p.find(f"{NCX}content").get("src") for p in points] == [
        a.get("href") for a in nav.iter("a")
    ]
    assert [p.findtext(f"{NCX}navLabel/{NCX}text") for p in points] == [d.title for d in ROW[1:6]]
    assert [p.get("playOrder") for p in points] == ["1", "2", "3", "4", "5"]
    assert len({p.get("id") for p in points}) == 5


def test_the_ncx_names_the_book_and_its_depth() -> None:
    root = etree.fromstring(ncx(ROW, (), _address, "urn:a&b", ("书 & 名", "页码")))
    metas = {meta.get("name"): meta.get("content") for meta in root.iter(f"{NCX}meta")}
    assert (metas["dtb:uid"], metas["dtb:depth"]) == ("urn:a&b", "2")
    assert root.findtext(f"{NCX}docTitle/{NCX}text") == "书 & 名"
    flat = etree.fromstring(ncx(ROW[1:2], (), _address, "x", ("x", "x")))
    assert flat.find(f".//{NCX}meta[@name='dtb:depth']").get("content") == "1"


def test_landmarks_lead_to_what_the_book_has_and_to_its_first_page_of_text() -> None:
    tree = _parse(landmarks_markup(ROW, _address))
    links = {a.get("{http://www.idpf.org/2007/ops}type"): a.get("href") for a in tree.iter("a")}
    assert links == {
        "cover": _address("cover"),
        "colophon": _address("colophon"),
        "bodymatter": _address("part-1"),
    }


MARKS = (
    PageMark("ii", "essay-p", "page-ii"),
    PageMark("iii", "essay-p", "page-iii"),
    PageMark("1", "essay-a", "page-1"),
)


def test_the_page_list_leads_to_the_places_where_pages_begin() -> None:
    links = [(a.text, a.get("href")) for a in _parse(page_list_markup(MARKS, _address)).iter("a")]
    assert links == [(mark.label, f"{_address(mark.anchor)}#{mark.identity}") for mark in MARKS]


def test_the_ncx_counts_pages_and_entries_in_one_reading_order() -> None:
    root = etree.fromstring(ncx(ROW, MARKS, _address, "x", ("书", "页码")))
    rows = [
        (int(it.get("playOrder")), it.findtext(f"{NCX}navLabel/{NCX}text"))
        for it in root.iter(f"{NCX}navPoint", f"{NCX}pageTarget")
    ]
    assert [words for _, words in sorted(rows)] == [
        "序", "ii", "iii", "上", "雪 & 夜", "1", "乙", "跋"
    ]  # fmt: skip
    assert [it.get("type") for it in root.iter(f"{NCX}pageTarget")] == ["front", "front", "normal"]
    metas = {meta.get("name"): meta.get("content") for meta in root.iter(f"{NCX}meta")}
    assert (metas["dtb:totalPageCount"], metas["dtb:maxPageNumber"]) == ("3", "1")
