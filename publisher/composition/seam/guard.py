"""Guard: puts the replacements under the engine, and only under the versions they were made for.

It promises that another version is refused, because what is replaced may have changed, and that
the functions it replaces are there and take what they took.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from inspect import signature

from publisher.composition.seam import (
    drawing,
    emphasis,
    furniture,
    lines,
    notes,
    pace,
    properties,
    register,
    turning,
    vertical_drawing,
    widths,
)
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say

KNOWN = {"weasyprint": "70.0", "pydyf": "0.13.0"}
# By module and name: the parameters that a replaced function has in the known version.
REPLACED = {
    ("weasyprint.layout.block", "iter_line_boxes"): (
        "context", "box", "position_y", "bottom_space", "skip_stack", "containing_block",
        "absolute_boxes", "fixed_boxes", "first_letter_style", "first_line_style",
    ),
    ("weasyprint.layout.block", "block_box_layout"): (
        "context", "box", "bottom_space", "skip_stack", "containing_block", "page_is_empty",
        "absolute_boxes", "fixed_boxes", "adjoining_margins", "first_letter_style",
        "first_line_style", "discard", "max_lines",
    ),
    ("weasyprint.layout.inline", "strut"): ("style",),
    ("weasyprint.layout.inline", "split_text_box"): (
        "context", "box", "available_width", "skip", "is_line_start",
    ),
    ("weasyprint.layout.preferred", "inline_max_content_width"): (
        "context", "box", "outer", "is_line_start",
    ),
    ("weasyprint.layout.preferred", "inline_min_content_width"): (
        "context", "box", "outer", "skip_stack", "first_line", "is_line_start",
    ),
    ("weasyprint.layout.background", "layout_box_backgrounds"): (
        "page", "box", "get_image_from_uri", "layout_children", "style",
    ),
    ("weasyprint.stacking", "_dispatch"): (
        "box", "page", "child_contexts", "blocks", "floats", "blocks_and_cells",
    ),
    ("weasyprint.draw", "draw_text"): (
        "stream", "textbox", "offset_x", "text_overflow", "block_ellipsis",
    ),
    ("weasyprint.layout.page", "set_page_type_computed_styles"): (
        "page_type", "html", "style_for",
    ),
    ("weasyprint.layout.page", "remake_page"): ("index", "context", "root_box", "html"),
    ("weasyprint.layout.page", "block_level_layout"): (
        "context", "box", "bottom_space", "skip_stack", "containing_block", "page_is_empty",
        "absolute_boxes", "fixed_boxes", "adjoining_margins", "first_letter_style",
        "first_line_style", "discard", "max_lines",
    ),
    ("weasyprint.draw", "draw_block_level"): ("page", "stream", "blocks_and_cells"),
    ("weasyprint.pdf.tags", "_build_box_tree"): (
        "box", "parent", "pdf", "page_number", "nums", "annotations", "tags",
    ),
    ("weasyprint.draw.text", "draw_first_line"): (
        "stream", "textbox", "text_overflow", "block_ellipsis", "matrix",
    ),
    ("weasyprint.layout", "make_margin_boxes"): ("context", "page", "state"),
    ("weasyprint.layout.block", "resolve_percentages"): ("box", "containing_block"),
    ("weasyprint.layout.page", "resolve_percentages"): ("box", "containing_block"),
    ("weasyprint.document", "layout_document"): ("html", "root_box", "context", "max_loops"),
    ("weasyprint.document", "original_get_image_from_uri"): (
        "cache", "url_fetcher", "options", "url", "forced_mime_type", "context", "orientation",
    ),
}  # fmt: skip
_installed: list[bool] = []


def install() -> None:
    """Put the replacements in place; once is enough, again does no harm.

    Raises PublisherError under versions of the engine that this room does not know.
    """
    for name, known in KNOWN.items():
        if version(name) != known:
            raise _stranger(name, version(name), known)
    if _installed:
        return
    for (module, name), parameters in REPLACED.items():
        found = getattr(import_module(module), name, None)
        if found is None or tuple(signature(found).parameters) != parameters:
            raise _stranger(f"{module}.{name}", "another", KNOWN["weasyprint"])
    _replace()
    _installed.append(True)


def _replace() -> None:
    from weasyprint import document, draw, layout
    from weasyprint.draw import text
    from weasyprint.layout import block, inline, preferred
    from weasyprint.pdf import tags

    pace.quicken()
    properties.declare()
    block.iter_line_boxes = lines.composing(block.iter_line_boxes)
    notes.keep()
    preferred.inline_max_content_width = widths.widest(preferred.inline_max_content_width)
    preferred.inline_min_content_width = widths.narrowest(preferred.inline_min_content_width)
    standing = vertical_drawing.standing(text.draw_first_line)
    text.draw_first_line = drawing.showing(standing)
    layout.make_margin_boxes = furniture.furnishing(layout.make_margin_boxes)
    document.original_get_image_from_uri = turning.pictured(document.original_get_image_from_uri)
    block.block_box_layout = register.stepping(block.block_box_layout)
    inline.strut = register.levelling(inline.strut)
    inline.split_text_box = register.settling(inline.split_text_box)
    draw.draw_text = emphasis.dotting(draw.draw_text)
    draw.draw_block_level = drawing.painting(draw.draw_block_level)
    tags._build_box_tree = drawing.tagging(tags._build_box_tree)  # noqa: SLF001


def _stranger(name: str, found: str, known: str) -> PublisherError:
    return PublisherError.of(
        say("{name} {found} is installed, {known} is needed", name=name, found=found, known=known),
        Remedy.MACHINE,
        hint=say("install publisher again, with the versions it pins"),
    )
