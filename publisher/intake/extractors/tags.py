"""Tags: what the elements of HTML are to a reading, and what can be told of one by itself."""

from __future__ import annotations

import re

from publisher.ground.hygiene import fit
from publisher.ground.messages import say
from publisher.intake.extractors.markup import SILENT, Element, words
from publisher.intake.reading import Role

# The call of a note, which is no element of HTML: its `ref` names the note.
NOTE_CALL = "note-call"
# The class of an `hr` where a page ends.
PAGE = "page"
# What shows nothing, or shows what its words do not say.
WORDLESS = SILENT | {NOTE_CALL}
# Words that are not read as text, and the reasons.
LEFT_OUT = {
    "svg": say("words of a drawing"),
    "math": say("a formula of the page"),
    **dict.fromkeys(
        ("object", "iframe", "audio", "video", "canvas"), say("something embedded in the page")
    ),
    "noscript": say("shown only without scripts"),
    "template": say("a template of the page"),
}
HEADINGS = {f"h{level}": str(level) for level in range(1, 7)}
_PARAGRAPHS = {"p", "pre", "dt", "dd", "figcaption", "caption", "summary", "address", "legend"}
# Elements that stand for themselves: what lies in one belongs together.
CONTAINERS = {
    "html", "body", "div", "section", "article", "main", "aside", "nav", "header", "footer", "ul",
    "ol", "dl", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "form", "fieldset", "center",
    "details", "menu", "hgroup", "select", "option",
}  # fmt: skip
LISTS = ("ul", "ol", "menu")
BLOCKS = CONTAINERS | _PARAGRAPHS | set(HEADINGS) | {"li", "blockquote", "figure", "hr"}
STYLES = {
    "em": Role.EMPHASIS, "i": Role.EMPHASIS, "strong": Role.STRONG, "b": Role.STRONG,
    "a": Role.LINK,
}  # fmt: skip
CELLS = ("td", "th")
# What a cell of a table of words does not hold.
_LAYING_OUT = BLOCKS - {"p", "div"} | {"br"}
# Not what is only invisible until a script shows it: articles on WeChat are saved so.
_HIDDEN = re.compile(r"display\s*:\s*none|font-size\s*:\s*0(?![.\d])")
# What programs write in place of a description: the name of a file, or that it is a picture.
_NO_DESCRIPTION = re.compile(
    r".*\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?)|(?:图片|圖片|图像|插图|image|img|picture|photo)"
    r"[\s\d_-]*|https?://\S+",
    re.IGNORECASE,
)


def is_hidden(element: Element) -> bool:
    """Whether an element says that nobody is to see it."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def description(image: Element) -> str:
    """What an image says is to be seen on it, in one line; empty where it says nothing."""
    said = " ".join(fit(image.get("alt", "")).split())
    return "" if _NO_DESCRIPTION.fullmatch(said) else said


def first_number(listing: Element) -> int:
    """The number of a list's first item."""
    start = listing.get("start", "1")
    return int(start) if start.isdecimal() else 1


def is_of_text(listing: Element) -> bool:
    """Whether a list is one of the text around it, and not a menu of links."""
    linked = sum(len(words(link)) for link in listing.iter("a"))
    return 2 * linked < len(words(listing))


def is_of_words(table: Element) -> bool:
    """Whether a table is one of words, and not a means of laying out a page."""
    rows = [list(row.iterchildren(*CELLS)) for row in table.iter("tr")]
    return any(len(cells) > 1 for cells in rows) and not any(
        _lays_out(cell) for cells in rows for cell in cells
    )


def _lays_out(cell: Element) -> bool:
    if sum(1 for _ in cell.iter("p", "div")) > 1:
        return True
    return any(True for _ in cell.iterdescendants(*_LAYING_OUT))
