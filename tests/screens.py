"""Screens: pictures of what is seen in a browser: a preview at work, and a shelf.

The pages are asked of real servers and files, in a browser of a fixed size; the faces of their
words are those of the machine.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from publisher import build
from publisher.press.shelving import Wishes, make_shelf
from tests.browser import Page, shown
from tests.preview.served import sample, served

SIZE = (1280, 800)  # px
# The essay at which the preview lies open: a title on the left, a table on the right.
OPEN_AT = "05-baskets"


def preview_screen() -> Image.Image:
    """The sample in a preview, open where an essay begins."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = sample(Path(scratch) / "essays")
        with served(folder) as own, _browser(Path(scratch)) as page:
            own.ready()
            place = f"#pages/screen-hans/essay-{OPEN_AT}"
            page.call("Page.navigate", url=own.url + place)
            page.wait("document.querySelectorAll('img.leaf').length === 2")
            page.wait("document.getElementById('state').dataset.kind === 'rested'")
            return _seen(page)


def shelf_screen() -> Image.Image:
    """The sample's page on a shelf."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = sample(Path(scratch) / "essays")
        build(folder)
        made = make_shelf(Wishes((folder,), Path(scratch) / "site")).shelf
        (collection,) = made.collections
        with _browser(Path(scratch)) as page:
            page.go(Path(scratch) / "site" / collection.slug / "index.html")
            return _seen(page)


@contextmanager
def _browser(scratch: Path) -> Iterator[Page]:
    (scratch / "saved").mkdir()
    blank = scratch / "blank.html"
    blank.write_text("<!DOCTYPE html>", encoding="utf-8")
    # A build shows the engine the project's fonts alone; a browser takes the machine's.
    os.environ.pop("FONTCONFIG_FILE", None)
    with shown(blank, scratch) as page:
        page.looks(*SIZE, "light")
        yield page


def _seen(page: Page) -> Image.Image:
    page.wait("[...document.images].every(it => it.complete)")
    return Image.open(io.BytesIO(page.picture())).convert("RGB")
