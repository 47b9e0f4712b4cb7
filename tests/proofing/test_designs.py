"""Every kind of fault in books of different design, among text that only looks like one.

Each fault has a twin without it, set in the same way. Beside both stand ragged lines, verse, a
quotation, a list and notes, in which nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.proofing.paper import Prove, han, paragraph, proof_in


@pytest.fixture
def prove(tmp_path: Path) -> Prove:
    """Sets markup in the test's folder and measures it."""
    return partial(proof_in, tmp_path)


@dataclass(frozen=True)
class Design:
    """A page in pt: the type's size and leading, characters on a line, lines on a page, indent."""

    size: int
    leading: int
    measure: int
    lines: int
    indent: int
    page: str = "auto"

    @property
    def sheet(self) -> str:
        """The design as a style sheet."""
        width, height = self.size * self.measure, self.leading * self.lines
        # Half a point more than the lines need.
        size = self.page if self.page != "auto" else f"{width + 90}pt {height + 100}pt"
        return f"""
        @page {{ size: {size}; margin: 50pt auto auto 45pt; width: {width}pt;
          height: {height + 0.5}pt; @bottom-center {{ content: counter(page) }} }}
        html {{ font-size: {self.size}pt; line-height: {self.leading}pt }}
        p {{ text-indent: {self.indent}em;
          margin-bottom: {0 if self.indent else self.leading}pt }}
        section {{ break-before: page }}
        .right {{ text-align: right }} .verse {{ padding-left: 3em }}
        ul, blockquote, .verse {{ margin: {self.leading}pt 0; padding-left: 2em }}
        blockquote {{ padding-right: 2em }} blockquote p {{ margin: 0 }}
        .note {{ float: footnote; font-size: 0.8em; line-height: 1.3; text-indent: 0 }}
        .note::footnote-call {{ font-size: 0.6em; line-height: 0 }}
        """

    def paragraph(self, lines: int, last: int = 5) -> str:
        """A paragraph whose full lines are flush."""
        return paragraph(lines, last, self.measure, self.indent)

    def line(self, text: str, rest: int = 30) -> str:
        """A paragraph whose first line ends with a text, broken off there."""
        fill = self.measure - self.indent - len(text)
        return f"<p>{han(fill)}{text}<br/>{han(rest)}</p>"

    @property
    def neighbours(self) -> str:
        """What only looks like a fault."""
        verse = "".join(f"<div>{han(n)}</div>" for n in (7, 5, 7, 5))
        note = f'<span class="note">{han(self.measure)}</span>'
        return (
            f"<section>{self.paragraph(3)}<p class=right>{han(6)}</p>"
            f"<div class=verse>{verse}</div>{self.paragraph(2)}</section>"
            f"<section><blockquote><p>{han(3 * self.measure)}</p></blockquote>"
            f"<p>{han(9)}{note}{han(4)}</p><p>{han(self.measure)}<br/>{han(4)}<br/>{han(6)}</p>"
            f"</section><section><ul><li>{han(4)}<li>{han(2 * self.measure)}<li>{han(3)}</ul>"
            f"{self.paragraph(3)}</section>"
        )


DESIGNS = {
    "A4": Design(12, 20, 36, 30, 2, "A4"),
    "pocket": Design(8, 13, 22, 24, 0),
    "large print": Design(16, 28, 24, 18, 2),
}
Make = Callable[[Design], str]


def _spaced(spacing: float) -> Make:
    def made(design: Design) -> str:
        pair = f'<span style="letter-spacing: {spacing}em">花开</span>'
        return f"{design.paragraph(3)}<p>{han(4)}{pair}{han(4)}</p>"

    return made


def _pressed(spacing: float) -> Make:
    return lambda design: (
        f'<p>{han(4)}<span style="letter-spacing: {spacing}em">：</span>“{han(4)}”</p>'
    )


def _turned(lines: int, more: str) -> Make:
    """A paragraph that begins so many lines before the end of the page."""
    return lambda design: (
        f'<div style="height: {design.leading * (design.lines - lines)}pt">{design.paragraph(3)}'
        f'</div><div style="{more}">{design.paragraph(4 if lines == 1 else lines + 1)}</div>'
    )


def _moved(leadings: float) -> Make:
    return lambda design: (
        f"{design.paragraph(3)}"
        f'<div style="padding-top: {leadings * design.leading}pt">{design.paragraph(4)}</div>'
    )


LOOSE = "widows: 1; orphans: 1"
# A kind of finding, what shows it, and the same without the fault.
FAULTS: dict[str, tuple[Make, Make]] = {
    "not-flush": (lambda d: d.line("").replace("云", "", 1), lambda d: d.line("")),
    "line-start": (
        lambda d: d.line("").replace("<br/>", "<br/>，"),
        lambda d: d.line("，"),
    ),
    "line-end": (lambda d: d.line("（"), lambda d: d.line("）")),
    "split-mark": (
        lambda d: d.line("…").replace("<br/>", "<br/>…"),
        lambda d: d.line("……"),
    ),
    "unsqueezed": (_pressed(0), _pressed(-0.5)),
    "single-han": (
        lambda d: f"<p>{han(2 * d.measure - d.indent)}雨。</p>",
        lambda d: f"<p>{han(2 * d.measure - d.indent)}雨晴</p>",
    ),
    "page-top": (_turned(4, LOOSE), _turned(4, "")),
    "page-foot": (_turned(1, LOOSE), _turned(1, "")),
    "wide-gap": (_spaced(0.2), _spaced(0.1)),
    "narrow-gap": (_spaced(-0.1), _spaced(-0.03)),
    "tofu": (lambda d: f"<p>{han(4)}𓀀{han(4)}</p>", lambda d: f"<p>{han(4)}鹭{han(4)}</p>"),
    "off-grid": (_moved(1.3), _moved(1)),
}


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_found_and_its_clean_twin_has_none(prove: Prove, kind: str, name: str) -> None:
    design = DESIGNS[name]
    faulty, clean = FAULTS[kind]
    found = prove(f"{faulty(design)}{design.neighbours}", design.sheet)
    assert [finding.kind for finding in found.findings] == [kind]
    assert found.findings[0].at.page == 1 + (kind == "page-top")
    assert prove(f"{clean(design)}{design.neighbours}", design.sheet).findings == ()
