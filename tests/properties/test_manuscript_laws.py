"""Laws of manuscripts: any words with any marks beside them read back as the same words."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from publisher.editorial.manuscripts import read_manuscript
from publisher.editorial.markdown import read_markdown
from publisher.intake.essay import Essay, Head
from publisher.intake.manuscript import written
from publisher.intake.marking import INLINE, literal, marked
from publisher.intake.reading import Note, Role, Span
from publisher.model import matter as m
from tests.properties.strategies import HAN, SYNTAX, words

# Words as a source may have them: marks of Markdown among them, at every place.
line = st.text(st.sampled_from(HAN * 2 + SYNTAX.replace("\n", "") + "，。“”1999"), max_size=14)
values = {
    Role.HEADING: st.sampled_from("123456"),
    Role.ITEM: st.sampled_from(("1 -", "2 -", "1 1.", "1 7.", "2 120.", "1", "2", "12 -")),
    Role.BREAK: st.sampled_from(("", "page")),
    Role.RUBY: st.sampled_from(("xuě", "xuě yè", "a|b", "")),
    Role.LINK: st.sampled_from(("https://example.org/a_b?c&copy;=<d>", "http://", "#x", "a.md")),
    Role.NOTE: st.sampled_from("abc"),
    Role.FIGURE: st.sampled_from(("a.png", "b (1)&amp;%20.png", 'a.png\n图 "一" [x](y)\\ 1.')),
}
ROLES = sorted(Role, key=lambda role: role.value)


def dense(text: str) -> str:
    return "".join(text.split())


def said(blocks: m.Blocks) -> str:
    return dense("".join(m.plain(content) for content, _ in m.passages(blocks)))


@st.composite
def spans(draw: st.DrawFn, text: str, roles: tuple[Role, ...]) -> tuple[Span, ...]:
    """Spans of some roles anywhere in a text, over each other and across."""
    found = []
    for role in draw(st.lists(st.sampled_from(roles), max_size=6)):
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        stop = a if role in (Role.NOTE, Role.BREAK) else b
        value = draw(values.get(role, st.just("")))
        if role is Role.ROW:
            borders = draw(st.lists(st.integers(0, stop - a), max_size=3))
            value = ",".join(map(str, sorted(borders)))
        found.append(Span(a, stop, role, value))
    return tuple(found)


@st.composite
def essays(draw: st.DrawFn) -> Essay:
    text = "\n".join(draw(st.lists(line, max_size=6)))
    notes = []
    for label in draw(st.lists(st.sampled_from("abc"), unique=True)):
        note = "\n".join(draw(st.lists(line, max_size=3)))
        notes.append(Note(label, note, draw(spans(note, tuple(ROLES)))))
    own = draw(spans(text, tuple(ROLES)))
    title, date, note = draw(words), draw(words), draw(words)
    names = draw(st.lists(words, max_size=2).map(tuple))
    head = Head(f"题{title}", title, names, date, "", note)
    return Essay(head, text, own, tuple(notes), "pictures/a&b%/")


_LOOSE = (Span(0, 1, Role.ITEM, "1"), Span(2, 3, Role.ITEM, "1 7."))


@given(essays())
@example(Essay(Head("题"), "一\n二", _LOOSE))
@example(Essay(Head("题"), "#", (Span(0, 1, Role.HEADING, "1"),)))
def test_any_essay_reads_back_as_its_words_and_its_notes(essay: Essay) -> None:
    manuscript = read_manuscript(written(essay, "a.md"), "a.md", "a.md")
    assert said(manuscript.blocks) == dense(essay.text)
    texts = {dense(note.text) for note in essay.notes}
    assert {said(note.blocks) for note in manuscript.notes} <= texts
    assert (manuscript.title, manuscript.date) == (
        essay.head.title.strip(),
        essay.head.date.strip(),
    )


@given(essays())
def test_every_picture_of_an_essay_is_shown_and_found(essay: Essay) -> None:
    manuscript = read_manuscript(written(essay, "a.md"), "a.md", "a.md")
    shown = sorted(figure.path for figure in manuscript.figures())
    wanted = (span.picture for span in essay.spans if span.role is Role.FIGURE)
    assert shown == sorted(f"{essay.pictures}{name}" for name in wanted)


@given(essays())
def test_the_same_essay_is_written_in_the_same_way(essay: Essay) -> None:
    assert written(essay, "a.md") == written(essay, "a.md")


@given(line.flatmap(lambda text: st.tuples(st.just(text), spans(text, tuple(INLINE)))))
def test_a_line_keeps_its_words_whatever_lies_beside_them(
    row: tuple[str, tuple[Span, ...]],
) -> None:
    text, beside = row
    text = text.strip()
    labels = {span.value: span.value for span in beside if span.role is Role.NOTE}
    inside = [span for span in beside if span.stop <= len(text)]
    blocks, _ = read_markdown(
        "\n\n".join((marked(text, inside, {}, frozenset((Role.NOTE,))),)), "a.md"
    )
    assert said(blocks) == dense(text)
    assert labels.keys() <= set("abc")


@given(line)
def test_words_without_marks_read_back_as_they_are(text: str) -> None:
    blocks, notes = read_markdown(literal(text.strip()), "a.md")
    assert (said(blocks), notes) == (dense(text), ())
