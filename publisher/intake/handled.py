"""Handled: what is wished of an import, and what became of each source."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.ground.notices import Notice
from publisher.intake.ledger import Ledger
from publisher.intake.order import Rows
from publisher.intake.plan import Item


@dataclass(frozen=True)
class Wishes:
    """What is wished of an import.

    `accept` confirms every proposal, `off` names rules of cleaning that are not applied,
    `replacing` takes a changed source in place of the one that came in.
    """

    accept: bool = False
    off: frozenset[str] = frozenset()
    replacing: bool = False


@dataclass(frozen=True)
class Handled:
    """What became of one source.

    `written` are the manuscripts made of it as (file, title), `kept` those that were there
    already, `edited` those that an editor changed and that stay. `mended` are those of the written
    that a check had put right, `offered` the files laid beside those that were edited, `gone` those
    that an editor took out of the book, file and line. `asked` are the items that wait for a word,
    `questions` how many words settle them, `doubts` the advice that nobody accepted yet. `removed`
    are the lines that are left out, each with its number. `is_touched`: whether anything changes on
    disk.
    """

    source: str
    how: str
    plan: str
    written: tuple[tuple[str, str], ...]
    kept: tuple[str, ...]
    edited: tuple[str, ...]
    asked: tuple[Item, ...] = ()
    questions: int = 0
    doubts: int = 0
    ledger: Ledger | None = None
    removed: tuple[tuple[int, str], ...] = ()
    notices: tuple[Notice, ...] = ()
    mended: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    is_touched: bool = True


@dataclass(frozen=True)
class Work:
    """One source done: its account, its files, its essays for the order of the book."""

    handled: Handled
    files: dict[str, bytes]
    rows: Rows
