"""Package: what an EPUB says of itself: its documents in order, their titles, who made it.

Its names are those of EPUB 3.3 and, for the older contents, of NCX in OPF 2.0.1.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.intake.extractors.markup import Element, read_xhtml, words
from publisher.intake.reading import Suggestion

CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DOCUMENTS = (".xhtml", ".html", ".htm")
_NOT_AUTHORS = ("edt", "trl", "ill", "bkp", "pbl", "ann", "aui", "win", "cov", "dsr")


@dataclass(frozen=True)
class Package:
    """A book's documents by the names of their parts, and what is said of them.

    `contents` is the document of contents, where it is one of the spine; `titles` are those that
    the contents give to documents, `missing` the documents that are named and not in the file,
    `outside` those that are in the file and not in the spine.
    """

    spine: tuple[str, ...]
    contents: str
    titles: Mapping[str, str]
    missing: tuple[str, ...]
    outside: tuple[str, ...]
    suggestion: Suggestion


def read_package(parts: Mapping[str, bytes], file: str) -> Package:
    """The package of an EPUB. Raises PublisherError where it is missing or leads nowhere."""
    path = _package_path(parts, file)
    root = _tree(parts, path, file)
    items = {item.get("id", ""): item for item in root.iter("item")}
    names = {key: _part_name(path, item.get("href", ""), parts) for key, item in items.items()}
    references = [reference.get("idref", "") for reference in root.iter("itemref")]
    named = tuple(dict.fromkeys(names[key] for key in references if key in names))
    spine = tuple(name for name in named if name in parts)
    if not spine:
        raise _broken(say("the book's package names no document that is in the file"), path, file)
    nav = next((names[key] for key, item in items.items() if _is_nav(item)), "")
    ncx = next((names[key] for key, item in items.items() if _is_ncx(item)), "")
    titles: dict[str, str] = {}
    for name in (nav, ncx):
        if name in parts:
            for target, title in _titles(_tree(parts, name, file), name):
                titles.setdefault(target, title)
    missing = tuple(name for name in named if name not in parts)
    outside = tuple(
        name for name in parts if name.lower().endswith(_DOCUMENTS) and name not in (*spine, nav)
    )
    return Package(spine, nav, titles, missing, outside, _suggestion(root))


def resolved(base: str, address: str) -> tuple[str, str]:
    """The part that an address in another part leads to, and the place in it."""
    path, _, place = address.strip().partition("#")
    if not path:
        return base, unquote(place)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path)))
    return joined, unquote(place)


def _part_name(base: str, address: str, parts: Mapping[str, bytes]) -> str:
    """The part that an address names; some books forget that % in a name is to be written %25."""
    literal = posixpath.normpath(posixpath.join(posixpath.dirname(base), address))
    return literal if literal in parts else resolved(base, address)[0]


def _package_path(parts: Mapping[str, bytes], file: str) -> str:
    if CONTAINER not in parts:
        raise _broken(
            say('the book cannot be read: it has no part "{name}"', name=CONTAINER), "", file
        )
    for rootfile in _tree(parts, CONTAINER, file).iter("rootfile"):
        path = rootfile.get("full-path", "")
        if path in parts:
            return path
    raise _broken(say("the book cannot be read: it names no package"), CONTAINER, file)


def _tree(parts: Mapping[str, bytes], name: str, file: str) -> Element:
    return read_xhtml(parts[name], Place(file, key=name))


def _is_nav(item: Element) -> bool:
    return "nav" in item.get("properties", "").split()


def _is_ncx(item: Element) -> bool:
    return item.get("media-type") == "application/x-dtbncx+xml"


def _titles(tree: Element, name: str) -> Iterator[tuple[str, str]]:
    """(part, title) of every entry of the contents, in either form, in order."""
    for link in tree.iter("a"):
        yield resolved(name, link.get("href", ""))[0], words(link)
    for point in tree.iter("navpoint"):
        label, content = point.find("navlabel"), point.find("content")
        if label is not None and content is not None:
            yield resolved(name, content.get("src", ""))[0], words(label)


def _suggestion(root: Element) -> Suggestion:
    title = next((words(element) for element in root.iter("title") if words(element)), "")
    roles = {
        meta.get("refines", "")[1:]: words(meta)
        for meta in root.iter("meta")
        if meta.get("property") == "role"
    }
    creators = [element for element in root.iter("creator") if words(element)]
    authors = tuple(words(creator) for creator in creators if _is_author(creator, roles))
    date = next((words(element)[:10] for element in root.iter("date") if words(element)), "")
    evidence = "the book's package" if title or authors else ""
    # Of several authors nobody knows who wrote which chapter.
    return Suggestion(title, authors, date, evidence, of_all=len(authors) == 1)


def _is_author(creator: Element, roles: Mapping[str, str]) -> bool:
    role = creator.get(f"{_OPF}role") or roles.get(creator.get("id", ""), "aut")
    return role not in _NOT_AUTHORS


def _broken(message: Message, name: str, file: str) -> PublisherError:
    return PublisherError.of(
        message,
        Remedy.EDITOR,
        Place(file, key=name),
        say("open it in the program it was made with and save it again, or ask for a new copy"),
    )
