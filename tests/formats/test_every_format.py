"""Every format and every layout, found through their registries: what holds for all of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from publisher.composition.layout import layout_names
from publisher.formats.registry import FORMATS
from publisher.model.artefact import Artefact
from publisher.press.build import build
from publisher.press.places import shared_folder
from publisher.press.planning import plan
from tests.reading import ESSAYS, Epub, Leaf, Pdf, dense, essay_words

# What every other layout rests on; it is not made to be used alone.
GROUND = "base"
LAYOUTS = [name for name in layout_names((shared_folder("layouts"),)) if name != GROUND]
SCRIPTS = ("hans", "hant-tw", "hant-hk")


# Sheets whose backs stand upright on the screen, so that they can be read.
OPTIONS = {"booklet": 'options = { turn = "short" }\n', "cover": "options = { caliper = 1.0 }\n"}
# What is wrapped around a book and holds none of it.
WRAPS = {"cover"}


def outputs(layout: str = "chapbook", script: str = "hans") -> str:
    return "".join(
        f'[[output]]\nname = "{name}"\nformat = "{name}"\n'
        f'script = "{script}"\nlayout = "{layout}"\n{OPTIONS.get(name, "")}'
        for name in FORMATS
    )


def made(folder: Path, into: Path) -> tuple[Artefact, ...]:
    return build(folder, into).artefacts


def words(artefact: Artefact) -> str:
    """All the words of an artefact."""
    if artefact.output == "booklet":
        return "".join(leaf.text() for leaf in unfolded(Pdf(artefact.content).leaves))
    if artefact.media_type == "application/pdf":
        return "".join(leaf.text() for leaf in Pdf(artefact.content).leaves)
    epub = Epub(artefact.content)
    return "".join(epub.words(name) for name in epub.spine)


def unfolded(sides: Sequence[Leaf]) -> list[Leaf]:
    """The pages of a saddle-stitched booklet in order, from the sides of its sheets."""
    pages: dict[int, Leaf] = {}
    last = 2 * len(sides)
    for number, side in enumerate(sides):
        # The front of a sheet has the later page on its left, the back on its right.
        pair = (last - number, number + 1) if number % 2 == 0 else (number + 1, last - number)
        for page, (low, high) in zip(pair, ((0, 0.5), (0.5, 1)), strict=True):
            own = [one for one in side.glyphs if low <= one.x / side.width < high]
            pages[page] = replace(side, glyphs=tuple(own))
    return [pages[page] for page in sorted(pages)]


@pytest.fixture
def little_sample(tmp_path: Path) -> Path:
    """Four essays of the sample that hold every kind of block, in every format."""
    folder = tmp_path / "sample"
    (folder / "images").mkdir(parents=True)
    names = ("preface.md", "05-baskets.md", "08-goggles.md", "11-hulling.md")
    for name in (*names, "images/map.svg"):
        shutil.copy(ESSAYS / name, folder / name)
    listed = ", ".join(f'"{name}"' for name in names)
    head = f'title = "试印"\ndate = "2020-06-01"\nessays = [{listed}]\n'
    (folder / "collection.toml").write_text(head + outputs(), encoding="utf-8")
    return folder


def test_every_format_makes_the_sample_twice_with_equal_bytes(
    little_sample: Path, tmp_path: Path
) -> None:
    first, second = (made(little_sample, tmp_path / name) for name in ("one", "two"))
    assert [artefact.output for artefact in first] == list(FORMATS)
    assert [artefact.content for artefact in first] == [artefact.content for artefact in second]


def test_every_format_carries_every_essay(little_sample: Path, tmp_path: Path) -> None:
    _, jobs = plan(little_sample)
    for artefact, job in zip(made(little_sample, tmp_path / "one"), jobs, strict=True):
        text = words(artefact)
        if artefact.output in WRAPS:
            assert dense(job.book.collection.about.title) in text
            continue
        for essay in job.book.collection.essays():
            assert dense(essay.title) in text
            assert essay_words(essay)[-40:].split("年")[-1] in text
        assert artefact.notices == ()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_layout_sets_its_sample_in_every_format(
    layout: str, script: str, tmp_path: Path
) -> None:
    sample = shared_folder("layouts") / GROUND / "sample.md"
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "sample.md").write_bytes(sample.read_bytes())
    shutil.copytree(sample.with_name("images"), folder / "images")
    head = 'title = "样张"\ndate = "2020-06-01"\nessays = ["sample.md"]\n'
    (folder / "collection.toml").write_text(head + outputs(layout, script), encoding="utf-8")
    for artefact in made(folder, tmp_path / "dist"):
        assert artefact.notices == (), artefact.output
        assert len(words(artefact)) > 100 or artefact.output in WRAPS


def test_every_format_refuses_an_option_it_does_not_know(make_collection) -> None:
    from publisher.ground.errors import PublisherError

    for name in FORMATS:
        table = f'[[output]]\nname = "x"\nformat = "{name}"\noptions = {{ colour = true }}\n'
        folder = make_collection({"a.md": "---\ntitle: 甲\n---\n\n乙\n"}, name=name, outputs=table)
        with pytest.raises(PublisherError, match="colour"):
            plan(folder)


def test_every_artefact_is_named_after_the_slug_and_the_output(
    little_sample: Path, tmp_path: Path
) -> None:
    declaration = little_sample / "collection.toml"
    text = declaration.read_text(encoding="utf-8").replace("date", 'slug = "trial"\ndate', 1)
    declaration.write_text(text, encoding="utf-8")
    names = [artefact.file_name for artefact in made(little_sample, tmp_path / "d")]
    for name, output in zip(names, FORMATS, strict=True):
        assert name.startswith(f"trial-{output}.")
    assert sorted(path.name for path in (tmp_path / "d").iterdir()) == sorted(names)
