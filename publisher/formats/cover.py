"""Cover: front, spine and back of a printed book on one sheet, with flaps if asked.

It promises a PDF/X-4 with a spine as thick as the pages of the same book, counted anew on every
build, words running down it where it is wide enough, the blurb and the barcode of the ISBN on the
back, and 3 mm of bleed. It refuses a spine too thin to glue, an ISBN that is mistyped, and a book
without a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from publisher.composition.pages import Resource
from publisher.formats.drawing import marked
from publisher.formats.job import Job, Watch
from publisher.formats.orders import Told, Value
from publisher.formats.panels import Panel, put_together, set_panel
from publisher.formats.screen import MEDIA_TYPE, make_screen
from publisher.ground.errors import PublisherError, Remedy, gather
from publisher.ground.places import Place
from publisher.imposition.sheets import Room
from publisher.imposition.spine import Wrap, caliper, thickness, wrap
from publisher.imposition.wishes import Binding, Extent
from publisher.model.artefact import Artefact
from publisher.prepress.pressready import Press, press_ready
from publisher.typography.barcode import barcode, isbn
from publisher.typography.pagesize import MM_PER_PT, PageSize

_BLEED = 3.0
_BARCODE = "cover/barcode.svg"
# The size of words on a spine: a share of its width, and no larger than this, in mm; a long title
# takes no more than this share of its length.
_SHARE, _LARGEST, _LENGTH = 0.55, 7.0, 0.65
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
    """The cover around the job's own pages; they are set to be counted where nobody has."""
    pages = wishes.pages or job.pages
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
    sheet = set_panel(job, _sheet(job, laid, figures))
    panels = tuple(set_panel(job, panel) for panel in _panels(job, laid))
    content = put_together(marked(sheet.content, laid.folds(_BLEED)), panels)
    return Artefact(
        output=job.output,
        file_name=f"{job.file_stem}.pdf",
        media_type=MEDIA_TYPE,
        content=press_ready(content, Press(_BLEED), job.identity),
        pages=1,
        notices=tuple(dict.fromkeys(it for one in (sheet, *panels) for it in one.notices)),
        size=str(laid.extent),
    )


def _sheet(job: Job, laid: Wrap, figures: str) -> Panel:
    """The whole of the cover: its ground, and what stands on the back in horizontal lines."""
    back = f".wrap-back{{left:{laid.back.left:.3f}mm;width:{laid.back.width:.3f}mm}}"
    rules = back + (".wrap-blurb{display:none}" if job.vertical else "")
    whole = Room(0.0, 0.0, laid.extent.width, laid.extent.height)
    seen = _bleeding(whole, left=True, right=True)
    if not figures:
        return Panel("wrap", whole, seen, rules=rules)
    bars = f'.wrap-barcode{{width:37.29mm;height:26.07mm;background-image:url("/book/{_BARCODE}")}}'
    family = escape(job.book.stacks["label"][0])
    picture = Resource(barcode(figures, family).encode(), "image/svg+xml")
    return Panel("wrap", whole, seen, rules=rules + bars, shown=((_BARCODE, picture),))


def _bleeding(room: Room, *, left: bool, right: bool) -> Room:
    """A room and the bleed above, below, and at the sides that are cut."""
    width = room.width + _BLEED * (left + right)
    return Room(room.left - _BLEED * left, -_BLEED, width, room.height + 2 * _BLEED)


def _panels(job: Job, laid: Wrap) -> Iterator[Panel]:
    """What lies on the ground; the words of a Chinese spine run downwards in every book."""
    is_right = laid.front.left > laid.back.left
    seen = _bleeding(laid.front, left=not is_right, right=is_right)
    yield Panel("cover", laid.front, seen, job.vertical)
    if laid.has_words:
        title = len(job.book.collection.about.title)
        size = min(_LARGEST, laid.spine.width * _SHARE, laid.spine.height * _LENGTH / title)
        rules = f".spine-title{{font-size:{size / MM_PER_PT:.2f}pt}}"
        yield Panel("spine", laid.spine, laid.spine, vertical=True, rules=rules)
    if job.vertical and job.book.collection.about.description:
        yield Panel("blurb", laid.back, laid.back, vertical=True)
