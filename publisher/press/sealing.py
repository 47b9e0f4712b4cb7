"""Sealing: `ssh-keygen` asked to sign the list of lists, or whether a signature of it is true.

It promises to hand over bytes and take bytes: the secret key stays where it lies, and is named by
its path alone; `ssh-keygen` itself asks for a passphrase. It refuses to go on where `ssh-keygen` is
missing or turns the key down, and never makes a key over another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.library.seal import NAMESPACE, PRINCIPAL, signers

_PROGRAM = "ssh-keygen"
_KEY = Path("publisher") / "sealing-key"
# What the public half says of itself behind the key.
_REMARK = "seals editions of publisher"
_PRIVATE = 0o700
# How `ssh-keygen` ends with a seal that does not hold, whatever it has against it.
_UNTRUE = b"Could not verify signature"


def own_key() -> Path:
    """Where the secret key lies that this user seals with, if one was made."""
    # A relative XDG_CONFIG_HOME is to be ignored (XDG Base Directory Specification).
    named, home = (Path(os.environ.get(it, "")) for it in ("XDG_CONFIG_HOME", "HOME"))
    return (named if named.is_absolute() else home / ".config") / _KEY


def make_key(secret: Path) -> None:
    """Make a secret key, and its public half beside it.

    `ssh-keygen` asks for a passphrase in the terminal. Raises PublisherError where no key was made.
    """
    if secret.exists():
        raise _keyless(secret, say("a key lies here already"))
    secret.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
    wish = ["-q", "-t", "ed25519", "-C", _REMARK, "-f", str(secret)]
    ran = subprocess.run([_program(), *wish], check=False)  # noqa: S603
    if ran.returncode:
        raise _keyless(secret, say("ssh-keygen made no key"))


def public_key(secret: Path) -> str:
    """The public half of a secret key, as `type base64`."""
    found = _asked(["-y", "-f", str(secret)], b"", secret).decode("utf-8", "replace")
    return " ".join(found.split()[:2])


def sealed(content: bytes, secret: Path) -> bytes:
    """The signature of bytes by a secret key, armoured."""
    return _asked(["-Y", "sign", "-n", NAMESPACE, "-f", str(secret)], content, secret)


def is_true(content: bytes, seal: bytes, key: str) -> bool | None:
    """Whether a seal of bytes was made with a key; None where `ssh-keygen` gives no verdict."""
    if shutil.which(_PROGRAM) is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        known, signature = Path(folder) / "known", Path(folder) / "seal"
        known.write_bytes(signers(key))
        signature.write_bytes(seal)
        wish = ["-f", str(known), "-I", PRINCIPAL, "-n", NAMESPACE, "-s", str(signature)]
        ran = _ran(["-Y", "verify", *wish], content)
    if ran.returncode == 0:
        return True
    # It serves nobody whom the machine does not know; that says nothing of the seal.
    return False if _UNTRUE in ran.stdout else None


def _asked(wish: list[str], content: bytes, secret: Path) -> bytes:
    ran = _ran(wish, content)
    if ran.returncode:
        reason = ran.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise _keyless(secret, say("ssh-keygen does not take this key: {reason}", reason=reason))
    return ran.stdout


def _ran(wish: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [_program(), *wish]
    return subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603


def _program() -> str:
    program = shutil.which(_PROGRAM)
    if program is None:
        raise PublisherError.of(
            say("ssh-keygen, which makes seals, is not installed"),
            Remedy.MACHINE,
            hint=say("install it with: apt-get install openssh-client"),
        )
    return program


def _keyless(secret: Path, message: Message) -> PublisherError:
    hint = say("give a secret key, as ssh-keygen -t ed25519 -f KEY makes one")
    return PublisherError.of(message, Remedy.CALLER, Place(str(secret)), hint)
