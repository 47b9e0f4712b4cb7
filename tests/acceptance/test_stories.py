"""Stories: the manual's walks through the program, run as they are written.

A story is a Markdown file. In it
- a fenced block whose first line is ```` ```LANGUAGE FILE ```` is written to FILE;
- a block ```` ```console ```` holds commands after `$ `, each followed by all that it shows;
- `…` stands for any text within a line, and a line of `…` alone for any number of lines;
- a line `(exit code N)` after a command says with which code it ends, where that is not 0.

Each story runs from top to bottom in one empty folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.reading import environment

STORIES = sorted(Path(__file__).parent.glob("*.md"))
_BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"\(exit code (\d+)\)")


@dataclass(frozen=True)
class Command:
    """One command of a story, what it shows, and the code it ends with."""

    line: int
    words: str
    shown: str
    code: int


@dataclass(frozen=True)
class File:
    """A file that a story writes."""

    name: str
    text: str


def steps(story: str) -> Iterator[Command | File]:
    """What a story does, in order."""
    for block in _BLOCK.finditer(story):
        language, name, text = block.groups()
        if name:
            yield File(name, text)
        elif language == "console":
            yield from _commands(text, story.count("\n", 0, block.start(3)) + 1)


def _commands(block: str, first_line: int) -> Iterator[Command]:
    lines = block.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    assert starts[:1] == [0], "a console block begins with a command"
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        shown = [line for line in lines[start + 1 : end] if not _CODE.fullmatch(line)]
        codes = [int(match[1]) for line in lines[start:end] if (match := _CODE.fullmatch(line))]
        text = "".join(f"{line}\n" for line in shown)
        yield Command(first_line + start, lines[start][2:], text, codes[0] if codes else 0)


def pattern(shown: str) -> re.Pattern[str]:
    """What a story shows, as a pattern of what may be shown."""
    text = re.escape(shown)
    text = re.sub(r"(?m)^…\\?\n", "(?:.*\\n)*?", text)
    return re.compile(text.replace("…", ".*?"))


def run(command: Command, folder: Path) -> tuple[str, int]:
    """What a command shows on a terminal's two streams, and its exit code."""
    here = Path(sys.executable).parent
    path = f"{here}{os.pathsep}{os.environ['PATH']}"
    env = environment() | {"PATH": path}
    del env["PYTHONWARNINGS"]  # a story's own little programs are written as people write them
    done = subprocess.run(
        ["bash", "-c", command.words],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout, done.returncode


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_story_is_true(story: Path, tmp_path: Path) -> None:
    told = list(steps(story.read_text(encoding="utf-8")))
    assert any(isinstance(step, Command) for step in told)
    for step in told:
        if isinstance(step, File):
            target = tmp_path / step.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step.text, encoding="utf-8")
            continue
        shown, code = run(step, tmp_path)
        place = f"{story.name}:{step.line}: $ {step.words}"
        assert code == step.code, f"{place}\n{shown}"
        assert pattern(step.shown).fullmatch(shown), f"{place}\nshows\n{shown}\nnot\n{step.shown}"


def test_a_wrong_story_is_found_out(tmp_path: Path) -> None:
    shown = "$ cat a.txt; false\none\n…\n(exit code 1)\n"
    text = f"```text a.txt\none\ntwo\n```\n\n```console\n{shown}```\n"
    file, command = steps(text)
    assert file == File("a.txt", "one\ntwo\n")
    assert isinstance(command, Command)
    assert (command.words, command.shown, command.code) == ("cat a.txt; false", "one\n…\n", 1)
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    assert run(command, tmp_path) == ("one\ntwo\n", 1)
    assert pattern(command.shown).fullmatch("one\ntwo\nthree\n")
    assert not pattern(command.shown).fullmatch("two\n")
    assert not pattern("a…c\n").fullmatch("ab\nc\n")
