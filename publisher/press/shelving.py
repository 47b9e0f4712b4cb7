"""Shelving: stores of editions become a site that any static host, or a USB stick, can serve.

It promises that the site is switched as a whole, that only what changed is written anew, and the
same bytes for the same editions, theme and address. Essays are read out of the editions' own EPUBs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from publisher.composition.markup import anchor_of
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.fixity import digest
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.inspection.opened import Opened
from publisher.intake.archives import unpacked
from publisher.library import edition as e
from publisher.library.bag import MANIFEST, TAG_MANIFEST
from publisher.library.seal import NAMESPACE, PRINCIPAL, SEAL, SIGNERS, fingerprint
from publisher.model.addresses import is_shelf_root
from publisher.model.manuscript import identify
from publisher.model.scripts import LANGUAGES, SCRIPTS
from publisher.press.places import shared_folder
from publisher.press.recalling import Made, Memory
from publisher.press.stocking import Stocked, left_out, stock
from publisher.press.store import own_store
from publisher.press.switching import Tree, switched
from publisher.site import places, shelf
from publisher.site.atom import atom_feeds
from publisher.site.bookpages import book_pages
from publisher.site.crawling import collection_map, crawled
from publisher.site.essaypages import essay_pages
from publisher.site.frame import Frame, Page
from publisher.site.opds import opds_feeds, publications
from publisher.site.pages import main_script, shelf_pages
from publisher.site.pictures import small_cover
from publisher.site.reading import Reading
from publisher.site.theme import NAME, read_theme

# Told what is being done, the number of the collection from 1, and how many there are.
Watch = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wishes:
    """`stores` are folders of editions or of collections; `root` and `title` may be empty."""

    stores: tuple[Path, ...]
    into: Path
    root: str = ""
    title: str = ""


@dataclass(frozen=True)
class ShelfReport:
    """What came of it: the shelf, which of its files were written anew, what was left out."""

    folder: Path
    shelf: shelf.Shelf
    written: tuple[str, ...]
    notices: tuple[Notice, ...]


def make_shelf(wishes: Wishes, watch: Watch = lambda *_: None) -> ShelfReport:
    """Write a shelf. Raises PublisherError where it cannot be; the folder is then as it was."""
    _require_root(wishes.root)
    stocked = stock(wishes.stores)
    frame = _frame(wishes)
    memory = Memory(own_store(), wishes.into, frame)
    with switched(wishes.into, places.RECORD) as tree:
        shelver = _Shelver(tree, frame, memory)
        for number, editions in enumerate(stocked.collections, start=1):
            watch("shelving", number, len(stocked.collections))
            shelver.put(editions)
        made = shelf.Shelf(shelf.ordered(tuple(shelver.collections)))
        for path, content in _shared_pages(frame, made):
            tree.put(path, content)
    memory.save()
    left = (*stocked.notices, *shelver.notices)
    return ShelfReport(wishes.into, made, tuple(tree.written), left)


def _frame(wishes: Wishes) -> Frame:
    theme = read_theme(_theme_folders(wishes.stores))
    return Frame(theme, wishes.title, wishes.root.rstrip("/"))


def _shared_pages(frame: Frame, made: shelf.Shelf) -> Iterator[Page]:
    """Everything that is about more than one collection; feeds need an address to stand at."""
    yield places.NO_JEKYLL, b""
    yield from frame.served()
    yield from shelf_pages(frame, made)
    if frame.root:
        words = frame.theme.dictionary(main_script(made).family)
        title = frame.title or words["shelf"]
        yield from atom_feeds(frame, made, title, words["newest"])
        yield from opds_feeds(frame, made, title)
        yield from crawled(frame, made)


def _require_root(root: str) -> None:
    if root and not is_shelf_root(root):
        raise PublisherError.of(
            say('"{url}" cannot be the address of a shelf', url=root),
            Remedy.CALLER,
            hint=say("write it as https://books.example.org, without ? and #"),
        )


def _theme_folders(stores: Iterable[Path]) -> tuple[Path, ...]:
    """Where the theme is looked for: a store's own comes before the shipped one."""
    return (*(store / "layouts" / NAME for store in stores), shared_folder("layouts") / NAME)


# ---- one collection ----


class _Shelver:
    """Puts collections on a shelf one by one, and keeps what they are."""

    def __init__(self, tree: Tree, frame: Frame, memory: Memory) -> None:
        self.collections: list[shelf.Collection] = []
        self.notices: list[Notice] = []
        self._tree = tree
        self._frame = frame
        self._memory = memory

    def put(self, editions: tuple[Stocked, ...]) -> None:
        """Put a collection's pages, files and pictures; one with a broken EPUB is left out."""
        name = self._memory.key(editions)
        made = self._memory.recall(name)
        if made is None or not self._tree.keep(made.digests):
            readings = self._read(editions[0])
            if readings is None:
                return
            made = Made(name, *self._made(editions, readings))
        for stocked in editions:
            _put_files(self._tree, stocked)
        self._memory.keep(made)
        self.collections.append(made.collection)

    def _read(self, newest: Stocked) -> Mapping[str, Reading] | None:
        """The EPUBs of an edition, opened; None where one cannot be."""
        try:
            return _readings(newest)
        except PublisherError as error:
            self.notices += [left_out(newest.folder, it.message) for it in error.faults]
            return None

    def _made(
        self, editions: tuple[Stocked, ...], readings: Mapping[str, Reading]
    ) -> tuple[shelf.Collection, dict[str, str]]:
        """What a collection is, with its pages on the shelf, and the digests of these."""
        newest = editions[0]
        slug, own = newest.edition.slug, _own_text(newest.edition)
        covers = (small_cover(slug, reading.cover) for reading in readings.values())
        cover, picture = next(filter(None, covers), (None, b""))
        told = slug, _texts(own, readings), tuple(map(_offered, editions)), cover
        collection = shelf.Collection(*told, is_draft=newest.is_draft)
        pages = dict(_own_pages(self._frame, collection, readings))
        pages |= {cover.path: picture} if cover else {}
        for path, content in pages.items():
            self._tree.put(path, content)
        return collection, {path: digest(content) for path, content in pages.items()}


def _own_pages(
    frame: Frame, collection: shelf.Collection, readings: Mapping[str, Reading]
) -> Iterator[Page]:
    """Everything that is about one collection alone."""
    yield from book_pages(frame, collection)
    yield from essay_pages(frame, collection, lambda script, it: readings[script].prose(it))
    pictures = (reading.pictures for reading in readings.values())
    yield from {path: content for row in pictures for path, content in row.items()}.items()
    if frame.root:
        yield collection_map(frame, collection)
        yield from publications(frame, collection)


def _texts(own: shelf.Text, readings: Mapping[str, Reading]) -> tuple[shelf.Text, ...]:
    """What the collection says in each script, its own first."""
    read = {name: reading.text for name, reading in readings.items()}
    first = read.pop(own.script.name, own)
    return (first, *read.values())


def _own_text(edition: e.Edition) -> shelf.Text:
    sections = groupby(edition.essays, key=lambda essay: essay.part)
    return shelf.Text(
        script=LANGUAGES[edition.language],
        title=edition.title,
        subtitle=edition.subtitle,
        responsibility=edition.responsibility,
        publisher=edition.publisher,
        description=edition.description,
        rights=edition.rights,
        sections=tuple(shelf.Section(part, tuple(map(_essay, rows))) for part, rows in sections),
    )


def _essay(essay: e.Essay) -> shelf.Essay:
    return shelf.Essay(anchor_of(identify(essay.path)), essay.title, essay.authors)


def _readings(stocked: Stocked) -> dict[str, Reading]:
    """The EPUB of each script to read from; where there are several, one in level lines."""
    own = _own_text(stocked.edition)
    works = (it for it in stocked.edition.works if it.format == "epub")
    found: dict[str, Reading] = {}
    for work in sorted(works, key=_kind):
        if work.script not in found:
            content = (stocked.folder / work.file).read_bytes()
            opened = Opened(tuple(unpacked(content, work.file).items()))
            found[work.script] = Reading(opened, SCRIPTS[work.script], stocked.edition.slug, own)
    return found


def _kind(work: e.Work) -> str:
    """What a file is for: its format, and its writing where that is vertical."""
    is_vertical = ("writing", '"vertical"') in work.options
    return f"{work.format}-vertical" if is_vertical else work.format


# ---- its files ----


def _offered(stocked: Stocked) -> shelf.Edition:
    edition = stocked.edition
    downloads = (_download(stocked, work) for work in edition.works)
    return shelf.Edition(
        version=edition.version,
        date=edition.date,
        identifier=edition.identifier,
        downloads=tuple(sorted(downloads, key=shelf.ranked)),
        proof=tuple(
            places.download(edition.slug, edition.version, it.name) for it in stocked.proof
        ),
        commands=tuple(_commands(stocked.key)) if stocked.proof else (),
        key=fingerprint(stocked.key) if stocked.key else "",
    )


def _download(stocked: Stocked, work: e.Work) -> shelf.Download:
    return shelf.Download(
        name=work.file,
        path=places.download(stocked.edition.slug, stocked.edition.version, work.file),
        kind=_kind(work),
        script=work.script,
        page=work.page,
        pages=work.pages,
        media_type=work.media_type,
        size=(stocked.folder / work.file).stat().st_size,
        sha256=work.sha256,
    )


def _commands(key: str) -> Iterable[str]:
    """The commands that prove the seal, the list, and that a file is in it (docs/editions.md)."""
    if key:
        yield (
            f"ssh-keygen -Y verify -f {SIGNERS} -I {PRINCIPAL} -n {NAMESPACE}"
            f" -s {SEAL} < {TAG_MANIFEST}"
        )
    yield f"sha512sum --ignore-missing -c {TAG_MANIFEST}"
    yield f'grep "$(sha512sum < FILE | cut -d" " -f1)" {MANIFEST}'


def _put_files(tree: Tree, stocked: Stocked) -> None:
    edition = stocked.edition
    files = (*(stocked.folder / it.file for it in edition.works), *stocked.proof)
    for file in files:
        tree.copy(places.download(edition.slug, edition.version, file.name), file)
