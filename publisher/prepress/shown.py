"""Shown: the words that a PDF shows, read from its drawings by the tables that its fonts bring.

It promises what every text operator shows, in the order of the drawing and of the drawings placed
in it (ISO 32000-1, 9.4.3 and 9.10.3). It knows nothing of lines: no blank and no line end is made
up. Where a font has no table, its codes stand for themselves.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name

_OPERATORS = "q Q Tf Tj TJ ' \" Do"
# Nobody places drawings within more drawings than these, but to do harm.
_DEEPEST = 40
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]+>|\[[^\]]*\])")

# A font with the codes that are shown in it, or a drawing that is placed, which has none.
Step = tuple[pikepdf.Object, bytes | None]


class Reader:
    """Reads the pages of one opened file; each font's table and each placed drawing once."""

    def __init__(self) -> None:
        self._tables: dict[tuple[int, int], Mapping[int, str]] = {}
        self._placed: dict[tuple[int, int], str] = {}

    def text(self, drawing: pikepdf.Object, depth: int = 0) -> str:
        """The characters that a page, or a drawing with resources of its own, shows.

        `depth` says within how many others the drawing is placed.
        """
        return "".join(
            self._drawn(it, depth + 1) if codes is None else self._words(it, codes)
            for it, codes in steps(drawing, drawing.get("/Resources", Dictionary()))
        )

    def _drawn(self, form: pikepdf.Object, depth: int) -> str:
        """What a placed drawing shows; every stream is an object with a number of its own."""
        if form.objgen not in self._placed:
            self._placed[form.objgen] = ""  # a drawing that places itself ends here
            self._placed[form.objgen] = self.text(form, depth) if depth <= _DEEPEST else ""
        return self._placed[form.objgen]

    def _words(self, font: pikepdf.Object, codes: bytes) -> str:
        if "/ToUnicode" not in font:
            return codes.decode("latin-1")
        table = self._tables.get(font.ToUnicode.objgen)
        if table is None:
            table = self._tables[font.ToUnicode.objgen] = characters(font)
        return "".join([table.get(number, "") for number in numbers(font, codes)])


def steps(drawing: pikepdf.Object, resources: pikepdf.Object) -> Iterator[Step]:
    """What a drawing shows, step by step: codes in their font, and drawings placed in it."""
    fonts, drawings = (resources.get(it, Dictionary()) for it in ("/Font", "/XObject"))
    font: pikepdf.Object = Dictionary()
    saved: list[pikepdf.Object] = []
    for row in pikepdf.parse_content_stream(drawing, _OPERATORS):
        match str(row.operator):
            case "q":
                saved.append(font)
            case "Q":
                font = saved.pop() if saved else font
            case "Tf":
                font = fonts.get(str(row.operands[0]), Dictionary())
            case "Do":
                yield from _forms(drawings.get(str(row.operands[0]), Dictionary()))
            case name:
                yield font, _codes(name, row.operands)


def _forms(placed: pikepdf.Object) -> Iterator[Step]:
    """What is placed, unless it is a picture."""
    if placed.get("/Subtype") == Name.Form:
        yield placed, None


def _codes(operator: str, operands: Iterable[pikepdf.Object]) -> bytes:
    last = list(operands)[-1]
    rows = last if operator == "TJ" else Array([last])
    return b"".join(bytes(it) for it in rows if isinstance(it, pikepdf.String))


def numbers(font: pikepdf.Object, codes: bytes) -> Iterable[int]:
    """Codes one by one; those of composite fonts have two bytes (Identity-H and -V)."""
    if font.get("/Subtype") != Name.Type0:
        return codes
    return struct.unpack_from(f">{len(codes) // 2}H", codes)


def characters(font: pikepdf.Object) -> dict[int, str]:
    """The characters that a font's table gives, by their codes."""
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(font.ToUnicode.read_bytes()):
        found |= _single(block) if kind == b"bfchar" else dict(_ranges(block))
    return found


def _single(block: bytes) -> dict[int, str]:
    rows = _HEX.findall(block)
    return {int(code, 16): _decoded(text) for code, text in zip(rows[::2], rows[1::2], strict=True)}


def _ranges(block: bytes) -> Iterator[tuple[int, str]]:
    """Codes in a row, whose last characters go up with them or are listed one by one."""
    for low, high, texts in _RANGE.findall(block):
        codes, rows = range(int(low, 16), int(high, 16) + 1), _HEX.findall(texts)
        if texts.startswith(b"["):
            yield from zip(codes, map(_decoded, rows), strict=False)
        else:
            first = _decoded(rows[0])
            yield from ((it, _advanced(first, it - codes[0])) for it in codes)


def _advanced(text: str, steps: int) -> str:
    """A text whose last character is so many steps on."""
    return f"{text[:-1]}{chr(ord(text[-1]) + steps)}" if text else ""


@cache
def _decoded(code: bytes) -> str:
    text = code.decode("ascii")
    return bytes.fromhex(text.zfill(len(text) + len(text) % 2)).decode("utf-16-be", "replace")
