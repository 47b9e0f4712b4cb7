"""Docs tool: the parts of docs/ that are made from the code, and what their examples become.

    python -m tests.docs            write the generated parts
    python -m tests.docs --check    write nothing; end with 1 where a page is not current

Two things are generated. What stands between `<!-- generated: NAME -->` and `<!-- /generated -->`
comes from `PARTS`. And an example is followed by a block that holds what the product makes of it:

    markdown          then html: the markup of the essay
    markdown refused  then text: the faults
    toml refused      then text: the faults of a collection.toml
    txt               then md:   the manuscript that an import writes
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any

from publisher.composition.faces import read_faces
from publisher.composition.layout import LayoutForm
from publisher.composition.markup import essay_markup
from publisher.composition.paging import paged_medium
from publisher.editorial.declarations import declaration_schema, read_declaration
from publisher.editorial.manuscripts import read_manuscript
from publisher.editorial.markdown import read_markdown
from publisher.formats.registry import FORMATS, Kind
from publisher.ground.errors import PublisherError
from publisher.ground.forms import schema
from publisher.inspection.registry import RULES
from publisher.intake.encodings import decode
from publisher.intake.essays import drafted
from publisher.intake.plan import Plan, line_count
from publisher.intake.reading import Reading
from publisher.intake.splitting.proposal import propose
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import SCRIPTS
from publisher.typography.pagesize import PAPERS, SIZES
from tests.bench.prospect import growth_table, million_table

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

_PART = re.compile(r"(<!-- generated: ([\w./-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
_FENCE = re.compile(r"^(`{3,})([^`\n]*)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)

# What follows an example, by the words after its opening marks.
_RESULTS = {"markdown": "html", "markdown refused": "text", "toml refused": "text", "txt": "md"}

# One short example for each key; a key without one stops the tool.
COLLECTION_EXAMPLES = {
    "Declaration": {
        "title": 'title = "篮子放下来"',
        "slug": 'slug = "lower-the-baskets"',
        "subtitle": 'subtitle = "砻渡镇的一个冬天"',
        "editors": 'editors = ["祝筱萍", "邵一帆"]',
        "date": 'date = "2020-06-01"',
        "version": 'version = "1.1"',
        "identifier": 'identifier = "978-7-0000-0000-0"',
        "rights": 'rights = "文字归各作者所有。"',
        "description": 'description = "一个镇子怎样过冬。"',
        "language": 'language = "zh-Hans"',
        "imprint": "[imprint]",
        "front": "[front]",
        "essays": 'essays = ["01-snow.md", "02-bus.md"]',
        "part": "[[part]]",
        "back": "[back]",
        "printing": "[[printing]]",
        "contributor": "[[contributor]]",
        "shelf": "[shelf]",
        "output": "[[output]]",
    },
    "ImprintTable": {
        "name": 'name = "半石桥印社"',
        "place": 'place = "砻渡"',
        "printer": 'printer = "砻渡印刷厂"',
        "price": 'price = "28元"',
    },
    "PrintingTable": {
        "date": 'date = "2021-03"',
        "edition": "edition = 2",
        "number": "number = 3",
        "copies": "copies = 500",
    },
    "SectionTable": {"essays": 'essays = ["preface.md"]'},
    "PartTable": {"title": 'title = "停运"', "essays": 'essays = ["01-snow.md"]'},
    "ContributorTable": {"name": 'name = "卢有田"', "note": 'note = "3路司机，十九年。"'},
    "ShelfTable": {"url": 'url = "https://books.example.org"'},
    "OutputTable": {
        "name": 'name = "screen-hans"',
        "format": 'format = "screen"',
        "script": 'script = "hant-tw"',
        "layout": 'layout = "chapbook"',
        "page": 'page = "B6"',
        "options": "options = { cover = false }",
    },
}
# The line that opens each table in a collection.toml.
COLLECTION_HEADS = {
    "Declaration": "",
    "ImprintTable": "[imprint]",
    "SectionTable": "[front]",
    "PartTable": "[[part]]",
    "PrintingTable": "[[printing]]",
    "ContributorTable": "[[contributor]]",
    "ShelfTable": "[shelf]",
    "OutputTable": "[[output]]",
}
LAYOUT_EXAMPLES = {
    "LayoutForm": {
        "name": 'name = "lantern"',
        "licence": 'licence = "CC-BY-4.0"',
        "description": 'description = "Large type for reading aloud."',
        "extends": 'extends = "base"',
        "order": 'order = ["cover", "title-page", "contents", "parts"]',
        "design": "[design]",
        "tokens": 'tokens.cover-ground = "#2f4147"',
        "fonts": 'fonts.body.hans = ["Publisher Serif SC"]',
        "pages": "[pages.part]",
        "words": 'words.hans.contents = "目次"',
    },
    "DesignTable": {
        "size": "size = 10.5",
        "leading": "leading = 17.0",
        "width": "width = 0.75",
        "height": "height = 0.74",
        "inner": "inner = 0.5",
        "top": "top = 0.43",
        "characters": "characters = 30",
        "lines": "lines = 26",
    },
    "PageTable": {"start": 'start = "recto"', "numbering": 'numbering = "front"'},
}
LAYOUT_HEADS = {"LayoutForm": "", "DesignTable": "[design]", "PageTable": "[pages.part]"}


@dataclass(frozen=True)
class Fence:
    """A block between rows of backticks: the words after the opening row, its text, its span."""

    info: str
    text: str
    start: int
    end: int


def fences(text: str) -> list[Fence]:
    """Every fenced block of a Markdown text, in order."""
    return [
        Fence(match[2].strip(), match[3], match.start(3), match.end(3))
        for match in _FENCE.finditer(text)
    ]


def pages() -> list[Path]:
    """The pages that may hold generated parts."""
    return sorted(DOCS.glob("*.md"))


def current(text: str) -> str:
    """A page's text with every generated part made anew."""
    text = _PART.sub(lambda match: match[1] + PARTS[match[2]]() + match[3], text)
    rows = fences(text)
    for example, result in reversed(list(pairwise(rows))):
        kind = _RESULTS.get(example.info)
        if kind is None:
            continue
        if result.info != kind:
            raise ValueError(f"a {kind} block must follow: {example.text!r}")
        text = text[: result.start] + outcome(example) + text[result.end :]
    return text


def outcome(example: Fence) -> str:
    """What the product makes of an example: markup, faults or a manuscript."""
    content = example.text.encode()
    match example.info:
        case "markdown":
            return essay_markup(manuscript(example.text), paged_medium()) + "\n"
        case "markdown refused":
            return _faults(lambda: manuscript(example.text))
        case "toml refused":
            return _faults(lambda: read_declaration(content, "collection.toml"))
        case _:
            return imported(content)


def imported(content: bytes) -> str:
    """The manuscript that an import writes for a text of one essay."""
    reading = Reading(decode(content, "essay.txt").text, "")
    items = tuple(replace(item, confirmed=True) for item in propose(reading))
    lines, characters = line_count(reading.text), len(reading.text)
    plan = Plan("essay.txt", "", "", lines, characters, "", item=items)
    (draft,) = drafted(reading, plan, "essay").drafts
    return draft.content.decode()


def manuscript(text: str) -> Manuscript:
    """An example as an essay: with its own front matter, or with none."""
    if text.startswith("---\n"):
        return read_manuscript(text.encode(), "essay.md", "essay.md")
    blocks, notes = read_markdown(text, "essay.md")
    return Manuscript("essay.md", "例", "", (), "", "", "", blocks, notes)


def _faults(step: Callable[[], object]) -> str:
    try:
        step()
    except PublisherError as error:
        return "".join(_fault_lines(error))
    raise ValueError("an example that is said to be refused is not")


def _fault_lines(error: PublisherError) -> Iterator[str]:
    for fault in error.faults:
        yield f"error: {fault.at}: {fault.message}\n"
        if fault.hint:
            yield f"  → {fault.hint}\n"


def keys(description: dict[str, Any], name: str, examples: dict[str, str]) -> str:
    """The keys of one table of a schema, as a Markdown table."""
    table = description["$defs"].get(name, description)
    needed = table.get("required", ())
    rows = [("Key", "What it says", "What to write", "If left out", "Example")]
    for key, own in table["properties"].items():
        text = own.get("description") or _described(own, description)
        absent = "must be there" if key in needed else _absent(own)
        rows.append((f"`{key}`", text, _kind(own), absent, f"`{examples[key]}`"))
    return markdown_table(rows)


def markdown_table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows as a Markdown table, the first as its head."""
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _kind(own: dict[str, Any]) -> str:
    """What a key wants, in words for people."""
    if "enum" in own:
        return "one of " + ", ".join(f'`"{value}"`' for value in own["enum"])
    if "anyOf" in own:
        kinds = [_kind(one) for one in own["anyOf"] if one.get("type") != "null"]
        return kinds[0] if len(kinds) == 1 else " or ".join(kinds)
    if "$ref" in own:
        return "a table"
    if own["type"] == "array":
        return "tables, one after another" if "$ref" in own["items"] else "a list of texts"
    return _KINDS[own["type"]]


def _described(own: dict[str, Any], description: dict[str, Any]) -> str:
    """The text of the table that a key holds, for a key that has none of its own."""
    return str(description["$defs"][own["$ref"].rsplit("/", 1)[1]]["description"])


_KINDS = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "names and values",
}


def _absent(own: dict[str, Any]) -> str:
    default = own.get("default")
    if isinstance(default, str) and default:
        return f'`"{default}"`'
    return "–"


def _collection_keys(name: str) -> Callable[[], str]:
    return lambda: keys(declaration_schema(), name, COLLECTION_EXAMPLES[name])


def _layout_keys(name: str) -> Callable[[], str]:
    return lambda: keys(schema(LayoutForm, "layout.toml"), name, LAYOUT_EXAMPLES[name])


def _formats() -> str:
    rows = [("Format", "Options")]
    for row in FORMATS.values():
        options = (f"`{name}` ({_option_kind(kind)})" for name, kind in row.options)
        rows.append((f"`{row.name}`", ", ".join(options) or "none"))
    return markdown_table(rows)


def _option_kind(kind: Kind) -> str:
    if isinstance(kind, tuple):
        return "one of " + ", ".join(f'`"{word}"`' for word in kind)
    if isinstance(kind, UnionType):
        return _OPTION_KINDS.get(kind) or " or ".join(map(_option_kind, kind.__args__))
    return _OPTION_KINDS[kind]


_OPTION_KINDS: dict[type | UnionType, str] = {
    bool: "true or false",
    int: "a whole number",
    str: "a text",
    float | int: "a number",
}


def _epub_rules() -> str:
    """The rules for EPUBs: each with what its function says it wants."""
    rows = [("Code", "What is wanted")]
    rows += [(f"`{rule.code}`", inspect.getdoc(rule.find) or "") for rule in RULES]
    return markdown_table(rows)


def _scripts() -> str:
    rows = [("`script`", "Language tag in the files")]
    rows += [(f"`{script.name}`", f"`{script.language}`") for script in SCRIPTS.values()]
    return markdown_table(rows)


def _sizes() -> str:
    rows = [("`page`", "Width × height")]
    rows += [(f"`{size.name}`", f"{size.width:g} × {size.height:g} mm") for size in SIZES.values()]
    return markdown_table(rows)


def _papers() -> str:
    rows = [("`sheet`", "Width × height")]
    rows += [(f"`{size.name}`", f"{size.width:g} × {size.height:g} mm") for size in PAPERS.values()]
    return markdown_table(rows)


def _base() -> dict[str, Any]:
    file = ROOT / "layouts" / "base" / "layout.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _words() -> str:
    words = _base()["words"]
    rows = [("Key", "In a template", "`hans`", "`hant`")]
    rows += [
        (f"`{key}`", f"`words.{key.replace('-', '_')}`", word, words["hant"][key])
        for key, word in words["hans"].items()
    ]
    return markdown_table(rows)


def _roles() -> str:
    rows = [("Role", "`hans`", "`hant`")]
    for role, families in _base()["fonts"].items():
        rows.append((f"`{role}`", ", ".join(families["hans"]), ", ".join(families["hant"])))
    return markdown_table(rows)


def _faces() -> str:
    rows = [("Family", "Weight", "For", "Licence", "Made from")]
    for face in read_faces(ROOT / "fonts"):
        regions = ", ".join(face.regions)
        rows.append((face.family, str(face.weight), regions, face.licence, face.name))
    return markdown_table(rows)


# Each generated part by its name in the pages.
PARTS: dict[str, Callable[[], str]] = {
    **{f"collection/{name}": _collection_keys(name) for name in COLLECTION_EXAMPLES},
    **{f"layout/{name}": _layout_keys(name) for name in LAYOUT_EXAMPLES},
    "formats": _formats,
    "epub-rules": _epub_rules,
    "scripts": _scripts,
    "page-sizes": _sizes,
    "paper-sizes": _papers,
    "layout-words": _words,
    "layout-fonts": _roles,
    "faces": _faces,
    "growth": growth_table,
    "million": million_table,
}


def main(arguments: list[str] | None = None) -> int:
    """Write the generated parts, or name the pages whose parts are not current."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs")
    parser.add_argument("--check", action="store_true", help="write nothing")
    only_check = parser.parse_args(arguments).check
    stale = 0
    for page in pages():
        old = page.read_text(encoding="utf-8")
        new = current(old)
        if new != old:
            stale += 1
            sys.stderr.write(f"{'not current' if only_check else 'written'}: {page.name}\n")
            if not only_check:
                page.write_text(new, encoding="utf-8")
    return 1 if stale and only_check else 0


if __name__ == "__main__":
    raise SystemExit(main())
