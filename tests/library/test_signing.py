"""Signed copies: made outside the edition, valid for another program, refused with a reason."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from library import frozen

from publisher.ground.errors import Remedy
from publisher.library.seal import SEAL
from publisher.prepress.validity.registry import findings
from tests.reading import environment, publisher, temporary_folder

needs_pyhanko = pytest.mark.skipif(
    find_spec("pyhanko") is None, reason="pyHanko (publisher[pades]) is not installed"
)
PASSPHRASE = "半石桥 1921"
NAME = "tower-keep.pdf"


@cache
def key() -> Path:
    """A PKCS#12 file with a key and a certificate that it gave itself; its passphrase beside it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import pkcs12

    secret, day = Ed25519PrivateKey.generate(), timedelta(days=1)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "半石桥印社")])
    certificate = (
        x509.CertificateBuilder(name, name, secret.public_key(), 1)
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .add_extension(_signs(), critical=True)
        .sign(secret, None)
    )
    file = temporary_folder() / "press.p12"
    locked = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"press", secret, certificate, None, locked)
    )
    file.with_suffix(".txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    file.with_suffix(".der").write_bytes(certificate.public_bytes(serialization.Encoding.DER))
    return file


def _signs() -> object:
    """What the key of a certificate may be used for: to sign documents."""
    from cryptography.x509 import KeyUsage

    return KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def sign(
    target: Path, *, edition: Path | None = None, name: str = NAME, secret: Path, words: Path
) -> subprocess.CompletedProcess[str]:
    """The command, without a terminal to ask in."""
    place = edition or frozen.edition()
    return publisher("sign", place, name, "--key", secret, "--passphrase", words, "--into", target)


def is_valid(copy: bytes) -> bool:
    """Whether pyHanko takes the one signature of a file for true, and for one of the whole file."""
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    (signature,) = PdfFileReader(io.BytesIO(copy)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    own = Certificate.load(key().with_suffix(".der").read_bytes())
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[own]))
    return bool(status.bottom_line)


@needs_pyhanko
def test_a_signed_copy_is_valid_and_holds_the_kept_file_unchanged(tmp_path: Path) -> None:
    before = frozen.digests(frozen.edition())
    run = sign(tmp_path / "out.pdf", secret=key(), words=key().with_suffix(".txt"))
    assert run.returncode == 0, run.stderr
    assert frozen.digests(frozen.edition()) == before
    copy = (tmp_path / "out.pdf").read_bytes()
    kept = (frozen.edition() / "data" / NAME).read_bytes()
    assert copy.startswith(kept)
    assert is_valid(copy)
    assert findings(copy) == ()
    forged = copy.replace(b"/Title", b"/Titel", 1)
    assert forged != copy
    assert not is_valid(forged)


@needs_pyhanko
def test_what_cannot_be_signed_is_refused_with_a_reason(tmp_path: Path) -> None:
    words = key().with_suffix(".txt")
    (tmp_path / "wrong").write_text("wrong\n")
    (tmp_path / "there.pdf").write_bytes(b"x")
    damaged = frozen.laid(frozen.lean_files() | {"data/x": b"x"}, tmp_path / "damaged")
    foreign = frozen.bagged({"a": b"a"}, {})[SEAL]
    resealed = frozen.laid(frozen.lean_files() | {SEAL: foreign}, tmp_path / "resealed")
    inside = frozen.edition() / "signed.pdf"
    out = tmp_path / "out.pdf"
    for run, reason in (
        (sign(out, secret=key(), words=tmp_path / "wrong"), "this key cannot be opened"),
        (sign(out, secret=words, words=words), "this key cannot be opened"),
        (sign(out, secret=key(), words=words, name="tower-epub.epub"), "no PDF of this edition"),
        (sign(out, secret=key(), words=words, edition=damaged), "the edition is damaged"),
        (sign(out, secret=key(), words=words, edition=resealed), "the edition is damaged"),
        (sign(inside, secret=key(), words=words), "editions are never changed"),
        (sign(tmp_path / "there.pdf", secret=key(), words=words), "a file here already"),
    ):
        assert run.returncode == Remedy.CALLER.value, run.stderr
        assert reason in run.stderr
        assert "→" in run.stderr
    assert not out.exists()
    assert not inside.exists()
    assert (tmp_path / "there.pdf").read_bytes() == b"x"


def test_without_pyhanko_a_signature_is_refused_and_the_way_to_it_told(tmp_path: Path) -> None:
    """The program in a Python that cannot find pyHanko."""
    program = (
        "import sys; sys.modules['pyhanko'] = None\n"
        "from publisher.surface.cli import main\n"
        "raise SystemExit(main(sys.argv[1:]))"
    )
    words = ["sign", str(frozen.edition()), NAME, "--key", "k.p12", "--into", "out.pdf"]
    run = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == Remedy.MACHINE.value, run.stderr
    assert "publisher[pades]" in run.stderr
    assert list(tmp_path.iterdir()) == []
