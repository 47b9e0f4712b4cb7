"""Sealing: `ssh-keygen` asked to sign the list of lists, or whether an edition's seal is true.

It promises to hand over bytes and take bytes: the secret key stays where it lies, and is named by
its path alone; `ssh-keygen` itself asks for a passphrase. It refuses to go on where `ssh-keygen` is
missing or turns the key down, and never makes a key over another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.library.bag import INFORMATION, TAG_MANIFEST, plain_ends, read_information
from publisher.library.damage import Damage, Kind
from publisher.library.fixity import LINE_ENDS
from publisher.library.holding import Holding
from publisher.library.seal import (
    KEY_LABEL,
    NAMESPACE,
    PRINCIPAL,
    SEAL,
    fingerprint,
    sealer,
    signers,
)

_PROGRAM = "ssh-keygen"
_KEY = Path("publisher") / "sealing-key"
# What the public half says of itself behind the key.
_REMARK = "seals editions of publisher"
_PRIVATE = 0o700
_LONGEST_SEAL = 1 << 16
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


# ---- editions ----


def named_key(holding: Holding) -> str:
    """The key that an edition says it is sealed with; empty where it says of none."""
    return read_information(holding.tag(INFORMATION)).get(KEY_LABEL, "")


def seal_damages(holding: Holding, keys: tuple[str, ...] = ()) -> tuple[Damage, ...]:
    """What is wrong with an edition's seal, or with its absence.

    `keys` are those that may have sealed it, if the caller knows them. That nobody could read the
    seal here is a damage as well, `SEAL_UNREAD`.
    """
    kept = {TAG_MANIFEST: holding.tag(TAG_MANIFEST), SEAL: holding.tag(SEAL, _LONGEST_SEAL)}
    named = named_key(holding)
    found = tuple(_flaws(kept[TAG_MANIFEST], kept[SEAL], named, keys))
    if any(it.kind is Kind.SEAL_BROKEN for it in found):
        spoken = {name: plain_ends(content) for name, content in kept.items()}
        if not any(_flaws(spoken[TAG_MANIFEST], spoken[SEAL], named, keys)):
            changed = (name for name in kept if kept[name] != spoken[name])
            return tuple(Damage(Kind.LINE_ENDS, LINE_ENDS, name) for name in changed)
    return found


def require_sealed(holding: Holding) -> bool:
    """Whether all is known of an edition's seal; not so where nobody could read it here.

    Raises PublisherError where the edition says that it is sealed, and no true seal is there.
    """
    found = seal_damages(holding)
    hint = say("publisher verify {place} tells what to do", place=holding.place)
    graver = [it for it in found if it.kind is not Kind.SEAL_UNREAD]
    if graver:
        raise PublisherError(
            *(Fault(it.message, Remedy.CALLER, holding.at(it.path), hint) for it in graver)
        )
    return not found


def _flaws(lists: bytes, seal: bytes, named: str, keys: tuple[str, ...]) -> Iterator[Damage]:
    """What is wrong with a seal of lists that the edition says was made with the key `named`."""
    maker = sealer(seal)
    if not seal:
        yield from _absent(named, keys)
    elif not maker:
        yield _flaw(Kind.SEAL_BROKEN, say("this is no seal"))
    elif maker != named or (keys and maker not in keys):
        yield _flaw(Kind.SEAL_FOREIGN, _foreign(maker, named))
    else:
        yield from _untrue(is_true(lists, seal, maker))


def _foreign(maker: str, named: str) -> Message:
    key = fingerprint(maker)
    if maker != named:
        return say("the seal was made with another key than the edition names: {key}", key=key)
    return say("the seal was made with a key that you do not know: {key}", key=key)


def _absent(named: str, keys: tuple[str, ...]) -> Iterator[Damage]:
    if named:
        yield _flaw(
            Kind.SEAL_MISSING, say("the edition says that it is sealed; the seal is missing")
        )
    elif keys:
        yield _flaw(Kind.SEAL_MISSING, say("this edition says that it was never sealed"))


def _untrue(verdict: bool | None) -> Iterator[Damage]:
    """What ssh-keygen has against a seal; None is that it gave no verdict."""
    if verdict is None:
        message = say("ssh-keygen is missing or does not run here, so nobody read the seal")
        yield _flaw(Kind.SEAL_UNREAD, message)
    elif not verdict:
        yield _flaw(Kind.SEAL_BROKEN, say("the seal is not of this edition's lists"))


def _flaw(kind: Kind, message: Message) -> Damage:
    return Damage(kind, message, SEAL)


# ---- ssh-keygen ----


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
