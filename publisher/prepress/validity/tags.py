"""Tags: the tree by which a file is read aloud: headings, pictures, links."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pikepdf import Dictionary, Name, Object, Page

from publisher.ground.messages import say
from publisher.prepress.validity.findings import Found
from publisher.prepress.validity.subject import Subject

_PRINT = 4


def untagged(subject: Subject) -> Iterator[Found]:
    """The file is tagged, and says so."""
    if not subject.root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield say("the file does not say that it is tagged"), 0
    if not subject.elements:
        yield say("the file has no tags"), 0


def skipped_headings(subject: Subject) -> Iterator[Found]:
    """No level of headings is left out on the way down."""
    for before, after in pairwise((0, *subject.headings)):
        if after > before + 1:
            yield say("a heading of level {n} follows one of level {m}", n=after, m=before), 0


def undescribed_pictures(subject: Subject) -> Iterator[Found]:
    """Every picture has words in its place."""
    for element in subject.elements:
        words = str(element.get("/Alt", element.get("/ActualText", ""))).strip()
        if element.get("/S") == Name.Figure and not words:
            yield say("a picture has no words in its place"), 0


def undescribed_links(subject: Subject) -> Iterator[Found]:
    """Every link says where it leads."""
    for annotation in subject.annotations:
        if annotation.get("/Subtype") == Name.Link and not str(annotation.get("/Contents", "")):
            yield say("a link does not say where it leads"), 0


def unprinted_annotations(subject: Subject) -> Iterator[Found]:
    """Every annotation is printed, and none is hidden."""
    for annotation in subject.annotations:
        if not int(annotation.get("/F", 0)) & _PRINT:
            yield say("a link or remark is not printed"), 0


def loose_annotations(subject: Subject) -> Iterator[Found]:
    """Every annotation that lies on its page belongs to a tag."""
    for annotation in subject.annotations:
        if "/StructParent" not in annotation and not _is_off_its_page(annotation):
            yield say("a link or remark belongs to no tag"), 0


def _is_off_its_page(annotation: Object) -> bool:
    """Whether nobody can meet it, as a signature that is not shown (ISO 14289-1, 7.18.1)."""
    if "/P" not in annotation:
        return False
    own, page = _sides(annotation.Rect), _sides(Page(annotation.P).cropbox)
    return any(
        max(one) < min(other) or min(one) > max(other) for one, other in zip(own, page, strict=True)
    )


def _sides(box: Object) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where a box goes across, and up."""
    x1, y1, x2, y2 = (float(number) for number in list(box))
    return (x1, x2), (y1, y2)


def unordered_annotations(subject: Subject) -> Iterator[Found]:
    """On pages with annotations the tab key follows the tags (ISO 14289-1, 7.18.3)."""
    for number, page in enumerate(subject.pdf.pages, start=1):
        if "/Annots" in page.obj and page.obj.get("/Tabs") != Name.S:
            yield say("the tab key does not follow the tags"), number
