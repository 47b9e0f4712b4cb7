"""Stocking: what lies in stores of editions and in folders of collections, proven and in order.

It promises that every file of what it names was read and has the digest that its edition lists. A
damaged edition, or one whose seal is broken or lost, is left out and named in a notice. It refuses
two editions of one version that differ, and slugs that cannot stand side by side on a shelf.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from publisher.editorial.assembly import Assembly, read_collection
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.fixity import digest
from publisher.ground.forms import toml_value
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.library import bag
from publisher.library import edition as e
from publisher.library.damage import Kind
from publisher.library.holding import held_at
from publisher.library.pages import PDF
from publisher.library.seal import KEY_LABEL, SEAL, SIGNERS
from publisher.library.store import Stored, editions_below, stored, version_order
from publisher.model.declaration import OutputTable
from publisher.model.folders import DECLARATION, DIST, EDITIONS
from publisher.model.scripts import LANGUAGES, SCRIPTS
from publisher.press.inventory import essays_of
from publisher.press.sealing import seal_damages
from publisher.site.places import ROOT_FILES

DRAFT = "draft"
_EPUB = "application/epub+zip"
# The lists of an edition, and what proves them.
_PROOF = (bag.MANIFEST, bag.TAG_MANIFEST, bag.DECLARATION, bag.INFORMATION, SIGNERS, SEAL)


@dataclass(frozen=True)
class Stocked:
    """An edition or a draft: its works lie in `folder`; `proof` are its lists, `key` its sealer's.

    `digest` is by what it is known again: that of the list of lists, or of a draft's files.
    """

    edition: e.Edition
    folder: Path
    digest: str
    proof: tuple[Path, ...] = ()
    key: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it was never frozen."""
        return not self.proof


@dataclass(frozen=True)
class Stock:
    """The editions of each collection, newest first, and what was left out."""

    collections: tuple[tuple[Stocked, ...], ...]
    notices: tuple[Notice, ...]


def stock(folders: Iterable[Path]) -> Stock:
    """What lies in stores, or in the folders of collections: what was built there is a draft.

    Raises PublisherError where there is nothing, or what cannot stand on one shelf.
    """
    found: list[Stocked] = []
    notices: list[Notice] = []
    for folder in folders:
        if home := _collection_at(folder):
            found.append(_draft(home))
            notices += _passed_over(home)
            continue
        for row in stored(folder):
            proven, said = _looked_into(row)
            found += proven
            notices += said
    return Stock(_grouped(found), tuple(notices))


# ---- editions ----


def _looked_into(row: Stored) -> tuple[list[Stocked], list[Notice]]:
    """An edition, or none where it is damaged, with what is to be said of it."""
    if row.edition is None:
        return [], [left_out(row.place, say("its record or its lists cannot be read"))]
    if damage := _damage(row.place, row.edition):
        return [], [left_out(row.place, damage)]
    found = seal_damages(held_at(row.place))
    if broken := [it for it in found if it.kind is not Kind.SEAL_UNREAD]:
        return [], [left_out(row.place, broken[0].message)]
    return [_proven(row, row.edition)], [_unread(row.place, it.message) for it in found]


def _damage(place: Path, edition: e.Edition) -> Message | None:
    """What is wrong with the files that a shelf gives out, and with the lists that prove them."""
    if not _is_plain(edition):
        return say("its record names what no shelf can hold")
    try:
        tags = bag.read_manifest((place / bag.TAG_MANIFEST).read_bytes())
        listed = bag.read_manifest((place / bag.MANIFEST).read_bytes())
        for name, is_sound in _looked_at(place, edition, tags | listed):
            if not is_sound:
                return say("{file} is not what was kept", file=name)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        return say("it cannot be read: {reason}", reason=reason)
    return None


def _is_plain(edition: e.Edition) -> bool:
    """Whether its language and its scripts are known here."""
    scripts = {work.script for work in edition.works}
    return edition.language in LANGUAGES and scripts <= SCRIPTS.keys()


def _looked_at(
    place: Path, edition: e.Edition, listed: Mapping[str, str]
) -> Iterator[tuple[str, bool]]:
    """The files that a shelf rests on, and whether each is what the edition's lists say.

    The lists prove the record, and the record names the digests of the works.
    """
    for name in (bag.MANIFEST, bag.DECLARATION, bag.INFORMATION, bag.PAYLOAD + e.RECORD):
        yield name, bag.sha512(_content(place / name)) == listed.get(name)
    for work in edition.works:
        name = bag.PAYLOAD + work.file
        yield name, name in listed and digest(_content(place / name)) == work.sha256


def _content(file: Path) -> bytes:
    return b"" if file.is_symlink() else file.read_bytes()


def left_out(place: Path, reason: Message) -> Notice:
    """The notice that an edition is not on the shelf."""
    return Notice(
        "shelf-damaged",
        say("this edition is damaged and left out: {reason}", reason=reason),
        Place(str(place)),
        say("publisher verify {place} tells what is wrong", place=place),
    )


def _unread(place: Path, reason: Message) -> Notice:
    """The notice that an edition is on the shelf though nobody read its seal."""
    hint = say("install ssh-keygen; until then nobody knows whether the seal is true")
    return Notice("shelf-seal-unread", reason, Place(str(place)), hint)


def _proven(row: Stored, edition: e.Edition) -> Stocked:
    told = bag.read_information((row.place / bag.INFORMATION).read_bytes())
    return Stocked(
        edition,
        row.place / bag.PAYLOAD,
        row.digest,
        tuple(row.place / name for name in _PROOF if (row.place / name).is_file()),
        told.get(KEY_LABEL, ""),
    )


# ---- drafts ----


def _collection_at(folder: Path) -> Path | None:
    """The collection that a folder is, or whose built files lie in it."""
    homes = (folder, folder.parent) if folder.resolve().name == DIST else (folder,)
    return next((home for home in homes if (home / DECLARATION).is_file()), None)


def _draft(home: Path) -> Stocked:
    """What was built of a collection, as it lies in its `dist`."""
    assembly = read_collection(home)
    collection = assembly.collection
    works = tuple(_works(assembly))
    if not works:
        raise PublisherError.of(
            say("nothing of this collection lies here"),
            Remedy.CALLER,
            Place(str(home / DIST)),
            say("publisher build {home} makes its files", home=home),
        )
    essays = tuple(essays_of(collection))
    # Under its own version it would bear the identifier of an edition with other bytes.
    drafted = replace(collection, about=replace(collection.about, version=DRAFT))
    edition = replace(e.named(drafted), works=works, essays=essays)
    return Stocked(edition, home / DIST, digest("".join(it.sha256 for it in works).encode()))


def _passed_over(home: Path) -> Iterator[Notice]:
    """The notice that a collection of which a draft is shown has editions besides."""
    store = home / EDITIONS
    if editions_below(store):
        yield Notice(
            "shelf-draft",
            say("a draft of this collection is shown, and none of its editions"),
            Place(str(home)),
            say("publisher shelf {store} shows the editions", store=store),
            Severity.ADVICE,
        )


def _works(assembly: Assembly) -> Iterator[e.Work]:
    """The files that were built, in the order of the outputs."""
    for output in assembly.outputs:
        stem = f"{assembly.collection.about.slug}-{output.name}"
        if file := _built(assembly.folder / DIST, stem):
            yield _work(output, file)


def _built(dist: Path, stem: str) -> Path | None:
    files = (dist / f"{stem}{suffix}" for suffix in (".epub", ".pdf"))
    return next((file for file in files if file.is_file()), None)


def _work(output: OutputTable, file: Path) -> e.Work:
    content = file.read_bytes()
    is_pdf = file.suffix == ".pdf"
    return e.Work(
        output=output.name,
        file=file.name,
        format=output.format,
        script=output.script,
        layout=output.layout,
        page=output.page if is_pdf else "",
        options=tuple((name, toml_value(it)) for name, it in sorted(output.options.items())),
        media_type=PDF if is_pdf else _EPUB,
        identifier="",
        sha256=digest(content),
        pages=_pages(content) if is_pdf else 0,
    )


def _pages(content: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


# ---- side by side ----


def _grouped(found: Iterable[Stocked]) -> tuple[tuple[Stocked, ...], ...]:
    """The editions by their slugs, the newest of each collection first."""
    ordered = sorted(found, key=lambda it: it.edition.slug)
    groups = [_once(rows) for _, rows in groupby(ordered, key=lambda it: it.edition.slug)]
    faults = [*_clashes([rows[0] for rows in groups]), *map(_torn, filter(_is_torn, groups))]
    if faults:
        raise PublisherError(*faults)
    return tuple(tuple(sorted(rows, key=_age, reverse=True)) for rows in groups)


def _once(rows: Iterable[Stocked]) -> list[Stocked]:
    """Editions, those that lie in two stores once."""
    return list({it.digest: it for it in rows}.values())


def _age(row: Stocked) -> tuple[str, list[tuple[int, str]]]:
    return row.edition.date, version_order(row.edition.version)


def _is_torn(rows: list[Stocked]) -> bool:
    """Whether two editions of a collection want one place, or a draft stands among editions."""
    versions = [it.edition.version for it in rows]
    return len(set(versions)) < len(versions) or len({it.is_draft for it in rows}) > 1


def _torn(rows: list[Stocked]) -> Fault:
    versions = [it.edition.version for it in rows]
    clashing = [it for it in rows if versions.count(it.edition.version) > 1] or rows
    return Fault(
        say("these are several that cannot stand side by side: {places}", places=_said(clashing)),
        Remedy.CALLER,
        Place(rows[0].edition.slug),
        say("give one of them, or let their versions differ"),
    )


def _clashes(rows: list[Stocked]) -> Iterator[Fault]:
    """Slugs of the shelf's own, and those that differ in capitals: some disks hold them for one."""
    folded = [it.edition.slug.casefold() for it in rows]
    for row, slug in zip(rows, folded, strict=True):
        if slug in ROOT_FILES or folded.count(slug) > 1:
            yield Fault(
                say('no collection on this shelf can be called "{slug}"', slug=row.edition.slug),
                Remedy.EDITOR,
                Place(str(row.folder)),
                say("another collection or the shelf itself has this name: choose another slug"),
            )


def _said(rows: Iterable[Stocked]) -> str:
    return ", ".join(f"{it.folder.parent} ({it.edition.version})" for it in rows)
