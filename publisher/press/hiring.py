"""Hiring: who sets the pages of a build: helpers, and what they and others set before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.press.foresight import awaited
from publisher.press.processes import Processes, processors
from publisher.press.store import own_store

if TYPE_CHECKING:
    from publisher.press.hands import Hands


def hired(collection: Path, outputs: tuple[str, ...], helpers: int = 0) -> Hands:
    """Hands for one collection; helpers come at once if much of it may have to be set."""
    return own_hands(helpers, awaited(collection, outputs))


def own_hands(helpers: int = 0, awaited: int = 0) -> Hands:
    """So many helpers, one for each processor by default, and the user's store.

    They come at once where much is awaited (see `foresight`), else when there is much to set.
    """
    own = Processes(helpers or processors(), awaited)
    # Loaded while they get ready.
    from publisher.press.hands import Kept

    return Kept(own, own_store())
