"""Labels: the notes of a tree, numbered in the order of their first calls."""

from __future__ import annotations

from publisher.intake.extractors.markup import Element


class Labels:
    """Notes, numbered in the order of their first calls."""

    def __init__(self, bodies: dict[str, Element]) -> None:
        self.bodies = bodies
        self.called: list[tuple[str, Element]] = []
        self._labels: dict[str, str] = {}

    def label(self, ref: str) -> str | None:
        """The label of a note; None where there is no such note."""
        if ref not in self._labels and ref in self.bodies:
            self._labels[ref] = str(len(self.called) + 1)
            self.called.append((self._labels[ref], self.bodies[ref]))
        return self._labels.get(ref)
