"""Cover: front, spine and back of a printed book on one sheet, with flaps if asked.

It promises a PDF/X-4 with a spine as thick as the pages of the same book, counted anew on every
build, words on it where it is wide enough, the blurb and the barcode of the ISBN on the back, and
3 mm of bleed. It refuses a spine too thin to glue, an ISBN that is mistyped, and a book without a
date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from publisher.composition.book import Book
from publisher.composition.divisions import Division
from publisher.composition.pages import Engine, Resource
from publisher.composition.paging import paged_document, paged_medium, resources
from publisher.formats.drawing import marked
from publisher.formats.job import Job, Watch
from publisher.formats.orders import Told, Value
from publisher.formats.screen import MEDIA_TYPE, make_screen, metadata
from publisher.ground.errors import PublisherError, Remedy, gather
from publisher.ground.places import Place
from publisher.imposition.sheets import COVER_MAKER, Room
from publisher.imposition.spine import Wrap, caliper, thickness, wrap
from publisher.imposition.wishes import Binding, Extent
from publisher.model.artefact import Artefact
from publisher.prepress.metadata import Identity
from publisher.prepress.pressready import Press, press_ready
from publisher.typography.barcode import barcode, isbn
from publisher.typography.pagesize import MM_PER_PT, PageSize
from publisher.typography.typearea import type_area

_BLEED = 3.0
_BARCODE = "cover/barcode.svg"
# The size of words on a spine: a share of its width, and no larger than this, in mm.
_SHARE, _LARGEST = 0.55, 7.0
_MOST = {"flap": 200.0, "caliper": 1.0, "weight": 500.0, "pages": 5000.0}
_STANDARD: Mapping[str, Value] = {
    "flap": 0,
    "caliper": 0,
    "weight": 80,
    "pages": 0,
    "paper": "offset",
    "spine": True,
}


@dataclass(frozen=True)
class CoverWishes:
    """What an output says of its cover: lengths in mm; `pages` is 0 where they are counted."""

    leaf: float
    flap: float
    pages: int
    has_spine: bool
    binding: Binding


def make_cover(job: Job, watch: Watch) -> Artefact:
    """The cover of a job's book, lying open, seen from outside.

    Raises PublisherError where the collection has no date, its ISBN is mistyped, or it is too thin.
    """
    at = Place(f"{job.book.folder}/collection.toml", key=f"output {job.output}")
    wishes = _wishes(dict(job.options), lambda key: at)
    try:
        number = isbn(job.book.collection.about.identifier)
        return _set(job, _wrap(job, wishes, watch), number)
    except PublisherError as error:
        raise error.for_remedy(Remedy.EDITOR).placed(at) from None


def require_isbn(job: Job) -> None:
    """Raise PublisherError where the book's ISBN is mistyped."""
    about = job.book.collection.about
    try:
        isbn(about.identifier)
    except PublisherError as error:
        at = Place(f"{job.book.folder}/collection.toml", key="identifier")
        raise error.for_remedy(Remedy.EDITOR).placed(at) from None


def require_coverable(
    options: Mapping[str, Value], page: PageSize, place: Callable[[str], Place]
) -> None:
    """Raise PublisherError where an option has a number that cannot be."""
    wishes = _wishes(options, place)
    if wishes.pages and wishes.has_spine:
        try:
            _laid(Extent(page.width, page.height), wishes, wishes.pages)
        except PublisherError as error:
            raise error.for_remedy(Remedy.EDITOR).placed(place("pages")) from None


def _wishes(options: Mapping[str, Value], place: Callable[[str], Place]) -> CoverWishes:
    """The wishes that options make. Raises PublisherError with every number that cannot be."""
    told = Told({**_STANDARD, **options}, place)
    flap, leaf, weight, pages = _numbers(told)
    by_weight = caliper(weight, str(told.options["paper"]))
    has_spine = told.truth("spine")
    return CoverWishes(leaf or by_weight, flap, int(pages), has_spine, _binding(options))


def _numbers(told: Told) -> tuple[float, ...]:
    try:
        return gather(partial(told.number, key, most) for key, most in _MOST.items())
    except PublisherError as error:
        raise error.for_remedy(Remedy.EDITOR) from None


def _binding(options: Mapping[str, Value]) -> Binding:
    standard = "right" if options.get("writing") == "vertical" else "left"
    return Binding(options.get("bind", standard))


def _wrap(job: Job, wishes: CoverWishes, watch: Watch) -> Wrap:
    """The cover around the job's own pages; they are set to be counted."""
    pages = wishes.pages
    if wishes.has_spine and not pages:
        inside = replace(job, options=(*_of_pages(job), ("cover", False)))
        pages = make_screen(inside, watch).pages or 0
    return _laid(Extent(job.page.width, job.page.height), wishes, pages)


def _of_pages(job: Job) -> tuple[tuple[str, Value], ...]:
    return tuple(row for row in job.options if row[0] in ("writing", "parallel"))


def _laid(page: Extent, wishes: CoverWishes, pages: int) -> Wrap:
    spine = thickness(pages, wishes.leaf) if wishes.has_spine else 0.0
    return wrap(page, round(spine, 2), wishes.flap, wishes.binding)


def _set(job: Job, laid: Wrap, figures: str) -> Artefact:
    book = job.book
    area = type_area(job.page, book.layout.design)
    sheet = book.sheet(("common.css", "pages.css", "wrap.css"), job.page, area)
    engine = Engine(sheet + _rules(laid, bool(figures)), _shown(book, figures))
    document = engine.lay_out(_document(job), Place(f"{book.folder}/collection.toml"))
    return Artefact(
        output=job.output,
        file_name=f"{job.file_stem}.pdf",
        media_type=MEDIA_TYPE,
        content=press_ready(
            marked(engine.join([document]), laid.folds(_BLEED)), Press(_BLEED), _identity(job)
        ),
        pages=1,
        notices=engine.notices,
        size=str(laid.extent),
    )


def _document(job: Job) -> str:
    division = Division("wrap", "wrap", job.book.collection.about.title, 0, "front")
    body = job.book.markup(division, paged_medium(), page=job.page)
    return paged_document(job.book, division, body, metadata(job, COVER_MAKER))


def _identity(job: Job) -> Identity:
    return Identity(job.identifier, job.book.collection.about.version or "1", job.date)


def _shown(book: Book, figures: str) -> dict[str, Resource]:
    shown = dict(resources(book))
    if figures:
        family = escape(book.stacks["label"][0])
        shown[_BARCODE] = Resource(barcode(figures, family).encode(), "image/svg+xml")
    return shown


def _rules(laid: Wrap, with_barcode: bool) -> str:
    """The lengths that only the page count tells, as rules behind those of the layout."""
    extent = laid.extent
    rules = [
        f"@page{{size:{extent.width:.3f}mm {extent.height:.3f}mm;bleed:{_BLEED}mm}}",
        _stands("back", laid.back),
        _stands("spine", laid.spine),
        _stands("front", laid.front),
        _spine_words(laid),
    ]
    if with_barcode:
        rules.append(
            f'.wrap-barcode{{width:37.29mm;height:26.07mm;background-image:url("/book/{_BARCODE}")}}'
        )
    return "".join(rules)


def _spine_words(laid: Wrap) -> str:
    if not laid.has_words:
        return ".wrap-spine{display:none}"
    size = min(_LARGEST, laid.spine.width * _SHARE) / MM_PER_PT
    return f".wrap-spine-title{{font-size:{size:.2f}pt}}"


def _stands(part: str, room: Room) -> str:
    return f".wrap-{part}{{left:{room.left:.3f}mm;width:{room.width:.3f}mm}}"
