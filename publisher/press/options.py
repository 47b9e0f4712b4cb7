"""Options: what an output asks of its format, looked at beside the other outputs.

It refuses a format that does not exist, an option that the format does not know, a value it does
not take; page numbers of an output that has none; an EPUB in vertical lines that stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from publisher.formats.registry import FORMATS, accepts
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.model.declaration import OutputTable
from publisher.model.scripts import SCRIPTS
from publisher.typography.pagesize import page_size

_EPUB = "epub"
_PAGE_LIST = "page-list"
PARALLEL = "parallel"
# What decides how many pages a book has.
_SHAPE = ("script", "layout", "page")
_SHAPE_OPTIONS = ("writing", PARALLEL)


@dataclass(frozen=True)
class Wish:
    """One output among all that the collection declares; `at` names its table."""

    output: OutputTable
    declared: tuple[OutputTable, ...]
    file: str
    number: int

    def at(self, key: str) -> Place:
        """The place of a key of the output."""
        return Place(self.file, key=f"output[{self.number}].{key}")


def require_possible(wish: Wish) -> None:
    """Raise PublisherError with all that is wrong with an output's format and options."""
    if wish.output.format not in FORMATS:
        raise PublisherError.of(
            say('there is no format "{name}"', name=wish.output.format),
            Remedy.EDITOR,
            wish.at("format"),
            meant(wish.output.format, FORMATS),
        )
    faults = [*_unknown(wish)] or [*_unpaged(wish), *_alone(wish), *_same_script(wish)]
    if faults:
        raise PublisherError(*faults)
    page = page_size(wish.output.page)
    if page:
        place = partial(_option, wish)
        FORMATS[wish.output.format].require(wish.output.options, page, place)


def print_edition(wish: Wish) -> OutputTable | None:
    """The output whose pages an output asks for: the one it names, or the first that fits.

    A cover asks for those inside it. None where nothing is asked for, or nothing fits.
    """
    if FORMATS[wish.output.format].around:
        return next((it for it in wish.declared if _is_inside(it, wish.output)), None)
    named = wish.output.options.get(_PAGE_LIST, False)
    if named is False:
        return None
    return next((it for it in _paged(wish) if named is True or it.name == named), None)


def sibling_scripts(wish: Wish) -> tuple[str, ...]:
    """The other scripts of the collection's EPUBs, for an EPUB; none for another format."""
    if wish.output.format != _EPUB:
        return ()
    scripts = dict.fromkeys(it.script for it in wish.declared if it.format == _EPUB)
    return tuple(script for script in scripts if script != wish.output.script)


def _is_inside(inside: OutputTable, cover: OutputTable) -> bool:
    """Whether an output is the pages of the book that a cover is for, and nothing else."""
    if inside.format not in FORMATS[cover.format].around:
        return False
    bare = not inside.options.get("cover", FORMATS[inside.format].has_cover)
    same = all(getattr(inside, key) == getattr(cover, key) for key in _SHAPE)
    alike = all(inside.options.get(key) == cover.options.get(key) for key in _SHAPE_OPTIONS)
    return bare and same and alike


def _paged(wish: Wish) -> Iterator[OutputTable]:
    """The outputs of the same script alone that have pages."""
    with_pages = {name for name, row in FORMATS.items() if row.has_pages}
    fit = (it for it in wish.declared if it.script == wish.output.script)
    yield from (it for it in fit if it.format in with_pages and not it.options.get("parallel"))


def _unknown(wish: Wish) -> Iterator[Fault]:
    known = dict(FORMATS[wish.output.format].options)
    for key, value in wish.output.options.items():
        if key not in known:
            name = wish.output.format
            message = say('the format "{format}" has no option "{key}"', format=name, key=key)
            yield _fault(wish, key, message, meant(key, known))
        elif not accepts(kind := known[key], value):
            message = say("{value} is not a value for this option", value=value)
            yield _fault(wish, key, message, _instead(kind))


def _instead(kind: object) -> Message | None:
    if not isinstance(kind, tuple):
        return None
    return say("write one of {names}", names=", ".join(f'"{word}"' for word in kind))


def _unpaged(wish: Wish) -> Iterator[Fault]:
    named = wish.output.options.get(_PAGE_LIST, False)
    if named is not False and print_edition(wish) is None:
        message = (
            say('"{name}" is not a PDF of this book in the same script', name=named)
            if isinstance(named, str)
            else say("there is no PDF of this book in the same script to take page numbers from")
        )
        names = [it.name for it in _paged(wish)]
        hint = meant(str(named), names) if names else say("add an output with pages")
        yield _fault(wish, _PAGE_LIST, message, hint)


def _alone(wish: Wish) -> Iterator[Fault]:
    """Few reading systems can show an EPUB in vertical lines; it needs a fellow that all can."""
    if not _is_vertical_epub(wish.output):
        return
    if SCRIPTS[wish.output.script].family != "hant":
        message = say("reading systems set vertical lines in Traditional script alone")
        yield _fault(wish, "writing", message, say('write script = "hant-tw", or leave it out'))
    elif not any(_is_fellow(it, wish.output) for it in wish.declared):
        message = say("an EPUB in vertical lines cannot be read everywhere")
        hint = say("add an EPUB in the same script in horizontal lines")
        yield _fault(wish, "writing", message, hint)


def _same_script(wish: Wish) -> Iterator[Fault]:
    own, other = (SCRIPTS[name].language for name in (wish.output.script, parallel_script(wish)))
    if PARALLEL in wish.output.options and own == other:
        message = say("both pages of a spread would be in the same script")
        yield _fault(wish, PARALLEL, message, say("write another script than the output's own"))


def parallel_script(wish: Wish) -> str:
    """The script of the right-hand pages; the output's own where it has no other."""
    return str(wish.output.options.get(PARALLEL, wish.output.script))


def _is_vertical_epub(output: OutputTable) -> bool:
    return output.format == _EPUB and output.options.get("writing") == "vertical"


def _is_fellow(other: OutputTable, output: OutputTable) -> bool:
    same = (other.format, other.script) == (output.format, output.script)
    return same and not _is_vertical_epub(other)


def _fault(wish: Wish, key: str, message: Message, hint: Message | None) -> Fault:
    return Fault(message, Remedy.EDITOR, _option(wish, key), hint)


def _option(wish: Wish, key: str) -> Place:
    return wish.at(f"options.{key}")
