"""The same pages from the same words: in another process, with other hashes, and after others."""

from __future__ import annotations

from html import escape

import pytest

from tests.seam import stone
from tests.seam.contents import PLAIN
from tests.seam.contexts import CONTEXTS

BODY = "".join(f"<section class='c{n}'>{c.body}</section>" for n, c in enumerate(CONTEXTS))
DOCUMENT = stone.document(BODY.replace("{}", PLAIN), "p { text-emphasis: open } td { width: 30% }")


def test_the_same_bytes_twice_and_in_another_order() -> None:
    first = stone.make(DOCUMENT, stone.engine())
    assert first.pdf
    stone.pdf(f"<p>{escape(PLAIN[::-1])}</p>", "* { text-spacing-trim: space-all }")
    assert stone.make(DOCUMENT, stone.engine()) == first


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_same_bytes_in_another_process_with_other_hashes(seed: str) -> None:
    peer = stone.Peer("whole", seed)
    peer.ask(DOCUMENT)
    assert peer.answer().pdf == stone.make(DOCUMENT, stone.engine()).pdf
