"""Books: the grammar of the commands that make files, and measure and fold finished ones."""

from __future__ import annotations

from pathlib import Path

from publisher.ground.messages import say
from publisher.imposition.schemes import SCHEMES
from publisher.surface.grammar.command import Command, Parser, a_collection, as_json
from publisher.surface.wording import translated as _


def _build(parser: Parser) -> None:
    words = _("the folders of the collections (default: this one)")
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="*", help=words)
    words = _("build all collections in this folder and below it")
    parser.add_argument("--all", metavar="FOLDER", type=Path, help=words)
    words = _(
        "who sets the pages: serial, process (one for each processor), process:4, dask:tcp://host:8786"
    )
    parser.add_argument("--on", metavar="HANDS", default="process", help=words)
    words = _("only this output of the collection; may be given several times")
    parser.add_argument("--output", metavar="NAME", action="append", default=[], help=words)
    words = _("where the files go (default: DIR/dist)")
    parser.add_argument("--into", metavar="DIST", type=Path, help=words)
    words = _("make nothing, but tell and draw the type area of an output's pages, or of all")
    parser.add_argument("--explain", metavar="OUTPUT", nargs="?", const="", help=words)
    as_json(parser)
    parser.add_argument("--quiet", action="store_true", help=_("say nothing but errors"))


def _preview(parser: Parser) -> None:
    a_collection(parser)
    words = _("the port to serve at (default: the first free one from 8321 on)")
    parser.add_argument("--port", metavar="N", type=int, default=0, help=words)
    words = _("open the address in a browser")
    parser.add_argument("--open", action="store_true", help=words)


def _proof(parser: Parser) -> None:
    parser.add_argument(
        "place",
        metavar="DIR|PDF",
        type=Path,
        nargs="?",
        default=Path(),
        help=_("a collection's folder, or a PDF of any maker (default: this folder)"),
    )
    words = _("where the summaries with pictures go (default: beside each PDF)")
    parser.add_argument("--into", metavar="FOLDER", type=Path, help=words)
    words = _("print one JSON object on stdout; summaries are written with --into only")
    parser.add_argument("--json", action="store_true", help=words)
    _strict(parser)


def _preflight(parser: Parser) -> None:
    parser.add_argument("files", metavar="PDF", nargs="+", type=Path, help=_("PDFs of any maker"))
    as_json(parser)
    _strict(parser)


def _strict(parser: Parser) -> None:
    words = _("end with code 3 when anything was found")
    parser.add_argument("--strict", action="store_true", help=words)


def _impose(parser: Parser) -> None:
    parser.add_argument("source", metavar="IN.pdf", type=Path, help=_("a PDF of any maker"))
    parser.add_argument("target", metavar="OUT.pdf", type=Path, help=_("the sheets to print"))
    _paper(parser)
    _binding(parser)
    parser.add_argument("--marks", action="store_true", help=_("print fold and crop marks"))
    words = _("make pages smaller where the sheet is too small for them")
    parser.add_argument("--fit", action="store_true", help=words)
    words = _("print page numbers in place of pages, to try the folding")
    parser.add_argument("--dummy", action="store_true", help=words)


def _paper(parser: Parser) -> None:
    words = _("the paper: A4, A3, … or width × height in mm (default: A4)")
    parser.add_argument("--sheet", metavar="SIZE", default="A4", help=words)
    words = _("the edge about which the printer turns the sheet (default: long)")
    parser.add_argument("--turn", choices=("long", "short"), default="long", help=words)
    words = _("how many pieces to cut a sheet into (default: as the scheme says)")
    parser.add_argument("--up", metavar="N", type=int, default=0, help=words)
    words = _("thickness of the paper in mm: pages of inner sheets move in (default: 0)")
    parser.add_argument("--caliper", metavar="MM", type=float, default=0.0, help=words)


def _binding(parser: Parser) -> None:
    words = _("how it is bound (default: saddle)")
    parser.add_argument("--scheme", choices=tuple(SCHEMES), default="saddle", help=words)
    words = _("the side of the binding (default: as the PDF says, else left)")
    parser.add_argument("--bind", choices=("left", "right"), default="", help=words)
    words = _("how many sheets are folded into each other at most; more make several")
    parser.add_argument("--signature", metavar="N", type=int, default=0, help=words)
    words = _("where blank pages go: at the end, or inside, before a back cover (default: end)")
    parser.add_argument("--blanks", choices=("end", "inside"), default="end", help=words)


COMMANDS = (
    Command("build", say("make the files of collections"), "building:build_collections", _build),
    Command(
        "preview",
        say("show a collection in the browser as it will be, while it is worked on"),
        "previewing:preview",
        _preview,
    ),
    Command(
        "proof",
        say("measure finished PDFs: what a reader would stumble over, page by page"),
        "proofing:proof_files",
        _proof,
    ),
    Command(
        "preflight",
        say("tell what a printing house asks of a PDF: size, bleed, sheets, fonts, colours"),
        "preflighting:preflight_files",
        _preflight,
    ),
    Command(
        "impose",
        say("put the pages of a PDF on sheets, to print, fold and bind at home or in a shop"),
        "imposing:impose_file",
        _impose,
    ),
)
