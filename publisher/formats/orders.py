"""Order: what is wished of printed sheets, in the words of a command or of `collection.toml`.

It promises an order of known names and possible numbers. It refuses the rest, all faults at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import UnionType
from typing import TypeVar

from publisher.ground.errors import Gathering, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.imposition.schemes import SCHEMES
from publisher.imposition.wishes import Binding, Blanks, Extent, Turn, Wish
from publisher.typography.pagesize import PAPERS, paper_size

T = TypeVar("T")
Value = bool | int | float | str

# What an order may say, with what stands where it is silent.
STANDARD: Mapping[str, Value] = {
    "sheet": "A4",
    "scheme": "saddle",
    "bind": "",
    "turn": "long",
    "signature": 0,
    "up": 0,
    "caliper": 0.0,
    "blanks": "end",
    "marks": False,
    "fit": False,
    "dummy": False,
}
BINDINGS = {side.value: side for side in Binding}
TURNS = {edge.value: edge for edge in Turn}
BLANKS = {where.value: where for where in Blanks}
# What each option takes: values of a type, or one of a few words.
OPTIONS: tuple[tuple[str, type | UnionType | tuple[str, ...]], ...] = (
    ("sheet", str),
    ("scheme", tuple(SCHEMES)),
    ("bind", tuple(BINDINGS)),
    ("turn", tuple(TURNS)),
    ("signature", int),
    ("up", int),
    ("caliper", float | int),
    ("blanks", tuple(BLANKS)),
    ("marks", bool),
    ("fit", bool),
    ("dummy", bool),
)
# More than a millimetre is board; more pieces than these nobody cuts.
_THICKEST, _MOST_PIECES, _MOST_SHEETS = 1.0, 16, 1000


@dataclass(frozen=True)
class Order:
    """A wish for sheets; `bind` is None where the PDF itself is asked.

    `has_marks` draws fold and crop marks; `is_fitted` makes pages smaller where the sheet is too
    small; `is_dummy` prints numbers in place of pages, to see how the sheets are folded.
    """

    wish: Wish
    bind: Binding | None
    has_marks: bool
    is_fitted: bool
    is_dummy: bool


def order_of(options: Mapping[str, Value], place: Callable[[str], Place]) -> Order:
    """The order that options make; `place` says where an option was written.

    Raises PublisherError with every name that is not known and every number that cannot be.
    """
    told, asked = Told({**STANDARD, **options}, place), Gathering()
    bind = asked.attempt(partial(told.one, "bind", {"": None, **BINDINGS}), None)
    wish = Wish(
        sheet=asked.attempt(told.sheet, Extent(0, 0)),
        scheme=asked.attempt(partial(told.one, "scheme", SCHEMES), SCHEMES["saddle"]),
        binding=bind or Binding.LEFT,
        turn=asked.attempt(partial(told.one, "turn", TURNS), Turn.LONG),
        signature=int(asked.attempt(partial(told.number, "signature", _MOST_SHEETS), 0.0)),
        up=int(asked.attempt(partial(told.number, "up", _MOST_PIECES), 0.0)),
        caliper=asked.attempt(partial(told.number, "caliper", _THICKEST), 0.0),
        blanks=asked.attempt(partial(told.one, "blanks", BLANKS), Blanks.END),
    )
    asked.settle()
    return Order(wish, bind, told.truth("marks"), told.truth("fit"), told.truth("dummy"))


@dataclass(frozen=True)
class Told:
    """What was said, option by option; `place` says where. Each is read with its own refusal."""

    options: Mapping[str, Value]
    place: Callable[[str], Place]

    def sheet(self) -> Extent:
        """The paper by name or measure."""
        name = str(self.options["sheet"])
        size = paper_size(name)
        if size is None:
            raise PublisherError.of(
                say('there is no paper size "{name}"', name=name),
                Remedy.CALLER,
                self.place("sheet"),
                say(
                    "write width × height in mm, from 50 to 1300, or one of {names}",
                    names=", ".join(PAPERS),
                ),
            )
        return Extent(size.width, size.height)

    def one(self, key: str, known: Mapping[str, T]) -> T:
        """What an option means among what is known by name."""
        name = str(self.options[key])
        if name not in known:
            raise PublisherError.of(
                say('"{name}" is not known here', name=name),
                Remedy.CALLER,
                self.place(key),
                meant(name, filter(None, known)),
            )
        return known[name]

    def number(self, key: str, most: float) -> float:
        """A number from 0 to the most that can be."""
        number = float(self.options[key])
        if not 0 <= number <= most:
            raise PublisherError.of(
                say("{value} is not possible here", value=self.options[key]),
                Remedy.CALLER,
                self.place(key),
                say("write a number from {least} to {most}", least=0, most=f"{most:g}"),
            )
        return number

    def truth(self, key: str) -> bool:
        """Whether an option is on."""
        return bool(self.options[key])
