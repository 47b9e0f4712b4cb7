"""Registry: the rules for files to keep. To add one: its function, its row, its row in the docs.

The clauses are those of ISO 19005-3 (A) and ISO 14289-1 (UA).
"""

from __future__ import annotations

import io

import pikepdf

from publisher.prepress.validity import document, drawing, fonts, tags
from publisher.prepress.validity.findings import Finding, Rule
from publisher.prepress.validity.subject import Subject

RULES = (
    Rule("pdf-damaged", "A 6.1", document.broken_syntax),
    Rule("pdf-locked", "A 6.1.3", document.locked),
    Rule("pdf-nameless", "A 6.1.3", document.nameless_file),
    Rule("pdf-metadata", "A 6.6.2", document.missing_metadata),
    Rule("pdf-undeclared", "A 6.6.4", document.undeclared_archival),
    Rule("pdf-access-undeclared", "UA 5", document.undeclared_access),
    Rule("pdf-untitled", "UA 7.1", document.untitled),
    Rule("pdf-contradiction", "A 6.6.3", document.contradiction),
    Rule("pdf-language", "A 6.7.4", document.silent_language),
    Rule("pdf-colours", "A 6.2.3", document.unnamed_colours),
    Rule("pdf-actions", "A 6.5", document.actions),
    Rule("pdf-sources", "A 6.8", document.unexplained_sources),
    Rule("pdf-font", "A 6.2.11.4", fonts.fonts_elsewhere),
    Rule("pdf-font-unreadable", "A 6.2.11.7.2", fonts.unreadable_fonts),
    Rule("pdf-private", "A 6.2.11.7.3", fonts.private_characters),
    Rule("pdf-glyph", "A 6.2.11.8", fonts.missing_glyphs),
    Rule("pdf-smoothed", "A 6.2.8", drawing.smoothed_pictures),
    Rule("pdf-ink-picture", "A 6.2.4.3", drawing.ink_pictures),
    Rule("pdf-ink", "A 6.2.4.3", drawing.ink_colours),
    Rule("pdf-loose-words", "UA 7.1", drawing.untagged_words),
    Rule("pdf-drawing-tags", "UA 7.1", drawing.tags_within_drawings),
    Rule("pdf-untagged", "A 6.7.2", tags.untagged),
    Rule("pdf-heading-skips", "UA 7.4.2", tags.skipped_headings),
    Rule("pdf-alt", "UA 7.3", tags.undescribed_pictures),
    Rule("pdf-link-alt", "UA 7.18.5", tags.undescribed_links),
    Rule("pdf-unprinted", "A 6.3.2", tags.unprinted_annotations),
    Rule("pdf-loose-link", "UA 7.18.1", tags.loose_annotations),
    Rule("pdf-tab-order", "UA 7.18.3", tags.unordered_annotations),
)


def findings(content: bytes) -> tuple[Finding, ...]:
    """What the rules find in a PDF, rule by rule. Raises pikepdf.PdfError for what is no PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        subject = Subject(pdf)
        return tuple(
            Finding(rule.code, message, page)
            for rule in RULES
            for message, page in rule.find(subject)
        )
