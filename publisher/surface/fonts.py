"""Fonts on the command line: what there is, and one more for a collection."""

from __future__ import annotations

from argparse import Namespace

from publisher.composition.faces import coverage, read_faces, require_intact
from publisher.ground.messages import say
from publisher.press.fonts import add_font as added
from publisher.press.places import font_folders
from publisher.surface import report


def list_fonts(arguments: Namespace) -> int:
    """List the faces with coverage and licence, and check their digests."""
    folders = font_folders(arguments.folder)
    faces = [face for folder in folders for face in read_faces(folder)]
    require_intact(faces)
    for face in faces:
        count = len(coverage(face.file))
        regions = " ".join(face.regions)
        print(f"{face.family:<22} {face.weight}  {count:>6}  {face.licence:<8} {regions}")
    return 0


def add_font(arguments: Namespace) -> int:
    """Add a font file to a collection, for characters the project's faces lack."""
    family = added(arguments.file, arguments.into)
    report.tell(say('"{family}" now serves as the last resort of this collection', family=family))
    return 0
