"""Frame: what every page of a shelf has, whatever it is about.

It promises a path and bytes for a template and its values: the words of the page's script, links as
seen from the page, a policy under which nothing foreign runs or loads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from publisher.model.addresses import web_address
from publisher.model.scripts import Script
from publisher.site import places
from publisher.site.theme import Theme

# Nothing but the shelf's own files is loaded, and nothing is sent (CSP 3). A page of a folder has
# no origin that 'self' could mean in every browser; a page of a host can load no `file:`.
_OWN = "'self' file:"
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"img-src {_OWN}",
        f"script-src {_OWN}",
        f"style-src {_OWN}",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
_KB, _MB = 1_000, 1_000_000

Page = tuple[str, bytes]


@dataclass(frozen=True)
class Frame:
    """A shelf's own facts; `title` and `root` (its web address) are empty where nobody gave one."""

    theme: Theme
    title: str = ""
    root: str = ""

    def page(
        self, path: str, template: str, script: Script, title: str, values: dict[str, Any]
    ) -> Page:
        """A page at a path of the shelf; `title` is what it is about."""
        words = self.theme.dictionary(script.family)
        shelf = self.title or words["shelf"]
        common = {
            "words": words,
            "language": script.language,
            "link": partial(places.link, path),
            "policy": POLICY,
            "shelf": shelf,
            "title": title or shelf,
            "canonical": self.address(path),
            "feeds": bool(self.root),
            "places": _linked(path.rpartition("/")[0]),
        }
        return path, self.theme.page(template, common | values)

    def address(self, path: str) -> str:
        """The web address of a place; empty where the shelf has none."""
        page = path.removesuffix(places.FRONT) if path.endswith(f"/{places.FRONT}") else path
        return web_address(self.root, "" if path == places.FRONT else page) if self.root else ""

    def served(self) -> list[Page]:
        """The files of the theme that pages ask for."""
        return [(places.look(name), content) for name, content in self.theme.served]


@lru_cache(maxsize=64)
def _linked(folder: str) -> Mapping[str, str]:
    """What every page may link to, by its name, as seen from the pages of a folder."""
    return {name: places.link(f"{folder}/" if folder else "", it) for name, it in _PLACES.items()}


_PLACES = {
    "front": places.FRONT,
    "authors": places.AUTHORS,
    "catalogue": places.CATALOGUE,
    "sheet": places.look("shelf.css"),
    "search": places.look("search.js"),
    "reading": places.look("reading.js"),
    "icon": places.look("icon.svg"),
    "atom": places.ATOM,
    "opds": places.OPDS_1,
    "opds2": places.OPDS_2,
}


def size_said(size: int) -> str:
    """A size in bytes as people say it, in units of the SI: `450 kB`, `1.2 MB`."""
    return f"{size / _MB:.1f} MB" if size >= _MB else f"{max(1, round(size / _KB))} kB"


def date_said(date: str) -> str:
    """A date as `2020年9月1日`, as far as it goes."""
    parts = zip(date.split("-"), "年月日", strict=False)
    return "".join(f"{part.lstrip('0')}{unit}" for part, unit in parts if part)
