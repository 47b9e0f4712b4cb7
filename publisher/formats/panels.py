"""Panels: what a cover is put together of, each set by itself with lines in its own direction.

It promises a PDF of one page for a panel, and a sheet with such pages drawn on it as vectors, each
in its room. So the words of a spine run downwards as those of a vertical book do, and the front of
a book with vertical lines is the front that its pages have.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Name

from publisher.composition.divisions import Division
from publisher.composition.joining import Placed
from publisher.composition.pages import Engine, Resource, remarked
from publisher.composition.paging import paged_document, paged_medium, resources
from publisher.formats.job import Job
from publisher.formats.screen import written
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.imposition.sheets import COVER_MAKER, Room
from publisher.typography.pagesize import MM_PER_PT
from publisher.typography.typearea import type_area
from publisher.typography.verticalarea import lying


@dataclass(frozen=True)
class Panel:
    """A panel: its template, its room on the sheet (mm), and whether its lines run downwards.

    What it prints beyond its room is kept as far as `seen`. `rules` stand behind those of the
    layout's sheets, `shown` beside the pictures of the book.
    """

    kind: str
    room: Room
    seen: Room
    vertical: bool = False
    rules: str = ""
    shown: tuple[tuple[str, Resource], ...] = ()


@dataclass(frozen=True)
class SetPanel:
    """A panel as a PDF of one page, and what the engine remarked on."""

    panel: Panel
    content: bytes
    notices: tuple[Notice, ...]


def set_panel(job: Job, panel: Panel) -> SetPanel:
    """A panel of a job's cover, set on a page of its own size."""
    book = job.book
    engine = Engine(
        _sheet(job, panel), {**resources(book), **dict(panel.shown)}, vertical=panel.vertical
    )
    division = Division(panel.kind, panel.kind, book.collection.about.title, 0, "front")
    body = book.markup(division, paged_medium(), page=job.page)
    at = Place(f"{book.folder}/collection.toml")
    forme = engine.set(paged_document(book, division, body), panel.kind, at)
    return SetPanel(panel, written(job, [Placed(forme)], maker=COVER_MAKER), remarked([forme]))


def _sheet(job: Job, panel: Panel) -> str:
    """The layout's sheets for a panel; its own size stands behind that of the book's page."""
    book, width, height = job.book, panel.room.width, panel.room.height
    if panel.vertical:
        page, area = lying(job.page, book.layout.design)
        names: tuple[str, ...] = ("common.css", "pages.css", "vertical.css", "wrap.css")
        width, height = height, width
    else:
        page, area = job.page, type_area(job.page, book.layout.design)
        names = ("common.css", "pages.css", "wrap.css")
    bleed = panel.seen.height - panel.room.height
    size = f"@page{{size:{width:.3f}mm {height:.3f}mm;bleed:{bleed / 2:.3f}mm}}"
    return book.sheet(names, page, area) + size + panel.rules


def put_together(sheet: bytes, panels: Iterable[SetPanel]) -> bytes:
    """A PDF of one page with panels drawn on it, measured from its trimmed lower left corner."""
    buffer = io.BytesIO()
    with ExitStack() as opened:
        pdf = opened.enter_context(pikepdf.open(io.BytesIO(sheet)))
        for number, panel in enumerate(panels, start=1):
            own = opened.enter_context(pikepdf.open(io.BytesIO(panel.content)))
            form = _form(own.pages[0], panel.panel)
            _draw(pdf.pages[0], pdf.copy_foreign(form), Name(f"/Panel{number}"), panel.panel.room)
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def _form(page: pikepdf.Page, panel: Panel) -> pikepdf.Object:
    """A panel's page from the corner of its room, with nothing beyond what may be seen of it."""
    left, bottom = (float(edge) for edge in list(page.trimbox)[:2])
    room, seen = panel.room, panel.seen
    edges = (seen.left, seen.bottom, seen.right, seen.top)
    form = page.as_form_xobject(handle_transformations=False)
    form.BBox = Array(
        round((edge - start) / MM_PER_PT + origin, 4)
        for edge, start, origin in zip(
            edges, (room.left, room.bottom) * 2, (left, bottom) * 2, strict=True
        )
    )
    form.Matrix = Array([1, 0, 0, 1, round(-left, 4), round(-bottom, 4)])
    return form


def _draw(page: pikepdf.Page, form: pikepdf.Object, name: Name, room: Room) -> None:
    left, bottom = (float(edge) for edge in list(page.trimbox)[:2])
    x, y = left + room.left / MM_PER_PT, bottom + room.bottom / MM_PER_PT
    page.add_resource(form, Name.XObject, name)
    page.contents_add(f"q 1 0 0 1 {x:.4f} {y:.4f} cm {name} Do Q\n".encode("ascii"))
