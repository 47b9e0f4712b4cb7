"""The guard: under the engine that it knows all is replaced once, under another nothing is."""

from __future__ import annotations

import json
import subprocess
import sys

import pydyf
import pytest
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.layout import page

from publisher.composition.seam import guard
from publisher.ground.errors import PublisherError, Remedy
from tests.reading import ROOT, environment

# In a process whose engine is still whole: take each function away, then give it one more
# parameter, and see what the guard says; at last let it do its work.
_TAMPER = """
import json
from importlib import import_module
from publisher.composition.seam import guard
from publisher.ground.errors import PublisherError

def said():
    try:
        guard.install()
    except PublisherError as error:
        (fault,) = error.faults
        return [str(fault), fault.remedy.name]
    except Exception as error:
        return [repr(error), ""]
    return ["nothing", ""]

found = {}
for module, name in guard.REPLACED:
    room = import_module(module)
    kept = getattr(room, name)
    delattr(room, name)
    found[f"{module}.{name} is missing"] = said()
    setattr(room, name, lambda *another: kept(*another))
    found[f"{module}.{name} takes something else"] = said()
    setattr(room, name, kept)
found["whole"] = said()
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def answers() -> dict[str, list[str]]:
    run = subprocess.run(
        [sys.executable, "-c", _TAMPER],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(run.stdout)


def test_the_known_engine_is_taken(answers: dict[str, list[str]]) -> None:
    assert answers.pop("whole") == ["nothing", ""]
    assert len(answers) == 2 * len(guard.REPLACED) > 20


@pytest.mark.parametrize("what", ["is missing", "takes something else"])
@pytest.mark.parametrize("name", [".".join(name) for name in guard.REPLACED])
def test_a_function_that_is_not_as_it_was_is_refused(
    name: str, what: str, answers: dict[str, list[str]]
) -> None:
    said, remedy = answers[f"{name} {what}"]
    assert remedy == Remedy.MACHINE.name, said
    assert name in said
    assert "70.0 is needed" in said


@pytest.mark.parametrize("name", sorted(guard.KNOWN))
def test_another_version_of_the_engine_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(guard.KNOWN, name, "1.0")
    with pytest.raises(PublisherError, match=r"1\.0 is needed") as caught:
        guard.install()
    (fault,) = caught.value.faults
    assert fault.remedy is Remedy.MACHINE
    assert "install publisher again" in str(fault.hint)


def test_installing_again_wraps_nothing_twice() -> None:
    guard.install()
    once = (page.resolve_percentages, pydyf.Stream.data)
    guard.install()
    assert (page.resolve_percentages, pydyf.Stream.data) == once


# What was made quicker does what it did -----------------------------------------------------------


def test_the_references_of_pages_are_those_of_the_objects() -> None:
    guard.install()
    pdf = pydyf.PDF()
    for count in range(1, 4):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        numbers = [o.number for o in pdf.objects if isinstance(o, dict) and o["Type"] == "/Page"]
        assert pdf.page_references == tuple(f"{number} 0 R".encode() for number in numbers)
        assert len(pdf.page_references) == count


def test_margin_boxes_with_words_are_where_the_style_puts_them() -> None:
    guard.install()
    style = "@page { size: 100pt; margin: 20pt; @top-right { content: 'x'; padding-right: 10% } }"
    document = HTML(string=f"<style>{style}</style><p>").render()
    boxes = (b for b in document.pages[0]._page_box.children if isinstance(b, MarginBox))
    (box,) = (box for box in boxes if box.at_keyword == "@top-right")
    assert box.padding_right > 0
    assert box.width > 0
