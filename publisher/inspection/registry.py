"""Registry: the rules for EPUBs. To add one: its function, its row, its row in docs/epub.md."""

from __future__ import annotations

from publisher.inspection import container, links, sheets, texts
from publisher.inspection.findings import Finding, Rule
from publisher.inspection.opened import Opened

RULES = (
    Rule("mimetype", container.first_file),
    Rule("package-missing", container.package),
    Rule("file-twice", container.doubled_files),
    Rule("file-missing", container.missing_files),
    Rule("file-unlisted", container.unlisted_files),
    Rule("not-well-formed", container.unreadable_files),
    Rule("spine-empty", container.empty_spine),
    Rule("metadata-missing", container.missing_metadata),
    Rule("access-missing", container.missing_access),
    Rule("identifier-differs", container.other_identifier),
    Rule("alt-missing", texts.undescribed_pictures),
    Rule("heading-skips", texts.skipped_headings),
    Rule("title-missing", texts.nameless_documents),
    Rule("language-missing", texts.silent_languages),
    Rule("language-wrong", texts.other_languages),
    Rule("language-unsaid", texts.unsaid_languages),
    Rule("id-twice", texts.doubled_identities),
    Rule("role-missing", texts.missing_roles),
    Rule("table-headless", texts.headless_tables),
    Rule("script-inside", texts.scripted_documents),
    Rule("document-blank", texts.blank_documents),
    Rule("link-dead", links.dead_links),
    Rule("resource-missing", links.missing_resources),
    Rule("resource-remote", links.remote_resources),
    Rule("note-lost", links.lost_notes),
    Rule("contents-missing", links.missing_contents),
    Rule("contents-unordered", links.unordered_contents),
    Rule("landmarks-missing", links.missing_landmarks),
    Rule("pages-differ", links.unlike_pages),
    Rule("ncx-differs", links.unlike_ncx),
    Rule("contrast-weak", sheets.weak_contrast),
    Rule("size-fixed", sheets.fixed_sizes),
    Rule("font-lost", sheets.lost_fonts),
    Rule("link-hidden", sheets.unmarked_links),
    Rule("sheet-fragile", sheets.fragile_sheets),
    Rule("direction-wrong", sheets.turned_pages),
    Rule("character-fontless", sheets.fontless_characters),
)


def inspect(files: tuple[tuple[str, bytes], ...]) -> tuple[Finding, ...]:
    """What the rules find in an EPUB, rule by rule; `files` are its names and bytes in order."""
    book = Opened(files)
    return tuple(
        Finding(rule.code, message, at) for rule in RULES for message, at in rule.find(book)
    )
