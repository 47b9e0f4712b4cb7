"""Fault: one thing that is wrong, where, and what to do; PublisherError: all faults of one input.

There is one exception type. Each fault says whose remedy it is, and the remedy carries the exit
code (docs/errors.md). Errors pickle, so a worker's fault reaches the surface whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Self, TypeVar

from publisher.ground.messages import Message
from publisher.ground.places import NOWHERE, Place

T = TypeVar("T")


class Remedy(Enum):
    """Whose hands can mend a fault; the value is the exit code."""

    CALLER = 2
    EDITOR = 3
    DESIGNER = 4
    MACHINE = 5
    WAIT = 6
    MAKER = 70


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a sentence, a place, and what to do about it."""

    message: Message
    remedy: Remedy
    at: Place = NOWHERE
    hint: Message | None = None

    def __str__(self) -> str:
        where = f"{self.at}: " if str(self.at) else ""
        what_to_do = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{what_to_do}"


class PublisherError(Exception):
    """Work that cannot go on, with every fault that was found, in the order of the input."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults: tuple[Fault, ...] = faults

    @classmethod
    def of(
        cls, message: Message, remedy: Remedy, at: Place = NOWHERE, hint: Message | None = None
    ) -> Self:
        """An error of a single fault."""
        return cls(Fault(message, remedy, at, hint))

    def for_remedy(self, remedy: Remedy) -> PublisherError:
        """The same faults in other hands."""
        return PublisherError(*(replace(fault, remedy=remedy) for fault in self.faults))

    def placed(self, at: Place) -> PublisherError:
        """The same faults, with a place where they had none."""
        faults = self.faults
        return PublisherError(
            *(replace(fault, at=at) if fault.at == NOWHERE else fault for fault in faults)
        )

    @property
    def exit_code(self) -> int:
        """The first fault's: an editor mends in the order of the list."""
        return self.faults[0].remedy.value if self.faults else Remedy.MAKER.value

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Gathering:
    """Work in several steps whose faults are told together: attempt each, then settle."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def attempt(self, step: Callable[[], T], otherwise: T) -> T:
        """The step's result; its faults are kept and `otherwise` stands in."""
        try:
            return step()
        except PublisherError as error:
            self.faults.extend(error.faults)
            return otherwise

    def settle(self) -> None:
        """Raise PublisherError with the faults of all steps, each once, when there are any."""
        if self.faults:
            raise PublisherError(*dict.fromkeys(self.faults))


def gather(steps: Iterable[Callable[[], T]]) -> tuple[T, ...]:
    """Run every step and return the results in order.

    Raises PublisherError with the faults of all steps together, when any failed.
    """
    gathering = Gathering()
    results: list[T] = []
    for step in steps:
        gathering.attempt(partial(_append, results, step), None)
    gathering.settle()
    return tuple(results)


def _append(results: list[T], step: Callable[[], T]) -> None:
    results.append(step())
