"""Text sources: the title on the first line, a paragraph on each line after it.

It promises that the manuscript reads back as exactly these lines: whatever Markdown would take for
a mark is written so that it stays a character. Indents and trailing blanks are not kept.
"""

from __future__ import annotations

import json
import re

from publisher.editorial.importers.registry import Imported
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.hygiene import decoded
from publisher.ground.messages import say
from publisher.ground.places import Place

_MARKS = re.compile(r"([\\`*_\[\]<>&{}|~])")
# What opens a block at the beginning of a line.
_OPENING = re.compile(r"([#>+\-=:]|\d{1,9}(?=[.)]))")


def import_text(content: bytes, file: str) -> Imported:
    """The manuscript of a text. Raises PublisherError when it has no line to be its title."""
    text = decoded(content, file)
    lines = [line.strip() for line in text.split("\n")]
    paragraphs = [line for line in lines if line]
    if not paragraphs:
        raise PublisherError.of(
            say("the text is empty"),
            Remedy.EDITOR,
            Place(file, 1),
            say("its first line shall be its title"),
        )
    title, *body = paragraphs
    head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n"
    return Imported(title, head + "".join(f"\n{literal(line)}\n" for line in body))


def literal(line: str) -> str:
    """A line of Markdown that reads back as the given characters."""
    line = _MARKS.sub(r"\\\1", line)
    match = _OPENING.match(line)
    if not match:
        return line
    if match[1].isdigit():
        return f"{match[1]}\\{line[match.end() :]}"
    return f"\\{line}"
