"""Leaves: a finished PDF opened: how large its pages are, what stands on them, how they look.

It promises the same picture for the same page and width. One thread at a time may ask.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2

from publisher.ground.fixity import digest
from publisher.ground.visible import visible
from publisher.preview.showing import Sheet

# So wide a page is drawn when it is compared: a comma more is seen, and little is drawn.
_COMPARED = 500  # px
# Little is gained by packing harder what goes no further than this machine.
_PACKED = 1


class Leaves:
    """The pages of one PDF."""

    def __init__(self, content: bytes) -> None:
        self._document = pypdfium2.PdfDocument(content)
        self._words: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._document)

    def sheets(self) -> Iterator[Sheet]:
        """Every page with its number and size."""
        for index in range(len(self)):
            width, height = self._document.get_page_size(index)
            yield Sheet(self._document.get_page_label(index), width, height)

    def words(self, index: int) -> str:
        """All that is to be read on a page, without blanks."""
        if index not in self._words:
            text = self._document[index].get_textpage()
            self._words[index] = visible(text.get_text_range())
        return self._words[index]

    def picture(self, index: int, width: int) -> bytes:
        """A page as PNG, so many pixels wide."""
        page = self._document[index]
        drawn = page.render(scale=width / page.get_width(), may_draw_forms=False)
        picture = io.BytesIO()
        drawn.to_pil().save(picture, "PNG", compress_level=_PACKED)
        return picture.getvalue()

    def look(self, index: int) -> str:
        """A digest of how a page looks: two that differ for the eye have two."""
        page = self._document[index]
        scale = _COMPARED / page.get_width()
        drawn = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
        return digest(bytes(drawn.buffer))

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()


def openings(
    count: int, *, facing: bool = True, is_right_bound: bool = False
) -> tuple[tuple[int | None, ...], ...]:
    """The pages that lie open side by side, from left to right; None where there is none.

    The first page of a book lies alone: at the right, in a book bound at the right at the left.
    """
    if not facing:
        return tuple((index,) for index in range(count))
    row = (None, *range(count), *([None] if count % 2 == 0 else []))
    pairs = (row[at : at + 2] for at in range(0, len(row), 2))
    return tuple(pair[::-1] if is_right_bound else pair for pair in pairs)


def first_changed(old: Leaves, new: Leaves, before: range, after: range) -> int | None:
    """The first page of some that looks another than it did; None where all look the same.

    `before` and `after` are an essay's pages in the older file and in the newer one.
    """
    for was, now in zip(before, after, strict=False):
        if old.look(was) != new.look(now):
            return now
    if len(before) == len(after):
        return None
    return after[min(len(before), len(after) - 1)] if after else None
