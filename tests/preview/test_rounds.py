"""Rounds: what is made after a save, in which order, and where it is said to stand."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from preview.towers import ESSAYS, HEAD, OUTPUTS, collection

from publisher.press.hands import Here
from publisher.preview.leaves import openings
from publisher.preview.rounds import Rounds, Wish
from publisher.preview.showing import (
    DOUBT,
    News,
    Ordered,
    Pulled,
    Refused,
    Remarked,
    Rested,
    Showing,
)

VERTICAL = """
[[output]]
name = "upright"
format = "screen"
script = "hant-tw"
options = { writing = "vertical" }
"""


def quiet(*_: object) -> None:
    """Nobody looks on."""


def gone_through(rounds: Rounds, *saved: str, looked_at: str = "") -> list[News]:
    return list(rounds.round(Wish(frozenset(saved), looked_at), quiet))


def pulled(news: list[News]) -> list[str]:
    return [it.pull.artefact.output for it in news if isinstance(it, Pulled)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A collection in three outputs, with a word that another script may have wrong."""
    folder = collection(tmp_path / "book", outputs=OUTPUTS + VERTICAL)
    text = ESSAYS["verse.md"].replace("说过的话", "怎么办呢？我想，这只有三条计。说过的话")
    (folder / "verse.md").write_text(text, encoding="utf-8")
    return folder


def test_what_is_looked_at_comes_first_and_what_did_not_change_not_at_all(book: Path) -> None:
    rounds = Rounds(book, Here())
    first = gone_through(rounds, looked_at="upright")
    assert isinstance(first[0], Ordered)
    assert pulled(first)[0] == "upright"
    assert [type(it) for it in first[-2:]] == [Remarked, Rested]
    assert pulled(gone_through(rounds)) == []
    (book / "snow.md").write_text(ESSAYS["snow.md"] + "\n天亮了。\n", encoding="utf-8")
    again = gone_through(rounds, "snow.md", looked_at="screen")
    assert pulled(again)[0] == "screen"
    turns = [it.turn for it in again if isinstance(it, Pulled)]
    assert turns[0] is not None
    assert set(turns[1:]) == {None}


def test_a_book_with_vertical_lines_opens_to_the_other_side(book: Path) -> None:
    pulls = {
        it.pull.artefact.output: it.pull
        for it in gone_through(Rounds(book, Here()))
        if isinstance(it, Pulled)
    }
    assert pulls["upright"].is_right_bound
    assert pulls["upright"].openings[:2] == ((0, None), (2, 1))
    assert pulls["screen"].openings[:2] == ((None, 0), (1, 2))


def test_a_doubt_stands_on_pages_of_its_own_script_alone(book: Path) -> None:
    (said,) = (it for it in gone_through(Rounds(book, Here())) if isinstance(it, Remarked))
    doubts = [it for it in said.remarks if it.kind == DOUBT and it.at.file == "verse.md"]
    assert doubts
    assert {name for it in doubts for name, _ in it.pages} == {"upright"}
    others = [it for it in said.remarks if it.at.file == "snow.md"]
    assert {name for it in others for name, _ in it.pages} == {"screen", "upright"}


def test_a_round_that_is_left_loses_nothing(book: Path) -> None:
    rounds = Rounds(book, Here())

    def left(output: str, *_: object) -> None:
        if output == "epub":
            raise CancelledError

    begun: list[News] = []
    with pytest.raises(CancelledError):
        begun.extend(rounds.round(Wish(), left))
    news = gone_through(rounds)
    assert "epub" in pulled(news)
    assert isinstance(news[-1], Rested)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda it: (it / "clock.md").unlink(), "is missing"),
        (lambda it: (it / "collection.toml").write_text(HEAD), "declares no output"),
        (lambda it: (it / "snow.md").write_text("---\ntitle: 雪\n---\n\n\U00030000\n"), "no font"),
        (lambda it: (it / "images/street.png").write_bytes(b"x"), "picture"),
    ],
)
def test_what_cannot_be_made_is_news_and_no_exception(
    spoil: Callable[[Path], object], said: str, book: Path
) -> None:
    spoil(book)
    news = gone_through(Rounds(book, Here()))
    (refused,) = (it for it in news if isinstance(it, Refused))
    assert any(said in str(it.message) for it in refused.remarks)
    assert isinstance(news[-1], Rested)


def test_a_showing_keeps_its_pages_until_there_are_newer_ones(book: Path) -> None:
    rounds = Rounds(book, Here())
    showing = Showing()
    for news in gone_through(rounds):
        showing = showing.after(news)
    assert showing.resting
    before = showing.pulls
    (book / "clock.md").write_text("---\nauthr: x\n---\n", encoding="utf-8")
    for news in gone_through(rounds):
        showing = showing.after(news)
    assert showing.faults
    assert showing.pulls == before


@pytest.mark.parametrize("count", range(8))
@pytest.mark.parametrize("is_right_bound", [False, True])
def test_every_page_lies_in_one_opening(count: int, is_right_bound: bool) -> None:
    rows = openings(count, is_right_bound=is_right_bound)
    assert all(len(row) == 2 for row in rows)
    read = [it for row in rows for it in (row[::-1] if is_right_bound else row) if it is not None]
    assert read == [*range(count)]
    assert openings(count, facing=False) == tuple((it,) for it in range(count))
