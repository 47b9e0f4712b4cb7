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
    """The keys in a file of public keys or allowed signers, without their comments.

    Raises PublisherError where there is none.
    """
    text = read_file(file).decode("utf-8", "replace")
    rows = (row for row in text.split("\n") if not row.startswith("#"))
    found = tuple(match[0] for row in rows if (match := _KEY.search(row)))
    if not found:
        raise PublisherError.of(
            say("there is no public key in this file"),
            Remedy.CALLER,
            Place(str(file)),
            say("give the .pub file of the key, or a file of allowed signers"),
        )
    return found


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
