"""Crops: collections of a wished size, sown from the words of a real book.

No two essays of a crop are alike, so that nothing set for one can serve another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.bench.books import DATA, LONGEST, ROOT, SAMPLE

_ESSAY = 5_000  # characters
_PARAGRAPH = 120
# Prime to the length of the words, so that they are cut elsewhere each time round.
_STEP = 4_999
_OTHER = re.compile("[^\u4e00-\u9fff，。；：！？、]")
_OUTPUTS = {
    "screen-hans": ("screen", "hans"),
    "epub-hans": ("epub", "hans"),
    "screen-hant": ("screen", "hant-tw"),
    "epub-hant": ("epub", "hant-tw"),
}


def words() -> str:
    """Han and stops of 红楼梦; of the sample, where that is not there."""
    files = sorted((DATA / LONGEST).glob("*.txt")) or sorted((ROOT / SAMPLE).glob("*.md"))
    return "".join(_OTHER.sub("", file.read_text("utf-8")) for file in files)


def sow(folder: Path, corpus: str, characters: int, seed: int = 0) -> None:
    """Write a collection with so many characters into a new folder."""
    folder.mkdir(parents=True)
    names = []
    for number, size in enumerate(_sizes(characters), start=1):
        names.append(f"{number:05}.md")
        text = _essay(corpus, seed + number, size)
        (folder / names[-1]).write_text(text, encoding="utf-8")
    (folder / "collection.toml").write_text(_declared(folder.name, names), encoding="utf-8")


def _sizes(characters: int) -> Iterator[int]:
    for begin in range(0, characters, _ESSAY):
        yield min(_ESSAY, characters - begin)


def _essay(corpus: str, number: int, size: int) -> str:
    begin = number * _STEP % len(corpus)
    own = (corpus[begin:] + corpus * (1 + size // len(corpus)))[:size]
    paragraphs = (own[at : at + _PARAGRAPH] for at in range(0, size, _PARAGRAPH))
    body = "。\n\n".join(paragraphs)
    return f"---\ntitle: 第{number}篇\nauthor: 邬鹤年\n---\n\n{body}。\n"


def _declared(name: str, essays: list[str]) -> str:
    outputs = "".join(
        f'\n[[output]]\nname = "{output}"\nformat = "{kind}"\nscript = "{script}"\n'
        for output, (kind, script) in _OUTPUTS.items()
    )
    listed = json.dumps(essays, indent=1)
    return f'title = "{name}"\nslug = "{name}"\ndate = "2026-05-01"\nessays = {listed}\n{outputs}'
