"""Beginning: a collection begun, and the form that its declaration has."""

from __future__ import annotations

import json
import shlex
from argparse import Namespace
from pathlib import Path

from publisher.editorial.declarations import declaration_schema
from publisher.editorial.scaffold import scaffold
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.folders import DECLARATION
from publisher.press.writing import write_into
from publisher.surface import report
from publisher.surface.wording import language


def begin_collection(arguments: Namespace) -> int:
    """Begin a collection in a folder that has none."""
    folder: Path = arguments.folder
    file = folder / DECLARATION
    if file.exists():
        raise PublisherError.of(
            say("there is a collection here already"),
            Remedy.CALLER,
            Place(str(file)),
            say("choose another folder"),
        )
    name = folder.resolve().name
    write_into(folder, {DECLARATION: scaffold(name, arguments.title or name, language())})
    report.tell(say("{file} is ready; its comments say what to fill in", file=file))
    quoted = shlex.quote(str(folder))
    report.tell(say("next: publisher import FILE… --into {folder}", folder=quoted))
    return 0


def print_schema(_arguments: Namespace) -> int:
    """Print the JSON Schema of a declaration."""
    print(json.dumps(declaration_schema(), ensure_ascii=False, indent=2))
    return 0
