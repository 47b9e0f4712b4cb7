"""Freezing: a collection's files made, held against every gate, and kept as one sealed edition.

It promises a folder `STORE/SLUG/VERSION` that is whole or not there, with the files, what they
were made of, and how to prove it; the same bytes for the same collection, tools and key. It refuses
to go on while a gate objects or an editor has a question open, and never writes over an edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from publisher.checking.registry import noticed
from publisher.checking.subject import plans_of, subject_of
from publisher.editorial.assembly import Assembly, read_collection
from publisher.formats.job import Job
from publisher.formats.registry import FORMATS
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.library.bag import TAG_MANIFEST, bag, require_plain_names, sha512
from publisher.library.edition import FONTS, LAYOUTS, Edition, is_version
from publisher.library.explanation import FILE as README
from publisher.library.explanation import explanation
from publisher.library.seal import KEY_LABEL, SEAL, SIGNERS, signers
from publisher.model.collection import About
from publisher.model.folders import DECLARATION, EDITIONS, PLAN, SOURCES, collection_folder
from publisher.press.gates import Ruling, require_passed, rulings
from publisher.press.inventory import Run, edition_of, kept_sources, payload
from publisher.press.making import Progress, all_made
from publisher.press.places import font_folders
from publisher.press.planning import books_of, plan
from publisher.press.processes import Processes, processors
from publisher.press.room import prepare
from publisher.press.sealing import public_key, sealed
from publisher.press.writing import held, write_new_folder
from publisher.typography.barcode import isbn
from publisher.typography.typearea import type_area

# What an edition takes along as it lies there, and what looks and letters are looked for in.
_TAKEN = (SOURCES, PLAN, LAYOUTS, FONTS)
# Notices of questions that only an editor can answer.
_OPEN = ("plan-waits", "plan-unapplied", "script-doubts")


@dataclass(frozen=True)
class Wishes:
    """What is to be frozen: `version` is what the caller takes the collection's to be, or empty.

    `despite_questions`: whether open questions are to be recorded instead of refused. `key` is the
    file of a secret key to seal with; `unsealed` says that the caller wants none.
    """

    collection: Path
    version: str = ""
    into: Path | None = None
    key: Path | None = None
    despite_questions: bool = False
    unsealed: bool = False


@dataclass(frozen=True)
class Frozen:
    """A finished edition: where it lies, what it is, the digest of its list of lists, its key."""

    folder: Path
    edition: Edition
    digest: str
    key: str
    rulings: tuple[Ruling, ...]
    notices: tuple[Notice, ...]


def freeze(wishes: Wishes, progress: Progress = lambda *_: None) -> Frozen:
    """Make and keep an edition. Raises PublisherError with all that stands against it."""
    ready = _ready(wishes)
    key = public_key(wishes.key) if wishes.key else ""
    store = wishes.into or ready.assembly.folder / EDITIONS
    _require_apart(store, ready.assembly.folder)
    target = _target(store, ready.assembly)
    _require_new(target)
    if not key and not wishes.unsealed:
        _require_never_sealed(target.parent)
    with held(target.parent):
        _require_new(target)
        run = _made(ready, progress)
        edition = edition_of(run)
        files = _bagged(edition, payload(edition, run), wishes.key, key)
        write_new_folder(target, files)
    return Frozen(target, edition, sha512(files[TAG_MANIFEST]), key, run.rulings, run.notices)


def _ready(wishes: Wishes) -> Run:
    """Everything that can be known, and refused, before the first page is set."""
    home = collection_folder(wishes.collection)
    # Read before the plan and again at the end: what was changed meanwhile is in no edition.
    sources = kept_sources(read_collection(home))
    require_plain_names(sources)
    assembly, jobs = plan(home)
    _require_named(assembly, wishes.version)
    notices = _notices(assembly, jobs)
    questions = tuple(notice for notice in notices if notice.code in _OPEN)
    if not wishes.despite_questions:
        _require_answered(questions)
    return Run(assembly, jobs, sources, notices, questions)


def _made(ready: Run, progress: Progress) -> Run:
    """The run with its files, which have passed every gate."""
    home = ready.assembly.folder
    prepare(font_folders(home))
    # What is to be proven is set anew, whatever was kept of it.
    with closing(Processes(processors())) as hands:
        made = all_made(ready.jobs, progress, hands)
    found = rulings(ready.jobs, made, progress)
    require_passed(found)
    _require_still(ready.sources, kept_sources(ready.assembly))
    return replace(ready, made=made, rulings=found)


def _require_named(assembly: Assembly, version: str) -> None:
    """Raise PublisherError where the collection does not say which edition this is."""
    file = str(assembly.folder / DECLARATION)
    faults = [
        Fault(message, Remedy.EDITOR, Place(file, key=key), hint)
        for key, message, hint in _unnamed(assembly.collection.about, version)
    ]
    if faults:
        raise PublisherError(*faults)
    try:
        isbn(assembly.collection.about.identifier)
    except PublisherError as error:
        raise error.placed(Place(file, key="identifier")) from None


def _unnamed(about: About, version: str) -> Iterator[tuple[str, Message, Message]]:
    """The key of what the collection leaves open, what is wrong with it, and what to do."""
    if not is_version(about.version):
        message = say("an edition has a version of letters, digits, dots and hyphens")
        yield "version", message, say('write version = "{version}"', version=version or "1.0")
    elif version and version != about.version:
        message = say('the collection says that it is version "{version}"', version=about.version)
        yield "version", message, say("change it there: it is printed in the book")
    if not about.date:
        message = say("an edition bears a date, and this collection has none")
        yield "date", message, say('write date = "YYYY-MM-DD"')


def _notices(assembly: Assembly, jobs: tuple[Job, ...]) -> tuple[Notice, ...]:
    """All that a check of the collection notices."""
    paged = (job for job in jobs if FORMATS[job.format].has_pages)
    areas = dict.fromkeys(type_area(job.page, job.book.layout.design) for job in paged)
    planned = plans_of(assembly.folder)
    return noticed(subject_of(assembly, planned, areas, is_dated=True, books=books_of(jobs)))


def _require_answered(questions: tuple[Notice, ...]) -> None:
    """Raise PublisherError with every question that waits for an editor."""
    if questions:
        raise PublisherError(
            *(Fault(it.message, Remedy.EDITOR, it.at, it.hint) for it in questions),
            Fault(
                say("questions are open, so nothing is frozen"),
                Remedy.EDITOR,
                hint=say("answer them, or have them recorded with --despite-questions"),
            ),
        )


def _target(store: Path, assembly: Assembly) -> Path:
    return store / assembly.collection.about.slug / assembly.collection.about.version


def _require_apart(store: Path, home: Path) -> None:
    """Raise PublisherError for a store whose editions would be taken for the collection's own."""
    inside = store.resolve()
    if inside == home.resolve() or any(
        inside.is_relative_to((home / it).resolve()) for it in _TAKEN
    ):
        raise PublisherError.of(
            say("what lies here belongs to the collection, and editions do not"),
            Remedy.CALLER,
            Place(str(store)),
            say("leave --into out, or name a folder outside: {folder}", folder=home / EDITIONS),
        )


def _require_never_sealed(siblings: Path) -> None:
    """Raise PublisherError where earlier editions bear a seal, and this one would bear none."""
    if sealed_ones := sorted(siblings.glob(f"[!.]*/{SEAL}")):
        raise PublisherError.of(
            say("earlier editions of this collection are sealed, and there is no key for this one"),
            Remedy.CALLER,
            Place(str(sealed_ones[-1].parent)),
            say("--key FILE names the key; --unsealed makes an edition without a seal"),
        )


def _require_new(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise PublisherError.of(
            say("there is an edition here already, and editions are never changed"),
            Remedy.CALLER,
            Place(str(target)),
            say("give the collection another version"),
        )


def _require_still(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    if before != after:
        raise PublisherError.of(
            say("the collection was changed while it was frozen"),
            Remedy.WAIT,
            hint=say("freeze it again when nobody is writing"),
        )


def _bagged(
    edition: Edition, kept: dict[str, bytes], secret: Path | None, key: str
) -> dict[str, bytes]:
    """All files of the edition's folder, the seal among them."""
    beside = {README: explanation(edition, key)}
    beside |= {SIGNERS: signers(key)} if key else {}
    files = bag(kept, dict(_information(edition, key)), beside)
    require_plain_names(files)
    return files | ({SEAL: sealed(files[TAG_MANIFEST], secret)} if secret else {})


def _information(edition: Edition, key: str) -> Iterator[tuple[str, str]]:
    """What the bag says of itself (RFC 8493, 2.2.2), and who seals it."""
    yield "Source-Organization", edition.publisher
    yield "Contact-Name", edition.responsibility
    yield "External-Identifier", edition.identifier
    yield "External-Description", f"{edition.title} {edition.version}"
    yield "Bag-Group-Identifier", edition.slug
    yield "Edition-Version", edition.version
    yield "Edition-Date", edition.date
    yield KEY_LABEL, key
