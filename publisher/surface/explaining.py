"""Explaining: what `publisher build --explain` tells of the pages of an output, and draws."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from publisher.formats.job import Job
from publisher.formats.registry import FORMATS
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.model.folders import DIST
from publisher.press.planning import drawn_up
from publisher.press.writing import write_into
from publisher.surface import report
from publisher.surface.wording import worded
from publisher.typography.areadrawing import PageArea, drawing, page_area
from publisher.typography.pagesize import MM_PER_PT
from publisher.typography.typearea import TypeDesign
from publisher.typography.typesize import size_name


def explain(arguments: Namespace) -> int:
    """Tell the type area of outputs with pages, and write a drawing of each."""
    named = (*arguments.output, *filter(None, [arguments.explain]))
    assembly, jobs = drawn_up((arguments.folder or [Path()])[0], named)
    paged = [job for job in jobs if FORMATS[job.format].has_pages]
    if not paged:
        raise PublisherError.of(
            say("no output with pages is asked for"),
            Remedy.CALLER,
            Place(str(assembly.folder)),
            say("name one whose format makes a PDF"),
        )
    folder = arguments.into or assembly.folder / DIST
    drawings = {f"{job.file_stem}-page.svg": _told(job, folder) for job in paged}
    write_into(folder, {name: content.encode() for name, content in drawings.items()})
    return 0


def _told(job: Job, folder: Path) -> str:
    """Print what is to be known of an output's pages; give the drawing of it."""
    area = page_area(job.page, job.book.layout.design, vertical=job.vertical)
    captions = tuple(worded(message) for message in _captions(job, area))
    for caption in captions:
        print(caption)
    report.tell(say("drawn in {file}", file=folder / f"{job.file_stem}-page.svg"))
    return drawing(area, captions)


def _captions(job: Job, area: PageArea) -> Iterator[Message]:
    yield say("{output}: page {page}", output=job.output, page=area.page)
    yield say(
        "type area: {n} characters × {m} lines, {width} × {height} mm",
        n=area.characters,
        m=area.lines,
        width=f"{area.width:.1f}",
        height=f"{area.height:.1f}",
    )
    yield _type(area.design)
    yield say(
        "margins in mm: {top} above, {bottom} below, {inner} at the binding, {outer} outside",
        top=f"{area.top:.1f}",
        bottom=f"{area.bottom:.1f}",
        inner=f"{area.inner:.1f}",
        outer=f"{area.outer:.1f}",
    )


def _type(design: TypeDesign) -> Message:
    return say(
        "type: {size} pt {name} ({size_mm} mm), lines {leading} pt apart ({leading_mm} mm)",
        size=f"{design.size:g}",
        name=size_name(design.size),
        size_mm=f"{design.size * MM_PER_PT:.2f}",
        leading=f"{design.leading:g}",
        leading_mm=f"{design.leading * MM_PER_PT:.2f}",
    )
