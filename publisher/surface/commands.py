"""Commands: what each command of the line does; every one returns its exit code."""

from __future__ import annotations

import json
import shlex
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.surface import report
from publisher.surface.wording import language, worded

if TYPE_CHECKING:
    from publisher.proofing.findings import Proof


def new(arguments: Namespace) -> int:
    """Begin a collection in a folder that has none."""
    from publisher.editorial.assembly import DECLARATION
    from publisher.editorial.scaffold import scaffold
    from publisher.press.writing import write_into

    folder: Path = arguments.folder
    if (folder / DECLARATION).exists():
        raise PublisherError.of(
            say("there is a collection here already"),
            Remedy.CALLER,
            Place(str(folder / DECLARATION)),
            say("choose another folder"),
        )
    title = arguments.title or folder.resolve().name
    write_into(folder, {DECLARATION: scaffold(folder.resolve().name, title, language())})
    report.tell(say("{file} is ready; its comments say what to fill in", file=folder / DECLARATION))
    report.tell(
        say("next: publisher import FILE… --into {folder}", folder=shlex.quote(str(folder)))
    )
    return 0


def take_in(arguments: Namespace) -> int:
    """Import sources into a collection, or go on with what they ask."""
    from publisher.surface.importing import import_sources

    return import_sources(arguments)


def build(arguments: Namespace) -> int:
    """Make the files of collections, or tell of their pages."""
    if arguments.explain is not None:
        from publisher.surface.explaining import explain

        return explain(arguments)
    from publisher.surface.building import build_collections

    return build_collections(arguments)


def check(arguments: Namespace) -> int:
    """Check all of a collection without making anything, or a finished EPUB."""
    from publisher.surface.checking import check_collection
    from publisher.surface.filechecking import check_epub, check_pdf

    if arguments.epub:
        return check_epub(arguments.epub, as_json=arguments.json)
    if arguments.pdf:
        return check_pdf(arguments.pdf, as_json=arguments.json)
    return check_collection(arguments)


def review(arguments: Namespace) -> int:
    """Ask about the doubtful words of a collection in another script, or show them."""
    from publisher.surface.reviewing import review_collection

    return review_collection(arguments)


def proof(arguments: Namespace) -> int:
    """Measure finished PDFs, and write a page with pictures for each."""
    from publisher.proofing.proof import finished_pdfs
    from publisher.proofing.proof import proof as measure
    from publisher.surface.progress import shown

    try:
        files = finished_pdfs(arguments.place)
        with shown(quiet=arguments.json) as progress:
            proofs = [measure(file, partial(progress, file.name)) for file in files]
    except PublisherError as error:
        if arguments.json:
            print(report.proofs_as_json((), error.faults))
        raise
    if arguments.json:
        print(report.proofs_as_json(proofs))
    else:
        report.show_proofs(proofs)
    if arguments.into or not arguments.json:
        for file, measured in zip(files, proofs, strict=True):
            _write_summary(file, measured, arguments.into or file.parent)
    found = any(measured.findings for measured in proofs)
    return Remedy.EDITOR.value if found and arguments.strict else 0


def _write_summary(file: Path, measured: Proof, folder: Path) -> None:
    from publisher.press.writing import write_into
    from publisher.proofing.summary import summary

    name = f"{file.stem}-proof.html"
    page = summary(file, measured, worded, language())
    write_into(folder, {name: page.encode()})
    report.tell(say("with pictures of the worst lines: {file}", file=folder / name))


def preflight(arguments: Namespace) -> int:
    """Tell the facts of PDFs that a printing house asks for."""
    from publisher.surface.preflighting import preflight_files

    return preflight_files(arguments)


def impose(arguments: Namespace) -> int:
    """Put the pages of a PDF on sheets."""
    from publisher.surface.imposing import impose_file

    return impose_file(arguments)


def schema(arguments: Namespace) -> int:
    """Print the JSON Schema of collection.toml."""
    from publisher.editorial.declarations import declaration_schema

    print(json.dumps(declaration_schema(), ensure_ascii=False, indent=2))
    return 0


def fonts_list(arguments: Namespace) -> int:
    """List the faces with coverage and licence, and check their digests."""
    from publisher.composition.faces import coverage, read_faces, require_intact
    from publisher.press.places import font_folders

    folders = font_folders(arguments.folder)
    faces = [face for folder in folders for face in read_faces(folder)]
    require_intact(faces)
    for face in faces:
        count = len(coverage(face.file))
        regions = " ".join(face.regions)
        print(f"{face.family:<22} {face.weight}  {count:>6}  {face.licence:<8} {regions}")
    return 0


def fonts_add(arguments: Namespace) -> int:
    """Add a font file to a collection, for characters the project's faces lack."""
    from publisher.press.fonts import add_font

    family = add_font(arguments.file, arguments.into)
    report.tell(say('"{family}" now serves as the last resort of this collection', family=family))
    return 0


def layout_list(arguments: Namespace) -> int:
    """Show every layout with its character."""
    from publisher.surface.layouts import list_layouts

    return list_layouts(arguments)


def layout_new(arguments: Namespace) -> int:
    """Begin a layout that extends another."""
    from publisher.surface.layouts import new_layout

    return new_layout(arguments)


def layout_show(arguments: Namespace) -> int:
    """Make a specimen of a layout."""
    from publisher.surface.layouts import show_layout

    return show_layout(arguments)


def freeze(arguments: Namespace) -> int:
    """Make an edition of a collection."""
    from publisher.surface.freezing import freeze_collection

    return freeze_collection(arguments)


def verify(arguments: Namespace) -> int:
    """Look through kept editions."""
    from publisher.surface.verifying import verify_editions

    return verify_editions(arguments)


def rebuild(arguments: Namespace) -> int:
    """Make an edition's files again."""
    from publisher.surface.rebuilding import rebuild_edition

    return rebuild_edition(arguments)


def diff(arguments: Namespace) -> int:
    """Compare two editions."""
    from publisher.surface.comparing import compare_editions

    return compare_editions(arguments)


def cache(arguments: Namespace) -> int:
    """Tell what is kept between runs, or let it go."""
    from publisher.surface.caching import cache as tell_of_cache

    return tell_of_cache(arguments)


def history(arguments: Namespace) -> int:
    """List kept editions."""
    from publisher.surface.histories import list_editions

    return list_editions(arguments)


def shelf(arguments: Namespace) -> int:
    """Make a web site of editions."""
    from publisher.surface.shelving import shelve

    return shelve(arguments)
