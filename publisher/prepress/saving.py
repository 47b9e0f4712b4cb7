"""Saving: a changed PDF as bytes, the same for the same objects."""

from __future__ import annotations

import io

import pikepdf


def saved(pdf: pikepdf.Pdf, version: str) -> bytes:
    """The bytes of a file that calls itself by a version of PDF: `1.6`."""
    buffer = io.BytesIO()
    pdf.save(
        buffer,
        force_version=version,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return buffer.getvalue()
