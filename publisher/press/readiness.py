"""Readiness: what a process has loaded when it is asked to set pages. It is loaded for that alone.

Where a library is missing nothing is said here: the process that asks for pages says it.
"""

from __future__ import annotations

from contextlib import suppress

from publisher.composition.pages import load
from publisher.composition.seam import guard
from publisher.ground.errors import PublisherError

with suppress(PublisherError):
    load()
    guard.install()
