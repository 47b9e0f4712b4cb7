"""Imposing: what `publisher impose` does and tells."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from publisher.formats.imposed import imposed
from publisher.formats.orders import STANDARD, Order, order_of
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.imposition.imposing import Imposition
from publisher.press.writing import write_into
from publisher.surface import report


def impose_file(arguments: Namespace) -> int:
    """Put the pages of a PDF on sheets, and write them beside it or elsewhere."""
    options = {key: own for key, own in vars(arguments).items() if key in STANDARD}
    order = order_of(options, lambda key: Place(f"--{key}"))
    _require_apart(arguments.source, arguments.target)
    made = imposed(read_file(arguments.source), order, Place(str(arguments.source)))
    write_into(arguments.target.parent, {arguments.target.name: made.content})
    report.show_notices(made.notices)
    for message in _told(made.imposition, order, arguments.target):
        report.tell(message)
    return 0


def _require_apart(source: Path, target: Path) -> None:
    if target.exists() and source.exists() and target.samefile(source):
        raise PublisherError.of(
            say("the sheets would overwrite the PDF they are made of"),
            Remedy.CALLER,
            Place(str(target)),
            say("choose another name"),
        )
    if target.exists() and not _is_pdf(target):
        raise PublisherError.of(
            say("this is no PDF, and would be overwritten"),
            Remedy.CALLER,
            Place(str(target)),
            say("choose another name"),
        )


def _is_pdf(file: Path) -> bool:
    """Whether a file begins as a PDF does (ISO 32000-1, 7.5.2); a device is never asked."""
    if not file.is_file():
        return False
    with file.open("rb") as content:
        return content.read(5) == b"%PDF-"


def _told(made: Imposition, order: Order, target: Path) -> Iterator[Message]:
    count = len(made.sheets)
    sheet, page = made.sheets[0].extent, made.page
    yield say(
        "{file}: {n} sheets of {sheet}, printed on both sides", file=target, n=count, sheet=sheet
    )
    yield say("pages of {page}, blank pages added: {n}", page=page, n=made.gathering.blanks)
    if made.gathering.signatures:
        yield _signatures(made, order)
    if made.creep:
        yield say("creep: the innermost pages moved in by {n} mm", n=f"{made.creep:.2f}")


def _signatures(made: Imposition, order: Order) -> Message:
    sizes = made.gathering.signatures
    told = f"{sizes[0]}" if sizes[0] == sizes[-1] else f"{sizes[-1]}–{sizes[0]}"
    if order.wish.scheme.apart:
        return say("booklets: {n}, folded sheets in each: {sizes}", n=len(sizes), sizes=told)
    return say("signatures: {n}, folded sheets in each: {sizes}", n=len(sizes), sizes=told)
