"""The key for sealing: made on first use if the user agrees, and found again ever after."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import stat
import subprocess
import termios
from pathlib import Path

import pytest
from library import frozen

from publisher.library.seal import public_keys
from publisher.press.verifying import verify
from tests.reading import COMMAND, environment

ONE = frozen.HEAD + '\n[[output]]\nname = "screen"\nformat = "screen"\n'
KEY = Path(".config") / "publisher" / "sealing-key"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return frozen.collection(tmp_path / "book", {"collection.toml": ONE})


def in_a_terminal(book: Path, home: Path, *answers: tuple[str, str]) -> tuple[str, int]:
    """What a freeze shows on a terminal of its own, and its code; answers follow their questions.

    Skips on a system that gives no terminals.
    """
    try:
        main, side = pty.openpty()
    except OSError as error:
        pytest.skip(f"this system has no terminals to give: {error}")
    env = environment() | {"PATH": frozen.without_checkers(), "HOME": str(home), "TERM": "dumb"}
    process = subprocess.Popen(
        [*COMMAND, "freeze", str(book)],
        env=env,
        stdin=side,
        stdout=side,
        stderr=side,
        start_new_session=True,
        preexec_fn=_own_the_terminal,  # noqa: PLW1509 (no thread runs here)
    )
    os.close(side)
    shown = "".join(_answered(main, *it) for it in answers) + _read(main)
    os.close(main)
    return shown, process.wait(timeout=60)


def _own_the_terminal() -> None:
    """Passphrases are asked for at the terminal of the session, whatever stdin is."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _answered(terminal: int, question: str, answer: str) -> str:
    shown = _read(terminal, question)
    os.write(terminal, f"{answer}\n".encode())
    return shown


def _read(terminal: int, until: str | None = None) -> str:
    """What is shown up to some words, or to the end."""
    seen = b""
    while until is None or until not in seen.decode("utf-8", "replace"):
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            piece = b""
        if not piece:
            break
        seen += piece
    return seen.decode("utf-8", "replace")


def test_a_key_is_made_if_the_user_agrees_and_seals_from_then_on(
    book: Path, tmp_path: Path
) -> None:
    shown, code = in_a_terminal(book, tmp_path, ("[n]o", "y"), ("passphrase", ""), ("again", ""))
    assert code == 0, shown
    key = tmp_path / KEY
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    known = public_keys(key.with_suffix(".pub"))
    first = verify(book / "editions" / "tower" / "1.0", known)
    assert (first.damages, first.known) == ((), True)

    later = {"collection.toml": ONE.replace('version = "1.0"', 'version = "1.1"')}
    told = json.loads(frozen.freeze(frozen.collection(book, later), "--json", HOME=tmp_path).stdout)
    assert told["sealed"]
    assert verify(Path(told["folder"]), known).known


def test_who_wants_no_key_gets_none_and_no_seal(book: Path, tmp_path: Path) -> None:
    shown, code = in_a_terminal(book, tmp_path, ("[n]o", "perhaps"), ("[n]o", "n"))
    assert code == 0, shown
    assert "it bears no seal" in shown
    assert not (tmp_path / KEY).parent.exists()
    assert verify(book / "editions" / "tower" / "1.0", ()).key == ""


def test_nobody_is_asked_where_there_is_no_terminal_or_no_seal_is_wanted(
    book: Path, tmp_path: Path
) -> None:
    (tmp_path / KEY).parent.mkdir(parents=True)
    (tmp_path / KEY).write_bytes(frozen.key().read_bytes())
    (tmp_path / KEY).chmod(0o600)
    run = frozen.freeze(book, "--unsealed", HOME=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "it bears no seal" in run.stderr
    alone = frozen.freeze(book, "--into", tmp_path / "store", HOME=tmp_path / "empty")
    assert alone.returncode == 0, alone.stderr
    assert "it bears no seal" in alone.stderr
    assert not (tmp_path / "empty").exists()


def test_a_key_and_no_seal_cannot_both_be_wished(book: Path) -> None:
    run = frozen.freeze(book, "--unsealed", "--key", frozen.key())
    assert run.returncode == 2
    assert "not allowed with" in run.stderr
