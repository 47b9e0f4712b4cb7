"""What figures of the bench hang on: crops, charts, costs, the newest of what was kept."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from lxml import etree

from publisher.editorial.assembly import read_collection
from publisher.model import matter as m
from tests.bench.chart import Panel, drawn
from tests.bench.crops import sow
from tests.bench.growth import BOOKS, newest
from tests.bench.measure import run_command

SVG = "{http://www.w3.org/2000/svg}"
CORPUS = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(30_011))


@pytest.mark.parametrize("characters", [3_000, 10_000, 40_001])
def test_a_crop_has_the_wished_length_and_no_two_essays_alike(
    tmp_path: Path, characters: int
) -> None:
    sow(tmp_path / "crop", CORPUS, characters)
    essays = tuple(read_collection(tmp_path / "crop").collection.essays())
    texts = ["".join(m.plain(it.content) for it in essay.blocks) for essay in essays]
    assert sum(len(it.replace("。", "")) for it in texts) == characters
    assert len(set(texts)) == len(texts)


def test_costs_that_grow_with_size_lie_on_the_dashed_line() -> None:
    row = tuple((10.0**power, 2 * 10.0 ** (power - 3)) for power in range(3, 8))
    tree = etree.fromstring(drawn((Panel("t", "characters", (("PDF", row),)),)).encode())
    points = [
        (float(it.get("cx", "")), float(it.get("cy", ""))) for it in tree.iter(f"{SVG}circle")
    ]
    assert len(points) == len(row)
    (guide,) = (it for it in tree.iter(f"{SVG}line") if it.get("class") == "guide")
    x1, y1, x2, y2 = (float(guide.get(it, "")) for it in ("x1", "y1", "x2", "y2"))
    for x, y in points:
        assert math.isclose(y, y1 + (y2 - y1) * (x - x1) / (x2 - x1), abs_tol=0.2)


def test_of_each_size_the_newest_figures_count() -> None:
    old = [{"characters": 10, "output": "PDF", "cpu": 1}, {"characters": 20, "output": "PDF"}]
    new = [{"characters": 10, "output": "PDF", "cpu": 2}, {"characters": 10, "output": "EPUB"}]
    found = newest([{BOOKS: old}, {BOOKS: new}], BOOKS)
    assert found == [new[0], new[1], old[1]]


def test_what_outlives_its_parent_is_counted_too(tmp_path: Path) -> None:
    """A helper that nobody waits for works for half a second, and holds 80 MB."""
    helper = "import time\nheld = b'x' * 80_000_000\nwhile time.process_time() < 0.5: pass\n"
    parent = "import subprocess, sys\nsubprocess.Popen([sys.executable, 'helper.py'])\n"
    (tmp_path / "helper.py").write_text(helper)
    (tmp_path / "parent.py").write_text(parent.replace("helper.py", str(tmp_path / "helper.py")))
    cost = run_command("parent", env={"PYTHONPATH": str(tmp_path)})
    assert cost.cpu >= 0.5
    assert cost.memory >= 80_000_000
