"""The small values of the ground floor: messages, notices, places, spelling, fixity."""

from __future__ import annotations

import hashlib
import uuid

import pytest

from publisher.ground.fixity import derived_urn, digest
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import NOWHERE, Place
from publisher.ground.spelling import meant


def test_a_message_is_its_english_sentence() -> None:
    assert str(say("{n} essays in {folder}", n=3, folder="书")) == "3 essays in 书"


def test_a_quoted_value_with_braces_stays_as_it_is() -> None:
    assert str(say("the title {title}", title="{n} {0} {}")) == "the title {n} {0} {}"


def test_a_message_is_worded_by_translating_its_template_alone() -> None:
    catalogue = {"no {thing}": "没有{thing}"}
    assert say("no {thing}", thing="no {thing}").worded(catalogue.__getitem__) == "没有no {thing}"


def test_messages_of_equal_parts_are_equal_and_hash_alike() -> None:
    assert {say("a {x}", x=1), say("a {x}", x="1")} == {Message("a {x}", (("x", "1"),))}


def test_a_notice_names_its_place_and_code() -> None:
    notice = Notice("unlisted", say("nobody lists it"), Place("a.md"))
    assert str(notice) == "a.md: nobody lists it [unlisted]"
    assert notice.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (NOWHERE, ""),
        (Place("a.md"), "a.md"),
        (Place("a.md", 4), "a.md:4"),
        (Place("a.md", 4, 2), "a.md:4:2"),
        (Place("collection.toml", key="part[2].title"), "collection.toml (part[2].title)"),
        (Place(key="title"), "title"),
    ],
)
def test_a_place_reads_as_editors_write_it(place: Place, words: str) -> None:
    assert str(place) == words


def test_a_close_word_is_offered() -> None:
    assert str(meant("essay", ["title", "essays"])) == 'did you mean "essays"?'


def test_where_nothing_is_close_the_known_words_are_listed() -> None:
    assert str(meant("xyz", ["hans", "hant"])) == "known here: hans, hant"


def test_where_nothing_is_known_there_is_no_hint() -> None:
    assert meant("xyz", []) is None


def test_a_digest_is_the_sha256_of_the_bytes() -> None:
    assert digest("雪".encode()) == hashlib.sha256("雪".encode()).hexdigest()


def test_a_derived_name_is_a_uuid_that_depends_on_every_part_and_their_bounds() -> None:
    names = [derived_urn("a", "b"), derived_urn("ab", ""), derived_urn("a", "c"), derived_urn("a")]
    assert len(set(names)) == len(names)
    assert uuid.UUID(names[0]).version == 5
    assert derived_urn("a", "b") == names[0]
