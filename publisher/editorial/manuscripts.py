"""Manuscripts: a Markdown file with front matter becomes a `Manuscript`.

It promises an essay with a title whose every text passed the gate of `ground.hygiene`. It refuses
an essay without a title, and reports all faults of a file together.
"""

from __future__ import annotations

import posixpath
import re
from functools import partial

from publisher.editorial.frontmatter import FrontMatter, body_of, read_front_matter
from publisher.editorial.markdown import read_markdown
from publisher.ground.errors import Fault, Gathering, Remedy
from publisher.ground.hygiene import decoded
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript

# A `# Title` before all other text serves where the front matter has no title.
_TITLE_LINE = re.compile(r"\s*(#[ \t]+\S[^\n]*)(?:\n|\Z)")
_NONE: tuple[m.Blocks, tuple[m.Note, ...]] = ((), ())


def read_manuscript(content: bytes, path: str, file: str) -> Manuscript:
    """The manuscript in a file's bytes; `path` is its name in the collection, `file` in messages.

    Raises PublisherError with every fault of the file.
    """
    text = decoded(content, file)
    gathering = Gathering()
    front = gathering.attempt(partial(read_front_matter, text, file), FrontMatter({}))
    body, first_line = body_of(text)
    title = front.one("title")
    if not title:
        titled = partial(_titled, body, first_line, file)
        title, body, first_line = gathering.attempt(titled, ("", body, first_line))
    if not title and not gathering.faults:
        gathering.faults.append(_untitled(file))
    read = partial(read_markdown, body, file, first_line, posixpath.dirname(path))
    blocks, notes = gathering.attempt(read, _NONE)
    gathering.settle()
    return Manuscript(
        path=path,
        title=title,
        subtitle=front.one("subtitle"),
        authors=tuple(name.strip() for name in front.values.get("author", ()) if name.strip()),
        date=front.one("date"),
        source=front.one("source"),
        note=front.one("note"),
        blocks=blocks,
        notes=notes,
    )


def _titled(body: str, first_line: int, file: str) -> tuple[str, str, int]:
    """The title out of a body's first line, the rest, and the number of the rest's first line."""
    match = _TITLE_LINE.match(body)
    if not match:
        return "", body, first_line
    line = first_line + body.count("\n", 0, match.start(1))
    blocks, _ = read_markdown(match[1], file, line)
    title = "".join(m.plain(content) for content, _ in m.passages(blocks))
    return title, body[match.end() :], first_line + match[0].count("\n")


def _untitled(file: str) -> Fault:
    return Fault(
        say("the essay has no title"),
        Remedy.EDITOR,
        Place(file, 1),
        say("add a line title: … to its front matter"),
    )
