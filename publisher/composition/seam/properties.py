"""Properties: the CSS declarations of Chinese setting, which the engine does not know by itself.

It promises that a sheet may say them in the words of the standards, that values are checked as
all others are, and that they inherit. Sources: CSS Text 4 (text-spacing-trim, text-autospace,
hanging-punctuation, line-break, text-justify, word-break: keep-all), CSS Text Decoration 4
(text-emphasis-*), CSS Ruby 1 (ruby-position), CSS Rhythmic Sizing 1 (block-step-size), CSS Writing
Modes 4 (writing-mode, text-combine-upright).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from publisher.typography.tokens import MAINLAND, Rules, rules_for

# Lines that run downwards, from right to left.
VERTICAL = "vertical-rl"
_KEYWORDS: dict[str, tuple[str, ...]] = {
    "text-spacing-trim": (
        "auto", "normal", "space-all", "space-first", "trim-start", "trim-both",
    ),
    "text-autospace": ("normal", "no-autospace"),
    "hanging-punctuation": ("none", "allow-end"),
    "line-break": ("auto", "normal", "loose", "strict"),
    "text-justify": ("auto", "none", "inter-character"),
    "text-emphasis-position": ("under", "over", "under right", "over right"),
    "ruby-position": ("over", "inter-character"),
    "writing-mode": ("horizontal-tb", VERTICAL),
    "text-combine-upright": ("auto", "none", "all"),
}  # fmt: skip
_SHAPES = ("dot", "circle")
_FILLS = ("filled", "open")
_STRICTNESS = {"auto": 0, "normal": 0, "loose": -1, "strict": 1}


@dataclass(frozen=True)
class Emphasis:
    """The mark beside each emphasised character: its shape, whether filled, whether above."""

    shape: str
    filled: bool
    over: bool


def declare() -> None:
    """Make the properties known to the engine's cascade."""
    from weasyprint.css.computed_values import COMPUTER_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_VALUES, KNOWN_PROPERTIES, ZERO_PIXELS
    from weasyprint.css.validation.expanders import EXPANDERS, generic_expander
    from weasyprint.css.validation.properties import PROPERTIES

    for name, words in _KEYWORDS.items():
        INITIAL_VALUES[_key(name)] = words[0]
        PROPERTIES[name] = _check(_keywords(words))
    PROPERTIES["word-break"] = _check(_keywords(("normal", "break-all", "keep-all")))
    INITIAL_VALUES["text_emphasis_style"] = "none"
    PROPERTIES["text-emphasis-style"] = _check(_emphasis_style)
    INITIAL_VALUES["text_emphasis_color"] = "currentcolor"
    PROPERTIES["text-emphasis-color"] = PROPERTIES["text-decoration-color"]
    COMPUTER_FUNCTIONS["text_emphasis_color"] = COMPUTER_FUNCTIONS["text_decoration_color"]
    EXPANDERS["text-emphasis"] = generic_expander("-style", "-color")(_emphasis_parts)
    names = (*_KEYWORDS, "text-emphasis-style", "text-emphasis-color")
    KNOWN_PROPERTIES.update(names, ("block-step-size",))
    INHERITED.update(map(_key, names))
    INITIAL_VALUES["block_step_size"] = ZERO_PIXELS
    PROPERTIES["block-step-size"] = _check(_step_size)
    COMPUTER_FUNCTIONS["block_step_size"] = COMPUTER_FUNCTIONS["margin_top"]


def rules_of(style: Any) -> Rules:
    """The rules that a style asks for: its language's region, changed by what it declares."""
    rules = rules_for(style["lang"] or "")
    trim = style["text_spacing_trim"]
    if trim != "auto":
        rules = replace(
            rules,
            pair=0 if trim == "space-all" else MAINLAND.pair,
            trim_start=trim in ("trim-start", "trim-both"),
            trim_end=trim != "space-all",
            give=0 if trim == "space-all" else MAINLAND.give,
        )
    return replace(
        rules,
        hang=style["hanging_punctuation"] == "allow-end",
        strictness=_STRICTNESS[style["line_break"]],
    )


def emphasis_of(style: Any) -> Emphasis | None:
    """The marks that a style sets beside its characters, if any."""
    if style["text_emphasis_style"] == "none":
        return None
    shape, filled = style["text_emphasis_style"]
    return Emphasis(shape, filled, style["text_emphasis_position"].startswith("over"))


def _key(name: str) -> str:
    return name.replace("-", "_")


def _check(check: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
    check.wants_base_url = False  # type: ignore[attr-defined] # what the engine asks of a check
    return check


def _words(tokens: list[Any]) -> list[str]:
    from weasyprint.css.tokens import get_keyword

    return [get_keyword(token) or "" for token in tokens]


def _keywords(known: tuple[str, ...]) -> Callable[[list[Any]], str | None]:
    def check(tokens: list[Any]) -> str | None:
        said = " ".join(_words(tokens))
        return said if said in known else None

    return check


def _emphasis_style(tokens: list[Any]) -> str | tuple[str, bool] | None:
    """`none`, or a shape and whether it is filled; a fill alone means dots, as books set them."""
    words = _words(tokens)
    if words == ["none"]:
        return "none"
    shapes = [word for word in words if word in _SHAPES]
    fills = [word for word in words if word in _FILLS]
    if len(shapes) > 1 or len(fills) > 1 or len(shapes) + len(fills) != len(words):
        return None
    return (shapes or ["dot"])[0], fills != ["open"]


def _step_size(tokens: list[Any]) -> Any:
    from weasyprint.css.properties import ZERO_PIXELS
    from weasyprint.css.tokens import get_length

    if _words(tokens) == ["none"]:
        return ZERO_PIXELS
    return get_length(tokens[0], negative=False) if len(tokens) == 1 else None


def _emphasis_parts(tokens: list[Any], name: str) -> Iterator[tuple[str, list[Any]]]:
    """`text-emphasis`: a style, a colour, or both."""
    style = [token for token, word in zip(tokens, _words(tokens), strict=True) if _is_style(word)]
    colour = [token for token in tokens if token not in style]
    if style:
        yield "-style", style
    if colour:
        yield "-color", colour


def _is_style(word: str) -> bool:
    return word in (*_SHAPES, *_FILLS, "none")
