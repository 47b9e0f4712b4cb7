"""Subject: an opened PDF, asked again and again by the rules; every answer is found once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Stream

_HEADING = re.compile(r"/H([1-6])")
_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
# What an object is called that stands within another one.
_DIRECT = (0, 0)


class Subject:
    """One opened file."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root

    @cached_property
    def objects(self) -> tuple[pikepdf.Object, ...]:
        """Every dictionary and stream."""
        return tuple(it for it in self.pdf.objects if isinstance(it, Dictionary | Stream))

    @cached_property
    def fonts(self) -> tuple[pikepdf.Object, ...]:
        """Every font that text is shown with; the parts of composite ones are not among them."""
        found = (it for it in self.objects if it.get("/Type") == Name.Font)
        return tuple(it for it in found if not str(it.get("/Subtype")).startswith("/CIDFont"))

    @cached_property
    def images(self) -> tuple[Stream, ...]:
        """Every picture made of pixels."""
        return tuple(
            it for it in self.objects
            if isinstance(it, Stream) and it.get("/Subtype") == Name.Image
        )  # fmt: skip

    @cached_property
    def annotations(self) -> tuple[pikepdf.Object, ...]:
        """Every annotation of every page."""
        return tuple(it for page in self.pdf.pages for it in page.obj.get("/Annots", Array()))

    @cached_property
    def elements(self) -> tuple[pikepdf.Object, ...]:
        """Every element of the tree of tags, in reading order."""
        tree = self.root.get("/StructTreeRoot", Dictionary())
        return tuple(_elements(tree.get("/K", Array())))

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """The levels of all headings, in reading order."""
        found = (_HEADING.fullmatch(str(it.get("/S"))) for it in self.elements)
        return tuple(int(match[1]) for match in found if match)

    @cached_property
    def packet(self) -> etree._Element | None:
        """The metadata; None where there are none, or none that can be read."""
        if "/Metadata" not in self.root:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            return etree.fromstring(self.root.Metadata.read_bytes(), parser)
        except etree.XMLSyntaxError:
            return None

    def stated(self, name: str) -> str:
        """A property of the metadata by its prefixed name, as element or attribute; else empty."""
        prefix, _, own = name.partition(":")
        if self.packet is None:
            return ""
        full = f"{{{_SPACES[prefix]}}}{own}"
        for element in self.packet.iter(f"{{{_SPACES['rdf']}}}Description"):
            if full in element.attrib:
                return str(element.get(full))
        found = self.packet.find(f".//{full}")
        return "" if found is None else "".join(map(str, found.itertext())).strip()

    def informed(self, key: str) -> str:
        """An entry of the document information, or empty."""
        return str(self.pdf.docinfo[key]) if key in self.pdf.docinfo else ""

    def contents(self) -> Iterator[tuple[int, pikepdf.Object, pikepdf.Object]]:
        """The number of each page with what is drawn on it, and the resources it is drawn with."""
        for number, page in enumerate(self.pdf.pages, start=1):
            yield number, page.obj, page.obj.get("/Resources", Dictionary())
        for item in self.objects:
            if isinstance(item, Stream) and item.get("/Subtype") == Name.Form:
                yield 0, item, item.get("/Resources", Dictionary())


def _elements(kids: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements among some kids and below them, each once and before its own kids."""
    seen: set[tuple[int, int]] = set()
    waiting = list(_row(kids))
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, Dictionary) and "/S" in kid and kid.objgen not in seen:
            seen |= {kid.objgen} - {_DIRECT}
            yield kid
            waiting += _row(kid.get("/K", Array()))


def _row(kids: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Kids from the last to the first; one alone may stand without a list."""
    return reversed(list(kids)) if isinstance(kids, Array) else iter((kids,))
