"""Booklet: the pages of a book on sheets of paper, to print, fold and bind (docs/booklets.md).

It promises the same pages as `screen`, imposed as the options of the output wish, and bound on the
right where lines run downwards. It refuses pages that the sheet cannot hold before any is set, and
a signature too thick to fold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from publisher.formats.imposed import imposed
from publisher.formats.job import Job, Watch
from publisher.formats.orders import STANDARD, Value, order_of
from publisher.formats.screen import make_screen
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.places import Place
from publisher.imposition.fitting import fitted
from publisher.imposition.wishes import Binding, Extent
from publisher.model.artefact import Artefact
from publisher.typography.pagesize import PageSize


def make_booklet(job: Job, watch: Watch) -> Artefact:
    """The sheets of a job; its pages are sides of sheets."""
    screen = make_screen(job, watch)
    at = Place(f"{job.book.folder}/collection.toml", key=f"output {job.output}")
    order = order_of(_own(dict(job.options)), lambda key: at)
    if job.vertical:
        order = replace(order, bind=order.bind or Binding.RIGHT)
    watch("imposing", 1, 1)
    try:
        made = imposed(screen.content, order, at)
    except PublisherError as error:
        raise error.for_remedy(Remedy.EDITOR).placed(at) from None
    return replace(
        screen,
        content=made.content,
        pages=2 * len(made.imposition.sheets),
        notices=(*screen.notices, *made.notices),
        size=str(made.imposition.sheets[0].extent),
    )


def require_foldable(
    options: Mapping[str, Value], page: PageSize, place: Callable[[str], Place]
) -> None:
    """Raise PublisherError where options name what does not exist, or a sheet that is too small."""
    try:
        order = order_of(_own(options), place)
        if not order.is_fitted:
            fitted(Extent(page.width, page.height), order.wish)
    except PublisherError as error:
        raise error.for_remedy(Remedy.EDITOR).placed(place("sheet")) from None


def _own(options: Mapping[str, Value]) -> dict[str, Value]:
    """The options about sheets among all of an output."""
    return {key: value for key, value in options.items() if key in STANDARD}
