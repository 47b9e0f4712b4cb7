"""Inventory: everything that goes into an edition beside the books themselves.

It promises sources as the bytes that lie there, the essays as plain text in every script, the
layouts and fonts that were used, and a record from which the same files can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from publisher.composition.faces import FACES_FILE, Face
from publisher.editorial.assembly import Assembly
from publisher.formats.job import Job
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.forms import toml_value
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.library import bag, dublincore, mods, onix
from publisher.library import edition as e
from publisher.library.texts import plain_text
from publisher.model.artefact import Artefact
from publisher.model.collection import Collection
from publisher.press.gates import Ruling
from publisher.press.places import COMPLETE, shared_folder
from publisher.press.planning import books_of
from publisher.press.sources import sources_of
from publisher.press.tools import tools
from publisher.typography.barcode import isbn

# What was sent and how it was divided: folders of a collection that no build reads.
_ORIGINALS = ("sources", "plan")
_COLLECTION = "collection/"


@dataclass(frozen=True)
class Run:
    """All that freezing one collection knows: `sources` by their paths, then what came of them."""

    assembly: Assembly
    jobs: tuple[Job, ...]
    sources: Mapping[str, bytes]
    notices: tuple[Notice, ...]
    questions: tuple[Notice, ...]
    made: tuple[Artefact, ...] = ()
    rulings: tuple[Ruling, ...] = ()


def kept_sources(assembly: Assembly) -> dict[str, bytes]:
    """The files a collection and its layouts are made of, by their paths in an edition."""
    layouts = dict.fromkeys(output.layout for output in assembly.outputs)
    files = {it.path: it.content for name in layouts for it in sources_of(assembly, name)}
    kept = {_path(path): files[path] for path in sorted(files)}
    return kept | {f"{e.SOURCE}/{path}": content for path, content in _originals(assembly.folder)}


def edition_of(run: Run) -> e.Edition:
    """The edition that a run makes, as a value."""
    collection, folder = run.assembly.collection, run.assembly.folder
    return replace(
        e.named(collection),
        works=tuple(map(_work, run.jobs, run.made)),
        essays=tuple(essays_of(collection)),
        fonts=tuple(_font(face) for face in _faces(run.jobs)),
        tools=tools(),
        open_questions=tuple(_question(it, folder) for it in run.questions),
    )


def payload(edition: e.Edition, run: Run) -> dict[str, bytes]:
    """All files of the edition by their paths in the payload."""
    rulings = [_ruling_row(it) for it in run.rulings]
    notices = [_notice_row(it, run.assembly.folder) for it in run.notices]
    return {
        **{it.file_name: it.content for it in run.made},
        **run.sources,
        **dict(texts(run.jobs)),
        **dict(_font_files(_faces(run.jobs))),
        **dict(_catalogued(edition, run.assembly.collection)),
        f"{e.REPORTS}/gates.json": _json(rulings),
        f"{e.REPORTS}/notices.json": _json(notices),
        e.RECORD: e.written(edition),
    }


def _catalogued(edition: e.Edition, collection: Collection) -> Iterator[tuple[str, bytes]]:
    """The records for catalogues and the trade for which the collection says enough."""
    yield f"{e.METADATA}/{dublincore.FILE}", dublincore.dublin_core(edition, collection)
    if collection.imprint.name:
        yield f"{e.METADATA}/{mods.FILE}", mods.mods(edition, collection)
        if isbn(collection.about.identifier):
            yield f"{e.METADATA}/{onix.FILE}", onix.onix(edition, collection)


def _path(path: str) -> str:
    """A source's path in the edition: the collection's own files lie in a folder of theirs."""
    own = path.removeprefix(_COLLECTION)
    return f"{e.SOURCE}/{own}" if own != path else path


def _originals(folder: Path) -> Iterator[tuple[str, bytes]]:
    for name in _ORIGINALS:
        for file in sorted((folder / name).rglob("*")):
            path = file.relative_to(folder)
            if file.is_file() and not any(part.startswith(".") for part in path.parts):
                _require_no_edition(file)
                yield path.as_posix(), read_file(file)


def _require_no_edition(file: Path) -> None:
    """Raise PublisherError for a file by which an edition is known among what people sent."""
    home = file.parent
    if file.name == bag.DECLARATION and (home / bag.PAYLOAD / e.RECORD).is_file():
        raise PublisherError.of(
            say("an edition lies among the sources, and would be kept in the next one"),
            Remedy.EDITOR,
            Place(str(home)),
            say("move it out of {folder}, to where editions are kept", folder=home.parent),
        )


def _work(job: Job, made: Artefact) -> e.Work:
    return e.Work(
        output=job.output,
        file=made.file_name,
        format=job.format,
        script=job.book.script.name,
        layout=job.book.layout.name,
        page=made.size,
        options=tuple((name, toml_value(value)) for name, value in job.options),
        media_type=made.media_type,
        identifier=job.identifier,
        sha256=made.sha256,
        pages=made.pages or 0,
    )


def essays_of(collection: Collection) -> Iterator[e.Essay]:
    """The essays of a collection in their places, as a record lists them."""
    rows = [("", collection.front), *((part.title, part.essays) for part in collection.parts)]
    for part, essays in (*rows, ("", collection.back)):
        for essay in essays:
            yield e.Essay(part, essay.path, essay.title, essay.authors)


def texts(jobs: Iterable[Job]) -> Iterator[tuple[str, bytes]]:
    """Every essay as plain text in each script of the jobs, by its path in the payload."""
    for book in books_of(jobs):
        for essay in book.collection.essays():
            name = f"{essay.path.removesuffix('.md')}.txt"
            yield f"{e.TEXT}/{book.script.name}/{name}", plain_text(essay).encode()


# ---- fonts ----


def _faces(jobs: Iterable[Job]) -> tuple[Face, ...]:
    return tuple(dict.fromkeys(face for book in books_of(jobs) for face in book.used_faces))


def _font(face: Face) -> e.FontFile:
    name = _name(face, face.file)
    return e.FontFile(face.family, face.weight, name, face.version, face.licence, face.sha256)


def _font_files(faces: tuple[Face, ...]) -> Iterator[tuple[str, bytes]]:
    """The font files, their licences, and the record by which they are all there are."""
    for face in faces:
        for file in (face.file, face.licence_file):
            yield f"{e.FONTS}/{_name(face, file)}", read_file(file)
    yield f"{e.FONTS}/{FACES_FILE}", "\n".join(map(_face_row, faces)).encode()
    yield f"{e.FONTS}/{COMPLETE}", b"No other font takes part.\n"


def _name(face: Face, file: Path) -> str:
    """A name that a font of the collection's own never shares with one of the project's."""
    return file.name if face.file.parent == shared_folder(e.FONTS) else f"own/{file.name}"


def _face_row(face: Face) -> str:
    values: dict[str, object] = {
        "family": face.family,
        "file": _name(face, face.file),
        "weight": face.weight,
        "role": face.role,
        "regions": list(face.regions),
        "version": face.version,
        "licence": face.licence,
        "licence_file": _name(face, face.licence_file),
        "sha256": face.sha256,
    }
    rows = "".join(f"{key} = {toml_value(value)}\n" for key, value in values.items())
    return f"[[face]]\n{rows}[face.source]\nname = {toml_value(face.name)}\n"


# ---- reports ----


def _ruling_row(ruling: Ruling) -> dict[str, Any]:
    return {
        "file": ruling.file,
        "gate": ruling.checked.checker,
        "ran": ruling.checked.absent is None,
        "reason": str(ruling.checked.absent or ""),
        "remarks": [
            {"code": it.code, "weight": it.weight, "message": it.words, "at": str(it.at)}
            for it in ruling.checked.remarks
        ],
    }


def _notice_row(notice: Notice, folder: Path) -> dict[str, str]:
    return {
        "code": notice.code,
        "severity": notice.severity.value,
        "message": str(notice.message),
        "at": _place(notice.at, folder),
    }


def _question(notice: Notice, folder: Path) -> str:
    at = _place(notice.at, folder)
    return f"{at}: {notice.message}" if at else str(notice.message)


def _place(at: Place, folder: Path) -> str:
    """A place as seen from the collection: an edition knows no machine."""
    file = Path(at.file)
    own = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else at.file
    return str(replace(at, file=own))


def _json(rows: list[dict[str, Any]]) -> bytes:
    return f"{json.dumps(rows, ensure_ascii=False, indent=1)}\n".encode()
