"""The command line: `publisher COMMAND …`. It only reads arguments; `commands` does the work.

Every end has a code of docs/errors.md. Heavy libraries load after the arguments are understood, so
that help is instant.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from publisher import __version__
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.imposition.schemes import SCHEMES
from publisher.model.scripts import SCRIPTS
from publisher.surface.editions import add_edition_commands
from publisher.surface.shelving import add_shelf_command
from publisher.surface.wording import share_catalogue
from publisher.surface.wording import translated as _

_INTERRUPTED = 130

# argparse has no public name for what `add_subparsers` gives.
Commands: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001

_EXAMPLES = """\
  publisher new my-book
  publisher import essay-1.txt essay-2.md --into my-book
  publisher build my-book
  publisher build my-book --output epub-hans --into ~/Desktop
  publisher proof my-book
  publisher impose my-book/dist/my-book-screen-hans.pdf booklet.pdf --sheet A4
"""


def start() -> int:
    """The command as a process of its own, which ends with it.

    What it made is one live web of boxes: the cyclic collector would search it in vain, once more
    at the very end, for a tenth of a book's time. Where garbage matters, rooms sweep by themselves.
    """
    gc.disable()
    code = main()
    _flush()
    gc.freeze()
    return code


def _flush() -> None:
    """Write what is still held; a reader that went away is no fault, and no word at the end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    # A program started with its outputs closed has no streams at all.
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        # File names and texts may hold what the terminal's encoding has not.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    share_catalogue()
    chosen = parser().parse_args(arguments)
    try:
        code: int = chosen.run(chosen)
    except PublisherError as error:
        from publisher.surface.report import show_faults

        show_faults(error.faults)
        return error.exit_code
    except KeyboardInterrupt:
        from publisher.surface.report import tell

        tell(say("interrupted; nothing was changed"))
        return _INTERRUPTED
    except BrokenPipeError:
        return 0
    except OSError as error:
        return _refused(error)
    except Exception:
        return _bug()
    return code


class _Parser(argparse.ArgumentParser):
    """A grammar that helps where a file's name looks like an option."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with code 2."""
        files = [it for it in message.split() if it.startswith("-") and Path(it).exists()]
        hints = [
            _("a file whose name begins so is written {name}").format(name=f"./{it}")
            for it in files
        ]
        super().error("\n  → ".join((message, *hints)))


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line; also read by shell completion and the docs' tests."""
    top = _Parser(
        prog="publisher",
        description=_("Make books of Chinese essays: PDF and EPUB, Simplified and Traditional."),
        epilog=f"{_('examples:')}\n{_EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"publisher {__version__}")
    commands = top.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    for add in (
        _new, _import, _build, _check, _review, _proof, _preflight, _impose, _layout, _fonts,
        _cache, _schema, _completion,
    ):  # fmt: skip
        add(commands)
    add_edition_commands(partial(_command, commands))
    add_shelf_command(partial(_command, commands))
    return top


def _command(commands: Commands, name: str, words: str, run: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.set_defaults(run=_late(run))
    return command


def _late(name: str) -> Callable[[argparse.Namespace], int]:
    """A command's function, found when it is called."""

    def run(arguments: argparse.Namespace) -> int:
        from publisher.surface import commands

        code: int = getattr(commands, name)(arguments)
        return code

    return run


def _new(commands: Commands) -> None:
    command = _command(commands, "new", _("begin a collection in a folder"), "new")
    command.add_argument("folder", metavar="DIR", type=Path, help=_("the folder to make"))
    command.add_argument("--title", help=_("the title of the book"))


def _import(commands: Commands) -> None:
    words = _("take what people sent into a collection: text, Word, OpenDocument, web pages, EPUB")
    command = _command(commands, "import", words, "take_in")
    command.add_argument(
        "sources", metavar="FILE", nargs="*", type=Path, help=_("files, or folders of files")
    )
    command.add_argument("--into", metavar="DIR", type=Path, help=_("the collection's folder"))
    command.add_argument(
        "--accept", action="store_true", help=_("take every proposed title and division as it is")
    )
    command.add_argument(
        "--without",
        metavar="RULE",
        action="append",
        default=[],
        help=_("a cleaning rule that shall not be applied; may be given several times"),
    )
    command.add_argument(
        "--replace",
        action="store_true",
        help=_("take a changed file in place of the one that came in under its name"),
    )
    plans = command.add_mutually_exclusive_group()
    plans.add_argument("--plan", metavar="DIR", type=Path, help=_("show what is asked, as a table"))
    plans.add_argument("--ask", metavar="DIR", type=Path, help=_("answer it one by one"))
    plans.add_argument("--apply", metavar="DIR", type=Path, help=_("do what is confirmed"))
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))


def _build(commands: Commands) -> None:
    command = _command(commands, "build", _("make the files of collections"), "build")
    command.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="*",
        help=_("the folders of the collections (default: this one)"),
    )
    words = _("build all collections in this folder and below it")
    command.add_argument("--all", metavar="FOLDER", type=Path, help=words)
    words = _("who sets the pages: serial, process (one for each processor) or process:4")
    command.add_argument("--on", metavar="HANDS", default="process", help=words)
    command.add_argument(
        "--output",
        metavar="NAME",
        action="append",
        default=[],
        help=_("only this output of the collection; may be given several times"),
    )
    command.add_argument(
        "--into", metavar="DIST", type=Path, help=_("where the files go (default: DIR/dist)")
    )
    words = _("make nothing, but tell and draw the type area of an output's pages, or of all")
    command.add_argument("--explain", metavar="OUTPUT", nargs="?", const="", help=words)
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))
    command.add_argument("--quiet", action="store_true", help=_("say nothing but errors"))


def _cache(commands: Commands) -> None:
    words = _("tell what is kept between runs, or let it go")
    command = _command(commands, "cache", words, "cache")
    command.add_argument("--clear", action="store_true", help=_("let all of it go"))


def _check(commands: Commands) -> None:
    words = _("find what is wrong in a collection, without making anything")
    command = _command(commands, "check", words, "check")
    _folder(command)
    command.add_argument(
        "--fix", action="store_true", help=_("put right in the essays what the rules are sure of")
    )
    command.add_argument(
        "--fail-on",
        choices=("never", "warning", "advice"),
        default="never",
        help=_("end with code 3 when anything of this weight was noticed (default: never)"),
    )
    command.add_argument(
        "--epub",
        metavar="FILE",
        type=Path,
        nargs="+",
        help=_("check finished EPUBs of any maker instead"),
    )
    words = _("hold a PDF of any maker against the rules for files to keep instead")
    command.add_argument("--pdf", metavar="FILE", type=Path, help=words)
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))


def _review(commands: Commands) -> None:
    words = _("look at the doubtful words of a collection in another script, and decide them")
    command = _command(commands, "review", words, "review")
    _folder(command)
    command.add_argument(
        "--script",
        choices=tuple(SCRIPTS),
        help=_("the script to look at (default: the first other one among the outputs)"),
    )
    forms = command.add_mutually_exclusive_group()
    forms.add_argument(
        "--html", metavar="FILE", type=Path, help=_("write a page to read and answer in a browser")
    )
    forms.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))
    forms.add_argument(
        "--tsv", action="store_true", help=_("print a table of tabs and lines on stdout")
    )
    words = _("end with code 3 while a doubt is undecided; ask nothing")
    command.add_argument("--strict", action="store_true", help=words)


def _proof(commands: Commands) -> None:
    words = _("measure finished PDFs: what a reader would stumble over, page by page")
    command = _command(commands, "proof", words, "proof")
    command.add_argument(
        "place",
        metavar="DIR|PDF",
        type=Path,
        nargs="?",
        default=Path(),
        help=_("a collection's folder, or a PDF of any maker (default: this folder)"),
    )
    command.add_argument(
        "--into",
        metavar="FOLDER",
        type=Path,
        help=_("where the summaries with pictures go (default: beside each PDF)"),
    )
    words = _("print one JSON object on stdout; summaries are written with --into only")
    command.add_argument("--json", action="store_true", help=words)
    words = _("end with code 3 when anything was found")
    command.add_argument("--strict", action="store_true", help=words)


def _preflight(commands: Commands) -> None:
    words = _("tell what a printing house asks of a PDF: size, bleed, sheets, fonts, colours")
    command = _command(commands, "preflight", words, "preflight")
    command.add_argument("files", metavar="PDF", nargs="+", type=Path, help=_("PDFs of any maker"))
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))
    words = _("end with code 3 when anything was found")
    command.add_argument("--strict", action="store_true", help=words)


def _impose(commands: Commands) -> None:
    words = _("put the pages of a PDF on sheets, to print, fold and bind at home or in a shop")
    command = _command(commands, "impose", words, "impose")
    command.add_argument("source", metavar="IN.pdf", type=Path, help=_("a PDF of any maker"))
    command.add_argument("target", metavar="OUT.pdf", type=Path, help=_("the sheets to print"))
    _paper(command)
    _binding(command)
    command.add_argument("--marks", action="store_true", help=_("print fold and crop marks"))
    words = _("make pages smaller where the sheet is too small for them")
    command.add_argument("--fit", action="store_true", help=words)
    words = _("print page numbers in place of pages, to try the folding")
    command.add_argument("--dummy", action="store_true", help=words)


def _paper(command: argparse.ArgumentParser) -> None:
    words = _("the paper: A4, A3, … or width × height in mm (default: A4)")
    command.add_argument("--sheet", metavar="SIZE", default="A4", help=words)
    words = _("the edge about which the printer turns the sheet (default: long)")
    command.add_argument("--turn", choices=("long", "short"), default="long", help=words)
    words = _("how many pieces to cut a sheet into (default: as the scheme says)")
    command.add_argument("--up", metavar="N", type=int, default=0, help=words)
    words = _("thickness of the paper in mm: pages of inner sheets move in (default: 0)")
    command.add_argument("--caliper", metavar="MM", type=float, default=0.0, help=words)


def _binding(command: argparse.ArgumentParser) -> None:
    words = _("how it is bound (default: saddle)")
    command.add_argument("--scheme", choices=tuple(SCHEMES), default="saddle", help=words)
    words = _("the side of the binding (default: as the PDF says, else left)")
    command.add_argument("--bind", choices=("left", "right"), default="", help=words)
    words = _("how many sheets are folded into each other at most; more make several")
    command.add_argument("--signature", metavar="N", type=int, default=0, help=words)
    words = _("where blank pages go: at the end, or inside, before a back cover (default: end)")
    command.add_argument("--blanks", choices=("end", "inside"), default="end", help=words)


def _fonts(commands: Commands) -> None:
    words = _("list the fonts, or add one to a collection")
    command = _command(commands, "fonts", words, "fonts_list")
    command.add_argument(
        "--for",
        dest="folder",
        metavar="DIR",
        type=Path,
        default=Path(),
        help=_("a collection whose own fonts are listed too"),
    )
    inner = command.add_subparsers(metavar="COMMAND")
    add = _command(inner, "add", _("add a font file to a collection"), "fonts_add")
    add.add_argument("file", metavar="FILE", type=Path, help=_("an OTF or TTF file"))
    add.add_argument(
        "--into", metavar="DIR", type=Path, required=True, help=_("the collection's folder")
    )


def _layout(commands: Commands) -> None:
    words = _("list the layouts, begin one, or look at one")
    command = _command(commands, "layout", words, "layout_list")
    _with_layouts(command)
    inner = command.add_subparsers(metavar="COMMAND")
    new = _command(inner, "new", _("begin a layout that extends another"), "layout_new")
    new.add_argument("name", metavar="NAME", help=_("what it shall be called"))
    words = _("the layout to extend (default: chapbook)")
    new.add_argument("--from", dest="model", metavar="LAYOUT", default="chapbook", help=words)
    words = _("the collection's folder (default: this one)")
    new.add_argument("--into", metavar="DIR", type=Path, default=Path(), help=words)
    show = _command(
        inner, "show", _("make a specimen: a PDF and a picture of each page"), "layout_show"
    )
    show.add_argument("name", metavar="NAME", help=_("the layout"))
    show.add_argument(
        "--into", metavar="FOLDER", type=Path, help=_("where it goes (default: NAME-specimen)")
    )
    words = _("the script of the specimen (default: hans)")
    show.add_argument("--script", choices=tuple(SCRIPTS), default="hans", help=words)
    words = _("the page size: a name, or width × height in mm (default: A5)")
    show.add_argument("--page", metavar="SIZE", default="A5", help=words)
    _with_layouts(show)


def _with_layouts(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--for",
        dest="folder",
        metavar="DIR",
        type=Path,
        default=Path(),
        help=_("a collection whose own layouts take part (default: this folder)"),
    )


def _schema(commands: Commands) -> None:
    _command(commands, "schema", _("print the JSON Schema of collection.toml"), "schema")


def _completion(commands: Commands) -> None:
    words = _("print a completion script for a shell")
    command = _command(commands, "completion", words, "")
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    command.set_defaults(run=_complete)


def _complete(arguments: argparse.Namespace) -> int:
    import shtab

    print(shtab.complete(parser(), arguments.shell))
    return 0


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        default=Path(),
        help=_("the collection's folder (default: this one)"),
    )


def _refused(error: OSError) -> int:
    """What the system would not do, where no room had words of its own for it."""
    from publisher.surface.report import show_faults

    message = say("the system refuses: {reason}", reason=error.strerror or error)
    with contextlib.suppress(OSError):
        show_faults([Fault(message, Remedy.MACHINE, Place(str(error.filename or "")))])
    return Remedy.MACHINE.value


def _bug() -> int:
    import traceback

    from publisher.surface.report import tell

    traceback.print_exc()
    tell(say("this is a mistake in publisher {version}; nothing was changed", version=__version__))
    tell(say("please report it with the lines above"))
    return Remedy.MAKER.value
