"""Sealing: `ssh-keygen` asked to sign the list of lists, or whether a signature of it is true.

It promises to hand over bytes and take bytes: the secret key stays where it lies, and is named by
its path alone; `ssh-keygen` itself asks for a passphrase. It refuses to go on where `ssh-keygen` is
missing or turns the key down.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.library.seal import NAMESPACE, PRINCIPAL, signers

_PROGRAM = "ssh-keygen"


def public_key(secret: Path) -> str:
    """The public half of a secret key, as `type base64`."""
    found = _asked(["-y", "-f", str(secret)], b"", secret).decode("utf-8", "replace")
    return " ".join(found.split()[:2])


def sealed(content: bytes, secret: Path) -> bytes:
    """The signature of bytes by a secret key, armoured."""
    return _asked(["-Y", "sign", "-n", NAMESPACE, "-f", str(secret)], content, secret)


def is_true(content: bytes, seal: bytes, key: str) -> bool | None:
    """Whether a seal of bytes was made with a key; None where nobody can say for want of a tool."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        known, signature = Path(folder) / "known", Path(folder) / "seal"
        known.write_bytes(signers(key))
        signature.write_bytes(seal)
        wish = [
            "-Y",
            "verify",
            "-f",
            str(known),
            "-I",
            PRINCIPAL,
            "-n",
            NAMESPACE,
            "-s",
            str(signature),
        ]
        ran = subprocess.run([program, *wish], input=content, capture_output=True, check=False)  # noqa: S603
    return ran.returncode == 0


def _asked(wish: list[str], content: bytes, secret: Path) -> bytes:
    program = shutil.which(_PROGRAM)
    if program is None:
        raise PublisherError.of(
            say("ssh-keygen, which makes seals, is not installed"),
            Remedy.MACHINE,
            hint=say("install it with: apt-get install openssh-client"),
        )
    ran = subprocess.run([program, *wish], input=content, capture_output=True, check=False)  # noqa: S603
    if ran.returncode:
        reason = ran.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise PublisherError.of(
            say("ssh-keygen does not take this key: {reason}", reason=reason),
            Remedy.CALLER,
            Place(str(secret)),
            say("give a secret key, as ssh-keygen -t ed25519 -f KEY makes one"),
        )
    return ran.stdout
