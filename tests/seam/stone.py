"""Stone: where a few lines of HTML are made into pages, as they are in a book and without the seam.

The house's own engine works in this process. A *peer* is the same engine in a process of its own,
with less of the seam under it: `bare` has none of it, `level` only puts all faces at one height in
their lines, which every paragraph of a book has, whoever sets it.

The page holds 16 lines of 30 em of 10 pt, at x from 30 to 330 pt and 15 pt apart; notes have lines
of 12 pt, 15 pt below the words.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from traceback import format_exc
from typing import Any

from publisher.composition.faces import font_files, read_faces
from publisher.composition.information import Information
from publisher.composition.joining import Placed, joined
from publisher.composition.pages import Engine, Resource
from publisher.composition.seam import guard, register
from publisher.composition.seam.lines import Run
from publisher.ground.errors import PublisherError
from publisher.press import room
from tests.drawing import picture_bytes

ROOT = Path(__file__).resolve().parent.parent.parent
EM, LEADING = 10.0, 15.0
LEFT, RIGHT = 30.0, 330.0
FOOT, HEAD = 30.0, 270.0
SHEET = """
@page { size: 360pt 300pt; margin: 30pt; @footnote { margin-top: 15pt } }
html { font: 10pt/15pt "Publisher Serif SC"; text-align: justify; orphans: 2; widows: 2 }
body, p, h1, ul, ol, dl, dd, blockquote, figure, table, td { margin: 0; padding: 0; border: 0 }
h1 { font-size: inherit; bookmark-level: none }
p { text-indent: 2em }
a { color: inherit; text-decoration: none }
em { font-style: normal }
img { width: 1.5em; height: 1em }
code { font-family: "Publisher Sans SC" }
.kai { font-family: "Publisher Kai" }
.note { float: footnote; footnote-policy: line; font-size: 8pt; line-height: 12pt; text-indent: 0 }
.note::footnote-call { content: "\\2060" counter(footnote); font-size: 6pt; line-height: 1 }
.note::footnote-marker { content: "※" }
rt { font-size: 0.5em; line-height: 0; vertical-align: 1.76em }
"""
RESOURCES = {"dot.png": Resource(picture_bytes("PNG"), "image/png")}


def document(body: str, style: str = "", lang: str = "zh-Hans") -> str:
    """A whole document around what stands in its body."""
    head = f'<meta charset="utf-8"/><title>试</title><style>{style}</style>'
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


# In this process ----------------------------------------------------------------------------------


@cache
def engine() -> Engine:
    """The house's own engine."""
    room.prepare((ROOT / "fonts",))
    return Engine(SHEET, RESOURCES)


def lay_out(body: str, style: str = "", lang: str = "zh-Hans") -> Any:
    """The pages of a body."""
    return engine().lay_out(document(body, style, lang))


def pdf(body: str, style: str = "", lang: str = "zh-Hans") -> bytes:
    """A body as a PDF."""
    return written(engine(), document(body, style, lang))


def written(house: Engine, html: str, lang: str = "zh-Hans") -> bytes:
    """A document as a PDF of the project's fonts."""
    files = font_files(read_faces(ROOT / "fonts"))
    return joined([Placed(house.set(html, "stone"))], Information(title="试", language=lang), files)


def boxes(laid: Any) -> Iterator[Any]:
    """Every box of a document, in the order of its tree."""
    for page in laid.pages:
        found = [page._page_box]
        while found:
            box = found.pop()
            yield box
            found.extend(reversed(getattr(box, "children", ())))


def tags_of(laid: Any, tag: str) -> list[Any]:
    """The boxes of a document that belong to the elements of a name."""
    return [box for box in boxes(laid) if getattr(box, "element_tag", None) == tag]


def is_composed(laid: Any, words: str) -> bool:
    """Whether the composer sets the line of a document that holds some words."""
    (found,) = {
        isinstance(box.pango_layout, Run)
        for box in boxes(laid)
        if words in getattr(box, "text", "")
    }
    return found


# In another process -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """What became of a document: a PDF, or nothing and why: a refusal, or the engine's collapse."""

    pdf: bytes
    refused: str = ""


def make(document: str, engine: Engine) -> Made:
    """A document as a PDF, unless the engine refuses it or falls over it."""
    try:
        return Made(written(engine, document))
    except PublisherError as error:
        return Made(b"", str(error))
    except Exception:
        return Made(b"", format_exc())


class Peer:
    """An engine with another seam, in a process that lives as long as this one.

    `seed` decides how that process hashes strings.
    """

    def __init__(self, name: str, seed: str = "0") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.seam.stone", name],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        atexit.register(self._close)

    def ask(self, document: str) -> None:
        """Let the peer begin with a document."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(document) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Made:
        """What the peer made of the document it was asked for."""
        assert self._process.stdout
        answer = json.loads(self._process.stdout.readline())
        return Made(base64.b64decode(answer["pdf"]), answer["refused"])

    def _close(self) -> None:
        self._process.communicate()


@cache
def peer(name: str) -> Peer:
    """The peer of a name: `bare`, `level` or `whole`."""
    return Peer(name)


def both(document: str, name: str) -> tuple[Made, Made]:
    """What the house's engine and a peer make of a document."""
    peer(name).ask(document)
    return make(document, engine()), peer(name).answer()


def _level() -> None:
    from weasyprint.layout import inline

    inline.strut = register.levelling(inline.strut)
    inline.split_text_box = register.settling(inline.split_text_box)


_SEAMS: dict[str, Callable[[], None]] = {
    "bare": lambda: None,
    "level": _level,
    "whole": guard._replace,
}


def _serve(name: str) -> None:
    guard._replace = _SEAMS[name]
    for line in sys.stdin:
        made = make(json.loads(line), engine())
        answer = vars(made) | {"pdf": base64.b64encode(made.pdf).decode()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1])
