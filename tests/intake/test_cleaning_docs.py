"""docs/cleaning.md: every rule and every advisory has its section, and every example is true."""

from __future__ import annotations

import re

import pytest

from publisher.intake.cleaning.advisories import ADVISORIES, NAMES, advise
from publisher.intake.cleaning.changes import changed
from publisher.intake.cleaning.registry import RULES
from tests.reading import ROOT

_PAGE = (ROOT / "docs" / "cleaning.md").read_text(encoding="utf-8")
_RULE_PART, _ADVICE_PART = _PAGE.split("\n## Advice\n")
_PROPOSAL = re.compile("⟦(.*?)→(.*?)⟧")


def _plain(example: str) -> str:
    """An example with the characters that it names."""
    example = example.replace("␣", " ").replace("□", "\u3000").replace("¶", "\n")
    return re.sub(r"U\+([0-9A-F]{4})", lambda match: chr(int(match[1], 16)), example)


def _sections(part: str) -> dict[str, str]:
    pieces = re.split(r"^### (.+)$", part, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def _rows() -> list[tuple[str, str, str]]:
    return [
        (name, *map(_plain, row))
        for name, section in _sections(_RULE_PART).items()
        for row in re.findall(r"^\| `(.+)` \| `(.+)` \|$", section, re.MULTILINE)
    ]  # type: ignore[misc]


def _proposals() -> list[tuple[str, str]]:
    return [
        (name, example)
        for name, section in _sections(_ADVICE_PART).items()
        for example in re.findall(r"^- `(.+)`$", section, re.MULTILINE)
    ]


def test_every_rule_and_every_advisory_has_its_section() -> None:
    assert sorted(_sections(_RULE_PART)) == sorted(rule.name for rule in RULES)
    assert tuple(_sections(_ADVICE_PART)) == NAMES


def test_every_rule_has_an_example_of_its_work_and_every_advisory_one() -> None:
    assert {name for name, before, after in _rows() if before != after} == {r.name for r in RULES}
    assert {name for name, _ in _proposals()} == {advisory.name for advisory in ADVISORIES}


@pytest.mark.parametrize(("name", "before", "after"), _rows())
def test_a_rule_does_what_its_example_says(name: str, before: str, after: str) -> None:
    rule = next(rule for rule in RULES if rule.name == name)
    assert changed(before, rule.find(before)) == after


@pytest.mark.parametrize(("name", "example"), _proposals())
def test_an_advisory_proposes_what_its_example_says(name: str, example: str) -> None:
    text = _plain(_PROPOSAL.sub(r"\1", example))
    wanted = [tuple(map(_plain, pair)) for pair in _PROPOSAL.findall(example)]
    rows = advise(text)
    assert [(row.rule, row.before, row.after) for row in rows] == [(name, *pair) for pair in wanted]
    shown = _plain(example)
    for row in rows:
        shown = shown.replace(f"⟦{row.before}→{row.after}⟧", row.before, 1)
        assert shown.startswith(text[: row.stop])
