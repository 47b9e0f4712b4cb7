"""Comparison: what differs between two editions, in the words of an editor.

It promises essays that came, went or moved; every changed sentence; decisions, what the declaration
says, layouts and fonts; for each finished file its pages. Both editions have to be sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

from publisher.ground.fixity import digest
from publisher.library.bag import PAYLOAD
from publisher.library.edition import FONTS, LAYOUTS, SOURCE, TEXT, Edition, Essay
from publisher.library.holding import Holding
from publisher.library.identity import edition_in
from publisher.library.leaves import NO_LEAVES, Leaves, leaves
from publisher.library.pages import PDF
from publisher.library.sentences import Change, changes
from publisher.model.folders import DECISIONS
from publisher.model.scripts import SCRIPTS
from publisher.script.decisions import NONE, Decisions, DecisionTable, read_decisions

# What an edition says of itself and an editor may change.
_FACTS = (
    "title", "subtitle", "version", "date", "responsibility", "publisher", "language", "rights",
    "description", "identifier",
)  # fmt: skip


@dataclass(frozen=True)
class Rewritten:
    """An essay whose words differ, with its changed sentences."""

    essay: Essay
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Files:
    """Names of files that came, went, or are others under the same name."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class Reset:
    """A finished file whose bytes differ; numbers of pages are 0 where it has none."""

    output: str
    pages_before: int
    pages_after: int
    leaves: Leaves


@dataclass(frozen=True)
class Comparison:
    """All that differs; `facts` are pairs of a name and its change."""

    before: Edition
    after: Edition
    facts: tuple[tuple[str, Change], ...]
    added: tuple[Essay, ...]
    removed: tuple[Essay, ...]
    moved: tuple[Essay, ...]
    rewritten: tuple[Rewritten, ...]
    decisions: tuple[Change, ...]
    layouts: Files
    fonts: Files
    outputs: Files
    reset: tuple[Reset, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs that an editor could name."""
        return not any(getattr(self, it.name) for it in fields(self)[2:])


def compared(one: Holding, other: Holding) -> Comparison:
    """What differs from one edition to another."""
    before, after = edition_in(one), edition_in(other)
    return Comparison(
        before=before,
        after=after,
        facts=tuple(_facts(before, after)),
        added=_only_in(after, before),
        removed=_only_in(before, after),
        moved=tuple(_moved(before, after)),
        rewritten=tuple(_rewritten(one, other, before, after)),
        decisions=tuple(_decided(_decisions(one), _decisions(other))),
        layouts=_files(_folder(one, LAYOUTS), _folder(other, LAYOUTS)),
        fonts=_files(_folder(one, FONTS), _folder(other, FONTS)),
        outputs=_files(_outputs(before), _outputs(after)),
        reset=tuple(_reset(one, other, before, after)),
    )


def _facts(before: Edition, after: Edition) -> Iterator[tuple[str, Change]]:
    for name in _FACTS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield name, Change(was, now)


def _only_in(one: Edition, other: Edition) -> tuple[Essay, ...]:
    known = {essay.path for essay in other.essays}
    return tuple(essay for essay in one.essays if essay.path not in known)


def _moved(before: Edition, after: Edition) -> Iterator[Essay]:
    """Essays of both that stand in another part, or before others than they stood behind."""
    old, new = ({essay.path: essay for essay in it.essays} for it in (before, after))
    was, now = [path for path in old if path in new], [path for path in new if path in old]
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    still = {path for block in blocks for path in now[block.b : block.b + block.size]}
    yield from (new[it] for it in now if it not in still or old[it].part != new[it].part)


def _rewritten(
    one: Holding, other: Holding, before: Edition, after: Edition
) -> Iterator[Rewritten]:
    known = {essay.path for essay in before.essays}
    folder = _own_texts(after, (one, other))
    for essay in after.essays:
        name = f"{folder}/{essay.path.removesuffix('.md')}.txt"
        if essay.path in known and (found := changes(_text(one, name), _text(other, name))):
            yield Rewritten(essay, found)


def _own_texts(edition: Edition, holdings: tuple[Holding, ...]) -> str:
    """The folder of texts in the script the essays are written in, or the first that both have."""
    native = [name for name, it in SCRIPTS.items() if it.language == edition.language]
    there = [
        {
            entry.path.split("/")[2]
            for entry in it.entries
            if entry.path.startswith(f"{PAYLOAD}{TEXT}/")
        }
        for it in holdings
    ]
    shared = sorted(set.intersection(*there))
    script = next((name for name in (*native, *shared) if name in shared), "")
    return f"{TEXT}/{script}"


def _text(holding: Holding, name: str) -> str:
    return holding.read(PAYLOAD + name).decode() if _has(holding, name) else ""


def _has(holding: Holding, name: str) -> bool:
    return any(entry.path == PAYLOAD + name for entry in holding.entries)


# ---- decisions ----


def _decisions(holding: Holding) -> Decisions:
    name = f"{SOURCE}/{DECISIONS}"
    return read_decisions(holding.read(PAYLOAD + name), name) if _has(holding, name) else NONE


def _decided(before: Decisions, after: Decisions) -> Iterator[Change]:
    was, now = _rows(before), _rows(after)
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) != now.get(key):
            yield Change(_told(key, was), _told(key, now))


def _rows(decisions: Decisions) -> dict[str, str]:
    """What each decided word becomes, by the word and for what it was decided."""
    rows = {_key(row): row.value for row in (*decisions.accepted, *decisions.decision)}
    rows |= {pair[0]: pair[1:] for pair in decisions.style}
    return rows | decisions.names


def _key(row: DecisionTable) -> str:
    spot = f"{row.essay} {row.occurrence or ''}".strip()
    where = ", ".join(filter(None, (row.script, spot)))
    return f"{row.source} ({where})" if where else row.source


def _told(key: str, rows: dict[str, str]) -> str:
    return f"{key} → {rows[key]}" if key in rows else ""


# ---- files ----


def _folder(holding: Holding, name: str) -> dict[str, str]:
    """The digests of a folder's files by their names in it."""
    home = f"{PAYLOAD}{name}/"
    paths = [entry.path for entry in holding.entries if entry.path.startswith(home)]
    return {path.removeprefix(home): digest(holding.read(path)) for path in paths}


def _files(before: dict[str, str], after: dict[str, str]) -> Files:
    return Files(
        added=tuple(name for name in after if name not in before),
        removed=tuple(name for name in before if name not in after),
        changed=tuple(name for name, it in after.items() if before.get(name, it) != it),
    )


def _outputs(edition: Edition) -> dict[str, str]:
    return {work.output: work.output for work in edition.works}


def _reset(one: Holding, other: Holding, before: Edition, after: Edition) -> Iterator[Reset]:
    works = {work.output: work for work in before.works}
    pairs = ((works[now.output], now) for now in after.works if now.output in works)
    for was, now in pairs:
        if was.sha256 != now.sha256:
            pages = NO_LEAVES
            if now.media_type == was.media_type == PDF:
                pages = _leaves(one, PAYLOAD + was.file, other, PAYLOAD + now.file)
            yield Reset(now.output, was.pages, now.pages, pages)


def _leaves(one: Holding, was: str, other: Holding, now: str) -> Leaves:
    return leaves(one.read(was), other.read(now), (one.at(was), other.at(now)))
