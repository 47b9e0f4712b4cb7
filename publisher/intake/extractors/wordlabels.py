"""Word labels: the numbers of paragraphs written into the document, where mammoth leaves them out.

It promises that a plain list stays a list, its items with the numbers that Word shows; every other
number (一、 第一章 （1）) becomes words at the beginning of its paragraph, as if somebody had typed
them.
"""

from __future__ import annotations

from lxml import etree

from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.wordnumbers import Label
from publisher.intake.extractors.wordstyles import properties_of
from publisher.intake.extractors.wordxml import W

# The anchor of the link around the number of a list's item.
NUMBER_ANCHOR = "number-"
# Marks after which Chinese needs no gap.
_CLOSED = ("、", "，", "．", "：", "）", "】", "〕", "》", "」")


def write_label(paragraph: Element, label: Label, *, is_heading: bool) -> None:
    """Write the label of a paragraph into it."""
    properties = properties_of(paragraph)
    for numbering in list(properties.iterchildren(f"{W}numPr")):
        properties.remove(numbering)
    is_item = not is_heading and (label.is_bullet or label.is_plain)
    if is_item:
        properties.append(_place_in_list(label))
    if is_item and not label.is_bullet:
        link = etree.Element(f"{W}hyperlink")
        link.set(f"{W}anchor", f"{NUMBER_ANCHOR}{label.number}")
        link.append(_run(label.words))
        properties.addnext(link)
    elif label.words:
        properties.addnext(_run(label.words + _gap(label.words)))


def _place_in_list(label: Label) -> Element:
    place = etree.Element(f"{W}numPr")
    etree.SubElement(place, f"{W}ilvl").set(f"{W}val", str(label.depth))
    etree.SubElement(place, f"{W}numId").set(f"{W}val", label.numbering)
    return place


def _run(words: str) -> Element:
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _gap(words: str) -> str:
    """What parts a number from the words behind it, where Word has a tab."""
    if words.endswith(_CLOSED):
        return ""
    return " " if words[-1].isascii() else "\u3000"
