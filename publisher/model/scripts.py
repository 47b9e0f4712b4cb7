"""Script: the way of writing a book is made in, with its language tag and its region's habits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """`name` as in `collection.toml`; `language` a BCP 47 tag; `family` is `hans` or `hant`."""

    name: str
    language: str
    family: str


SCRIPTS = {
    script.name: script
    for script in (
        Script("hans", "zh-Hans", "hans"),
        Script("hant-tw", "zh-Hant-TW", "hant"),
        Script("hant-hk", "zh-Hant-HK", "hant"),
    )
}
LANGUAGES = {script.language: script for script in SCRIPTS.values()}
