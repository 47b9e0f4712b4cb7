"""Paper: markup for small books whose lines are known beforehand, to be set by plain WeasyPrint."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from publisher.press.places import font_folders
from publisher.press.room import prepare
from publisher.proofing.findings import Proof
from publisher.proofing.proof import proof
from tests.reading import ROOT

# 20 characters of 10 pt and 8 lines of 16 pt on a page.
SHEET = """
@page { size: 280pt 200pt; margin: 36pt 40pt; @bottom-center { content: counter(page) } }
html { font: 10pt/16pt "Publisher Serif SC"; font-variant-ligatures: none; widows: 2; orphans: 2 }
body { margin: 0 -0.05pt 0 0 }
p { margin: 0; text-indent: 2em; text-align: justify }
"""
MEASURE, INDENT = 20, 2
VERSE = "云对雨雪对风晚照对晴空来鸿对去燕宿鸟对鸣虫三尺剑六钧弓岭北对江东"

# `proof_in` with its folder given.
Prove = Callable[..., Proof]


def han(count: int) -> str:
    """So many Han without any mark."""
    return (VERSE * (count // len(VERSE) + 1))[:count]


def paragraph(lines: int, last: int = 10, measure: int = MEASURE, indent: int = INDENT) -> str:
    """A paragraph of so many lines, the last with so many Han; every full line is flush."""
    return f"<p>{han(measure * (lines - 1) - indent + last)}</p>"


def proof_in(folder: Path, body: str, sheet: str = "", language: str = "zh-Hans") -> Proof:
    """The proof of what plain WeasyPrint makes of a body of markup; it is left as `plain.pdf`."""
    file = folder / "plain.pdf"
    _plain().submit(_write_pdf, file, body, sheet, language).result()
    return proof(file)


@cache
def _plain() -> ProcessPoolExecutor:
    """A process with an engine that nothing was put under; in this one a build may have been."""
    fonts = font_folders(ROOT / "essays")
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=prepare, initargs=(fonts,))


def _write_pdf(file: Path, body: str, sheet: str, language: str) -> None:
    from weasyprint import HTML

    markup = f'<html lang="{language}"><style>{SHEET}{sheet}</style><body>{body}'
    HTML(string=markup).write_pdf(file)
