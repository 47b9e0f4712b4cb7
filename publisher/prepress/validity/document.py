"""Document: what a file says of itself as a whole: standards, language, dates, colours, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Stream

from publisher.ground.messages import say
from publisher.prepress.validity.findings import Found
from publisher.prepress.validity.subject import Subject

# The document information, and what says the same in the metadata (ISO 19005-3, 6.6.3).
_AGREEING = (
    ("/Title", "dc:title"),
    ("/Creator", "xmp:CreatorTool"),
    ("/Subject", "dc:description"),
)
_DATES = (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate"))
_DIGITS = re.compile(r"\D")
_MOMENT = 14  # digits of a date down to its seconds
_FORBIDDEN = ("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def broken_syntax(subject: Subject) -> Iterator[Found]:
    """What a reader of PDFs stumbles over."""
    for remark in subject.pdf.check_pdf_syntax():
        yield say("the file is damaged: {reason}", reason=remark), 0


def locked(subject: Subject) -> Iterator[Found]:
    """A file to keep needs no password."""
    if subject.pdf.is_encrypted:
        yield say("the file is encrypted"), 0


def nameless_file(subject: Subject) -> Iterator[Found]:
    """Every file has an identifier of its own."""
    if "/ID" not in subject.pdf.trailer:
        yield say("the file has no identifier"), 0


def missing_metadata(subject: Subject) -> Iterator[Found]:
    """Metadata that a machine can read."""
    if subject.packet is None:
        yield say("there are no metadata that can be read"), 0


def undeclared_archival(subject: Subject) -> Iterator[Found]:
    """It says that it is PDF/A-3a."""
    if (subject.stated("pdfaid:part"), subject.stated("pdfaid:conformance")) != ("3", "A"):
        yield say("the metadata do not say that it is {standard}", standard="PDF/A-3a"), 0


def undeclared_access(subject: Subject) -> Iterator[Found]:
    """It says that it is PDF/UA-1."""
    if subject.stated("pdfuaid:part") != "1":
        yield say("the metadata do not say that it is {standard}", standard="PDF/UA-1"), 0


def untitled(subject: Subject) -> Iterator[Found]:
    """A title in the metadata, which windows then show."""
    if not subject.stated("dc:title"):
        yield say("the metadata have no title"), 0
    shown = subject.root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle")
    if not shown:
        yield say("windows would show the file's name and not its title"), 0


def contradiction(subject: Subject) -> Iterator[Found]:
    """Document information and metadata say the same."""
    for key, name in _AGREEING:
        if subject.informed(key) and subject.informed(key) != subject.stated(name):
            yield say("{key} and {name} differ", key=key[1:], name=name), 0
    for key, name in _DATES:
        informed = _DIGITS.sub("", subject.informed(key))[:_MOMENT]
        if informed != _DIGITS.sub("", subject.stated(name))[:_MOMENT]:
            yield say("{key} and {name} differ", key=key[1:], name=name), 0


def silent_language(subject: Subject) -> Iterator[Found]:
    """The language of the whole, by which it is read aloud."""
    language = str(subject.root.get("/Lang", ""))
    if not _LANGUAGE.fullmatch(language):
        yield say("the file does not say its language"), 0


def unnamed_colours(subject: Subject) -> Iterator[Found]:
    """An output intent with its profile, which says what colours mean."""
    intents = subject.root.get("/OutputIntents", Array())
    intents = intents if isinstance(intents, Array) else Array()
    kinds = [it for it in intents if it.get("/S") == Name.GTS_PDFA1 and "/DestOutputProfile" in it]
    if not kinds:
        yield say("nothing says what the colours mean"), 0


def actions(subject: Subject) -> Iterator[Found]:
    """No script and nothing else that acts by itself."""
    for item in subject.objects:
        kind = str(item.get("/S", ""))
        if (kind in _FORBIDDEN and "/Type" not in item) or "/JS" in item:
            yield say("the file holds an action: {kind}", kind=kind[1:] or "JavaScript"), 0
    if "/AA" in subject.root or "/JavaScript" in subject.root.get("/Names", Dictionary()):
        yield say("the file holds an action: {kind}", kind="JavaScript"), 0


def unexplained_sources(subject: Subject) -> Iterator[Found]:
    """Attached files say what they are, when they were made, and how they belong here."""
    for item in subject.objects:
        if item.get("/Type") != Name.Filespec or "/EF" not in item:
            continue
        name = str(item.get("/UF", item.get("/F", "")))
        stream = item.EF.get("/F")
        if "/AFRelationship" not in item or "/UF" not in item:
            yield say('the attached file "{name}" does not say how it belongs here', name=name), 0
        if not isinstance(stream, Stream) or "/ModDate" not in stream.get("/Params", Dictionary()):
            yield say('the attached file "{name}" has no date', name=name), 0
    files = subject.root.get("/AF", Array())
    listed = {it.objgen for it in files} if isinstance(files, Array) else set()
    for item in subject.objects:
        if item.get("/Type") == Name.Filespec and item.objgen not in listed:
            yield say("an attached file is not listed in the catalogue"), 0
