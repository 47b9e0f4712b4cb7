"""Standing: what stands in a collection's folder where manuscripts are to be written.

It promises that a manuscript is written over only where the program wrote the one that is there, or
put it right, and nobody changed it since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from publisher.editorial.assembly import read_folder_declaration
from publisher.ground.errors import PublisherError, Remedy, gather
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.intake.essays import Draft
from publisher.intake.filing import differs, digest_there, offered_file
from publisher.intake.order import listed
from publisher.intake.record import Record


@dataclass(frozen=True)
class Standing:
    """Drafts by what stands in the folder: nothing or an older one, the same, an editor's own.

    `gone` are those that an editor took away, file and line of the book; `drafts` are the others in
    order, `known` is the record of what was written before. `mended`
    are the names of those among the new that a check had put right; `offered` are those among the
    edited whose words the editor has not seen yet.
    """

    drafts: tuple[Draft, ...]
    known: Record
    new: tuple[Draft, ...] = ()
    same: tuple[Draft, ...] = ()
    edited: tuple[Draft, ...] = ()
    mended: tuple[str, ...] = ()
    offered: tuple[Draft, ...] = ()
    gone: tuple[Draft, ...] = ()

    def record(self) -> Record:
        """The record once these drafts are written."""
        kept = {entry.file: entry for entry in self.known.entries}
        mended = {name: entry.mended for name, entry in kept.items()}
        same = (replace(row.entry, mended=mended.get(row.entry.file, "")) for row in self.same)
        new = {entry.file: entry for entry in (*(row.entry for row in self.new), *same)}
        entries = sorted((kept | new).values(), key=lambda entry: entry.file)
        return replace(self.known, entries=tuple(entries))

    def files(self) -> dict[str, bytes]:
        """What is to be written, and what is laid beside what an editor changed."""
        files = {draft.entry.file: draft.content for draft in self.new}
        return files | {offered_file(row.entry.file): row.content for row in self.offered}


def standing(drafts: tuple[Draft, ...], record: Record, folder: Path, source: Path) -> Standing:
    """How drafts stand to what is in a folder.

    Raises PublisherError for manuscripts in the way that were never made of this source.
    """
    rows: dict[str, list[Draft]] = {
        "new": [], "same": [], "edited": [], "foreign": [], "gone": []
    }  # fmt: skip
    for draft in drafts:
        rows[_kind(draft, record, folder)].append(draft)
    gather(partial(require_free, folder / row.entry.file, source) for row in rows["foreign"])
    return Standing(
        drafts=tuple(draft for draft in drafts if draft not in rows["gone"]),
        known=record,
        new=tuple(rows["new"]),
        same=tuple(rows["same"]),
        edited=tuple(rows["edited"]),
        mended=tuple(row.entry.file for row in rows["new"] if _is_mended(row, record, folder)),
        offered=tuple(row for row in rows["edited"] if _is_news(row, record, folder)),
        gone=tuple(rows["gone"]),
    )


def _kind(draft: Draft, record: Record, folder: Path) -> str:
    there = digest_there(folder / draft.entry.file)
    known = record.entry(draft.entry.file)
    if there == draft.entry.sha256 or (known and known.stands(there, draft.entry.sha256)):
        return "same"
    if there and not known:
        return "foreign"
    if known and not there and draft.entry.file not in listed(read_folder_declaration(folder)):
        return "gone"
    return "edited" if known and there and not known.is_own(there) else "new"


def _is_mended(draft: Draft, record: Record, folder: Path) -> bool:
    known = record.entry(draft.entry.file)
    there = digest_there(folder / draft.entry.file)
    return bool(known and there and there == known.mended)


def _is_news(draft: Draft, record: Record, folder: Path) -> bool:
    """Whether a draft says something else than what an editor once had and changed."""
    known = record.entry(draft.entry.file)
    is_other = known is None or known.sha256 != draft.entry.sha256
    return is_other and differs(folder / offered_file(draft.entry.file), draft.content)


def require_free(target: Path, source: Path) -> None:
    """Raise PublisherError for a file that is there and was never written for this source."""
    raise PublisherError.of(
        say("another file of this name is already there"),
        Remedy.CALLER,
        Place(str(target)),
        say("rename the source, or move that file away: {file}", file=source),
    )
