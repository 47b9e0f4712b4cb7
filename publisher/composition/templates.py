"""Templates: a layout's Jinja2 files, filled in.

It promises that values are escaped and that a name which does not exist is an error, not a blank.
The sandbox keeps accidents out, not malice: a layout from a stranger is code, see docs/layouts.md.
It refuses a template that is missing or fails, with the file and line where it does.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from publisher.composition.layout import Layout, Sheet
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place

if TYPE_CHECKING:
    from jinja2 import Environment

_HOME = "layouts/"
Found = tuple[str, str, Callable[[], bool]]


def fill_template(layout: Layout, name: str, values: dict[str, Any]) -> str:
    """The text of a page template of the layout with `values` in it, escaped as markup."""
    return filled(layout.templates, name, values, _place(layout.name, name))


def fill_sheet(sheet: Sheet, values: dict[str, Any]) -> str:
    """The text of a style sheet with `values` in it."""
    return filled((sheet,), sheet.name, values, _place(sheet.layout, sheet.name))


def _place(layout: str, name: str) -> str:
    """Where a template stands, as messages name it."""
    return f"{_HOME}{layout}/{'sheets' if name.endswith('.css') else 'templates'}/{name}"


def filled(files: tuple[Sheet, ...], name: str, values: dict[str, Any], place: str) -> str:
    """The text of the template `name` among files that may include each other.

    `place` is where it stands, for an error that no line of a template can be blamed for.
    """
    try:
        return _environment(files).get_template(name).render(values)
    except Exception as error:
        # Whatever a template does wrong is its designer's to mend: its place is in the traceback.
        raise _fault(error, place) from error


@lru_cache(maxsize=64)
def _environment(files: tuple[Sheet, ...]) -> Environment:
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    texts = {file.name: (file.text, _place(file.layout, file.name), _unchanged) for file in files}

    def found(name: str) -> Found | None:
        return texts.get(name)

    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(found),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _unchanged() -> bool:
    return True


def _fault(error: Exception, place: str) -> PublisherError:
    """The fault at the innermost template line that the error went through."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(_HOME)
    ]
    file, line = (frames[-1].filename, frames[-1].lineno) if frames else (place, None)
    return PublisherError.of(
        say("the template fails: {reason}", reason=_reason(error)),
        Remedy.DESIGNER,
        Place(file, line),
        say("docs/layouts.md lists what a template can use"),
    )


def _reason(error: Exception) -> str:
    """The error's own words; a syntax error's message without the place, which is told apart."""
    return str(getattr(error, "message", None) or error) or type(error).__name__
