"""Drawing: what stands on the pages: pictures, colours, and that all of it is tagged."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

from publisher.ground.messages import say
from publisher.prepress.validity.findings import Found
from publisher.prepress.validity.subject import Subject

_MARKS = "BDC BMC EMC Tj TJ ' \""
_INKS = "k K"


def smoothed_pictures(subject: Subject) -> Iterator[Found]:
    """No picture is smoothed: every reader would do it in its own way (ISO 19005-3, 6.2.8.1)."""
    for image in subject.images:
        if image.get("/Interpolate"):
            yield say("a picture is smoothed"), 0


def ink_pictures(subject: Subject) -> Iterator[Found]:
    """No picture in the colours of printing inks, where colours mean sRGB."""
    for image in subject.images:
        if image.get("/ColorSpace") == Name.DeviceCMYK:
            yield say("a picture is in CMYK"), 0


def ink_colours(subject: Subject) -> Iterator[Found]:
    """No drawing in the colours of printing inks."""
    for number, drawing, _ in subject.contents():
        if any(True for _ in pikepdf.parse_content_stream(drawing, _INKS)):
            yield say("something is drawn in CMYK"), number


def untagged_words(subject: Subject) -> Iterator[Found]:
    """Every text belongs to a tag, or is marked as one that is none (ISO 14289-1, 7.1)."""
    for number, drawing, _ in subject.contents():
        if number and _has_loose_words(drawing):
            yield say("words stand outside the tags"), number


def tags_within_drawings(subject: Subject) -> Iterator[Found]:
    """A drawing that is placed again and again has no tags of its own."""
    for number, drawing, _ in subject.contents():
        if not number and "/StructParents" not in drawing and _has_tags(drawing):
            yield say("a drawing has tags that lead nowhere"), 0


def _has_loose_words(drawing: pikepdf.Object) -> bool:
    depth = 0
    for row in pikepdf.parse_content_stream(drawing, _MARKS):
        name = str(row.operator)
        if name in ("BDC", "BMC"):
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif not depth:
            return True
    return False


def _has_tags(drawing: pikepdf.Object) -> bool:
    rows = pikepdf.parse_content_stream(drawing, "BDC")
    tables = (row.operands[1] for row in rows)
    return any(isinstance(table, Dictionary) and "/MCID" in table for table in tables)
