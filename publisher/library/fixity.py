"""Fixity: whether the files of an edition are still the bytes that its lists name.

It promises that every file there is looked at and every listed file looked for; that a file cut
short, another one in its place, a new name and a list that was rewritten are told apart.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.library.bag import (
    DECLARATION,
    DECLARED,
    INFORMATION,
    MANIFEST,
    PAYLOAD,
    SIZES,
    TAG_MANIFEST,
    plain_ends,
    read_manifest,
    read_sizes,
    sha512,
)
from publisher.library.damage import Damage, Kind
from publisher.library.holding import Entry, Holding
from publisher.library.seal import SEAL

# Told how many of how many bytes have been read.
Hashed = Callable[[int, int], None]
# What no list can do without, and what no list of its own holds.
_LISTED_TAGS = (DECLARATION, INFORMATION, MANIFEST, SIZES)
_UNLISTED = {TAG_MANIFEST, SEAL}
# Without these nothing is an edition.
_TELLING = (DECLARATION, MANIFEST, TAG_MANIFEST)
LINE_ENDS = say("only its line ends were changed; the words are whole")


@dataclass(frozen=True)
class Listed:
    """What the lists of an edition say: digest and size in bytes by path."""

    digests: Mapping[str, str]
    sizes: Mapping[str, int]


def fixity(holding: Holding, hashed: Hashed = lambda *_: None) -> tuple[Damage, ...]:
    """All that is wrong with the files of an edition as against its lists."""
    if lacks := tuple(no_edition(holding)):
        return lacks
    found = dict(_digests(holding, hashed))
    tags = _manifest(holding, TAG_MANIFEST)
    astray = tuple(_damaged_lists(tags, found, holding))
    if astray:
        # What a rewritten list says of the other files is worth nothing.
        return (*_misshapen(holding), *astray)
    payload = _manifest(holding, MANIFEST)
    of_payload = {path: it for path, it in payload.items() if path.startswith(PAYLOAD)}
    listed = Listed({**tags, **of_payload}, read_sizes(holding.tag(SIZES)))
    present = {path: it for path, it in found.items() if path not in _UNLISTED}
    return (*_misshapen(holding), *_unread(holding, found), *_compared(listed, present, holding))


def require_sound(holding: Holding) -> None:
    """Raise PublisherError where the files of an edition are not what its lists say."""
    if damages := fixity(holding):
        raise damaged(holding.place, damages)


def damaged(place: Path, damages: Sequence[Damage]) -> PublisherError:
    """What is said of an edition that cannot be used for what is wrong with it."""
    return PublisherError.of(
        say("the edition is damaged; things that are wrong: {n}", n=len(damages)),
        Remedy.CALLER,
        Place(str(place)),
        say("publisher verify {place} tells them", place=place),
    )


def no_edition(holding: Holding) -> Iterator[Damage]:
    """Why what lies here is not an edition at all; of the whole, where nothing tells of one."""
    there = {entry.path for entry in holding.entries if entry.is_plain}
    if there.isdisjoint(_TELLING):
        yield Damage(Kind.NO_EDITION, say("this is no edition"))
        return
    for name in _TELLING:
        if name not in there:
            yield Damage(Kind.NO_EDITION, say("an edition has this file; here is none"), name)
        elif reason := _refusal(holding, name):
            yield Damage(Kind.NO_EDITION, _unreadable(reason), name)
        elif name == DECLARATION and plain_ends(holding.tag(name)) != DECLARED:
            yield Damage(Kind.NO_EDITION, say("this is not a bag of version 1.0"), name)
        elif name == TAG_MANIFEST and not _manifest(holding, name):
            yield Damage(Kind.NO_EDITION, say("this is no list of digests"), name)


def _misshapen(holding: Holding) -> Iterator[Damage]:
    astray = say("this is a link, a device or a way outside, not a file")
    for entry in holding.entries:
        if not entry.is_plain:
            yield Damage(Kind.LINK, astray, entry.path)
    for name in holding.doubled:
        yield Damage(Kind.ADDED, say("two files here have this name"), name)


def _unread(holding: Holding, found: Mapping[str, str]) -> Iterator[Damage]:
    for entry in holding.entries:
        if entry.is_plain and not found[entry.path]:
            reason = _refusal(holding, entry.path)
            yield Damage(Kind.UNREADABLE, _unreadable(reason), entry.path)


def _damaged_lists(
    tags: Mapping[str, str], found: Mapping[str, str], holding: Holding
) -> Iterator[Damage]:
    """Whether the list of the payload is the one that the tag manifest names."""
    for name in _LISTED_TAGS:
        if name not in tags:
            yield Damage(Kind.LISTS, say("the list of lists does not name this file"), name)
    if MANIFEST in tags and not _is_kept(MANIFEST, tags, found, holding):
        message = say("this list of digests was changed; nothing it says can be believed")
        yield Damage(Kind.LISTS, message, MANIFEST)
    elif not _is_manifest(holding.tag(MANIFEST)):
        yield Damage(Kind.LISTS, say("this is no list of digests"), MANIFEST)


def _is_kept(
    name: str, tags: Mapping[str, str], found: Mapping[str, str], holding: Holding
) -> bool:
    """Whether a list says what it said, be it with other line ends."""
    return found.get(name) == tags[name] or _has_other_ends(name, tags[name], holding)


def _has_other_ends(path: str, digest: str, holding: Holding) -> bool:
    """Whether a file has the digest that was kept as soon as its line ends are put back."""
    content = holding.tag(path)
    spoken = plain_ends(content)
    return bool(content) and digest in (sha512(spoken), sha512(spoken.replace(b"\n", b"\r\n")))


def _compared(listed: Listed, found: Mapping[str, str], holding: Holding) -> Iterator[Damage]:
    unlike = {
        path for path in listed.digests.keys() & found.keys() if _differs(path, listed, found)
    }
    gone, new = listed.digests.keys() - found.keys(), found.keys() - listed.digests.keys()
    links = {entry.path for entry in holding.entries if not entry.is_plain}
    yield from _displaced(gone - links, new, listed, found)
    swapped = dict(_swapped(unlike, listed, found))
    for path, other in sorted(swapped.items()):
        message = say("it holds what {name} should hold, and the other way round", name=other)
        yield Damage(Kind.SWAPPED, message, path)
    yield from _altered(unlike - swapped.keys() - set(swapped.values()), listed, holding)
    yield from _hollow(listed, holding)


def _altered(paths: Iterable[str], listed: Listed, holding: Holding) -> Iterator[Damage]:
    """Files with other bytes, be it for their line ends alone."""
    sizes = {entry.path: entry.size for entry in holding.entries}
    for path in sorted(paths):
        if _has_other_ends(path, listed.digests[path], holding):
            yield Damage(Kind.LINE_ENDS, LINE_ENDS, path)
        else:
            yield _changed(path, listed.sizes.get(path, sizes[path]), sizes[path])


def _hollow(listed: Listed, holding: Holding) -> Iterator[Damage]:
    """Empty folders, of which no list can tell, but for those whose files are missing."""
    for name in holding.hollow:
        if not any(path.startswith(f"{name}/") for path in listed.digests):
            yield Damage(Kind.ADDED, say("an edition has no empty folders, and this is one"), name)


def _displaced(
    gone: set[str], new: set[str], listed: Listed, found: Mapping[str, str]
) -> Iterator[Damage]:
    """Files that are not where they were: under another name, nowhere, or come from nowhere."""
    moved = dict(_renamed(gone, new, listed, found))
    for path, other in sorted(moved.items()):
        yield Damage(Kind.RENAMED, _other_name(path, other), path)
    for path in sorted(gone - moved.keys()):
        yield Damage(Kind.MISSING, say("the file is missing"), path)
    for path in sorted(new - set(moved.values())):
        yield Damage(Kind.ADDED, say("no list names this file"), path)


def _other_name(path: str, other: str) -> Message:
    if normalize("NFC", path) == normalize("NFC", other):
        return say("its name is written in another Unicode form here; its bytes are whole")
    return say("the file is now called {name}", name=other)


def _differs(path: str, listed: Listed, found: Mapping[str, str]) -> bool:
    return bool(found[path]) and found[path] != listed.digests[path]


def _renamed(
    gone: Iterable[str], new: Iterable[str], listed: Listed, found: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Pairs of a name that is gone and the new name under which the same bytes lie."""
    by_digest: dict[str, list[str]] = {}
    for path in sorted(new):
        by_digest.setdefault(found[path], []).append(path)
    for path in sorted(gone):
        if others := by_digest.get(listed.digests[path]):
            yield path, others.pop(0)


def _swapped(
    unlike: Iterable[str], listed: Listed, found: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Pairs of files each of which holds the other's bytes."""
    by_digest = {listed.digests[path]: path for path in sorted(unlike)}
    for path in sorted(unlike):
        other = by_digest.get(found[path], "")
        if path < other and found[other] == listed.digests[path]:
            yield path, other


def _changed(path: str, before: int, now: int) -> Damage:
    if now < before:
        message = say("the file is cut short: {n} of {m} bytes are there", n=now, m=before)
        return Damage(Kind.CUT_SHORT, message, path)
    return Damage(Kind.CHANGED, say("the bytes are not those that were kept"), path)


def _digests(holding: Holding, hashed: Hashed) -> Iterator[tuple[str, str]]:
    """The SHA-512 of every plain file; empty where it cannot be read. Files go side by side."""
    files = [entry for entry in holding.entries if entry.is_plain]
    total, done = sum(entry.size for entry in files), 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for entry, found in zip(
            files, pool.map(lambda it: _digest(holding, it), files), strict=True
        ):
            done += entry.size
            hashed(done, total)
            yield entry.path, found


def _digest(holding: Holding, entry: Entry) -> str:
    state = hashlib.sha512()
    try:
        for piece in holding.pieces(entry.path):
            state.update(piece)
    except OSError:
        return ""
    return state.hexdigest()


def _refusal(holding: Holding, path: str) -> str:
    """Why a file cannot be read; empty for one that can."""
    try:
        for _piece in holding.pieces(path):
            pass
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _unreadable(reason: str) -> Message:
    return say("the file cannot be read: {reason}", reason=reason)


def _is_manifest(content: bytes) -> bool:
    try:
        read_manifest(content)
    except ValueError:
        return False
    return True


def _manifest(holding: Holding, name: str) -> dict[str, str]:
    try:
        return read_manifest(holding.tag(name))
    except ValueError:
        return {}
