"""Voice: everything that a style says about setting words, worked out once.

It promises one voice for all the styles that sound alike: a style that declares nothing of its
own about words speaks with its parent's voice, so that a book of ten thousand paragraphs asks a
few dozen times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from publisher.composition.seam.fount import SHAPING, Fount
from publisher.composition.seam.properties import VERTICAL, Emphasis, emphasis_of, rules_of
from publisher.composition.seam.register import baseline
from publisher.composition.seam.vertical_fount import VerticalFount
from publisher.typography.joints import Joints
from publisher.typography.tokens import Rules

# What decides a voice besides the shapes of its type; all of it inherits.
_KEYS = (
    *SHAPING, "white_space", "letter_spacing", "word_spacing", "direction", "word_break",
    "block_ellipsis", "line_height", "text_spacing_trim", "hanging_punctuation", "line_break",
    "text_decoration_line", "text_emphasis_style", "text_emphasis_position",
)  # fmt: skip
_DECISIVE = frozenset(_KEYS)
# px; the engine draws nothing below.
_SMALLEST = 0.01


@dataclass(frozen=True, eq=False)
class Voice:
    """A fount and how it is set; `leading` is the line height, `baseline` its place in it, in px.

    `settable`: whether the composer sets such words at all; `glued`: whether lines are not to
    end within them, `phrased`: whether they end between phrases alone; `whole`: whether all of
    them are shown, however many; `plain`: whether nothing is drawn but the glyphs.
    """

    fount: Fount
    joints: Joints
    leading: float
    baseline: float
    settable: bool
    glued: bool
    phrased: bool
    whole: bool
    plain: bool
    emphasis: Emphasis | None


def voice_of(style: Any) -> Voice:
    """The voice of a style."""
    voice: Voice | None = getattr(style, "publisher_voice", None)
    if voice is None:
        voice = voice_of(style.parent_style) if _repeats(style) else _shared(style)
        style.publisher_voice = voice
    return voice


def _repeats(style: Any) -> bool:
    """Whether a style adds nothing to its parent's voice."""
    if style.parent_style is None:
        return False
    declared = getattr(style, "cascaded", {})
    return all(declared[name][0] == "inherit" for name in _DECISIVE & declared.keys())


def _shared(style: Any) -> Voice:
    voices = vars(style.font_config).setdefault("publisher_voices", {})
    key = tuple(_fixed(style[name]) for name in _KEYS)
    if key not in voices:
        voices[key] = _new(style)
    known: Voice = voices[key]
    return known


def _fixed(value: Any) -> Any:
    return frozenset(value) if isinstance(value, set) else value


def _new(style: Any) -> Voice:
    from weasyprint.text.line_break import strut

    founts = vars(style.font_config).setdefault("publisher_founts", {})
    underlined = style["text_decoration_line"] != "none"
    key = (underlined, *(_fixed(style[name]) for name in SHAPING))
    if key not in founts:
        vertical = style["writing_mode"] == VERTICAL
        founts[key] = VerticalFount(style) if vertical else Fount(style)
    emphasis = emphasis_of(style)
    leading: float = strut(style)[0]
    return Voice(
        fount=founts[key],
        joints=_joints(style, rules_of(style)),
        leading=leading,
        baseline=baseline(style, leading),
        settable=_is_settable(style),
        glued=style["white_space"] == "nowrap",
        phrased=style["word_break"] == "keep-all",
        whole=style["block_ellipsis"] == "none",
        plain=not (underlined or emphasis),
        emphasis=emphasis,
    )


def _joints(style: Any, rules: Rules) -> Joints:
    known = vars(style.font_config).setdefault("publisher_joints", {})
    joints: Joints = known.setdefault(rules, Joints(rules))
    return joints


def _is_settable(style: Any) -> bool:
    """Whether words of a style are set from left to right, without room between the letters."""
    return bool(
        style["white_space"] in ("normal", "nowrap")
        and style["letter_spacing"] == "normal"
        and not style["word_spacing"]
        and style["direction"] == "ltr"
        and style["word_break"] != "break-all"
        and style["font_size"] >= _SMALLEST
    )
