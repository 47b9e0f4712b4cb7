"""publisher: a folder of Chinese essays becomes a printable book.

The public API is this module alone: `read_collection`, `build`, and the values they speak in.
Names load on first use, so that `import publisher` stays instant.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Artefact": "publisher.model.artefact",
    "BuildReport": "publisher.press.build",
    "Collection": "publisher.model.collection",
    "Fault": "publisher.ground.errors",
    "Notice": "publisher.ground.notices",
    "PublisherError": "publisher.ground.errors",
    "build": "publisher.press.build",
    "read_collection": "publisher.editorial.assembly",
}

__all__ = [*_HOMES, "__version__"]  # noqa: PLE0604 (names are loaded by __getattr__)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
