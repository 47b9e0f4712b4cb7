"""The contents of an EPUB in both forms."""

from __future__ import annotations

from lxml import etree

from publisher.composition.divisions import Division
from publisher.composition.navigation import (
    Entry,
    Page,
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


TREE = entries(ROW, _address, {})
PLACES = tuple(_address(division.anchor) for division in ROW)


def _parse(markup: str) -> etree._Element:
    return etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{markup}</div>')


def test_essays_stand_below_their_part_and_unlisted_divisions_are_left_out() -> None:
    tree = [(entry.title, [inner.title for inner in entry.inner]) for entry in TREE]
    assert tree == [("序", []), ("上", ["雪 & 夜", "乙"]), ("跋", [])]


def test_an_essay_without_a_part_before_it_is_not_lost() -> None:
    (entry,) = entries((ROW[3],), _address, {})
    assert entry.address == _address("essay-a")


HEADINGS = {
    "essay-a": (Entry("heading", "一", "a#h1"), Entry("heading", "二", "a_2#h2")),
    "essay-p": (Entry("heading", "三", "p_2#h1"),),
}


def test_headings_stand_below_their_essay_wherever_that_stands() -> None:
    front, part, _ = entries(ROW, _address, HEADINGS)
    assert [it.title for it in front.inner] == ["三"]
    assert [it.title for it in part.inner[0].inner] == ["一", "二"]


def test_the_ncx_counts_headings_where_they_are_met_and_says_how_deep_they_are() -> None:
    before = (_address("essay-p"), "p_2", "p_2#h1", _address("part-1"), _address("essay-a"))
    behind = ("a_2", "a_2#h2", _address("essay-b"), _address("essay-z"))
    places = (*before, "a#h1", "a#page-1", *behind)
    pages = (Page("1", "a#page-1"),)
    tree = entries(ROW, _address, HEADINGS)
    root = etree.fromstring(ncx(tree, pages, places, "x", ("书", "页码")))
    assert [words for _, words in _in_order(root)] == [
        "序", "三", "上", "雪 & 夜", "一", "1", "二", "乙", "跋"
    ]  # fmt: skip
    assert root.find(f".//{NCX}meta[@name='dtb:depth']").get("content") == "3"


def _document(place: str) -> int:
    """The number of the document that a place is in."""
    return PLACES.index(place.partition("#")[0])


def _in_order(root: etree._Element) -> list[tuple[int, str]]:
    """Number and words of every entry and page, by their numbers."""
    return sorted(
        (int(it.get("playOrder")), it.findtext(f"{NCX}navLabel/{NCX}text"))
        for it in root.iter(f"{NCX}navPoint", f"{NCX}pageTarget")
    )


def test_the_contents_are_nested_lists_of_links_with_bylines() -> None:
    (top,) = _parse(contents_markup(TREE, "、"))
    assert [a.get("href") for a in top.iter("a")] == [_address(d.anchor) for d in ROW[1:6]]
    assert [len(item.findall("ol/li")) for item in top] == [0, 2, 0]
    link = top.findall(".//a")[2]
    assert "".join(link.itertext()) == "雪 & 夜 叶蓁、卢<有>田"


def test_no_list_is_written_where_there_is_nothing_to_list() -> None:
    assert contents_markup((), "、") == ""


def test_the_ncx_has_the_same_entries_in_the_same_order() -> None:
    root = etree.fromstring(ncx(TREE, (), PLACES, "urn:a&b", ("书 & 名", "页码")))
    points = list(root.iter(f"{NCX}navPoint"))
    nav = _parse(contents_markup(TREE, "、"))
    assert [p.find(f"{NCX}content").get("src") for p in points] == [
        a.get("href") for a in nav.iter("a")
    ]
    assert [p.findtext(f"{NCX}navLabel/{NCX}text") for p in points] == [d.title for d in ROW[1:6]]
    assert [p.get("playOrder") for p in points] == ["1", "2", "3", "4", "5"]
    assert len({p.get("id") for p in points}) == 5


def test_the_ncx_names_the_book_and_its_depth() -> None:
    root = etree.fromstring(ncx(TREE, (), PLACES, "urn:a&b", ("书 & 名", "页码")))
    metas = {meta.get("name"): meta.get("content") for meta in root.iter(f"{NCX}meta")}
    assert (metas["dtb:uid"], metas["dtb:depth"]) == ("urn:a&b", "2")
    assert root.findtext(f"{NCX}docTitle/{NCX}text") == "书 & 名"
    flat = etree.fromstring(ncx(TREE[:1], (), PLACES, "x", ("x", "x")))
    assert flat.find(f".//{NCX}meta[@name='dtb:depth']").get("content") == "1"


def test_landmarks_lead_to_what_the_book_has_and_to_its_first_page_of_text() -> None:
    tree = _parse(landmarks_markup(ROW, _address))
    links = {a.get("{http://www.idpf.org/2007/ops}type"): a.get("href") for a in tree.iter("a")}
    assert links == {
        "cover": _address("cover"),
        "colophon": _address("colophon"),
        "bodymatter": _address("part-1"),
    }


PAGES = (
    Page("ii", f"{_address('essay-p')}#page-ii"),
    Page("iii", f"{_address('essay-p')}#page-iii"),
    Page("1", f"{_address('essay-a')}#page-1"),
)


def test_the_page_list_leads_to_the_places_where_pages_begin() -> None:
    links = [(a.text, a.get("href")) for a in _parse(page_list_markup(PAGES)).iter("a")]
    assert links == [(page.label, page.address) for page in PAGES]


def test_the_ncx_counts_pages_and_entries_in_one_reading_order() -> None:
    places = sorted((*PLACES, *(page.address for page in PAGES)), key=_document)
    root = etree.fromstring(ncx(TREE, PAGES, places, "x", ("书", "页码")))
    assert [words for _, words in _in_order(root)] == [
        "序", "ii", "iii", "上", "雪 & 夜", "1", "乙", "跋"
    ]  # fmt: skip
    assert [it.get("type") for it in root.iter(f"{NCX}pageTarget")] == ["front", "front", "normal"]
    metas = {meta.get("name"): meta.get("content") for meta in root.iter(f"{NCX}meta")}
    assert (metas["dtb:totalPageCount"], metas["dtb:maxPageNumber"]) == ("3", "1")
