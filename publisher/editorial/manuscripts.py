"""Manuscripts: a Markdown file with front matter becomes a `Manuscript`.

It promises an essay with a title whose every text passed the gate of `ground.hygiene`. It refuses
an essay without a title, and reports all faults of a file together.
"""

from __future__ import annotations

import posixpath
import re

from publisher.editorial.frontmatter import FrontMatter, split_front_matter
from publisher.editorial.markdown import read_markdown
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.hygiene import decoded
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.manuscript import Manuscript

# A `# Title` on the first line of text serves where the front matter has no title.
_TITLE_LINE = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")


def read_manuscript(content: bytes, path: str, file: str) -> Manuscript:
    """The manuscript in a file's bytes; `path` is its name in the collection, `file` in messages.

    Raises PublisherError with every fault of the file.
    """
    text = decoded(content, file)
    front = split_front_matter(text, file)
    title, body, first_line = _title(front)
    if not title:
        raise _untitled(file)
    blocks, notes = read_markdown(body, file, first_line, posixpath.dirname(path))
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


def _title(front: FrontMatter) -> tuple[str, str, int]:
    """The title, the body without it, and the body's first line."""
    title = front.one("title")
    match = None if title else _TITLE_LINE.match(front.body)
    if not match:
        return title, front.body, front.first_line
    return match[1], front.body[match.end() :], front.first_line + match[0].count("\n")


def _untitled(file: str) -> PublisherError:
    return PublisherError.of(
        say("the essay has no title"),
        Remedy.EDITOR,
        Place(file, 1),
        say("add a line title: … to its front matter"),
    )
