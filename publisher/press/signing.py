"""Signing: a copy of an edition's PDF with an electronic signature (PAdES B-B, EN 319 142-1).

It promises to prove the edition first, to leave it as it lies, and to add to the copy without
changing what is in it. A signature says when it was made, so no two copies are alike. It refuses a
key that cannot be opened, and to go on without pyHanko, which is asked for here alone.
"""

from __future__ import annotations

import io
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.library.bag import PAYLOAD
from publisher.library.holding import held_at
from publisher.library.identity import edition_in
from publisher.library.pages import PDF
from publisher.press.verifying import require_proven

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

_FIELD = "Signature"


def signed_copy(place: Path, file: str, key: Path, passphrase: bytes) -> bytes:
    """The bytes of an edition's PDF, with a signature behind them.

    `key` is a PKCS#12 file with a secret key and its certificates. Raises PublisherError for an
    edition that is damaged, a file that is none of its PDFs, a key that cannot be opened.
    """
    content = _kept(place, file)
    return _signed(content, _signer(key, passphrase))


def require_pyhanko() -> None:
    """Raise PublisherError where pyHanko is missing, before anybody is asked for a passphrase."""
    if find_spec("pyhanko") is None:
        raise PublisherError.of(
            say("pyHanko, which signs PDFs, is not installed"),
            Remedy.MACHINE,
            hint=say("install it with: pip install 'publisher[pades]'"),
        )


def _kept(place: Path, file: str) -> bytes:
    """The bytes of one of the PDFs of an edition that was proven."""
    require_proven(place)
    holding = held_at(place)
    known = [work.file for work in edition_in(holding).works if work.media_type == PDF]
    if file not in known:
        raise PublisherError.of(
            say('"{file}" is no PDF of this edition', file=file),
            Remedy.CALLER,
            Place(str(place)),
            say("its PDFs are: {names}", names=", ".join(known) or "–"),
        )
    return holding.read(PAYLOAD + file)


def _signer(key: Path, passphrase: bytes) -> SimpleSigner:
    from pyhanko.sign.signers import SimpleSigner

    content = read_file(key)
    for words in (passphrase, None):
        # A key without a passphrase wants none rather than an empty one.
        with suppress(ValueError):
            signer: SimpleSigner = SimpleSigner.load_pkcs12_data(content, [], words)
            return signer
    raise PublisherError.of(
        say("this key cannot be opened"),
        Remedy.CALLER,
        Place(str(key)),
        say("give a PKCS#12 file (.p12, .pfx) with key and certificate, and its passphrase"),
    )


def _signed(content: bytes, signer: SimpleSigner) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    wish = PdfSignatureMetadata(field_name=_FIELD, subfilter=SigSeedSubFilter.PADES)
    # Off the page it needs no tag, and a file to keep stays one (ISO 14289-1, 7.18.1).
    unseen = SigFieldSpec(_FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    signing = PdfSigner(wish, signer, new_field_spec=unseen)
    made: io.BytesIO = signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)))
    return made.getvalue()
