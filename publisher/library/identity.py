"""Identity: whether an edition is the one it says it is, in every place where it says so.

It promises to hold the record against the bag's own words, and the names inside the finished files
against the record. It refuses a record that cannot be read with the record's own fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.ground.errors import PublisherError
from publisher.ground.fixity import digest
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.inspection.opened import Opened
from publisher.intake.archives import unpacked
from publisher.library.bag import INFORMATION, PAYLOAD, read_information
from publisher.library.damage import Damage, Kind
from publisher.library.edition import RECORD, Edition, Work, read_edition
from publisher.library.holding import Holding
from publisher.library.pages import PDF
from publisher.library.seal import KEY_LABEL, SIGNERS, signers
from publisher.prepress.bounds import opened


def edition_in(holding: Holding) -> Edition:
    """The edition that lies here. Raises PublisherError where its record is missing or broken."""
    path = f"{PAYLOAD}{RECORD}"
    try:
        content = holding.read(path)
    except OSError:
        content = b""
    return read_edition(content, f"{holding.place}/{path}")


def identity(holding: Holding) -> tuple[Damage, ...]:
    """All that contradicts the edition's record; for an edition whose fixity was found sound."""
    try:
        edition = edition_in(holding)
    except PublisherError as error:
        return tuple(_wrong(fault.message, RECORD) for fault in error.faults)
    return (*_bag(holding, edition), *_sealer(holding), *_works(holding, edition))


def _bag(holding: Holding, edition: Edition) -> Iterator[Damage]:
    told = read_information(holding.read(INFORMATION))
    for label, value in (
        ("External-Identifier", edition.identifier),
        ("Bag-Group-Identifier", edition.slug),
        ("Edition-Version", edition.version),
    ):
        if told.get(label, "") != value:
            message = say(
                'it says "{found}", the record "{value}"', found=told.get(label, ""), value=value
            )
            yield Damage(Kind.IDENTITY, message, INFORMATION)


def _sealer(holding: Holding) -> Iterator[Damage]:
    """Whether a reader without this program asks for the key that the edition names."""
    key = read_information(holding.tag(INFORMATION)).get(KEY_LABEL, "")
    if key and holding.tag(SIGNERS) != signers(key):
        message = say("it does not name the key that the edition is sealed with")
        yield Damage(Kind.IDENTITY, message, SIGNERS)


def _works(holding: Holding, edition: Edition) -> Iterator[Damage]:
    there = {entry.path for entry in holding.entries}
    for work in edition.works:
        if PAYLOAD + work.file not in there:
            yield _wrong(say("the record names this file; here is none"), work.file)
            continue
        try:
            yield from (_wrong(it, work.file) for it in _work(holding, work))
        except PublisherError as error:
            # What it calls itself is asked of none that cannot be opened, or not safely.
            for fault in error.faults:
                yield Damage(Kind.GATE, fault.message, PAYLOAD + work.file)


def _work(holding: Holding, work: Work) -> Iterator[Message]:
    """What a finished file contradicts of its row in the record."""
    content = holding.read(PAYLOAD + work.file)
    if digest(content) != work.sha256:
        yield say("the record names another digest of this file")
    for name in _own_names(work, content, holding.at(PAYLOAD + work.file)):
        if name != work.identifier:
            yield say(
                'it calls itself "{found}", the record "{value}"', found=name, value=work.identifier
            )


def _own_names(work: Work, content: bytes, at: Place) -> tuple[str, ...]:
    """What a finished file calls itself; nothing where its format bears no name."""
    if work.media_type != PDF:
        return Opened(tuple(unpacked(content, str(at)).items())).said("dc:identifier")[:1]
    with opened(content, at) as pdf, pdf.open_metadata() as metadata:
        name = metadata.get("xmpMM:DocumentID")
        return (str(name),) if name else ()


def _wrong(message: Message, path: str) -> Damage:
    return Damage(Kind.IDENTITY, message, f"{PAYLOAD}{path}")
