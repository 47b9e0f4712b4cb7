"""Registry: the rules of cleaning in the order in which they run. To add one: its row, its page.

Characters come first, then lines, so that a paragraph is whole when its marks are looked at; spaces
beside marks come last, when the marks are what they shall be.
"""

from __future__ import annotations

from publisher.intake.cleaning import characters, lines, punctuation, spacing, wrapping
from publisher.intake.cleaning.changes import Rule

RULES = (
    Rule("entities", characters.entities),
    Rule("invisible", characters.invisible),
    Rule("blanks", characters.blanks),
    Rule("radicals", characters.radicals),
    Rule("presentation-forms", characters.presentation_forms),
    Rule("full-width-letters", characters.full_width_letters),
    Rule("space-runs", spacing.space_runs),
    Rule("letter-spacing", spacing.letter_spacing),
    Rule("split-words", spacing.split_words),
    Rule("unwrap", wrapping.unwrap),
    Rule("indents", lines.indents),
    Rule("trailing-blanks", lines.trailing_blanks),
    Rule("blank-lines", lines.blank_lines),
    Rule("brackets", punctuation.brackets),
    Rule("straight-quotes", punctuation.straight_quotes),
    Rule("single-quotes", punctuation.single_quotes),
    Rule("half-width-marks", punctuation.half_width_marks),
    Rule("full-stops", punctuation.full_stops),
    Rule("ellipses", punctuation.ellipses),
    Rule("dashes", punctuation.dashes),
    Rule("repeated-marks", punctuation.repeated_marks),
    Rule("mark-spaces", spacing.mark_spaces),
    Rule("han-latin", spacing.han_latin),
)
