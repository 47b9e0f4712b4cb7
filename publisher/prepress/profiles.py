"""Profiles: what the colours of a file mean, in ICC profiles that the file brings along.

Two of them: sRGB, and offset printing on coated paper (FOGRA39). Their licences lie beside them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pikepdf
from pikepdf import Dictionary, Name, String

_COATED = "FOGRA39L_coated.icc"
_REGISTRY = "http://www.color.org"


def srgb_profile(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The stream of sRGB, which the setting engine brings along."""
    return pdf.make_indirect(pdf.make_stream(_srgb(), N=3))


def coated_paper(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The output intent of a file for a press (ISO 15930-7, 6.2.2)."""
    profile = pdf.make_indirect(pdf.make_stream(_coated(), N=4))
    name = "ISO Coated v2 (FOGRA39), ISO 12647-2:2004/Amd 1"
    return _intent(pdf, Name.GTS_PDFX, "FOGRA39", name, profile)


def screen_colours(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The output intent of a file to keep (ISO 19005-3, 6.2.3)."""
    name = "sRGB IEC61966-2.1"
    return _intent(pdf, Name.GTS_PDFA1, name, name, srgb_profile(pdf))


def _intent(
    pdf: pikepdf.Pdf, kind: Name, condition: str, name: str, profile: pikepdf.Object
) -> pikepdf.Object:
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=kind,
        OutputConditionIdentifier=String(condition),
        OutputCondition=String(name),
        RegistryName=String(_REGISTRY),
        Info=String(name),
        DestOutputProfile=profile,
    )
    return pdf.make_indirect(intent)


@cache
def _coated() -> bytes:
    return files("publisher.prepress").joinpath("profiles", _COATED).read_bytes()


@cache
def _srgb() -> bytes:
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
