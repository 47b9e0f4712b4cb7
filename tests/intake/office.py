"""Office files written by hand: the parts of DOCX, ODT and EPUB, as the programs write them.

Nothing here reads; what is read back was written as plain XML, so that a test knows each character.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from urllib.parse import quote
from xml.sax.saxutils import escape, unescape

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="png" ContentType="image/png"/>
</Types>"""


def zipped(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """A zip file of these parts in this order."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return whole.getvalue()


def repacked(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip file with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {other: archive.read(other) for other in archive.namelist()}
    return zipped(parts | {name: change(parts[name])})


# Word --------------------------------------------------------------------------------------------


def run(text: str, *properties: str) -> str:
    """A run of text; properties are elements of `w:rPr`, as `<w:b/>`."""
    own = f"<w:rPr>{''.join(properties)}</w:rPr>" if properties else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of ready runs; plain text is put in one."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(text if text.startswith("<") else run(text) for text in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def ruby(base: str, reading: str) -> str:
    """A base with its reading, as Word's 拼音指南 writes it."""
    return (
        "<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val='center'/></w:rubyPr>"
        f"<w:rt>{run(reading)}</w:rt><w:rubyBase>{run(base)}</w:rubyBase></w:ruby></w:r>"
    )


def table(*rows: tuple[str, ...]) -> str:
    """A table of ready blocks, a cell each."""
    return (
        "<w:tbl>"
        + "".join(
            f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>" for cells in rows
        )
        + "</w:tbl>"
    )


def note_call(number: int, kind: str = "footnote") -> str:
    """The call of a note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def picture(relation: str, description: str = "") -> str:
    """A picture in a line."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{escape(description)}"/>'
        "<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def text_box(*blocks: str) -> str:
    """A text box as Word writes it: once in the new way, once in the old."""
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r>"
    )


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{more}</w:style>'
    for identifier, name, more in (
        ("a", "Normal", ""),
        ("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("a3", "篇名", '<w:basedOn w:val="1"/>'),
        ("a4", "Quote", ""),
        ("10", "toc 1", ""),
        ("a5", "Title", ""),
    )
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def docx(
    *blocks: str,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    title: str = "",
    creator: str = "",
    links: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A Word document of ready blocks.

    Notes are blocks by number; `links` and `media` give what relationships lead to, by their ids.
    """
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/hyperlink" TargetMode="External" '
        f'Target="{escape(address)}"/>'
        for key, address in (links or {}).items()
    ) + "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/image" Target="media/{key}.png"/>'
        for key in media or {}
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": part("document", f"<w:body>{''.join(blocks)}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">{relations}'
        "</Relationships>",
        "word/styles.xml": part("styles", STYLES),
        "word/numbering.xml": part("numbering", NUMBERING),
        "docProps/core.xml": '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/'
        '2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator>"
        "</c:coreProperties>",
    }
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            bodies = "".join(
                f'<w:{kind} w:id="{number}">{body}</w:{kind}>' for number, body in notes.items()
            )
            separator = f'<w:{kind} w:id="-1" w:type="separator">{paragraph()}</w:{kind}>'
            parts[f"word/{kind}s.xml"] = part(f"{kind}s", separator + bodies)
    parts |= {f"word/media/{key}.png": content for key, content in (media or {}).items()}
    return zipped(parts | dict(more or {}))


def seen(block: str, *, readings: bool = True) -> str:
    """The characters of a block that a reader sees, found in its XML; text boxes counted once."""
    once = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", block)
    shown = once if readings else re.sub(r"<w:rt>.*?</w:rt>", "", once)
    return unescape("".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", shown)))


def part(name: str, inside: str) -> str:
    """A part of a Word document."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_NAMESPACES}>{inside}</w:{name}>'


# OpenDocument ------------------------------------------------------------------------------------

_ODF = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            "office": "office",
            "text": "text",
            "table": "table",
            "draw": "drawing",
            "style": "style",
            "fo": "xsl-fo-compatible",
            "svg": "svg-compatible",
            "meta": "meta",
            "manifest": "manifest",
        }.items()
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_ODT_STYLES = """
<style:style style:name="T1" style:family="text">
  <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text">
  <style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T3" style:family="text">
  <style:text-properties text:display="none"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="P2" style:family="paragraph">
  <style:paragraph-properties fo:break-before="page"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>
"""


def odt(
    *blocks: str,
    title: str = "",
    creator: str = "",
    media: Mapping[str, bytes] | None = None,
    header: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An OpenDocument text of ready blocks; `media` gives pictures by their paths."""
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{_ODT_STYLES}"
        f"</office:automatic-styles><office:body><office:text>{''.join(blocks)}</office:text>"
        "</office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF}><office:master-styles><style:master-page>"
        f"<style:header><text:p>{header}</text:p></style:header></style:master-page>"
        "</office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {_ODF}><office:meta><dc:title>{title}</dc:title>"
        f"<meta:initial-creator>{creator}</meta:initial-creator></office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": f"<manifest:manifest {_ODF}/>",
    }
    return zipped(parts | dict(media or {}) | dict(more or {}), stored=("mimetype",))


# EPUB --------------------------------------------------------------------------------------------


def epub(
    documents: Mapping[str, str],
    *,
    nav: Mapping[str, str] | None = None,
    ncx: Mapping[str, str] | None = None,
    title: str = "",
    creators: tuple[str, ...] = (),
    media: Mapping[str, bytes] | None = None,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An EPUB of XHTML bodies by file name; `nav` and `ncx` give titles by address."""
    files = {f"OEBPS/{name}": xhtml(body) for name, body in documents.items()}
    items = "".join(
        f'<item id="d{number}" href="{quote(name)}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(documents)
    )
    if nav:
        links = "".join(f'<li><a href="{href}">{words}</a></li>' for href, words in nav.items())
        files["OEBPS/nav.xhtml"] = xhtml(f'<nav epub:type="toc"><ol>{links}</ol></nav>')
        items += (
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
    if ncx:
        points = "".join(
            f'<navPoint><navLabel><text>{words}</text></navLabel><content src="{href}"/></navPoint>'
            for href, words in ncx.items()
        )
        files["OEBPS/toc.ncx"] = (
            '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
            + points
            + "</navMap></ncx>"
        )
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    names = "".join(f"<dc:creator>{creator}</dc:creator>" for creator in creators)
    spine = "".join(f'<itemref idref="d{number}"/>' for number in range(len(documents)))
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        'container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>{names}'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    return zipped(parts | files | dict(media or {}) | dict(more or {}), stored=("mimetype",))


def xhtml(body: str) -> str:
    """A document of an EPUB."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
        '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>—</title></head>'
        f"<body>{body}</body></html>"
    )
