"""Summary: a proof as one page of HTML, with small pictures of the worst lines.

It promises a page that needs no other file, in the language it is told, the same for the same PDF.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.ground.messages import Message, say
from publisher.proofing.findings import Finding, Proof, Spot, TextFigures
from publisher.proofing.reader import Pdf, opened
from publisher.proofing.rules import RULES, UNSQUEEZED, Rule

if TYPE_CHECKING:
    from jinja2 import Template

Worded = Callable[[Message], str]
Mark = tuple[float, float, float, float]
# How many pictures and page numbers of a kind, how sharp the pictures are, and how many leadings of
# the page they show above and below a line.
_SHOWN = 3
_PAGES_NAMED = 40
_DPI = 144
_AROUND = 1.2
# Where the mark around a spot begins before it, and how wide it is, in em.
_BEFORE, _MARKED = 0.2, 2.0
CLEAN = say("nothing was found that a reader would stumble over")
_WORDS: tuple[tuple[str, Message], ...] = (
    ("title", say("proof")),
    ("clean", CLEAN),
    (
        "advice",
        say(
            "Each kind is shown by its worst lines; a red frame marks the place. Not every place "
            "must be mended, but each is worth a look before printing."
        ),
    ),
    ("pages", say("pages of the file with such places:")),
    ("absent", say("looked for and not found")),
    ("figures", say("figures for the book designer")),
    ("size", say("size, leading")),
    ("measure", say("measure")),
    ("full", say("full lines")),
    ("flush", say("of these flush")),
    ("steps", say("from one Han to the next, in em")),
    ("percentiles", say("1st, 50th and 99th of a hundred")),
    ("extremes", say("narrowest, widest")),
    ("register", say("lines on the baseline grid")),
)
_TEXTS = {"body": say("body"), "notes": say("notes")}


@dataclass(frozen=True)
class _Picture:
    """A line as it is printed; `mark` is left, top, width, height of the spot in percent."""

    source: str
    mark: Mark
    where: str
    what: str


@dataclass(frozen=True)
class _Kind:
    """What was found of a kind, in the reader's language; `pages` are those of the file."""

    title: str
    meaning: str
    count: int
    pages: str
    pictures: tuple[_Picture, ...]


def summary(file: Path, proof: Proof, worded: Worded, language: str) -> str:
    """The page for a PDF and its proof. Raises PublisherError when the file cannot be read."""
    with opened(file) as pdf:
        kinds = [_kind(pdf, proof, rule, worded) for rule in _judged(proof)]
    return _template().render(
        language=language,
        name=file.name,
        proof=proof,
        words={name: worded(message) for name, message in _WORDS},
        extent=worded(say("{n} pages, {m} Han", n=proof.pages, m=proof.han)),
        verdict=worded(say("places to look at: {n}", n=len(proof.findings))),
        texts=[(worded(_TEXTS[text.name]), text) for text in proof.texts],
        pairs=worded(pairs_told(proof)),
        found=[kind for kind in kinds if kind.count],
        absent=[kind.title for kind in kinds if not kind.count],
    )


def pairs_told(proof: Proof) -> Message:
    """The pairs of marks of a file, for people."""
    pairs = proof.pairs
    if pairs.are_judged:
        return say("pairs of marks: {n}, set to 2 em: {m}", n=pairs.count, m=pairs.at_2_em)
    return say(
        "pairs of marks: {n}, set to 2 em: {m}; not judged, since {language} keeps marks in full",
        n=pairs.count,
        m=pairs.at_2_em,
        language=proof.language,
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


def _judged(proof: Proof) -> Iterator[Rule]:
    """The rules that a file is held to."""
    return (rule for rule in RULES if proof.pairs.are_judged or rule.kind != UNSQUEEZED)


def _kind(pdf: Pdf, proof: Proof, rule: Rule, worded: Worded) -> _Kind:
    return _Kind(
        worded(rule.title),
        worded(rule.meaning),
        proof.counts[rule.kind],
        _pages(proof, rule.kind),
        _pictures(pdf, proof, rule, worded),
    )


def _pages(proof: Proof, kind: str) -> str:
    """The pages of a file with findings of a kind; the first of them where there are many."""
    own = dict.fromkeys(finding.at.page for finding in proof.findings if finding.kind == kind)
    named = ", ".join(map(str, list(own)[:_PAGES_NAMED]))
    return f"{named}, …" if len(own) > _PAGES_NAMED else named


def _pictures(pdf: Pdf, proof: Proof, rule: Rule, worded: Worded) -> tuple[_Picture, ...]:
    return tuple(
        _Picture(
            *_clipping(pdf, finding.at, proof.texts[0]),
            worded(place(finding)),
            worded(finding.message),
        )
        for finding in worst(proof, rule.kind, _SHOWN)
    )


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
