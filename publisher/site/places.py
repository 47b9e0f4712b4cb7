"""Places: where everything but collections and essays stands on a shelf, and how pages link.

It promises that no slug can meet a place of the shelf's own: those lie in a folder whose name no
slug can have, or are among the few `ROOT_FILES`. Links are relative, so that a shelf works from any
folder.
"""

from __future__ import annotations

from urllib.parse import quote

from publisher.ground.fixity import digest
from publisher.model.addresses import collection_page
from publisher.model.scripts import Script

FRONT = "index.html"
RECORD = "shelf.json"
OPDS_1, OPDS_2, ATOM = "opds.xml", "opds.json", "atom.xml"
SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
# Without it some hosts pass over folders that begin with a low line.
NO_JEKYLL = ".nojekyll"
ROOT_FILES = frozenset((FRONT, RECORD, OPDS_1, OPDS_2, ATOM, SITEMAP, ROBOTS, NO_JEKYLL))

# In the folder of an edition's files: their digests.
DIGESTS = "sha256.txt"
# No slug begins with a low line.
OWN = "_shelf"
AUTHORS = f"{OWN}/authors/index.html"
CATALOGUE = f"{OWN}/catalogue.js"
_MARK = 16  # hexadecimal digits


def look(name: str) -> str:
    """A style sheet, script or picture of the theme."""
    return f"{OWN}/{name}"


def author_page(name: str) -> str:
    """The page of an author, by the name as it is in the essay's own script."""
    return f"{OWN}/authors/{digest(name.encode())[:_MARK]}.html"


def year_page(year: str) -> str:
    """The page of the collections of a year."""
    return f"{OWN}/years/{year}.html"


def year_feed(year: str, form: str) -> str:
    """The OPDS feed of a year; `form` is `xml` for OPDS 1.2, `json` for 2.0."""
    return f"{OWN}/years/{year}.{form}"


def cover(slug: str) -> str:
    """The small picture of a collection's cover."""
    return f"{slug}/cover.jpg"


def sitemap(slug: str) -> str:
    """The list of a collection's pages for search engines."""
    return f"{slug}/{SITEMAP}"


def publication(slug: str, script: str) -> str:
    """What OPDS 2.0 says of a collection in a script."""
    return f"{slug}/{script}.json"


def download(slug: str, version: str, name: str) -> str:
    """A file of an edition."""
    return f"{slug}/files/{version}/{name}"


def picture(slug: str, content: bytes, suffix: str) -> str:
    """A picture of the essays, by what is in it: scripts share it."""
    return f"{slug}/pictures/{digest(content)[:_MARK]}{suffix}"


def link(page: str, target: str) -> str:
    """The address of a place as seen from a page, percent-encoded (RFC 3986, section 2.1)."""
    path, mark, fragment = target.partition("#")
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    up = "../" * (len(here) - shared) if path else ""
    return up + quote("/".join(there[shared:])) + mark + quote(fragment)


def text_page(slug: str, script: Script, own: Script) -> str:
    """The page of a collection in a script; `own` is the one it was written in."""
    return collection_page(slug) if script == own else f"{slug}/{script.name}/{FRONT}"
