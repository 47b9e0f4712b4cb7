"""Seal: a signature over the list of lists, by which a rewritten edition is known (SSHSIG).

It promises to read, without any secret, who made a seal and whom an edition names as its sealer.
Whether the signature is true is for `ssh-keygen` to say (`press/sealing.py`). A seal proves
who made it alone to those who know the key from elsewhere.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import textwrap
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.library.bag import TAG_MANIFEST

SEAL = f"{TAG_MANIFEST}.sig"
SIGNERS = "allowed_signers"
# What the seal is for: a signature of this key for another purpose is no seal.
NAMESPACE = "publisher-edition"
# What an edition calls the owner of its key; ssh-keygen asks for some name.
PRINCIPAL = "sealer"
# In bag-info.txt.
KEY_LABEL = "Seal-Key"

_MAGIC = b"SSHSIG"
_VERSION = 4  # bytes before the key
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70  # characters of a line between the two
# What a line may say of its key: marks of known_hosts and comments, what it is for, how long.
_NOT_FOR_SEALS = re.compile(r"^\s*[#@]|\bcert-authority\b", re.IGNORECASE)
_SPACES = re.compile(r'\bnamespaces="([^"]*)"', re.IGNORECASE)
_TIMED = re.compile(r"\bvalid-(?:after|before)=", re.IGNORECASE)
_KEY = re.compile(r"(?:ssh|ecdsa|sk)-[\w@.-]+ [A-Za-z0-9+/=]+")


def signers(key: str) -> bytes:
    """The file by which `ssh-keygen -Y verify` knows a key (ssh-keygen(1), ALLOWED SIGNERS)."""
    return f'{PRINCIPAL} namespaces="{NAMESPACE}" {key}\n'.encode()


def fingerprint(key: str) -> str:
    """A key's fingerprint as ssh shows it: `SHA256:…`."""
    digest = hashlib.sha256(_blob(key)).digest()
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def sealer(seal: bytes) -> str:
    """The public key that a seal says it was made with; empty for what is no seal.

    A seal has one form, as `ssh-keygen` writes it: nothing can be taken off it or put to it.
    """
    text = seal.decode("utf-8", "replace")
    body = "".join(text.removeprefix(_BEGIN).split(_END)[0].split())
    try:
        content = base64.b64decode(body, validate=True)
        key = _key(next(_fields(content.removeprefix(_MAGIC)[_VERSION:])))
    except (binascii.Error, StopIteration, UnicodeDecodeError):
        return ""
    return key if text == _armoured(content) else ""


def _armoured(content: bytes) -> str:
    rows = textwrap.wrap(base64.b64encode(content).decode(), _WIDTH)
    return "\n".join((_BEGIN, *rows, _END, ""))


def public_keys(file: Path) -> tuple[str, ...]:
    """The keys in a file of public keys or allowed signers that may seal editions.

    Keys that are for something else, or revoked, are none of them. Raises PublisherError where
    there is none, and for a key that is good for a time only: a seal does not say when it was made.
    """
    text = read_file(file).decode("utf-8-sig", "replace")
    found = []
    for number, row in enumerate(text.splitlines(), start=1):
        match = _KEY.search(row)
        if match and _may_seal(row[: match.start()], Place(str(file), number)):
            found.append(match[0])
    if not found:
        raise PublisherError.of(
            say("there is no public key in this file that may seal editions"),
            Remedy.CALLER,
            Place(str(file)),
            say("give the .pub file of the key, or a file of allowed signers"),
        )
    return tuple(found)


def _may_seal(told: str, at: Place) -> bool:
    """Whether a key may, by what stands before it on its line (ssh-keygen(1), ALLOWED SIGNERS)."""
    if _TIMED.search(told):
        raise PublisherError.of(
            say("this key is good for a time only, and a seal does not tell when it was made"),
            Remedy.CALLER,
            at,
            say("give a file with those keys alone that you trust for this edition"),
        )
    spaces = _SPACES.search(told)
    if spaces and not any(fnmatchcase(NAMESPACE, it) for it in spaces[1].split(",")):
        return False
    return not _NOT_FOR_SEALS.search(told)


def _blob(key: str) -> bytes:
    return base64.b64decode(key.split(" ")[1])


def _key(blob: bytes) -> str:
    kind = next(_fields(blob)).decode("ascii")
    return f"{kind} {base64.b64encode(blob).decode()}"


def _fields(content: bytes) -> Iterator[bytes]:
    """The strings of SSH's wire format (RFC 4251, section 5)."""
    while len(content) > _VERSION:
        size = int.from_bytes(content[:4], "big")
        yield content[4 : 4 + size]
        content = content[4 + size :]
