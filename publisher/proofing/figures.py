"""Figures: what a measured file comes to in numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from publisher.proofing.findings import Gap, Pairs, Proof, Register, Steps, TextFigures
from publisher.proofing.gaps import gaps
from publisher.proofing.grid import register
from publisher.proofing.measuring import Measured, spot
from publisher.proofing.pairs import are_squeezed_in
from publisher.proofing.paragraphs import Paragraph, Placed
from publisher.proofing.rules import findings_of
from publisher.proofing.texts import Text, fullest


def proof_of(file: str, book: Measured) -> Proof:
    """The proof of a file: figures and findings."""
    return Proof(
        file,
        book.language,
        len(book.pages),
        sum(line.han for page in book.pages for line in page.lines),
        tuple(map(_text_figures, book.texts, book.paragraphs)),
        _steps(book.body),
        _pairs(book),
        register(book.texts[0]) if book.texts else Register(0, 0),
        findings_of(book),
    )


def _text_figures(text: Text, paragraphs: tuple[Paragraph, ...]) -> TextFigures:
    full = [(placed, edge) for paragraph in paragraphs for placed, edge in paragraph.full]
    return TextFigures(
        text.name,
        text.size,
        text.leading,
        fullest(frame.right - frame.left for frame in text.frames.values()),
        len(paragraphs),
        sum(len(paragraph.lines) for paragraph in paragraphs),
        len(full),
        sum(placed.short_of(edge) == 0 for placed, edge in full),
        sum(paragraph.ends_on_single_han for paragraph in paragraphs),
    )


def _steps(paragraphs: tuple[Paragraph, ...]) -> Steps | None:
    """The Han-to-Han steps of the body; None where no two Han stand together."""
    lines = [placed for paragraph in paragraphs for placed in paragraph.lines]
    steps = array("d", sorted(gap.step for placed in lines for gap in gaps(placed.line)))
    if not steps:
        return None
    return Steps(
        len(steps),
        _percentile(steps, 1),
        _percentile(steps, 50),
        _percentile(steps, 99),
        _first(lines, steps[0]),
        _first(lines, steps[-1]),
    )


def _pairs(book: Measured) -> Pairs:
    loose = sum(pair.is_loose for _, pair in book.pairs)
    return Pairs(len(book.pairs), loose, are_squeezed_in(book.language))


def _first(lines: Iterable[Placed], step: float) -> Gap:
    """The first place with a step."""
    return next(
        Gap(step, spot(placed.page, placed.line, gap.place))
        for placed in lines
        for gap in gaps(placed.line)
        if gap.step == step
    )


def _percentile(ordered: Sequence[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed (nearest rank)."""
    return ordered[max(-(-len(ordered) * percent // 100) - 1, 0)]
