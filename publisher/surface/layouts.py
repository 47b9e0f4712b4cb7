"""Layouts on the command line: what there is, a new one, a specimen to look at."""

from __future__ import annotations

import re
import shlex
from argparse import Namespace
from pathlib import Path

from publisher.ground.messages import say
from publisher.ground.places import NOWHERE
from publisher.surface import report
from publisher.surface.columns import table
from publisher.surface.wording import language
from publisher.surface.wording import translated as _


def list_layouts(arguments: Namespace) -> int:
    """Show every layout with its character."""
    from publisher.composition.layout import layout_description, layout_names
    from publisher.press.places import layout_shelves

    shelves = layout_shelves(arguments.folder)
    rows = [(name, layout_description(name, shelves)) for name in layout_names(shelves)]
    print(table((_("layout"), _("character")), rows))
    return 0


def new_layout(arguments: Namespace) -> int:
    """Begin a layout in a collection that extends another."""
    from publisher.composition.layout import read_layout
    from publisher.composition.scaffold import require_new_name, scaffold
    from publisher.press.places import layout_shelves
    from publisher.press.writing import write_into

    shelves = layout_shelves(arguments.into)
    require_new_name(arguments.name, shelves)
    model = read_layout(arguments.model, shelves, NOWHERE)
    folder = arguments.into / "layouts" / arguments.name
    write_into(folder, scaffold(arguments.name, model, language()))
    report.tell(say("{folder} is ready; its comments say what to change", folder=folder))
    own = "" if arguments.into == Path() else f" --for {shlex.quote(str(arguments.into))}"
    report.tell(say("next: publisher layout show {name}{own}", name=arguments.name, own=own))
    return 0


def show_layout(arguments: Namespace) -> int:
    """Make a specimen of a layout: a PDF, and a picture of each page."""
    from publisher.press.specimen import make_specimen
    from publisher.press.writing import write_into
    from publisher.surface.progress import shown

    with shown(quiet=False) as progress:
        look = arguments.script, arguments.page, arguments.writing
        specimen = make_specimen(arguments.name, arguments.folder, *look, progress=progress)
    folder = arguments.into or Path(f"{arguments.name}-specimen")
    files = specimen.files(arguments.name)
    write_into(folder, files)
    _clear(folder, arguments.name, files)
    report.show_notices(specimen.notices)
    pages = len(specimen.pages)
    report.tell(say("{folder}: a PDF and pictures of {n} pages", folder=folder, n=pages))
    return 0


def _clear(folder: Path, name: str, files: dict[str, bytes]) -> None:
    """Take away the pictures of a longer specimen that lay here before."""
    picture = re.compile(rf"{re.escape(name)}-\d+\.png")
    for file in folder.iterdir():
        if picture.fullmatch(file.name) and file.name not in files:
            file.unlink()
