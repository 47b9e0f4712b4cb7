"""Western sentences amid Chinese text: told where they are sure, passed over where they are not."""

from __future__ import annotations

import pytest

from publisher.ground.western import Western, western


@pytest.mark.parametrize(
    "text",
    [
        "He said that the boat would not come before noon.",
        "他说：“I told you that the ferry would never leave without them.”然后走了。",
        "What have they done with the other lantern?",
    ],
)
def test_english_sentences_are_told_with_their_language(text: str) -> None:
    found = western(text)
    assert found is not None
    assert found.language == "en"
    assert found.words in text


@pytest.mark.parametrize(
    "text",
    [
        "Das Boot liegt wohl noch am Ufer.",
        "Was will er denn heute noch von mir haben?",
        "Il pleut dans mon cœur comme il pleut sur la ville.",
        "Gallia est omnis divisa in partes tres.",
        "Однажды весною, в час небывало жаркого заката.",
        "wǒ zài dùkǒu děng tā, yīzhí děng dào tiānhēi",
    ],
)
def test_other_paragraphs_are_told_without_a_guess(text: str) -> None:
    assert western(text) == Western(text, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "雾散了。",
        "雾散了，Das Boot liegt wohl noch am Ufer，他说。",
        "见 The Decline and Fall of the Roman Empire。",
        "The Old Man and the Sea",
        "William Butler Yeats, James Joyce, Samuel Beckett, Oscar Wilde",
        "用 HTML、CSS 和 JavaScript 写的",
        "No. 5 Abbey Road, London NW8 9AY",
        "OK, thank you!",
        "\ufdd0",
        "\ufdd0 wohl noch am Ufer, wie du weißt",
    ],
)
def test_names_titles_and_terms_are_passed_over(text: str) -> None:
    assert western(text) is None
