"""Places: where the project's layouts and fonts, a collection's own, and the caches lie on disk."""

from __future__ import annotations

import os
import tempfile
from contextvars import ContextVar
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place

# In a folder of fonts: no others take part.
COMPLETE = "complete"
_PACKAGE = Path(__file__).resolve().parent.parent
# Where `layouts` and `fonts` are looked for: in the package, or beside it in a checkout.
ROOTS: ContextVar[tuple[Path, ...]] = ContextVar(
    "ROOTS", default=(_PACKAGE / "shared", _PACKAGE.parent)
)


def shared_folder(name: str) -> Path:
    """`layouts` or `fonts` of this installation, or of the one that a job was sent by."""
    for root in ROOTS.get():
        if (root / name).is_dir():
            return root / name
    raise PublisherError.of(
        say('the folder "{name}" of this installation is missing', name=name),
        Remedy.MACHINE,
        Place(str(_PACKAGE)),
        say("install publisher again"),
    )


def layout_shelves(collection: Path) -> tuple[Path, ...]:
    """Where layouts are looked for: the collection's own first."""
    return (collection / "layouts", shared_folder("layouts"))


def font_folders(collection: Path) -> tuple[Path, ...]:
    """Where faces are looked for: the project's, then the collection's own.

    The fonts of a kept edition are all there are for it: their folder says so.
    """
    own = collection / "fonts"
    if (own / COMPLETE).is_file():
        return (own,)
    shared = shared_folder("fonts")
    return (shared, own) if own.is_dir() and not own.samefile(shared) else (shared,)


def cache_folder(name: str) -> Path:
    """A private folder for things that can be made again; in the temporary folder at worst."""
    try:
        # A relative XDG_CACHE_HOME is to be ignored (XDG Base Directory Specification).
        named = Path(os.environ.get("XDG_CACHE_HOME", ""))
        folder = (named if named.is_absolute() else Path.home() / ".cache") / "publisher" / name
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except (OSError, RuntimeError):
        folder = Path(tempfile.mkdtemp(prefix="publisher-"))
    return folder
