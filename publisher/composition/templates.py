"""Templates: a layout's Jinja2 files, filled in.

It promises that values are escaped and that a name which does not exist is an error, not a blank.
The sandbox keeps accidents out, not malice: a layout from a stranger is code, see docs/layouts.md.
It refuses a template that is missing or fails, with its name and line.
"""

from __future__ import annotations

import traceback
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from publisher.composition.layout import Layout, Pairs, Sheet
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place

if TYPE_CHECKING:
    from jinja2 import Environment


def fill_template(layout: Layout, name: str, values: dict[str, Any]) -> str:
    """The text of a template of the layout with `values` in it, values escaped as markup."""
    environment = _environment(layout.templates, autoescape=True)
    return _filled(environment, name, values, f"layouts/{layout.name}/templates")


def fill_sheet(layout: Layout, sheet: Sheet, values: dict[str, Any]) -> str:
    """The text of a style sheet of the layout with `values` in it."""
    environment = _environment(((sheet.name, sheet.text),), autoescape=False)
    return _filled(environment, sheet.name, values, f"layouts/{sheet.layout}/sheets")


@lru_cache(maxsize=64)
def _environment(files: Pairs, autoescape: bool) -> Environment:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(files)),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _filled(environment: Environment, name: str, values: dict[str, Any], folder: str) -> str:
    try:
        return environment.get_template(name).render(values)
    except Exception as error:
        # Whatever a template does wrong is its designer's to mend: its place is in the traceback.
        raise _fault(error, name, folder) from error


def _fault(error: Exception, name: str, folder: str) -> PublisherError:
    line = getattr(error, "lineno", None)
    file = getattr(error, "name", None) or name
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == "<template>" or frame.filename.endswith((".html", ".css")):
            line = frame.lineno
    return PublisherError.of(
        say("the template fails: {reason}", reason=str(error) or type(error).__name__),
        Remedy.DESIGNER,
        Place(f"{folder}/{file}", line),
        say("docs/layouts.md lists what a template can use"),
    )
