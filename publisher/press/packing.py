"""Packing: values as bytes to be kept or sent, and as values again.

It promises that bytes become values of a few named kinds or nothing: they cannot call anything.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable
from contextlib import suppress
from typing import Any


def packed(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(content: bytes, kinds: Iterable[type]) -> tuple[Any] | None:
    """The value that was packed, in a row of its own; None where the bytes are anything else.

    All in it must be of some kinds, or plain: text, bytes, numbers, rows of these.
    """
    with suppress(Exception):
        return (_Unpacking(io.BytesIO(content), kinds).load(),)
    return None


class _Unpacking(pickle.Unpickler):
    def __init__(self, content: io.BytesIO, kinds: Iterable[type]) -> None:
        super().__init__(content)
        self._kinds = {(kind.__module__, kind.__name__): kind for kind in kinds}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._kinds:
            raise pickle.UnpicklingError(name)
        return self._kinds[module, name]
