"""Laws of checking: whatever a manuscript holds, its words are found where they stand."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from publisher.checking.mending import mend
from publisher.checking.subject import Text, text_of
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError
from publisher.ground.hygiene import decoded
from tests.properties.strategies import source

HEAD = "---\ntitle: 题\n---\n\n"
# Words with marks that rules change, and what Markdown makes of its signs around them.
_pieces = st.sampled_from(
    [
        *(
            "雪,夜",
            '他说"好"',
            "甲--乙",
            "丙...",
            "Ａ１",
            " , ",
            "**重,**",
            "*丁*",
            "`戊,己`",
            "\\*",
            "&amp;",
        ),
        *(
            "[庚,](http://a.cn/,)",
            "[辛,]{lang=ja}",
            "{壬,|rén}",
            "１. ",
            "　　",
            "\r\n",
            "\n",
            "\n\n",
        ),
        *("\n\n> ", "\n- ", "\n## ", "\n\n::: verse\n甲,乙\n:::\n\n"),
        "\n\n| 子,丑 | 寅 |\n|---|---|\n| 子,丑 | 卯 |\n\n",
    ]
)
bodies = st.one_of(source, st.lists(_pieces, max_size=12).map("".join))


def _text(content: bytes) -> Text:
    return text_of(read_manuscript(content, "a.md", "a.md"), "a.md", content)


def _read(body: str) -> Text:
    try:
        return _text((HEAD + body).encode("utf-8", "surrogatepass"))
    except PublisherError:
        assume(False)
        raise


@given(bodies)
def test_every_free_character_stands_at_its_place_in_the_file(body: str) -> None:
    text = _read(body)
    file = decoded(text.content, "a.md")
    for at, character in enumerate(text.words.text):
        if at not in text.words.fixed:
            assert file[text.words.places[at]] == character


@example("雪,\n,")
@given(bodies)
def test_mending_keeps_all_that_is_not_words_and_comes_to_an_end(body: str) -> None:
    text = _read(body)
    done = mend((text,))
    assert len(done.mended) + len(done.left) == bool(text.cleaning.log)
    for row in done.mended:
        after = _text(row.content)
        assert _kept(after) == _kept(text)
        assert mend((after,)).mended == ()


def _kept(text: Text) -> str:
    """The file without the words that may be changed."""
    file = decoded(text.content, "a.md")
    free = {at for offset, at in enumerate(text.words.places) if offset not in text.words.fixed}
    return "".join(mark for at, mark in enumerate(file) if at not in free)
