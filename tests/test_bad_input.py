"""What an editor can get wrong, row by row: each fault has its place, its words and its remedy.

Collections are planned as `publisher check` does it, so that every row passes all the desks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import FaultsOf, MakeCollection
from drawing import claiming_png

from publisher.ground.errors import Fault, Remedy
from publisher.ground.places import Place
from publisher.press.planning import plan

SCREEN = '[[output]]\nname = "screen-hans"\nformat = "screen"\n'
TOML = "collection.toml"
SVG = 'xmlns="http://www.w3.org/2000/svg"'


@dataclass(frozen=True)
class Case:
    """Files of a collection with one fault; `at` has a file name relative to the collection."""

    name: str
    files: dict[str, str | bytes]
    at: Place
    message: str
    hint: str
    remedy: Remedy = Remedy.EDITOR
    outputs: str = SCREEN
    head: str = field(default="")


def _toml(essays: str, more: str = "") -> str:
    return f'title = "书"\nessays = [{essays}]\n{more}\n{SCREEN}'


def _essay(body: str | bytes) -> dict[str, str | bytes]:
    head = b"---\ntitle: \xe9\x9b\xaa\n---\n"
    return {"a.md": head + (body.encode() if isinstance(body, str) else body)}


def _figure(content: str | bytes, name: str = "p.svg") -> dict[str, str | bytes]:
    return {**_essay(f"雪。\n\n![雪]({name})\n"), name: content}


def _layout(files: dict[str, str]) -> dict[str, str | bytes]:
    form = 'name = "mine"\nlicence = "CC0-1.0"\nextends = "base"\n'
    own = {f"layouts/mine/{name}": text for name, text in ({"layout.toml": form} | files).items()}
    return {**_essay("雪。\n"), **own}


MINE = f'{SCREEN}layout = "mine"\n'
CASES = [
    # ---- the order ----
    Case("a missing file", {TOML: _toml('"01-snow.md"'), "01-snwo.md": "# 雪\n"},
         Place(TOML, key="essays[1]"), 'the file "01-snow.md" is missing',
         'did you mean "01-snwo.md"?'),
    Case("the same essay twice", {TOML: _toml('"a.md", "./a.md"'), "a.md": "# 雪\n"},
         Place(TOML, key="essays[2]"), 'the essay "./a.md" is listed twice',
         "already stands at essays[1]"),
    Case("an essay outside the folder", {TOML: _toml('"../a.md"'), "b.md": "# 雪\n"},
         Place(TOML, key="essays[1]"), "lies outside the collection", "copy it into the folder"),
    Case("a name too long for any disk", {TOML: _toml(f'"{"x" * 300}.md"'), "b.md": "# 雪\n"},
         Place(TOML, key="essays[1]"), "is missing", ""),
    Case("no essay at all", {TOML: _toml("")}, Place(TOML, key="essays"), "lists no essay",
         "publisher import"),
    # ---- collection.toml ----
    Case("a key that is not known", {TOML: _toml('"a.md"', 'essay = ["b.md"]'), "a.md": "# 雪\n"},
         Place(TOML, key="essay"), 'unknown key "essay"', 'did you mean "essays"?'),
    Case("a value of the wrong type", {TOML: _toml('"a.md", 3'), "a.md": "# 雪\n"},
         Place(TOML, key="essays[2]"), "3 is not a text in quotes", ""),
    Case("a table that is not TOML", {TOML: 'title = "书"\nessays = ["a.md"\n', "a.md": "# 雪\n"},
         Place(TOML, 3), "not TOML", "double quotes"),
    Case("a declaration of another encoding", {TOML: 'title = "门"'.encode("gb18030")},
         Place(TOML, 1), "not UTF-8: 0xc3 at offset 9", "UTF-8"),
    # ---- outputs ----
    Case("a layout that does not exist", _essay("雪。\n"),
         Place(TOML, key="output[1].layout"),
         'no layout "chapbok"', 'did you mean "chapbook"?',
         outputs=f'{SCREEN}layout = "chapbok"\n'),
    Case("a format that does not exist", _essay("雪。\n"), Place(TOML, key="output[1].format"),
         'no format "epubs"', 'did you mean "epub"?',
         outputs=SCREEN.replace('"screen"', '"epubs"')),
    Case("a page size that does not exist", _essay("雪。\n"), Place(TOML, key="output[1].page"),
         'no page size "A55"', "A5", outputs=f'{SCREEN}page = "A55"\n'),
    Case("an option that does not exist", _essay("雪。\n"),
         Place(TOML, key="output[1].options.covr"), 'no option "covr"', 'did you mean "cover"?',
         outputs=f"{SCREEN}options = {{ covr = true }}\n"),
    Case("an option of the wrong type", _essay("雪。\n"),
         Place(TOML, key="output[1].options.cover"), "3 is not a value", "",
         outputs=f"{SCREEN}options = {{ cover = 3 }}\n"),
    # ---- front matter ----
    Case("no title", {"a.md": "雪。\n"}, Place("a.md", 1), "no title", "title: …"),
    Case("front matter that is not YAML", {"a.md": "---\ntitle: 雪\nnote: a: b\n---\n"},
         Place("a.md", 3, 8), "not YAML", "quotes"),
    Case("a key of the front matter that is not known",
         {"a.md": "---\ntitle: 雪\nautor: 叶\n---\n"},
         Place("a.md", 3), 'unknown key "autor"', 'did you mean "author"?'),
    Case("a value of the front matter of the wrong type", {"a.md": "---\ntitle: {a: 雪}\n---\n"},
         Place("a.md", 2), '"title" in the front matter is not a text', "title: some words"),
    # ---- bytes and characters ----
    Case("bytes that are not UTF-8", _essay(b"a\nb\xff"), Place("a.md", 5),
         "0xff at offset 22", "UTF-8"),
    Case("a NUL", _essay("a\0"), Place("a.md", 4, 2), "U+0000", "delete it"),
    Case("a control character", _essay("a\n\x1b"), Place("a.md", 5, 1), "U+001B", "delete it"),
    Case("a surrogate in bytes", _essay(b"\xed\xa0\x80"), Place("a.md", 4), "0xed", "UTF-8"),
    Case("a surrogate in an escape", {"a.md": '---\ntitle: "\\ud83d"\n---\n'}, Place("a.md", 2),
         "U+D83D", ""),
    Case("a bidi override", _essay("雪\u202e夜"), Place("a.md", 4, 2), "U+202E", "delete it"),
    Case("a bidi override in a declared text",
         {TOML: _toml('"a.md"', 'rights = "\\u202E"'), "a.md": "# 雪\n"},
         Place(TOML, key="rights"), "U+202E", "delete it"),
    Case("a character no font has", _essay("雪\n\n夜\ue123\n"), Place("a.md", 6),
         'the character "\ue123" (U+E123) in "夜\ue123"', "docs/fonts.md"),
    Case("a character no font has in a declared text",
         {TOML: _toml('"a.md"', '[imprint]\nname = "\ue123"'), "a.md": "# 雪\n"},
         Place(TOML), "U+E123", "docs/fonts.md"),
    # ---- Markdown ----
    Case("a block of raw HTML", _essay("雪\n\n<div>夜</div>\n"), Place("a.md", 6),
         'raw HTML cannot stand in an essay: "<div>夜</div>"', "\\<"),
    Case("raw HTML in a sentence", _essay("雪\n夜<br>\n"), Place("a.md", 5), '"<br>"', "\\<"),
    Case("a note that is never called", _essay("雪\n\n[^a]: 夜\n"), Place("a.md", 6),
         "the note [^a] is never called", ""),
    Case("a call without a note", _essay("雪\n\n夜[^a]\n"), Place("a.md", 6),
         "[^a] is called but not written", "[^a]:"),
    Case("a link to no essay", _essay("[乙](b.md)\n"), Place("a.md", 4),
         '"b.md" leads to no essay', "a.md"),
    # ---- pictures ----
    Case("a missing picture", _essay("雪\n\n![雪](p.png)\n"), Place("a.md", 6),
         'the picture "p.png" is missing', "looked for"),
    Case("a picture outside the collection", _essay("![雪](../p.png)\n"), Place("a.md", 4),
         "lies outside the collection", "move it"),
    Case("a picture on the network", _essay("![雪](https://example.org/p.png)\n"), Place("a.md", 4),
         "is not in the collection", "nothing is fetched"),
    Case("a picture that cannot be decoded", _figure(b"words", "p.png"), Place("a.md", 6),
         'the picture "p.png" cannot be decoded', "PNG, JPEG or SVG"),
    Case("a picture that claims too many pixels", _figure(claiming_png(30_000, 30_000), "p.png"),
         Place("a.md", 6), "900 million pixels", "scale it down"),
    Case("an SVG with a script", _figure(f"<svg {SVG}><script/></svg>"), Place("a.md", 6),
         "<script>", "plain SVG"),
    Case("an SVG with an address", _figure(f'<svg {SVG}><a href="https://example.org"/></svg>'),
         Place("a.md", 6), 'href="https://example.org"', "plain SVG"),
    Case("an SVG with a DOCTYPE", _figure(f"<!DOCTYPE svg><svg {SVG}/>"), Place("a.md", 6),
         "DOCTYPE", "SVG"),
    Case("an SVG with a style that reaches out",
         _figure(f"<svg {SVG}><style>a {{ fill: url(https://example.org/a) }}</style></svg>"),
         Place("a.md", 6), "url()", "plain SVG"),
    # ---- layouts ----
    Case("an unknown key of a layout", _layout({"layout.toml": 'name = "mine"\nlicence = "x"\n'
         'extends = "base"\ntoken = "x"\n'}), Place("layouts/mine/layout.toml", key="token"),
         'unknown key "token"', 'did you mean "tokens"?', Remedy.DESIGNER, MINE),
    Case("a layout that extends itself", _layout({"layout.toml": 'name = "mine"\nlicence = "x"\n'
         'extends = "mine"\n'}), Place("layouts/mine/layout.toml", key="extends"),
         "extends itself", "take one", Remedy.DESIGNER, MINE),
]  # fmt: skip


def _relative(fault: Fault, folder: Path) -> Place:
    at = fault.at
    return Place(Path(at.file).relative_to(folder).as_posix(), at.line, at.column, at.key)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_says_where_what_and_what_to_do(
    case: Case, make_collection: MakeCollection, faults_of: FaultsOf
) -> None:
    folder = make_collection(case.files, head=case.head, outputs=case.outputs)
    (fault,) = faults_of(lambda: plan(folder))
    at = _relative(fault, folder)
    # A column is only asked for where the row has one.
    assert (at.file, at.line, at.key) == (case.at.file, case.at.line, case.at.key)
    assert case.at.column in (None, at.column)
    assert case.message in str(fault.message)
    assert case.hint in str(fault.hint or "")
    assert fault.remedy is case.remedy


def test_a_sound_collection_of_this_kind_has_no_fault(make_collection: MakeCollection) -> None:
    _, jobs = plan(make_collection(_essay("雪。\n"), outputs=SCREEN))
    assert [job.output for job in jobs] == ["screen-hans"]


def test_faults_of_several_outputs_come_together(
    make_collection: MakeCollection, faults_of: FaultsOf
) -> None:
    outputs = (
        f'{SCREEN}page = "A55"\nlayout = "chapbok"\n'
        '[[output]]\nname = "b"\nformat = "epubs"\noptions = { a = 1 }\n'
    )
    folder = make_collection(_essay("雪。\n"), outputs=outputs)
    keys = [fault.at.key for fault in faults_of(lambda: plan(folder))]
    assert keys == ["output[1].page", "output[1].layout", "output[2].format"]


def test_faults_of_several_essays_come_together(
    make_collection: MakeCollection, faults_of: FaultsOf
) -> None:
    files = {"a.md": "# 甲\n\n<br>\n\n[^x]: 一\n", "b.md": b"\xff", "c.md": "雪\n"}
    folder = make_collection(files, outputs=SCREEN)
    found = [
        (at.file, at.line) for at in (_relative(f, folder) for f in faults_of(lambda: plan(folder)))
    ]
    assert found == [("a.md", 3), ("a.md", 5), ("b.md", 1), ("c.md", 1)]
