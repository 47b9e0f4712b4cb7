"""Essays on the web: every word, the same numbers in every script, nothing that runs or loads."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from lxml import etree
from shelving import stores

from publisher.inspection.opened import parsed
from publisher.site.prose import outside, prose


def written(body: str) -> str:
    root = parsed(f'<body xmlns="http://www.w3.org/1999/xhtml">{body}</body>'.encode())
    assert root is not None
    return prose([root], outside, lambda address: "" if ":" in address else f"pictures/{address}")


class Words(HTMLParser):
    """The words of a page, and every element with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_every_word_stands_in_its_order() -> None:
    table = "<table><tbody><tr><td>七</td></tr></tbody></table>"
    body = f"<section>一<p>二<em>三</em>四<br/>五</p>六{table}八</section>"
    assert Words(written(body)).words == "一二三四五六七八"


@pytest.mark.parametrize("text", ["&lt;script&gt;", "a &amp;amp; b", "]]&gt;", "“”'\"", "𠀀﷐"])
def test_words_that_look_like_markup_stay_words(text: str) -> None:
    words = etree.fromstring(f"<p>{text}</p>").text
    assert Words(written(f"<p>{text}</p>")).words == words


@pytest.mark.parametrize(
    "harm",
    [
        "<script>harm()</script>",
        '<iframe src="https://a.example/"></iframe>',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>harm()</script></svg>',
        '<style>p { background: url("https://a.example/") }</style>',
        '<object data="x"></object><embed src="x"/><video src="x"></video><audio src="x"/>',
        '<form action="https://a.example/"><input name="x"/><button>harm</button></form>',
        '<link rel="stylesheet" href="https://a.example/"/><base href="https://a.example/"/>',
        "<!-- harm -->",
        "<?harm harm?>",
    ],
)
def test_what_runs_or_loads_is_left_out_and_the_words_around_it_stay(harm: str) -> None:
    shown = written(f"<p>前{harm}后</p>")
    assert "harm" not in shown
    assert "example" not in shown
    assert Words(shown).words == "前后"


@pytest.mark.parametrize(
    ("element", "kept"),
    [
        ('<p onclick="harm()" style="color: red" data-x="1">词</p>', {"id": "p1"}),
        ('<a href="javascript:harm()">词</a>', {}),
        ('<a href="JaVaScRiPt:harm()">词</a>', {}),
        ('<a href="data:text/html,harm">词</a>', {}),
        ('<a href="https://a.example/?a=1&amp;b=2">词</a>', {"href": "https://a.example/?a=1&b=2"}),
        ('<p xml:lang="en" role="button">词</p>', {"lang": "en", "id": "p1"}),
        ('<aside role="doc-footnote">词</aside>', {"role": "doc-footnote"}),
    ],
)
def test_of_attributes_only_harmless_ones_stay(element: str, kept: dict[str, str]) -> None:
    assert Words(written(element)).elements[0][1] == kept


def test_a_picture_from_elsewhere_stands_in_its_own_words() -> None:
    shown = Words(written('<p><img src="https://a.example/x.png" alt="一条街"/></p>'))
    assert [tag for tag, _ in shown.elements] == ["p"]
    assert shown.words == "一条街"


def test_an_id_stands_once_and_passages_without_one_are_numbered() -> None:
    shown = Words(written('<h2 id="a">一</h2><p>二</p><p id="a">三</p><ul><li><p>四</p></li></ul>'))
    ids = [own["id"] for _, own in shown.elements if "id" in own]
    assert ids == ["a", "p2", "p3", "p4", "p5"]


def test_the_first_line_end_of_a_listing_is_its_own() -> None:
    # HTML drops a line end right behind <pre>: there have to be two for one to stay.
    assert '<pre id="p1">\n\n甲' in written("<pre>\n甲</pre>")


def test_both_scripts_number_their_passages_alike() -> None:
    pages = [
        Words((stores.shelf() / "tower" / script / "essay-clock.html").read_text("utf-8"))
        for script in ("hans", "hant-tw")
    ]
    ids = [[own["id"] for _, own in page.elements if "id" in own] for page in pages]
    assert ids[0] == ids[1]
    assert len(ids[0]) > 10
    assert "说过的话" in pages[0].words
    assert "說過的話" in pages[1].words
