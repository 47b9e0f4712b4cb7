"""Pages: the one module that calls WeasyPrint.

It promises pages set with the given style sheets and with the fonts of the fontconfig file alone,
locked up as formes, and equal formes for equal input. It refuses everything that a
document tries to read which was not handed over: such an attempt is recorded and becomes a fault,
even where the engine would swallow it. It refuses a machine without Pango, with the command that
installs it.

`FONTCONFIG_FILE` must be set before an engine is made (see `press.room`).
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from publisher.composition.formes import Forme, Hint
from publisher.composition.seam import fount, guard, notes, tree, turning, widths
from publisher.composition.seam.folios import Unforeseen
from publisher.composition.seam.foreseen import shows_squares
from publisher.composition.seam.furniture import FURNISHER, Furnished, Furnisher
from publisher.composition.seam.locking import locked, painter
from publisher.composition.seam.paper import words_off
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice
from publisher.ground.places import NOWHERE, Place

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.urls import URLFetcherResponse

# The imaginary root that relative addresses of style sheets are resolved against.
ROOT = "file:///book/"
_RASTER_DATA = ("data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp")
# How the engine's remark on a picture without words ends.
_UNDESCRIBED = "has no required alt description"


def load() -> None:
    """Load the engine, which takes half a second.

    Raises PublisherError when a system library that it needs is missing.
    """
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise PublisherError.of(
            say("a system library is missing: {reason}", reason=str(error).split("\n")[0]),
            Remedy.MACHINE,
            hint=_remedy(),
        ) from None


def _remedy() -> Message:
    if sys.platform == "darwin":
        return say("install it with: brew install pango")
    return say(
        "install it with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )


@dataclass(frozen=True)
class Resource:
    """Bytes that a document may show, with their media type."""

    content: bytes
    media_type: str


class Engine:
    """Sets documents of one book: same fonts, same sheets, same pictures.

    Pages with `vertical` lines are laid out lying on their left side, and stood up. Engines of the
    same `look` (sheet, fonts, direction) learn from one another how numbers are shown; without one
    an engine learns alone.
    """

    def __init__(
        self,
        sheet: str,
        resources: Mapping[str, Resource],
        *,
        vertical: bool = False,
        look: str = "",
    ) -> None:
        load()
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        guard.install()
        self._vertical = vertical
        self._refused: list[str] = []
        self._remarks: list[str] = []
        self._types: dict[Any, Any] = {}
        self._furnisher = Furnisher(painter(self._types, vertical=vertical), look)
        self._fetcher = _fetcher(resources, self._refused)
        self._fonts = FontConfiguration()
        self._images: dict[str, object] = {}
        with self._watched():
            self._sheet = CSS(
                string=sheet, font_config=self._fonts, url_fetcher=self._fetcher, base_url=ROOT
            )
        self._sheet_remarks = tuple(self._remarks)
        # What is known of a sheet need not be found out by setting an essay in vain.
        self._sets_free = not (vertical and shows_squares(self._sheet))

    def lay_out(self, document: str, at: Place = NOWHERE) -> Document:
        """The pages of one HTML document; `at` is where its words come from.

        Raises PublisherError when the document tried to read what it was not given, or when words
        of it would stand outside the page.
        """
        laid = self._render(document, at)
        lost = _words_off_page(laid)
        for ease in (_tight_tables, _moving_notes):
            if lost:
                with ease():
                    laid = self._render(document, at)
                lost = _words_off_page(laid)
        if lost:
            raise PublisherError.of(
                say('words leave the page: "{words}"', words=lost),
                Remedy.EDITOR,
                at,
                say("shorten what stands there: a wide table, a long note, a word without end"),
            )
        if self._vertical:
            turning.stand_up(laid)
        return laid

    def _render(self, document: str, at: Place) -> Document:
        fount.expect(self._fonts, document)
        with self._watched(), turning.lying(self._vertical):
            html = self._furnisher.html = tree.html_of(document, ROOT, self._fetcher, at)
            return html.render(
                font_config=self._fonts, stylesheets=[self._sheet], cache=self._images
            )

    def set(self, document: str, name: str, at: Place = NOWHERE) -> Forme:
        """The pages of one HTML document, locked up; see `lay_out` and `lock`."""
        try:
            return self.lock(self.lay_out(document, at), name)
        finally:
            # What was remarked on a setting that was given up concerns no other.
            self._remarks.clear()

    def set_free(self, document: str, name: str, at: Place, hint: Hint) -> Forme | None:
        """The pages of a document that begins on a right page, to be placed wherever they belong.

        `hint` tells which numbers they may come to bear. None where they have to be set for their
        place: see `seam.furniture`.
        """
        if not self._sets_free:
            return None
        self._furnisher.begin(hint)
        token = FURNISHER.set(self._furnisher)
        try:
            return self.set(document, name, at)
        except Unforeseen:
            return None
        finally:
            FURNISHER.reset(token)

    def lock(self, document: Document, name: str) -> Forme:
        """Laid-out pages as a forme, with all remarks since the one before.

        `name` is the forme's own among all that are joined.
        """
        with self._watched():
            forme = locked(document, self._types, name)
        remarks = dict.fromkeys((*self._sheet_remarks, *self._remarks))
        self._remarks.clear()
        return replace(forme, remarks=tuple(remarks))

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Collect the engine's remarks; turn refused reads into faults."""
        from weasyprint.urls import FatalURLFetchingError

        handler = _Collector(self._remarks)
        logger = logging.getLogger("weasyprint")
        logger.addHandler(handler)
        try:
            yield
        except FatalURLFetchingError:
            pass
        finally:
            logger.removeHandler(handler)
        if self._refused:
            raise PublisherError(*map(_reach, dict.fromkeys(self._refused)))


@contextmanager
def _tight_tables() -> Iterator[None]:
    """Let words in tables be broken anywhere, as the sheet's `overflow-wrap` allows."""
    token = widths.TIGHT.set(True)
    try:
        yield
    finally:
        widths.TIGHT.reset(token)


@contextmanager
def _moving_notes() -> Iterator[None]:
    """Set pages as the engine makes them by itself: notes may go to the page after."""
    token = notes.NOTES_STAY.set(False)
    try:
        with _tight_tables():
            yield
    finally:
        notes.NOTES_STAY.reset(token)


def _words_off_page(document: Document) -> str:
    """The first words that lie outside their page's paper, or nothing."""
    for page in document.pages:
        box = page._page_box  # noqa: SLF001 (the engine has no other view)
        furnished: Furnished | None = vars(box).get("publisher_furnished")
        lost = words_off((box,), page.width, page.height) or (furnished.lost if furnished else "")
        if lost:
            return lost
    return ""


class _Collector(logging.Handler):
    """Gathers the engine's remarks but one: a picture without words is told with its place."""

    def __init__(self, remarks: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._remarks = remarks

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().endswith(_UNDESCRIBED):
            self._remarks.append(record.getMessage())


def _fetcher(resources: Mapping[str, Resource], refused: list[str]) -> Any:
    """A fetcher that has no way to a disk or a network: only the table it was given."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class TableFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url.lower().startswith(_RASTER_DATA):
                return super().fetch(url, headers)
            resource = resources.get(_address(url))
            if resource is None:
                refused.append(url)
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, resource.content, {"Content-Type": resource.media_type})

    return TableFetcher(allowed_protocols=("data",), allow_redirects=False)


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return ""
    return unquote(parts.path).removeprefix(urlsplit(ROOT).path)


def _reach(url: str) -> Fault:
    return Fault(
        say('the layout or a picture tries to read "{address}"', address=url[:100]),
        Remedy.DESIGNER,
        hint=say("only the collection's pictures and the layout's assets can be shown"),
    )


def remarked(formes: Iterable[Forme]) -> tuple[Notice, ...]:
    """What the engine remarked on while it set a file's formes, and links in it to nothing.

    Each remark once, in order.
    """
    row = tuple(formes)
    names = {anchor.name for forme in row for anchor in forme.anchors}
    remarks = dict.fromkeys(remark for forme in row for remark in forme.remarks)
    remarks |= {
        f"No anchor #{target} for internal URI reference": None
        for forme in row
        for target in forme.targets
        if target not in names
    }
    return tuple(
        Notice("engine", say("the setting engine says: {remark}", remark=remark))
        for remark in remarks
    )


@contextmanager
def without_collector() -> Iterator[None]:
    """Set a book without the cyclic collector: its boxes are one live web, searched in vain.

    It saves a tenth of the time; what is garbage goes when the collector is back.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
