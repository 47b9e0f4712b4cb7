"""Archival: a finished PDF made into one to keep: PDF/A-3a and PDF/UA-1 in one file.

It promises the pages, tags and links as they were, sRGB as the meaning of all colours, metadata in
XMP that agree with the document information, its sources attached, and equal bytes for equal input
(ISO 19005-3, ISO 14289-1). What the engine left invalid it does not hide: the gate finds it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from publisher.model.sources import Source
from publisher.prepress.metadata import Identity, attach_packet, packet
from publisher.prepress.profiles import screen_colours
from publisher.prepress.saving import saved

_VERSION = "1.7"
# What our files say in words of their own, which PDF/A has no place for.
_OWN = ("/provenance", "/binding")
_PRINT = 4  # the flag of an annotation that is printed (ISO 32000-1, 12.5.3)
_STANDARDS = {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
# PDF/A knows no pdfuaid; so the packet explains it.
_EXTENSION = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>the part of ISO 14289 that is followed</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
)


def archival(content: bytes, identity: Identity, sources: Iterable[Source]) -> bytes:
    """The PDF to keep; `identity.date` is the moment that the sources bear as well."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _mend(pdf)
        pdf.Root.OutputIntents = Array([screen_colours(pdf)])
        _attach(pdf, sorted(sources, key=lambda it: it.path))
        attach_packet(pdf, packet(pdf, identity, _STANDARDS, _EXTENSION))
        return saved(pdf, _VERSION)


def _mend(pdf: pikepdf.Pdf) -> None:
    """Take away what PDF/A forbids: smoothed pictures, links that are not printed, own entries."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/Interpolate" in item:
            del item["/Interpolate"]
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", Array()):
            annotation.F = int(annotation.get("/F", 0)) | _PRINT
    for key in _OWN:
        if key in pdf.docinfo:
            del pdf.docinfo[key]


def _attach(pdf: pikepdf.Pdf, sources: list[Source]) -> None:
    """Put the sources into the file, each by its path, as what the pages were made from."""
    files = [_filespec(pdf, source) for source in sources]
    if not files:
        return
    names = Array()
    for source, file in zip(sources, files, strict=True):
        names.extend([String(source.path), file])
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=names))
    pdf.Root.AF = Array(files)


def _filespec(pdf: pikepdf.Pdf, source: Source) -> pikepdf.Object:
    stream = _embedded(pdf, source)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(source.path),
            UF=String(source.path),
            Desc=String(source.path),
            AFRelationship=Name.Source,
            EF=Dictionary(F=stream, UF=stream),
        )
    )


def _embedded(pdf: pikepdf.Pdf, source: Source) -> pikepdf.Object:
    """The bytes of a source as an embedded file, dated like the document."""
    checksum = hashlib.md5(source.content, usedforsecurity=False).digest()
    parameters = Dictionary(Size=len(source.content), CheckSum=String(checksum))
    for key in ("/CreationDate", "/ModDate"):
        if key in pdf.docinfo:
            parameters[key] = pdf.docinfo[key]
    return pdf.make_stream(
        source.content,
        Type=Name.EmbeddedFile,
        Subtype=Name(f"/{source.media_type}"),
        Params=parameters,
    )
