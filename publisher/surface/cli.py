"""The command line: `publisher COMMAND …`. It only reads arguments; `commands` does the work.

Every end has a code of docs/errors.md. Heavy libraries load after the arguments are understood, so
that help is instant.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from publisher import __version__
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.surface.wording import share_catalogue
from publisher.surface.wording import translated as _

_INTERRUPTED = 130

# argparse has no public name for what `add_subparsers` gives.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001

_EXAMPLES = """\
  publisher new my-book
  publisher import essay-1.txt essay-2.md --into my-book
  publisher build my-book
  publisher build my-book --output epub-hans --into ~/Desktop
  publisher proof my-book
"""


def start() -> int:
    """The command as a process of its own, which ends with it.

    What it made is one live web of boxes: the cyclic collector would search it in vain, once more
    at the very end, for a tenth of a book's time. Where garbage matters, rooms sweep by themselves.
    """
    gc.disable()
    code = main()
    gc.freeze()
    return code


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


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line; also read by shell completion and the docs' tests."""
    top = argparse.ArgumentParser(
        prog="publisher",
        description=_("Make books of Chinese essays: PDF and EPUB, Simplified and Traditional."),
        epilog=f"{_('examples:')}\n{_EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"publisher {__version__}")
    commands = top.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    for add in (_new, _import, _build, _check, _proof, _fonts, _schema, _completion):
        add(commands)
    return top


def _command(commands: Commands, name: str, words: str, run: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words)
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
    plans = command.add_mutually_exclusive_group()
    plans.add_argument("--plan", metavar="DIR", type=Path, help=_("show what is asked, as a table"))
    plans.add_argument("--ask", metavar="DIR", type=Path, help=_("answer it one by one"))
    plans.add_argument("--apply", metavar="DIR", type=Path, help=_("do what is confirmed"))
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))


def _build(commands: Commands) -> None:
    command = _command(commands, "build", _("make a collection's files"), "build")
    _folder(command)
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
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))
    command.add_argument("--quiet", action="store_true", help=_("say nothing but errors"))


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
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))


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
