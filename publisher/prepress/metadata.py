"""Metadata: what a PDF says of itself, in XMP as standards ask for it (ISO 16684-1).

It promises one packet, the same for the same values, that agrees with the file's document
information.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import pikepdf

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# The packet's own mark (ISO 16684-1, 7.3.2).
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'


@dataclass(frozen=True)
class Identity:
    """What tells a file from every other: a URN, and the version of what it holds."""

    identifier: str
    version: str
    date: str


def attach_packet(pdf: pikepdf.Pdf, content: bytes) -> None:
    """Put a packet into a file's catalogue, uncompressed, so that any tool finds it."""
    stream = pdf.make_stream(content, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(stream)


def packet(
    pdf: pikepdf.Pdf, identity: Identity, standard: dict[str, str], extension: str = ""
) -> bytes:
    """The packet of a file; `standard` are further simple properties by their prefixed names.

    `extension` describes those of them that XMP itself does not know (ISO 19005-3, 6.6.2.3).

    `identity.date` is ISO 8601 in UTC: the moment that the document information has too.
    """
    spaces = "".join(f" xmlns:{prefix}={quoteattr(name)}" for prefix, name in _NAMESPACES.items())
    simple = {
        "xmp:CreatorTool": _information(pdf, "/Creator"),
        "xmp:CreateDate": identity.date,
        "xmp:ModifyDate": identity.date,
        "xmp:MetadataDate": identity.date,
        "pdf:Producer": _information(pdf, "/Producer"),
        "xmpMM:DocumentID": identity.identifier,
        "xmpMM:VersionID": identity.version,
        "xmpMM:RenditionClass": "default",
    }
    rows = "".join(
        f"<{name}>{escape(value)}</{name}>\n"
        for name, value in (simple | standard).items()
        if value
    )
    return (
        f'{_BEGIN}\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{spaces}>\n'
        f'<rdf:Description rdf:about="">\n{_words(pdf)}{rows}{extension}</rdf:Description>\n'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _words(pdf: pikepdf.Pdf) -> str:
    rows = (
        ("title", "Alt", _default(_information(pdf, "/Title"))),
        ("creator", "Seq", _item(_information(pdf, "/Author"))),
        ("description", "Alt", _default(_information(pdf, "/Subject"))),
    )
    return "".join(
        f"<dc:{name}><rdf:{kind}>{items}</rdf:{kind}></dc:{name}>\n"
        for name, kind, items in rows
        if items
    )


def _information(pdf: pikepdf.Pdf, key: str) -> str:
    return str(pdf.docinfo[key]) if key in pdf.docinfo else ""


def _item(text: str) -> str:
    return f"<rdf:li>{escape(text)}</rdf:li>" if text else ""


def _default(text: str) -> str:
    return f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>' if text else ""
