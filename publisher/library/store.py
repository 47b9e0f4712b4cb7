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
from publisher.library.fixity import no_edition
from publisher.library.holding import Holding, held_at
from publisher.library.identity import edition_in
from publisher.library.seal import SEAL

# An edition, the editions of a collection, a store, the folder of a collection with its store.
_DEPTHS = ("", "*/", "*/*/", "*/*/*/")


@dataclass(frozen=True)
class Stored:
    """An edition in a store: where it lies, and the digest of its list of lists, empty for none.

    `sealed` is whether a seal lies there, be it true or not.
    """

    place: Path
    edition: Edition | None
    digest: str
    sealed: bool


def stored(store: Path) -> tuple[Stored, ...]:
    """The editions in a folder: by collection, then date, then version.

    Raises PublisherError where there is none.
    """
    found = editions_below(store)
    if not found:
        raise PublisherError.of(
            say("there is no edition here"),
            Remedy.CALLER,
            Place(str(store)),
            say("publisher freeze DIR --into {store} makes one", store=store),
        )
    return tuple(sorted(map(_stored, found), key=_order))


def editions_below(folder: Path) -> tuple[Path, ...]:
    """The folders of editions in a folder, each once; none of what an edition took along."""
    files = (file for depth in _DEPTHS for file in folder.glob(f"{depth}{DECLARATION}"))
    # What a killed freeze left behind has a name with a dot. A link may lead here once more.
    names = sorted(file.parent for file in files if not file.parent.name.startswith("."))
    found = {place.resolve(): place for place in reversed(names)}.values()
    return tuple(sorted(it for it in found if not set(found) & set(it.parents)))


def _stored(place: Path) -> Stored:
    is_sealed = (place / SEAL).is_file()
    try:
        holding = held_at(place)
    except PublisherError:
        return Stored(place, None, "", is_sealed)
    lists = holding.tag(TAG_MANIFEST)
    return Stored(place, _edition(holding), sha512(lists) if lists else "", is_sealed)


def _edition(holding: Holding) -> Edition | None:
    """The edition that lies here; None where its record or its lists tell of none."""
    try:
        return None if any(no_edition(holding)) else edition_in(holding)
    except PublisherError:
        return None


def _order(row: Stored) -> tuple[str, str, list[tuple[int, str]]]:
    if row.edition is None:
        return row.place.parent.name, "", []
    return row.edition.slug, row.edition.date, version_order(row.edition.version)


def version_order(version: str) -> list[tuple[int, str]]:
    """A key by which 1.10 comes behind 1.9."""
    return [(int(it), "") if it.isdecimal() else (-1, it) for it in re.findall(r"\d+|\D+", version)]
