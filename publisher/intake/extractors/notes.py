"""Notes of a page: which links call a note, and which block is the note that they call.

It promises to take for a note only what is called from before it and says so: by its type, by a way
back to the call, or by beginning with the very mark of the call. All else stays text and link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from publisher.intake.extractors.markup import Element, words
from publisher.intake.extractors.tags import NOTE_CALL

_MARK = re.compile(
    r"[\[【〔〖(（]?\s*(?:注|註|附注)?\s*(?:\d{1,3}|[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]|[*＊†‡]{1,3}|"
    r"[一二三四五六七八九十]{1,3})?\s*[\]】〕〗)）]?"
)
_CALL_TYPES = {"noteref", "doc-noteref", "duokan-footnote"}
_NOTE_TYPES = {
    "footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote",
    "duokan-footnote-item",
}  # fmt: skip
_TYPES = ("{http://www.idpf.org/2007/ops}type", "epub:type", "role", "class")
# Set on what a note was taken out of.
HAD_NOTES = "had-notes"
_HOLDERS = {"p", "li", "dd", "aside", "div", "td", "section"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def take_notes(root: Element) -> dict[str, Element]:
    """The notes of a tree by their ids; calls become `note-call`, notes leave the tree."""
    targets = {element.get("id") or element.get("name") or "": element for element in root.iter()}
    places = {element: number for number, element in enumerate(root.iter())}
    notes: dict[str, Element] = {}
    calls: list[tuple[Element, str]] = []
    for link in root.iter("a"):
        name = link.get("href", "").strip()[1:]
        target = targets.get(name) if link.get("href", "").startswith("#") and name else None
        body = None if target is None else _holder(target)
        if target is None or body is None or places[target] < places[link]:
            continue
        if _is_call(link) and _is_note(body, target, link):
            calls.append((link, name))
            notes[name] = body
    _require_own_bodies(notes)
    for link, name in calls:
        if name in notes:
            _turn(link, name, notes[name])
    for body in notes.values():
        for holder in body.iterancestors("div"):
            holder.set(HAD_NOTES, "1")
        cut(body)
    return notes | _described_notes(root)


def _described_notes(root: Element) -> dict[str, Element]:
    """Notes that stand as descriptions of small pictures, as Chinese e-books have them."""
    notes: dict[str, Element] = {}
    for image in list(root.iter("img")):
        said = image.get("alt", "").strip()
        if said and "footnote" in image.get("class", ""):
            name = f"described {len(notes) + 1}"
            notes[name] = etree.Element("p")
            notes[name].text = said
            image.tag = NOTE_CALL
            image.set("ref", name)
    return notes


def cut(element: Element) -> None:
    """Take an element out of its tree; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _types(element: Element) -> set[str]:
    return {kind for name in _TYPES for kind in element.get(name, "").split()}


def _is_call(link: Element) -> bool:
    """Whether a link looks like the call of a note: by its type, or by a mark and nothing else."""
    if _types(link) & _CALL_TYPES:
        return True
    mark = words(link)
    return bool(mark) and bool(_MARK.fullmatch(mark))


def _holder(target: Element) -> Element | None:
    """The block that a note's target is or stands in."""
    for element in (target, *target.iterancestors()):
        if element.tag in _HOLDERS:
            return element
        if element.tag in _HEADINGS or element.tag == "body":
            return None
    return None


def _is_note(body: Element, target: Element, link: Element) -> bool:
    if body in link.iterancestors() or any(True for _ in body.iter(*_HEADINGS)):
        return False
    if (_types(target) | _types(body)) & _NOTE_TYPES:
        return True
    own = {
        element.get("id") for element in (link, *link.iterancestors("sup", "span"), *link.iter())
    }
    back = {f"#{name}" for name in own if name}
    if any(other.get("href") in back for other in body.iter("a")):
        return True
    return bool(words(link)) and words(body).startswith(words(link))


def _require_own_bodies(notes: dict[str, Element]) -> None:
    """Leave in the text what several notes share, or what lies within another note."""
    bodies = list(notes.values())
    for name, body in list(notes.items()):
        within = any(other in body.iterancestors() for other in bodies)
        if within or bodies.count(body) > 1:
            del notes[name]


def _turn(link: Element, name: str, body: Element) -> None:
    mark = words(link)
    for way_back in list(_ways_back(body)):
        cut(way_back)
    first = next(_texts(body), None)
    if first is not None and mark:
        holder, text = first
        holder.text = text.lstrip().removeprefix(mark).lstrip() if holder.text == text else text
    link.attrib.clear()
    if _MARK.fullmatch(mark):
        for child in list(link):
            link.remove(child)
        link.tag, link.text = NOTE_CALL, None
        link.set("ref", name)
    else:
        # Words of the text call the note: they stay, and the call follows them.
        link.tag = "span"
        etree.SubElement(link, NOTE_CALL).set("ref", name)


def _ways_back(body: Element) -> Iterator[Element]:
    """Links from a note to its call: they say a mark, an arrow, or nothing."""
    for link in body.iter("a"):
        mark = words(link)
        if link.get("href", "").startswith("#") and (_MARK.fullmatch(mark) or len(mark) <= 1):
            yield link


def _texts(body: Element) -> Iterator[tuple[Element, str]]:
    for element in body.iter():
        if element.text and element.text.strip():
            yield element, element.text
        elif element.tail and element.tail.strip() and element is not body:
            return
