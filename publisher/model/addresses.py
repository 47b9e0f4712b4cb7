"""Addresses: where collections and their essays stand on a shelf, and what that is on the web.

It promises one place for each essay in each script, the same for everybody who links there: an
essay's file gives its place, never its title. Pages are named relative to the shelf's root, with
`/` between folders and without percent signs; only `web_address` encodes. It refuses a root that
could not be linked to for decades: another scheme than https, a query, a fragment, a user.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from publisher.model.scripts import Script

# What RFC 3986 lets a host, a port and a path be, written in ASCII; no `.` or `..` as a folder.
_HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
_FOLDER = r"/(?!\.{1,2}(?:/|$))(?:[a-z0-9._~-]|%[0-9a-f]{2})+"
_ROOT = re.compile(rf"https://{_HOST}(?::[0-9]{{1,5}})?(?:{_FOLDER})*/?", re.IGNORECASE | re.ASCII)


def is_shelf_root(url: str) -> bool:
    """Whether a web address can be the root of a shelf: https, a host, a path at most."""
    return _ROOT.fullmatch(url) is not None


def in_ascii(url: str) -> str:
    """A web address with its host in Punycode and its path percent-encoded; empty if it has none.

    So are letters other than ASCII written (RFC 3490, section 3.1; RFC 3987, section 3.1).
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.encode("idna").decode()
    except ValueError:
        return ""
    return f"{parts.scheme}://{host}{quote(parts.path, safe='/%')}"


def collection_page(slug: str) -> str:
    """The page of a collection, by its slug: `lower-the-baskets/index.html`."""
    return f"{slug}/index.html"


def essay_page(slug: str, script: str, anchor: str) -> str:
    """The page of an essay in a script, by the script's name and the anchor of its division.

    `lower-the-baskets/hant-tw/essay-01-last-bus.html`: beside it stands every other essay in that
    script, and the same file name in the folder of another script is the same essay.
    """
    return f"{slug}/{script}/{anchor}.html"


def web_address(root: str, page: str) -> str:
    """The address of a page of the shelf at `root`, percent-encoded (RFC 3986, section 2.1)."""
    return f"{root.rstrip('/')}/{quote(page, safe='/')}"


@dataclass(frozen=True)
class Sibling:
    """The same book in another script on the shelf at `root`; `slug` is the collection's."""

    script: Script
    root: str
    slug: str

    def essay(self, anchor: str) -> str:
        """The web address of an essay there, by the anchor of its division."""
        return web_address(self.root, essay_page(self.slug, self.script.name, anchor))
