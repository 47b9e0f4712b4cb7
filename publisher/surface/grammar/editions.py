"""Editions: the grammar of the commands that make, prove, compare and show fixed editions."""

from __future__ import annotations

from pathlib import Path

from publisher.ground.messages import say
from publisher.surface.grammar.command import Command, Parser, a_collection, as_json
from publisher.surface.wording import translated as _


def _freeze(parser: Parser) -> None:
    a_collection(parser)
    words = _("what the collection's version has to be")
    parser.add_argument("--version", metavar="VERSION", help=words)
    words = _("where editions are kept (default: DIR/editions)")
    parser.add_argument("--into", metavar="STORE", type=Path, help=words)
    seal = parser.add_mutually_exclusive_group()
    words = _("a secret key of ssh-keygen to seal it with (default: the one made here, if any)")
    seal.add_argument("--key", metavar="FILE", type=Path, help=words)
    words = _("seal it with no key")
    seal.add_argument("--unsealed", action="store_true", help=words)
    words = _("record open questions of plans and scripts instead of refusing")
    parser.add_argument("--despite-questions", action="store_true", help=words)
    as_json(parser)


def _verify(parser: Parser) -> None:
    words = _("folders of editions, or zip files of them")
    parser.add_argument("editions", metavar="EDITION", nargs="+", type=Path, help=words)
    words = _("public keys of which one must have sealed them")
    parser.add_argument("--signer", metavar="FILE", type=Path, help=words)
    as_json(parser)


def _rebuild(parser: Parser) -> None:
    _edition(parser, "edition", "EDITION")
    words = _("a folder to write the new files to (default: nowhere)")
    parser.add_argument("--into", metavar="DIR", type=Path, help=words)
    as_json(parser)


def _diff(parser: Parser) -> None:
    _edition(parser, "before", "A")
    _edition(parser, "after", "B")
    words = _("write a page that shows changed sentences side by side")
    parser.add_argument("--html", metavar="FILE", type=Path, help=words)
    as_json(parser)


def _edition(parser: Parser, name: str, shown: str) -> None:
    words = _("the folder of an edition, or a zip file of it")
    parser.add_argument(name, metavar=shown, type=Path, help=words)


def _history(parser: Parser) -> None:
    words = _("where editions are kept")
    parser.add_argument("store", metavar="STORE", type=Path, help=words)
    words = _("write each collection's editions as an OCFL 1.1 object into this folder")
    parser.add_argument("--ocfl", metavar="DIR", type=Path, help=words)
    as_json(parser)


def _sign(parser: Parser) -> None:
    _edition(parser, "edition", "EDITION")
    parser.add_argument("file", metavar="FILE.pdf", help=_("the name of one of its PDFs"))
    words = _("a PKCS#12 file with the secret key and its certificate")
    parser.add_argument("--key", metavar="P12", type=Path, required=True, help=words)
    words = _("a file whose first line opens the key (default: ask)")
    parser.add_argument("--passphrase", metavar="FILE", type=Path, help=words)
    words = _("the signed copy to write, outside the edition")
    parser.add_argument("--into", metavar="OUT.pdf", type=Path, required=True, help=words)


def _shelf(parser: Parser) -> None:
    words = _("where editions are kept, or the folder of a collection")
    parser.add_argument("stores", metavar="STORE", nargs="+", type=Path, help=words)
    words = _("where the site goes: an empty folder, or one that a shelf was written to")
    parser.add_argument("--into", metavar="SITE", type=Path, required=True, help=words)
    words = _("the web address of the site: feeds need it")
    parser.add_argument("--url", metavar="URL", default="", help=words)
    words = _("what the shelf is called")
    parser.add_argument("--title", metavar="TITLE", default="", help=words)
    as_json(parser)


COMMANDS = (
    Command(
        "freeze",
        say("make an edition that is never changed, with proof"),
        "freezing:freeze_collection",
        _freeze,
    ),
    Command(
        "verify",
        say("prove that editions are what they were"),
        "verifying:verify_editions",
        _verify,
    ),
    Command(
        "rebuild",
        say("make an edition's files again from itself"),
        "rebuilding:rebuild_edition",
        _rebuild,
    ),
    Command(
        "diff",
        say("tell what differs between two editions"),
        "comparing:compare_editions",
        _diff,
    ),
    Command(
        "history",
        say("list the editions that are kept in a folder"),
        "histories:list_editions",
        _history,
    ),
    Command(
        "sign",
        say("make a copy of an edition's PDF that bears an electronic signature (PAdES)"),
        "signing:sign_copy",
        _sign,
    ),
    Command(
        "shelf",
        say("make a web site of editions, or of what was built of collections"),
        "shelving:shelve",
        _shelf,
    ),
)
