"""Scaffold: the beginning of a new collection."""

from __future__ import annotations

import re
from importlib.resources import files

from publisher.editorial.assembly import slug
from publisher.ground.forms import toml_value


def scaffold(name: str, title: str, language: str) -> bytes:
    """A `collection.toml` with comments in `language` (`zh` or `en`).

    `name` is the folder's name, which the slug is made from; the title stands in it as given.
    """
    template = files("publisher.editorial") / "scaffolds" / f"collection.{language}.toml"
    text = template.read_text(encoding="utf-8")
    quoted = toml_value(title)[1:-1]
    values = {"{title}": quoted, "{slug}": slug(name)}
    return re.sub(r"\{title\}|\{slug\}", lambda match: values[match[0]], text).encode()
