"""The command line: `publisher COMMAND …`. It only reads arguments; each command has its module.

What can be written is in `grammar`, a row a command. Every end has a code of docs/errors.md. Heavy
libraries load after the arguments are understood, so that help is instant.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from publisher import __version__
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.surface.grammar import books, editions, looks, manuscripts, program
from publisher.surface.wording import share_catalogue
from publisher.surface.wording import translated as _

_INTERRUPTED = 130
COMMANDS = (
    *manuscripts.COMMANDS,
    *books.COMMANDS,
    *looks.COMMANDS,
    *editions.COMMANDS,
    *program.COMMANDS,
)

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
    _ready_streams()
    share_catalogue()
    chosen = parser().parse_args(arguments)
    try:
        code: int = chosen.run(chosen)
    except PublisherError as error:
        return _at_fault(error)
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        return 0
    except OSError as error:
        return _refused(error)
    except Exception:
        return _bug()
    return code


def _ready_streams() -> None:
    # A program started with its outputs closed has no streams at all.
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        # File names and texts may hold what the terminal's encoding has not.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")


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
    for command in COMMANDS:
        command.add_to(commands)
    return top


def _at_fault(error: PublisherError) -> int:
    from publisher.surface.report import show_faults

    show_faults(error.faults)
    return error.exit_code


def _interrupted() -> int:
    from publisher.surface.report import tell

    tell(say("interrupted; nothing was changed"))
    return _INTERRUPTED


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
