"""Registry: which formats there are. To add one: write its file, add its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import UnionType
from typing import Any

from publisher.formats.job import Job, Watch
from publisher.formats.orders import OPTIONS, Value
from publisher.ground.places import Place
from publisher.imposition.spine import BULK
from publisher.model.artefact import Artefact
from publisher.model.scripts import SCRIPTS
from publisher.typography.pagesize import PageSize

Maker = Callable[[Job, Watch], Artefact]
# What values an option takes: those of a type, or one of a few words.
Kind = type | UnionType | tuple[str, ...]
_WRITING = ("horizontal", "vertical")
_PAGED: tuple[tuple[str, Kind], ...] = (
    ("cover", bool),
    ("parallel", tuple(SCRIPTS)),
    ("writing", _WRITING),
)


@dataclass(frozen=True)
class Format:
    """A kind of output: where its maker is, and the options it understands with their kinds.

    Of a format with pages another output can take the page numbers; `has_cover` is whether a cover
    is its first page unless an option says otherwise. `around` are the formats whose pages it is
    put around. `check` is where its own requirements of options and page size are, if it has any.
    With `has_sources` its jobs carry the files that the book is made of; with `is_dated` a book
    without a date is refused. `ready` is where it looks at the book itself.
    """

    name: str
    maker: str
    options: tuple[tuple[str, Kind], ...] = ()
    has_pages: bool = True
    has_cover: bool = True
    around: tuple[str, ...] = ()
    has_sources: bool = False
    is_dated: bool = False
    check: str = ""
    ready: str = ""

    def load(self) -> Maker:
        """The function that makes it; loads the module it stands in."""
        maker: Maker = _found(self.maker)
        return maker

    def require(
        self, options: Mapping[str, Value], page: PageSize, place: Callable[[str], Place]
    ) -> None:
        """Raise PublisherError where options of known kinds cannot be met on such pages."""
        if self.check:
            _found(self.check)(options, page, place)

    def require_ready(self, job: Job) -> None:
        """Raise PublisherError where a book lacks what this format needs of it."""
        if self.is_dated:
            job.require_date()
        if self.ready:
            _found(self.ready)(job)


def _found(name: str) -> Any:
    module, _, own = name.partition(":")
    return getattr(import_module(module), own)


FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        Format(
            "screen",
            "publisher.formats.screen:make_screen",
            _PAGED,
        ),
        Format(
            "print",
            "publisher.formats.print:make_print",
            (*_PAGED, ("marks", bool)),
            has_cover=False,
            is_dated=True,
        ),
        Format(
            "archival",
            "publisher.formats.archival:make_archival",
            _PAGED,
            has_sources=True,
            is_dated=True,
        ),
        Format(
            "booklet",
            "publisher.formats.booklet:make_booklet",
            (*_PAGED, *OPTIONS),
            check="publisher.formats.booklet:require_foldable",
        ),
        Format(
            "cover",
            "publisher.formats.cover:make_cover",
            (
                ("bind", ("left", "right")),
                ("caliper", float | int),
                ("flap", float | int),
                ("pages", int),
                ("paper", tuple(BULK)),
                ("parallel", tuple(SCRIPTS)),
                ("spine", bool),
                ("weight", int),
                ("writing", _WRITING),
            ),
            has_pages=False,
            around=("print", "archival", "screen"),
            is_dated=True,
            check="publisher.formats.cover:require_coverable",
            ready="publisher.formats.cover:require_isbn",
        ),
        Format(
            "epub",
            "publisher.formats.epub:make_epub",
            (
                ("fonts", ("none", "subset")),
                ("page-list", bool | str),
                ("writing", _WRITING),
            ),
            has_pages=False,
        ),
    )
}


def accepts(kind: Kind, value: Value) -> bool:
    """Whether a value is one that an option of a kind takes."""
    return value in kind if isinstance(kind, tuple) else isinstance(value, kind)
