"""Registry: which formats there are. To add one: write its file, add its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from publisher.formats.job import Job, Watch
from publisher.model.artefact import Artefact

Maker = Callable[[Job, Watch], Artefact]


@dataclass(frozen=True)
class Format:
    """A kind of output: where its maker is, and the options it understands with their types."""

    name: str
    maker: str
    options: tuple[tuple[str, type], ...] = ()

    def load(self) -> Maker:
        """The function that makes it; loads the module it stands in."""
        module, name = self.maker.split(":")
        maker: Maker = getattr(import_module(module), name)
        return maker


FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        Format("screen", "publisher.formats.screen:make_screen", (("cover", bool),)),
        Format("epub", "publisher.formats.epub:make_epub"),
    )
}
