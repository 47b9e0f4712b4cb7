"""Word forms: what Word writes in several ways, written in the one that mammoth knows.

It promises that no words are lost by it: the words of a text box become paragraphs after the one it
hangs on, formulas become their characters, fields and directions of writing their words.
"""

from __future__ import annotations

from lxml import etree

from publisher.intake.extractors.formulas import linear
from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.wordxml import (
    MC,
    M,
    V,
    W,
    all_of,
    is_on,
    remove,
    replace,
    texts_of,
    unwrap,
)


def choose_alternates(tree: Element) -> None:
    """Of each pair of alternates keep the one that has words (part 3, 7.5); else the fallback."""
    for alternates in list(tree.iter(f"{MC}AlternateContent")):
        choice = alternates.find(f"{MC}Choice")
        fallback = alternates.find(f"{MC}Fallback")
        wanted = choice if fallback is None or texts_of(choice) else fallback
        for other in list(alternates):
            if other is not wanted:
                alternates.remove(other)
        if wanted is not None:
            unwrap(wanted)
        unwrap(alternates)


def join_last_paragraph(tree: Element) -> None:
    """A paragraph whose end was deleted runs into the next one; mammoth waits for it for ever."""
    for paragraph in all_of(tree, "p"):
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
        following = paragraph.getnext()
        if mark is not None and (following is None or following.tag != f"{W}p"):
            remove(mark)


def hoist_text_boxes(tree: Element) -> None:
    """Put what stands in text boxes after the paragraph that each hangs on."""
    for box in list(all_of(tree, "txbxContent")):
        host = _outermost(box, f"{W}p")
        if host is not None:
            for block in reversed(list(box)):
                host.addnext(block)


def join_drop_caps(tree: Element) -> None:
    """Put a letter that stands in a frame of its own before the paragraph that it begins."""
    for frame in list(all_of(tree, "framePr")):
        cap = next(frame.iterancestors(f"{W}p"), None)
        following = None if cap is None else cap.getnext()
        is_cap = frame.get(f"{W}dropCap", "none") != "none"
        if is_cap and cap is not None and following is not None and following.tag == f"{W}p":
            at = 0 if following.find(f"{W}pPr") is None else 1
            following[at:at] = [run for run in cap if run.tag != f"{W}pPr"]
            remove(cap)


def write_word_art(tree: Element) -> None:
    """Write as a run what stands only as an attribute of a drawing (part 4, 19.1.2.23)."""
    for path in list(tree.iter(f"{V}textpath")):
        picture = next(path.iterancestors(f"{W}pict"), None)
        if picture is not None and path.get("string", "").strip():
            words = etree.Element(f"{W}t")
            words.text = path.get("string", "")
            picture.addnext(words)


def _outermost(element: Element, tag: str) -> Element | None:
    hosts = list(element.iterancestors(tag))
    return hosts[-1] if hosts else None


def spell_out(tree: Element) -> None:
    """Write as plain runs what mammoth does not know: formulas, fields, directions of writing."""
    for formula in list(tree.iter(f"{M}oMath")):
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = linear(formula)
        replace(formula, run)
    for name in (f"{M}oMathPara", f"{W}fldSimple", f"{W}dir", f"{W}bdo"):
        for element in list(tree.iter(name)):
            unwrap(element)
    for end in list(all_of(tree, "cr")):
        end.tag = f"{W}br"
    for tab in list(all_of(tree, "ptab")):
        tab.tag = f"{W}tab"
        tab.attrib.clear()
    for mark in list(all_of(tree, "em")):
        # Dots under characters are what Chinese has for italics.
        if is_on(mark):
            mark.tag = f"{W}i"
            mark.attrib.clear()
