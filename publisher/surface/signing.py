"""Signing: what `publisher sign` asks, writes and tells."""

from __future__ import annotations

import sys
from argparse import Namespace
from getpass import getpass
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.press.signing import require_pyhanko, signed_copy
from publisher.press.writing import write_into
from publisher.surface import report
from publisher.surface.wording import translated as _


def sign_copy(arguments: Namespace) -> int:
    """Write a signed copy of a PDF of an edition, outside of it."""
    target: Path = arguments.into
    require_pyhanko()
    _require_new(target)
    passphrase = _passphrase(arguments.passphrase)
    copy = signed_copy(arguments.edition, arguments.file, arguments.key, passphrase)
    write_into(target.parent, {target.name: copy})
    report.tell(say("a signed copy: {file}; the edition is as it was", file=target))
    return 0


def _require_new(target: Path) -> None:
    """Raise PublisherError where the copy would lie in place of another file."""
    if target.exists() or target.is_symlink():
        raise PublisherError.of(
            say("there is a file here already"),
            Remedy.CALLER,
            Place(str(target)),
            say("choose another name"),
        )


def _passphrase(file: Path | None) -> bytes:
    """The words that open the key: from a file, or from whoever sits at the terminal."""
    if file:
        return read_file(file).split(b"\n")[0].rstrip(b"\r")
    if sys.stdin.isatty():
        return getpass(_("passphrase of the key: ")).encode()
    return b""
