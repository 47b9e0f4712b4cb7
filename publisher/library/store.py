"""Store: a folder that editions are kept in, and what lies there in the order in which it came out.

It promises every bag there, the damaged ones too: what cannot be read has no edition. It reads
records alone; whether the bytes are whole is for `verify` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.library.bag import DECLARATION, TAG_MANIFEST, sha512
from publisher.library.edition import Edition
from publisher.library.holding import held_at
from publisher.library.identity import edition_in
from publisher.library.seal import SEAL

# A store, a collection in a store, an edition.
_DEPTHS = ("", "*/", "*/*/")


@dataclass(frozen=True)
class Stored:
    """An edition in a store: where it lies, and the digest of its list of lists."""

    place: Path
    edition: Edition | None
    digest: str
    sealed: bool


def stored(store: Path) -> tuple[Stored, ...]:
    """The editions in a folder: by collection, then date, then version.

    Raises PublisherError where there is none.
    """
    files = (file for depth in _DEPTHS for file in store.glob(f"{depth}{DECLARATION}"))
    # What a killed freeze left behind has a name with a dot. A link may lead here once more.
    names = sorted(file.parent for file in files if not file.parent.name.startswith("."))
    found = {place.resolve(): place for place in reversed(names)}.values()
    if not found:
        raise PublisherError.of(
            say("there is no edition here"),
            Remedy.CALLER,
            Place(str(store)),
            say("publisher freeze DIR --into {store} makes one", store=store),
        )
    return tuple(sorted(map(_stored, sorted(found)), key=_order))


def _stored(place: Path) -> Stored:
    try:
        edition = edition_in(held_at(place))
    except PublisherError:
        edition = None
    lists = place / TAG_MANIFEST
    content = lists.read_bytes() if lists.is_file() else b""
    return Stored(place, edition, sha512(content), (place / SEAL).is_file())


def _order(row: Stored) -> tuple[str, str, list[tuple[int, str]]]:
    if row.edition is None:
        return row.place.parent.name, "", []
    return row.edition.slug, row.edition.date, version_order(row.edition.version)


def version_order(version: str) -> list[tuple[int, str]]:
    """A key by which 1.10 comes behind 1.9."""
    return [(int(it), "") if it.isdecimal() else (-1, it) for it in re.findall(r"\d+|\D+", version)]
