"""Caching: what is kept between runs, told or let go."""

from __future__ import annotations

from argparse import Namespace

from publisher.ground.messages import say
from publisher.press.store import LIMIT, own_store
from publisher.surface.report import tell

_MB = 1_000_000


def cache(arguments: Namespace) -> int:
    """Print where results are kept, how many, and how much room they take and may take."""
    store = own_store()
    if arguments.clear:
        store.clear()
        tell(say("nothing is kept any more; the next build makes all of it"))
    count, size = store.holds()
    print(store.folder)
    print(f"{count:,}  {size / _MB:.1f} MB / {LIMIT / _MB:.0f} MB")
    return 0
