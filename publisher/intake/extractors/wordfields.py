"""Word fields: what EQ fields show, which stands only in their instructions.

Word wrote readings (拼音指南) and characters in circles in this way before it had elements for
them, and WPS does to this day. It promises that a reading becomes a ruby, a number in a circle the
character for it, and any other such field its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.wordxml import W, all_of

# EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(zhōng),钟)
_READING = re.compile(
    r"\\o\\?\w*\(\\s\\up\s*\d+\((?P<reading>[^()]*)\)\s*[,;，]\s*(?P<base>[^()]*)\)"
)
# EQ \o\ac(○,1)
_ENCLOSED = re.compile(r"\\o\\ac\([○◯]\s*[,;，]\s*(\d{1,2})\)")
_SWITCHES = re.compile(r"^\s*EQ\b|\\\*\s*(?:\"[^\"]*\"|\S+)|\\[a-z]+\d*\s*(?:\d+\s*(?=\())?|[()]")
_LAST_IN_CIRCLE = 20


def show_equations(tree: Element) -> None:
    """Put what EQ fields show in the place of their instructions."""
    for begin, runs in list(_fields(tree)):
        said = "".join(text.text or "" for run in runs for text in run.iter(f"{W}instrText"))
        if said.split()[:1] == ["EQ"] or said.lstrip().startswith("EQ\\"):
            begin.addprevious(_shown(said))
            for run in runs:
                for text in list(run.iter(f"{W}instrText")):
                    run.remove(text)


def _fields(tree: Element) -> Iterator[tuple[Element, list[Element]]]:
    """(first run, all runs) of the innermost fields, each within one paragraph (17.16.18)."""
    for paragraph in all_of(tree, "p"):
        runs: list[Element] = []
        for run in paragraph.iterchildren(f"{W}r"):
            kinds = [mark.get(f"{W}fldCharType", "") for mark in run.iterchildren(f"{W}fldChar")]
            if "begin" in kinds:
                runs = []
            runs.append(run)
            if "end" in kinds:
                yield runs[0], runs
                runs = []


def _shown(instruction: str) -> Element:
    reading = _READING.search(instruction)
    if reading:
        ruby = etree.Element(f"{W}ruby")
        etree.SubElement(ruby, f"{W}rt").append(_run(reading["reading"]))
        etree.SubElement(ruby, f"{W}rubyBase").append(_run(reading["base"]))
        holder = etree.Element(f"{W}r")
        holder.append(ruby)
        return holder
    enclosed = _ENCLOSED.search(instruction)
    if enclosed and 1 <= int(enclosed[1]) <= _LAST_IN_CIRCLE:
        return _run(chr(ord("①") + int(enclosed[1]) - 1))
    return _run(_SWITCHES.sub("", instruction).strip())


def _run(words: str) -> Element:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = words
    return run
