"""Scaffold: the beginning of a new layout, with comments on what to change.

It promises files that are sound as they are and that set the same pages as the layout they extend.
It refuses a name that is no folder's name, or that a layout has already.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from publisher.composition.layout import LAYOUT_FILE, Layout, layout_names
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.forms import toml_value
from publisher.ground.messages import say
from publisher.ground.places import NOWHERE

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MARK = re.compile(r"@(\w+)@")
# The files of a new layout, and what each is made from.
_FILES = {
    LAYOUT_FILE: "layout.{language}.toml",
    "sheets/pages.css": "pages.{language}.css",
    "sheets/epub.css": "epub.{language}.css",
}


def require_new_name(name: str, shelves: tuple[Path, ...]) -> None:
    """Raise PublisherError for a name that a new layout cannot have."""
    if not _NAME.fullmatch(name):
        raise PublisherError.of(
            say('a layout cannot be called "{name}"', name=name),
            Remedy.CALLER,
            NOWHERE,
            say("use small letters, figures and hyphens, and begin with a letter"),
        )
    if name in layout_names(shelves):
        raise PublisherError.of(
            say('there is a layout "{name}" already', name=name),
            Remedy.CALLER,
            NOWHERE,
            say("choose another name"),
        )


def scaffold(name: str, model: Layout, language: str) -> dict[str, bytes]:
    """The files of a layout `name` that extends `model`, with comments in `language` (zh or en)."""
    values = {key: str(value) for key, value in vars(model.design).items()}
    values |= {"name": name, "model": model.name, "tokens": _tokens(model)}
    folder = files("publisher.composition") / "scaffolds"
    texts = {
        path: (folder / source.format(language=language)).read_text(encoding="utf-8")
        for path, source in _FILES.items()
    }
    return {
        path: _MARK.sub(lambda mark: values[mark[1]], text).encode() for path, text in texts.items()
    }


def _tokens(model: Layout) -> str:
    return "\n".join(f"{key} = {toml_value(value)}" for key, value in model.tokens)
