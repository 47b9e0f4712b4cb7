"""Paging: divisions become runs of pages with numbers, sides and blanks between them.

It promises that every division begins where the layout wants it, that page numbers run on in their
sequence, and that contents pages show the numbers that were given. Essays are set before it is
known where they will stand; other divisions depend on their first number and its side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from publisher.composition.book import ALL_PAGES, Book
from publisher.composition.compositor import Case, Order, Setter
from publisher.composition.divisions import Division
from publisher.composition.formes import Forme, Hint
from publisher.composition.information import PageLabels
from publisher.composition.joining import Placed
from publisher.composition.markup import Medium
from publisher.composition.pages import Resource
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.artefact import PageStart
from publisher.typography.pagesize import PageSize

_STYLES = {"front": "r", "body": "D", "none": ""}
_MOST_ROUNDS = 4
# Characters of markup on a page that holds very much, and on one that holds little.
_FULL, _SCANT = 2_000, 200
# The divisions that tell numbers of pages.
_COUNTING = {"contents", "imprint-page"}


@dataclass(frozen=True)
class Setting:
    """A division's pages: where it begins in the book, and which number its first page has."""

    division: Division
    forme: Forme
    index: int
    number: int
    numbering: str

    @property
    def end(self) -> int:
        """The index of the page behind its last."""
        return self.index + len(self.forme.pages)

    @property
    def label(self) -> str:
        """The number of its first page as it is printed."""
        return self.label_of(0)

    def label_of(self, page: int) -> str:
        """The number of one of its pages (from 0) as it is printed."""
        return _label(self.number + page, self.numbering)

    def starts(self) -> Iterator[PageStart]:
        """Where its pages begin in its text; nothing where they bear no number."""
        count = 0
        if self.numbering == "none":
            return
        for page, (words, length) in enumerate(self.forme.texts):
            yield PageStart(self.label_of(page), self.division.anchor, count, words)
            count += length


@dataclass(frozen=True)
class _Berth:
    """Where a division begins: in the book, and in its sequence of numbers."""

    division: Division
    index: int
    number: int
    numbering: str


class Paging:
    """Sets a book's divisions in order; see `settle`."""

    def __init__(self, book: Book, medium: Medium, case: Case, page: PageSize, setter: Setter):
        self.book = book
        self.medium = medium
        self.case = case
        self.page = page
        self._setter = setter
        self._blanks: dict[int, Forme] = {}
        self._set: dict[tuple[str, int, bool], Forme] = {}
        # Formes that can stand anywhere, by their divisions' anchors.
        self._free: dict[str, Forme] = {}

    def settle(self, divisions: tuple[Division, ...], done: Callable[[], None]) -> list[Setting]:
        """Set all divisions, those that tell numbers again until their numbers stand still."""
        self._set_free(divisions, done)
        labels = self._foretold(divisions)
        for _ in range(_MOST_ROUNDS):
            settings = self._run(divisions, labels, done)
            found = {setting.division.anchor: setting.label for setting in settings}
            found[ALL_PAGES] = str(max((setting.end for setting in settings), default=0))
            if found == labels:
                return settings
            labels = found
            self._set = {key: set_ for key, set_ in self._set.items() if key[0] not in _COUNTING}
        raise PublisherError.of(
            say("the contents pages change length with every number they show"),
            Remedy.DESIGNER,
            Place(f"layouts/{self.book.layout.name}"),
            say("give page numbers in the contents a fixed width"),
        )

    def placed(self, settings: list[Setting]) -> list[Placed]:
        """The formes in their places, a blank page wherever a division must wait for its side."""
        row: list[Placed] = []
        index = 0
        for setting in settings:
            while index < setting.index:
                row.append(Placed(self._blank(index)))
                index += 1
            row.append(Placed(setting.forme, setting.number, setting.index % 2 == 0))
            index += len(setting.forme.pages)
        return row

    def labels(self, settings: list[Setting]) -> tuple[PageLabels, ...]:
        """The page labels of the whole book, a row wherever another sequence begins."""
        rows: list[PageLabels] = []
        for setting in settings:
            style = _STYLES[setting.numbering]
            if not rows or rows[-1].style != style:
                prefix = "" if style else setting.division.title
                rows.append(PageLabels(setting.index, style, setting.number, prefix))
        return tuple(rows)

    def _foretold(self, divisions: tuple[Division, ...]) -> dict[str, str]:
        """Numbers as they are if each division that is not set yet has one page: often right."""

        def pages(anchor: str) -> int:
            return len(self._free[anchor].pages) if anchor in self._free else 1

        labels = {
            berth.division.anchor: _label(berth.number, berth.numbering)
            for berth in self._berths(divisions, lambda berth: pages(berth.division.anchor))
        }
        return labels | {ALL_PAGES: "0"}

    def _run(
        self, divisions: tuple[Division, ...], labels: dict[str, str], done: Callable[[], None]
    ) -> list[Setting]:
        settings: list[Setting] = []
        for berth in self._berths(divisions, lambda _: len(settings[-1].forme.pages)):
            forme = self._division(berth, labels, done)
            own = berth.division, forme, berth.index, berth.number, berth.numbering
            settings.append(Setting(*own))
        return settings

    def _berths(
        self, divisions: tuple[Division, ...], pages: Callable[[_Berth], int]
    ) -> Iterator[_Berth]:
        """Where each division begins; how many pages it has is asked when the next one is."""
        index = 0
        numbers = {"none": 1, "front": 1, "body": 1}
        sequence = ""
        for division in divisions:
            start, numbering = self._rule(division)
            begins = numbering != sequence and numbering == "body"
            if _must_wait(index, "recto" if begins else start):
                index += 1
                numbers[sequence] += 1
            if begins and start == "verso":
                # The first page of the body stays blank, so that even numbers are left pages.
                index += 1
                numbers[numbering] += 1
            sequence = numbering
            berth = _Berth(division, index, numbers[numbering], numbering)
            yield berth
            index += pages(berth)
            numbers[numbering] += pages(berth)

    def _rule(self, division: Division) -> tuple[str, str]:
        """Where a division begins, and the sequence that counts it: front matter counts itself."""
        rule = self.book.layout.page_rule(division.kind)
        in_front = division.place == "front" and rule.numbering == "body"
        return rule.start, "front" if in_front else rule.numbering

    def _division(self, berth: _Berth, labels: dict[str, str], done: Callable[[], None]) -> Forme:
        division, number, recto = berth.division, berth.number, berth.index % 2 == 0
        hint, free = Hint(number, number), self._free.get(division.anchor)
        if free and free.serves(hint):
            return free
        key = (division.anchor, number, recto)
        if key not in self._set:
            self._set[key] = self._new(division, number, recto, labels)
            done()
        return self._set[key]

    def _new(self, division: Division, number: int, recto: bool, labels: dict[str, str]) -> Forme:
        body = self.book.markup(division, self.medium, labels, self.page)
        name, source = division.anchor, self.source(division)
        if name in self._free:
            # It has no furniture for this number yet.
            document = self.html(division, body, 1, recto=True)
            order = Order(document, name, source, Hint(number, number))
            for forme in self._setter(self.case, [order]):
                if forme is not None:
                    return forme
        return self._forme(Order(self.html(division, body, number, recto), name, source))

    def _forme(self, order: Order) -> Forme:
        """The forme of an order for one place."""
        return next(it for it in self._setter(self.case, [order]) if it is not None)

    def _set_free(self, divisions: tuple[Division, ...], done: Callable[[], None]) -> None:
        """Set what can stand anywhere before anybody knows where: the numbered essays."""
        found = tuple(it for it in divisions if self._may_be_free(it))
        formes = self._setter(self.case, self._free_orders(found))
        for division, forme in zip(found, formes, strict=True):
            if forme is not None:
                self._free[division.anchor] = forme
                done()

    def _may_be_free(self, division: Division) -> bool:
        return division.kind == "essay" and self._rule(division)[1] == "body"

    def _free_orders(self, divisions: tuple[Division, ...]) -> Iterator[Order]:
        """Orders with the numbers that pages may bear, by the characters that stand before them."""
        before = 0
        for count, division in enumerate(divisions):
            body = self.book.markup(division, self.medium, {}, self.page)
            document = self.html(division, body, 1, recto=True)
            hint = _roughly(1 + before // _FULL, 4 * (1 + count) + before // _SCANT)
            yield Order(document, division.anchor, self.source(division), hint)
            before += len(body)

    def _blank(self, index: int) -> Forme:
        if index not in self._blanks:
            blank = Division("blank", f"blank-{index}", "", 0, "front")
            document = self.html(blank, "", 1, index % 2 == 0)
            self._blanks[index] = self._forme(Order(document, blank.anchor))
        return self._blanks[index]

    def html(self, division: Division, body: str, number: int, recto: bool, style: str = "") -> str:
        """A whole document: its first page's side and number stand in its own style sheet."""
        side = "right" if recto else "left"
        own = f"html{{break-before:{side}}}@page :first{{counter-reset:page {number}}}"
        return paged_document(self.book, division, body, f"<style>{own}{style}</style>")

    def source(self, division: Division) -> Place:
        """Where the words of a division come from."""
        path = division.essay.path if division.essay else "collection.toml"
        return Place(f"{self.book.folder}/{path}")


def _label(number: int, numbering: str) -> str:
    """A page's number as it is printed."""
    return roman(number) if numbering == "front" else str(number)


def _roughly(lowest: int, highest: int) -> Hint:
    """All numbers of as many figures: what is set must not depend on how well it was foreseen."""
    return Hint(10 ** (len(str(lowest)) - 1), 10 ** len(str(highest)) - 1)


def _must_wait(index: int, start: str) -> bool:
    """Whether a blank page comes before what shall begin on a recto or a verso."""
    return {"recto": index % 2 == 1, "verso": index % 2 == 0}.get(start, False)


def paged_document(book: Book, division: Division, body: str, head: str = "") -> str:
    """The HTML document of one division, as the engine takes it."""
    return (
        f'<!DOCTYPE html><html lang="{book.script.language}"><head><meta charset="utf-8"/>'
        f"<title>{escape(book.collection.about.title)}</title>{head}</head>"
        f'<body class="kind-{division.kind} {division.place}">{body}</body></html>'
    )


def paged_medium() -> Medium:
    """Paper and its likenesses: notes at the foot, links inside the file."""
    return Medium("print", picture_address, lambda anchor: f"#{anchor}", notes_at_call=True)


def picture_address(path: str) -> str:
    """Where the engine finds a picture of the collection."""
    return f"/book/pictures/{quote(path)}"


def resources(book: Book) -> Mapping[str, Resource]:
    """Everything a page of the book may show, by its address below the engine's root."""
    pictures = {
        f"pictures/{picture.path}": Resource(picture.content, picture.media_type)
        for picture in book.collection.pictures
    }
    assets = {
        f"layouts/{asset.address}": Resource(asset.content, "") for asset in book.layout.assets
    }
    return pictures | assets


def roman(number: int) -> str:
    """A number from 1 on in lower-case Roman numerals."""
    text = ""
    for value, numeral in _ROMAN:
        while number >= value:
            text += numeral
            number -= value
    return text


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
