"""Folders: what a collection's folder holds by name."""

from __future__ import annotations

from pathlib import Path

DECLARATION = "collection.toml"
DECISIONS = "script/decisions.toml"
# Where its artefacts are written to, and its editions by default.
DIST, EDITIONS = "dist", "editions"
# Where an import keeps what came in, and what it asks.
SOURCES, PLAN = "sources", "plan"


def collection_folder(place: Path) -> Path:
    """The folder of a collection that is named by itself or by its declaration."""
    return place.parent if place.name == DECLARATION else place
