"""Catalogue tool: the Chinese messages gathered from the code, kept in order, and compiled.

    python -m tests.catalogue            bring publisher.po up to date and compile publisher.mo
    python -m tests.catalogue --check    write nothing; end with 1 where something is not current

The `.po` file is written by people: a new message appears in it with an empty translation, a
message that the code no longer has is taken out. The same `.po` always gives the same `.mo`.
"""

from __future__ import annotations

import argparse
import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "publisher" / "locale" / "zh" / "LC_MESSAGES" / "publisher.po"
MO = PO.with_suffix(".mo")

# Functions whose first argument is a text for people.
_SPEAKERS = {"say", "_", "translated"}
_ENTRY = re.compile(
    r'^msgid ((?:"(?:[^"\\]|\\.)*"\n)+)msgstr ((?:"(?:[^"\\]|\\.)*"\n)+)', re.MULTILINE
)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_PLAIN = {"\\\\": "\\", '\\"': '"', "\\n": "\n", "\\t": "\t"}

# What the standard library's argparse says through the same catalogue (Python 3.11 to 3.13).
ARGPARSE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "show program's version number and exit",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at least one argument",
    "ambiguous option: %(option)s could match %(matches)s",
    "invalid %(type)s value: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "%(prog)s: error: %(message)s\n",
)

HEADER = """\
Project-Id-Version: publisher
Language: zh
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
"""
_PREFACE = """\
# What publisher says, in Simplified Chinese.
# After a change: python -m tests.catalogue
"""


def messages(package: Path = ROOT / "publisher") -> dict[str, tuple[str, ...]]:
    """Every text that is put into the reader's language, with the files that say it."""
    found: dict[str, dict[str, None]] = {}
    for file in sorted(package.rglob("*.py")):
        name = file.relative_to(package.parent).as_posix()
        for text in _texts(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(text, {})[name] = None
    for text in ARGPARSE:
        found.setdefault(text, {})["argparse"] = None
    return {text: tuple(names) for text, names in found.items()}


def unreadable(package: Path = ROOT / "publisher") -> list[str]:
    """Places where `say` is given something else than a literal, which no tool can gather."""
    return [
        f"{file.relative_to(package.parent)}:{call.lineno}"
        for file in sorted(package.rglob("*.py"))
        for call in _calls(ast.parse(file.read_text(encoding="utf-8")))
        if _name(call.func) == "say" and not (call.args and _literal(call.args[0]))
    ]


def read_po(text: str) -> dict[str, str]:
    """Translations by message, without the header."""
    entries = {_unquoted(match[1]): _unquoted(match[2]) for match in _ENTRY.finditer(text)}
    entries.pop("", None)
    return entries


def written_po(found: dict[str, tuple[str, ...]], translations: dict[str, str]) -> str:
    """The text of a `.po` file that has exactly the found messages."""
    rows = [f'{_PREFACE}msgid ""\nmsgstr ""\n{_quoted_lines(HEADER)}']
    for text, names in found.items():
        own = translations.get(text, "")
        places = "".join(f"#: {name}\n" for name in names)
        rows.append(f"{places}msgid {_quoted(text)}\nmsgstr {_quoted(own)}\n")
    return "\n".join(rows)


def compiled(translations: dict[str, str]) -> bytes:
    """The bytes of a `.mo` file (GNU gettext manual, "The Format of GNU MO Files")."""
    full = {"": HEADER} | {text: own for text, own in translations.items() if own}
    rows = sorted((text.encode(), own.encode()) for text, own in full.items())
    count, start = len(rows), 7 * 4
    texts_at = start + 2 * count * 8
    owns_at = texts_at + sum(len(text) + 1 for text, _ in rows)
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + count * 8, 0, texts_at)
    keys = _index([text for text, _ in rows], texts_at)
    values = _index([own for _, own in rows], owns_at)
    body = b"".join(text + b"\0" for text, _ in rows) + b"".join(own + b"\0" for _, own in rows)
    return head + keys + values + body


def main(arguments: list[str] | None = None) -> int:
    """Bring the catalogue up to date, or say where it is not; 1 where a translation is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.catalogue", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    only_check = parser.parse_args(arguments).check
    found = messages()
    old = PO.read_text(encoding="utf-8") if PO.is_file() else ""
    translations = read_po(old)
    new = written_po(found, translations)
    current = {text: translations.get(text, "") for text in found}
    stale = new != old or not MO.is_file() or MO.read_bytes() != compiled(current)
    if stale and not only_check:
        PO.write_text(new, encoding="utf-8")
        MO.write_bytes(compiled(current))
    missing = [text for text, own in current.items() if not own]
    for text in missing:
        sys.stderr.write(f"not translated: {text}\n")
    for text in translations.keys() - found.keys():
        sys.stderr.write(f"no longer said: {text}\n")
    return 1 if missing or (stale and only_check) else 0


def _texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _spoken(node)
        elif isinstance(node, ast.ClassDef) and node.name == "Severity":
            yield from _constants(node)


def _spoken(call: ast.Call) -> Iterator[str]:
    """The literal of `say("…")` and its like; the names of the stages that a watch is told."""
    if _name(call.func) in _SPEAKERS and call.args:
        yield from filter(None, [_literal(call.args[0])])
    if _name(call.func) in ("watch", "progress"):
        yield from filter(None, map(_literal, call.args))
    if any(_name(argument) == "watch" for argument in call.args):
        yield from filter(None, map(_literal, call.args))


def _constants(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign):
            yield from filter(None, [_literal(line.value)])


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(node: ast.expr) -> str:
    """A name, or that of an attribute without the sign that it is private."""
    if isinstance(node, ast.Attribute):
        return node.attr.removeprefix("_")
    return node.id if isinstance(node, ast.Name) else ""


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _index(texts: list[bytes], offset: int) -> bytes:
    rows = b""
    for text in texts:
        rows += struct.pack("<2I", len(text), offset)
        offset += len(text) + 1
    return rows


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def _quoted_lines(text: str) -> str:
    return "".join(f"{_quoted(line)}\n" for line in text.splitlines(keepends=True))


def _unquoted(rows: str) -> str:
    text = "".join(match[1] for match in _QUOTED.finditer(rows))
    return re.sub(r"\\.", lambda match: _PLAIN[match[0]], text)


if __name__ == "__main__":
    raise SystemExit(main())
