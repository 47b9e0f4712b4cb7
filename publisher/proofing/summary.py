"""Summary: a proof as one page of HTML, with small pictures of the worst lines.

It promises a page that needs no other file, in the language it is told, the same for the same PDF.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.ground.messages import Message, say
from publisher.proofing.findings import Finding, Proof, Spot, TextFigures
from publisher.proofing.reader import Pdf, opened
from publisher.proofing.rules import RULES, Rule

if TYPE_CHECKING:
    from jinja2 import Template

Worded = Callable[[Message], str]
Mark = tuple[float, float, float, float]
# How many pictures of a kind, how sharp, and how many leadings of the page above and below a line.
_SHOWN = 3
_DPI = 144
_AROUND = 1.2
# Where the mark around a spot begins before it, and how wide it is, in em.
_BEFORE, _MARKED = 0.2, 2.0
CLEAN = say("nothing was found that a reader would stumble over")
_WORDS: tuple[tuple[str, Message], ...] = (
    ("title", say("proof")),
    ("clean", CLEAN),
    ("found", say("what was found")),
    ("count", say("places")),
    ("meaning", say("what it means")),
    ("figures", say("figures")),
    ("size", say("size, leading")),
    ("measure", say("measure")),
    ("full", say("full lines")),
    ("flush", say("of these flush")),
    ("steps", say("from one Han to the next, in em")),
    ("percentiles", say("1st, 50th and 99th of a hundred")),
    ("extremes", say("narrowest, widest")),
    ("register", say("lines on the baseline grid")),
    ("worst", say("the worst lines")),
)
_TEXTS = {"body": say("body"), "notes": say("notes")}


@dataclass(frozen=True)
class _Picture:
    """A line as it is printed; `mark` is left, top, width, height of the spot in percent."""

    source: str
    mark: Mark
    where: str
    what: str


def summary(file: Path, proof: Proof, worded: Worded, language: str) -> str:
    """The page for a PDF and its proof. Raises PublisherError when the file cannot be read."""
    with opened(file) as pdf:
        shown = [(rule, _pictures(pdf, proof, rule, worded)) for rule in RULES]
    counts = proof.counts
    return _template().render(
        language=language,
        name=file.name,
        proof=proof,
        words={name: worded(message) for name, message in _WORDS},
        extent=worded(say("{n} pages, {m} Han", n=proof.pages, m=proof.han)),
        verdict=worded(say("places to look at: {n}", n=len(proof.findings))),
        texts=[(worded(_TEXTS[text.name]), text) for text in proof.texts],
        kinds=[(counts[rule.kind], worded(rule.title), worded(rule.meaning)) for rule in RULES],
        worst=[(worded(rule.title), pictures) for rule, pictures in shown if pictures],
    )


def worst(proof: Proof, kind: str, most: int) -> list[Finding]:
    """The worst findings of a kind, in the order of the pages."""
    own = [finding for finding in proof.findings if finding.kind == kind]
    chosen = sorted(own, key=lambda finding: -finding.amount)[:most]
    return sorted(chosen, key=lambda finding: (finding.at.page, finding.at.line))


def place(finding: Finding) -> Message:
    """Where a finding stands, for people."""
    at = finding.at
    if at.label in ("", str(at.page)):
        return say("page {page}, line {line}", page=at.page, line=at.line)
    return say("page {page} ({label}), line {line}", page=at.page, label=at.label, line=at.line)


def _pictures(pdf: Pdf, proof: Proof, rule: Rule, worded: Worded) -> list[_Picture]:
    return [
        _Picture(
            *_clipping(pdf, finding.at, proof.texts[0]),
            worded(place(finding)),
            worded(finding.message),
        )
        for finding in worst(proof, rule.kind, _SHOWN)
    ]


def _clipping(pdf: Pdf, at: Spot, body: TextFigures) -> tuple[str, Mark]:
    """A line with its neighbours over the page's whole width, as a data URL, and the mark on it."""
    width, height = pdf.size(at.page)
    _, low, _, high = at.box
    bottom = max(low - _AROUND * body.leading, 0)
    top = min(high + _AROUND * body.leading, height)
    part = (top - bottom) / 100
    mark = (
        100 * (at.x - _BEFORE * body.size) / width,
        (top - high) / part,
        100 * _MARKED * body.size / width,
        (high - low) / part,
    )
    return _data_url(pdf, at.page, bottom, top), mark


def _data_url(pdf: Pdf, page: int, bottom: float, top: float) -> str:
    held = io.BytesIO()
    pdf.picture(page, bottom, top, _DPI).save(held, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(held.getvalue()).decode('ascii')}"


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    text = Path(__file__).with_name("summary.html").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text)
