"""Script: the way of writing a book is made in, with its language tag and its region's habits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """`name` as in `collection.toml`; `language` a BCP 47 tag; `family` is `hans` or `hant`.

    In a script whose name ends in `-phrases` the words of the region are put in too.
    """

    name: str
    language: str
    family: str


SCRIPTS = {
    script.name: script
    for script in (
        Script("hans", "zh-Hans", "hans"),
        Script("hant-tw", "zh-Hant-TW", "hant"),
        Script("hant-hk", "zh-Hant-HK", "hant"),
        Script("hant-tw-phrases", "zh-Hant-TW", "hant"),
        Script("hant-hk-phrases", "zh-Hant-HK", "hant"),
    )
}
# What essays are written in: a region's phrases are a wish about a book, not a language.
LANGUAGES = {it.language: it for it in SCRIPTS.values() if not it.name.endswith("-phrases")}
