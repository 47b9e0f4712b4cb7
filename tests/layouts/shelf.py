"""The project's layouts, and what tests of all of them need: a small book, its proof, its words."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publisher.composition.layout import layout_names
from publisher.ground.han import count_ideographs
from publisher.model.artefact import Artefact
from publisher.model.manuscript import Manuscript
from publisher.model.matter import passages, plain
from publisher.press.build import build
from publisher.press.places import shared_folder
from publisher.press.planning import plan
from tests.reading import ESSAYS, Pdf, temporary_folder

SHELF = shared_folder("layouts")
# What every other layout rests on; it is not made to be used alone.
GROUND = "base"
LAYOUTS = [name for name in layout_names((SHELF,)) if name != GROUND]
SAMPLE = SHELF / GROUND / "sample.md"
OWN = ("preface.md", "05-baskets.md", "08-goggles.md")


def little_book(folder: Path, outputs: str) -> Path:
    """A collection of the common sample and three essays, in two parts, with front matter."""
    folder.mkdir(parents=True)
    shutil.copy(SAMPLE, folder / "sample.md")
    shutil.copytree(SAMPLE.with_name("images"), folder / "images")
    shutil.copytree(ESSAYS / "images", folder / "images", dirs_exist_ok=True)
    for name in OWN:
        shutil.copy(ESSAYS / name, folder / name)
    (folder / "collection.toml").write_text(
        'title = "篮子放下来"\nsubtitle = "一个冬天"\neditors = ["祝筱萍"]\ndate = "2020-06-01"\n'
        '[front]\nessays = ["preface.md"]\n'
        '[[part]]\ntitle = "吊篮"\nessays = ["05-baskets.md", "sample.md"]\n'
        '[[part]]\ntitle = "春水"\nessays = ["08-goggles.md"]\n'
        f'[[contributor]]\nname = "赵金妹"\nnote = "船厂宿舍7号楼101小店店主。"\n{outputs}',
        encoding="utf-8",
    )
    return folder


def screen(layout: str, script: str, page: str) -> str:
    """The table of an output."""
    return (
        f'[[output]]\nname = "x"\nformat = "screen"\nlayout = "{layout}"\n'
        f'script = "{script}"\npage = "{page}"\n'
    )


@dataclass(frozen=True)
class Made:
    """A finished little book: the file, the artefact, the essays in the script of the output."""

    file: Path
    artefact: Artefact
    essays: tuple[Manuscript, ...]


@cache
def made(layout: str, script: str, page: str) -> Made:
    """The little book in a layout, a script and a size, made once for the whole run."""
    folder = temporary_folder() / "layouts" / f"{layout}-{script}-{page}"
    book = little_book(folder, screen(layout, script, page))
    (artefact,) = build(book).artefacts
    _, (job,) = plan(book)
    return Made(book / "dist" / artefact.file_name, artefact, tuple(job.book.collection.essays()))


def lost(book: Made) -> Counter[str]:
    """The ideographs of the essays that the pages do not hold, or hold less often."""
    leaves = Pdf(book.artefact.content).leaves
    drawn = Counter(glyph.character for leaf in leaves for glyph in leaf.glyphs)
    wanted = Counter(
        character
        for essay in book.essays
        for blocks in (essay.blocks, *(note.blocks for note in essay.notes))
        for content, _ in passages(blocks)
        for character in plain(content)
        if count_ideographs(character)
    )
    return wanted - drawn
