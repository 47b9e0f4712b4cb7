"""Provenance: what the words of an edition rest on, for whoever asks years later.

It promises one line that names OpenCC's version and configurations and the digest (SHA-256) of
every word list that had a say. With all of it equal the words are equal; it says nothing where no
word was converted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Provenance:
    """`dictionaries` are pairs of name and digest; a digest is empty where the list had no say."""

    script: str
    configurations: tuple[str, ...]
    opencc: str
    dictionaries: tuple[tuple[str, str], ...]
    supplement: str
    decisions: str

    @property
    def statement(self) -> str:
        """All of it in one line of `key=value; …`, as the finished file carries it.

        Empty where no essay was converted.
        """
        return "; ".join(self._terms()) if self.configurations else ""

    def _terms(self) -> Iterator[str]:
        yield f"script={self.script}"
        yield f"opencc={self.opencc}"
        yield f"configurations={','.join(self.configurations)}"
        for name, value in self.dictionaries:
            yield f"{name}=sha256:{value}"
        if self.supplement:
            yield f"supplement=sha256:{self.supplement}"
        yield f"decisions=sha256:{self.decisions}"
