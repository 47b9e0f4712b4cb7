"""Compared page: two editions side by side as one HTML file without script or network."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from publisher.ground.messages import Message, say
from publisher.library.comparison import Comparison
from publisher.library.sentences import segments
from publisher.surface.wording import worded

if TYPE_CHECKING:
    from jinja2 import Template


def compared_page(
    found: Comparison, sections: tuple[tuple[Message, tuple[str, ...]], ...], language: str
) -> str:
    """The page for a comparison; `sections` are titles with lines, for what are no sentences."""
    return _template().render(
        language=language,
        found=found,
        segments=segments,
        sections=[(worded(title), lines) for title, lines in sections],
        title=worded(say("what differs")),
        nothing=worded(say("nothing differs")) if found.is_same else "",
    )


def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    text = (files(__package__) / "pages" / "compared.html").read_text(encoding="utf-8")
    return environment.from_string(text)
