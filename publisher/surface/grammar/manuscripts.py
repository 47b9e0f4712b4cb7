"""Manuscripts: the grammar of the commands with which a collection comes together."""

from __future__ import annotations

from pathlib import Path

from publisher.ground.messages import say
from publisher.model.scripts import SCRIPTS
from publisher.surface.grammar.command import Command, Parser, a_collection, as_json
from publisher.surface.wording import translated as _


def _new(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help=_("the folder to make"))
    parser.add_argument("--title", help=_("the title of the book"))


def _import(parser: Parser) -> None:
    words = _("files, or folders of files")
    parser.add_argument("sources", metavar="FILE", nargs="*", type=Path, help=words)
    parser.add_argument("--into", metavar="DIR", type=Path, help=_("the collection's folder"))
    words = _("take every proposed title and division as it is")
    parser.add_argument("--accept", action="store_true", help=words)
    words = _("a cleaning rule that shall not be applied; may be given several times")
    parser.add_argument("--without", metavar="RULE", action="append", default=[], help=words)
    words = _("take a changed file in place of the one that came in under its name")
    parser.add_argument("--replace", action="store_true", help=words)
    plans = parser.add_mutually_exclusive_group()
    plans.add_argument("--plan", metavar="DIR", type=Path, help=_("show what is asked, as a table"))
    plans.add_argument("--ask", metavar="DIR", type=Path, help=_("answer it one by one"))
    plans.add_argument("--apply", metavar="DIR", type=Path, help=_("do what is confirmed"))
    as_json(parser)


def _check(parser: Parser) -> None:
    a_collection(parser)
    words = _("put right in the essays what the rules are sure of")
    parser.add_argument("--fix", action="store_true", help=words)
    parser.add_argument(
        "--fail-on",
        choices=("never", "warning", "advice"),
        default="never",
        help=_("end with code 3 when anything of this weight was noticed (default: never)"),
    )
    words = _("check finished EPUBs of any maker instead")
    parser.add_argument("--epub", metavar="FILE", type=Path, nargs="+", help=words)
    words = _("hold a PDF of any maker against the rules for files to keep instead")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help=words)
    as_json(parser)


def _review(parser: Parser) -> None:
    a_collection(parser)
    words = _("the script to look at (default: the first other one among the outputs)")
    parser.add_argument("--script", choices=tuple(SCRIPTS), help=words)
    forms = parser.add_mutually_exclusive_group()
    words = _("write a page to read and answer in a browser")
    forms.add_argument("--html", metavar="FILE", type=Path, help=words)
    forms.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))
    words = _("print a table of tabs and lines on stdout")
    forms.add_argument("--tsv", action="store_true", help=words)
    words = _("end with code 3 while a doubt is undecided; ask nothing")
    parser.add_argument("--strict", action="store_true", help=words)


COMMANDS = (
    Command("new", say("begin a collection in a folder"), "beginning:begin_collection", _new),
    Command(
        "import",
        say("take what people sent into a collection: text, Word, OpenDocument, web pages, EPUB"),
        "importing:import_sources",
        _import,
    ),
    Command(
        "check",
        say("find what is wrong in a collection, without making anything"),
        "checking:check",
        _check,
    ),
    Command(
        "review",
        say("look at the doubtful words of a collection in another script, and decide them"),
        "reviewing:review_collection",
        _review,
    ),
)
