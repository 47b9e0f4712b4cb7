"""Layout: a folder of templates, sheets and words that gives a collection its looks.

It promises a layout complete with all that it extends: its own values win, its sheets come after.
It refuses a folder that is missing, a `layout.toml` with unknown keys, an extension in a circle.
The folder's form is described in docs/layouts.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Literal

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.files import is_file, lies_inside, read_file
from publisher.ground.forms import STRICT, read_form
from publisher.ground.hygiene import decoded
from publisher.ground.messages import Message, say
from publisher.ground.places import NOWHERE, Place
from publisher.ground.spelling import meant
from publisher.typography.typearea import COUNT_LIMITS, DESIGN_LIMITS, TypeDesign
from publisher.typography.typesize import TYPE_SIZES, type_size

LAYOUT_FILE = "layout.toml"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DesignTable:
    """The type area and the type, as a type designer counts them."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    size: float | str | None = None
    """Body size in pt, or by its name: `"五号"` is 10.5."""
    leading: float | None = None
    """Distance between lines of the body in pt."""
    width: float | None = None
    """Share of the page's width that the type area may fill."""
    height: float | None = None
    """Share of the page's height that the type area may fill."""
    inner: float | None = None
    """Share of the leftover width that lies at the binding side."""
    top: float | None = None
    """Share of the leftover height that lies above the type area."""
    characters: int | None = None
    """How many characters a line holds at most; as many as there is room for if left out."""
    lines: int | None = None
    """How many lines a page holds at most."""


@dataclass(frozen=True)
class PageTable:
    """How one kind of division begins and is numbered."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    start: Literal["recto", "next"] | None = None
    """Whether it begins on a right-hand page, or on the next (the standard)."""
    numbering: Literal["none", "front", "body"] | None = None
    """Which sequence of page numbers counts it; `body` is the standard."""


@dataclass(frozen=True)
class LayoutForm:
    """The whole of `layout.toml`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    """The layout's name: that of its folder."""
    licence: str
    """An SPDX licence expression."""
    description: str = ""
    """One sentence on its character."""
    extends: str = ""
    """The layout that this one changes."""
    order: tuple[str, ...] = ()
    """The order of matter: kinds of divisions from the first page to the last."""
    design: DesignTable = field(default_factory=DesignTable)
    """The type area and the type."""
    tokens: dict[str, str] = field(default_factory=dict)
    """Named values for the sheets: colours, lengths, sizes."""
    fonts: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """Font roles: for each role the families by script family (`hans`, `hant`)."""
    pages: dict[str, PageTable] = field(default_factory=dict)
    """Beginning and numbering by kind of division."""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """The words of the page by script family (`hans`, `hant`)."""


@dataclass(frozen=True)
class PageRule:
    """How a kind of division begins (`recto` or `next`) and is numbered."""

    kind: str
    start: str = "next"
    numbering: str = "body"


@dataclass(frozen=True)
class Sheet:
    """A template of a page or of a style sheet: which layout it is of, its name, its text."""

    layout: str
    name: str
    text: str


@dataclass(frozen=True)
class Asset:
    """A file that sheets may show, by its address below the layout."""

    address: str
    content: bytes


@dataclass(frozen=True)
class Layout:
    """A complete layout; `fonts` and `words` hold (script family, role or key, value)."""

    name: str
    licence: str
    order: tuple[str, ...]
    design: TypeDesign
    tokens: Pairs
    fonts: tuple[tuple[str, str, tuple[str, ...]], ...]
    pages: tuple[PageRule, ...]
    words: tuple[tuple[str, str, str], ...]
    templates: tuple[Sheet, ...]
    sheets: tuple[Sheet, ...]
    assets: tuple[Asset, ...]

    def page_rule(self, kind: str) -> PageRule:
        """How a kind of division begins and is numbered."""
        rules = {rule.kind: rule for rule in self.pages}
        return rules.get(kind, PageRule(kind))

    def stacks(self, family: str) -> dict[str, tuple[str, ...]]:
        """The font families of each role for a script family."""
        return {role: stack for script, role, stack in self.fonts if script == family}

    def dictionary(self, family: str) -> dict[str, str]:
        """The words of the page for a script family."""
        return {key: word for script, key, word in self.words if script == family}


def read_layout(name: str, shelves: tuple[Path, ...], at: Place) -> Layout:
    """The layout called `name`, looked for in each of the shelves in order.

    Raises PublisherError when there is none, or with every fault of its `layout.toml`.
    """
    line = _lineage(name, shelves, at, ())
    forms = [form for form, _ in line]
    return Layout(
        name=name,
        licence=forms[-1].licence,
        order=next((form.order for form in reversed(forms) if form.order), ()),
        design=_design(forms, line[-1][1]),
        tokens=_pairs(form.tokens for form in forms),
        fonts=_fonts(forms),
        pages=_pages(forms),
        words=_words(forms),
        templates=_templates(line),
        sheets=_sheets(line),
        assets=tuple(asset for form, folder in line for asset in _assets(form.name, folder)),
    )


def layout_names(shelves: tuple[Path, ...]) -> list[str]:
    """The names of all layouts on the shelves."""
    found = {file.parent.name for shelf in shelves for file in shelf.glob(f"*/{LAYOUT_FILE}")}
    return sorted(found)


def layout_folders(name: str, shelves: tuple[Path, ...], at: Place) -> tuple[Path, ...]:
    """The folder of a layout, then those of what it extends, down to what everything rests on.

    Raises PublisherError as `read_layout` does.
    """
    return tuple(folder for _, folder in reversed(_lineage(name, shelves, at, ())))


def layout_description(name: str, shelves: tuple[Path, ...]) -> str:
    """The sentence on a layout's character; empty where it has none of its own."""
    return _lineage(name, shelves, NOWHERE, ())[-1][0].description


Lineage = list[tuple[LayoutForm, Path]]


def _lineage(name: str, shelves: tuple[Path, ...], at: Place, seen: tuple[str, ...]) -> Lineage:
    """The forms and folders from the layout everything rests on to the one asked for."""
    if name in seen:
        raise PublisherError.of(
            say('the layout "{name}" extends itself by way of {line}', name=name, line=seen[-1]),
            Remedy.DESIGNER,
            at,
            say("take one of the extends lines out"),
        )
    folder = next((shelf / name for shelf in shelves if is_file(shelf / name / LAYOUT_FILE)), None)
    if folder is None or "/" in name or name.startswith("."):
        raise _missing(name, shelves, at, Remedy.DESIGNER if seen else Remedy.EDITOR)
    file = folder / LAYOUT_FILE
    form = read_form(LayoutForm, read_file(file), str(file), Remedy.DESIGNER)
    if form.name != name:
        raise _misnamed(form.name, name, file)
    if not form.extends:
        return [(form, folder)]
    base = _lineage(form.extends, shelves, Place(str(file), key="extends"), (*seen, name))
    return [*base, (form, folder)]


def _missing(name: str, shelves: tuple[Path, ...], at: Place, remedy: Remedy) -> PublisherError:
    return PublisherError.of(
        say('there is no layout "{name}"', name=name),
        remedy,
        at,
        meant(name, layout_names(shelves)),
    )


def _misnamed(found: str, name: str, file: Path) -> PublisherError:
    message: Message = say('the layout calls itself "{found}"', found=found)
    hint = say('its folder is called "{name}": make them agree', name=name)
    return PublisherError.of(message, Remedy.DESIGNER, Place(str(file), key="name"), hint)


def _design(forms: list[LayoutForm], folder: Path) -> TypeDesign:
    values: dict[str, Any] = {}
    for form in forms:
        wishes = vars(form.design)
        values |= {key: value for key, value in wishes.items() if value is not None}
    if isinstance(values.get("size"), str):
        values["size"] = _named_size(values["size"], str(folder / LAYOUT_FILE))
    faults = [*_design_faults(values, str(folder / LAYOUT_FILE))]
    if faults:
        raise PublisherError(*faults)
    return TypeDesign(**values)


def _named_size(name: str, file: str) -> float:
    size = type_size(name)
    if size is None:
        raise PublisherError.of(
            say('there is no type size "{name}"', name=name),
            Remedy.DESIGNER,
            Place(file, key="design.size"),
            say("write a size in pt, or one of {names}", names=", ".join(TYPE_SIZES)),
        )
    return size


def _design_faults(values: dict[str, float], file: str) -> Iterator[Fault]:
    missing = ", ".join(key for key in DESIGN_LIMITS if key not in values)
    if missing:
        yield Fault(
            say('the design lacks "{keys}"', keys=missing),
            Remedy.DESIGNER,
            Place(file, key="design"),
            say("give them, or extend a layout that has them"),
        )
    for key, value in values.items():
        least, most = (DESIGN_LIMITS | COUNT_LIMITS)[key]
        if not least <= value <= most:
            yield Fault(
                say("{value} is not possible here", value=value),
                Remedy.DESIGNER,
                Place(file, key=f"design.{key}"),
                say("write a number from {least} to {most}", least=least, most=most),
            )


def _pairs(tables: Any) -> Pairs:
    merged: dict[str, str] = {}
    for table in tables:
        merged |= table
    return tuple(sorted(merged.items()))


def _fonts(forms: list[LayoutForm]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    merged = {
        (family, role): stack
        for form in forms
        for role, by_family in form.fonts.items()
        for family, stack in by_family.items()
    }
    return tuple((family, role, stack) for (family, role), stack in sorted(merged.items()))


def _words(forms: list[LayoutForm]) -> tuple[tuple[str, str, str], ...]:
    merged = {
        (family, key): word
        for form in forms
        for family, words in form.words.items()
        for key, word in words.items()
    }
    return tuple((family, key, word) for (family, key), word in sorted(merged.items()))


def _pages(forms: list[LayoutForm]) -> tuple[PageRule, ...]:
    rules: dict[str, PageRule] = {}
    for form in forms:
        for kind, table in form.pages.items():
            wishes = {key: value for key, value in vars(table).items() if value is not None}
            rules[kind] = replace(rules.get(kind, PageRule(kind)), **wishes)
    return tuple(rules[kind] for kind in sorted(rules))


def _templates(line: Lineage) -> tuple[Sheet, ...]:
    """The page templates, each from the last layout of the line that has it."""
    files = {
        sheet.name: sheet
        for form, folder in line
        for sheet in _texts(form.name, folder / "templates", "*.html")
    }
    return tuple(files[name] for name in sorted(files))


def _sheets(line: Lineage) -> tuple[Sheet, ...]:
    """All style sheets, base before extension."""
    return tuple(
        sheet for form, folder in line for sheet in _texts(form.name, folder / "sheets", "*.css")
    )


def _texts(layout: str, folder: Path, pattern: str) -> list[Sheet]:
    try:
        return [
            Sheet(layout, file.name, decoded(read_file(file), str(file)))
            for file in sorted(folder.glob(pattern))
            if lies_inside(file, folder)
        ]
    except PublisherError as error:
        raise error.for_remedy(Remedy.DESIGNER) from None


def _assets(layout: str, folder: Path) -> list[Asset]:
    root = folder / "assets"
    return [
        Asset(f"{layout}/{file.relative_to(root).as_posix()}", read_file(file))
        for file in sorted(root.rglob("*"))
        if file.is_file() and lies_inside(file, root)
    ]
