"""Looks: the grammar of the commands for layouts and fonts."""

from __future__ import annotations

from pathlib import Path

from publisher.ground.messages import say
from publisher.model.scripts import SCRIPTS
from publisher.surface.grammar.command import Command, Parser
from publisher.surface.wording import translated as _


def _layouts_of(parser: Parser) -> None:
    _of(parser, _("a collection whose own layouts take part (default: this folder)"))


def _fonts_of(parser: Parser) -> None:
    _of(parser, _("a collection whose own fonts are listed too"))


def _of(parser: Parser, words: str) -> None:
    """Take the folder of a collection whose own things are known besides those of the project."""
    parser.add_argument(
        "--for", dest="folder", metavar="DIR", type=Path, default=Path(), help=words
    )


def _new_layout(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("what it shall be called"))
    words = _("the layout to extend (default: chapbook)")
    parser.add_argument("--from", dest="model", metavar="LAYOUT", default="chapbook", help=words)
    words = _("the collection's folder (default: this one)")
    parser.add_argument("--into", metavar="DIR", type=Path, default=Path(), help=words)


def _show_layout(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("the layout"))
    words = _("where it goes (default: NAME-specimen)")
    parser.add_argument("--into", metavar="FOLDER", type=Path, help=words)
    words = _("the script of the specimen (default: hans)")
    parser.add_argument("--script", choices=tuple(SCRIPTS), default="hans", help=words)
    words = _("the page size: a name, or width × height in mm (default: A5)")
    parser.add_argument("--page", metavar="SIZE", default="A5", help=words)
    words = _("the direction of the lines (default: horizontal)")
    directions = ("horizontal", "vertical")
    parser.add_argument("--writing", choices=directions, default=directions[0], help=words)
    _layouts_of(parser)


def _add_font(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=_("an OTF or TTF file"))
    words = _("the collection's folder")
    parser.add_argument("--into", metavar="DIR", type=Path, required=True, help=words)


COMMANDS = (
    Command(
        "layout",
        say("list the layouts, begin one, or look at one"),
        "layouts:list_layouts",
        _layouts_of,
        within=(
            Command(
                "new",
                say("begin a layout that extends another"),
                "layouts:new_layout",
                _new_layout,
            ),
            Command(
                "show",
                say("make a specimen: a PDF and a picture of each page"),
                "layouts:show_layout",
                _show_layout,
            ),
        ),
    ),
    Command(
        "fonts",
        say("list the fonts, or add one to a collection"),
        "fonts:list_fonts",
        _fonts_of,
        within=(
            Command("add", say("add a font file to a collection"), "fonts:add_font", _add_font),
        ),
    ),
)
