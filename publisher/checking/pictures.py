"""Pictures: those whose points will be seen on the page.

A picture is set at 96 points to the inch, as wide as the type area at most (CSS Images 3, 5). A
layout may set it smaller, never larger.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.checking.subject import Subject
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.model.collection import Picture

_MM_PER_INCH = 25.4
_CSS_DPI = 96
# dpi: below the first the points are seen, below the second a press would ask for more.
_COARSE, _FINE = 200, 300
# A portrait is no taller than this share of the type area, or nothing stands beside it.
_TALLEST = 0.6
_VECTOR = "image/svg+xml"


def coarse_pictures(subject: Subject) -> Iterator[Notice]:
    """Pictures below 300 points to the inch at the width at which they will be printed."""
    pictures = {picture.path: picture for picture in subject.assembly.collection.pictures}
    seen: set[str] = set()
    for text in subject.texts:
        for figure in text.essay.figures():
            picture = pictures.get(figure.path)
            if picture and figure.path not in seen and picture.media_type != _VECTOR:
                seen.add(figure.path)
                yield from _coarse(picture, subject, text.at(figure.line))


def _coarse(picture: Picture, subject: Subject, at: Place) -> Iterator[Notice]:
    width = max((_printed(picture, area.width, area.height) for area in subject.areas), default=0.0)
    if not width:
        return
    dpi = round(picture.width / width * _MM_PER_INCH)
    if dpi < _FINE:
        yield Notice(
            "picture-coarse",
            say(
                "the picture has {dpi} points to the inch where it is {width} mm wide",
                dpi=dpi,
                width=round(width),
            ),
            at,
            say("{n} points across would be enough", n=_enough(width)),
            Severity.WARNING if dpi < _COARSE else Severity.ADVICE,
        )


def _printed(picture: Picture, width: float, height: float) -> float:
    """The width in mm at which a picture is set in a type area."""
    natural = picture.width / _CSS_DPI * _MM_PER_INCH
    return min(natural, width, _TALLEST * height * picture.width / picture.height)


def _enough(width: float) -> int:
    """The points across a width in mm that a press asks for, in full hundreds."""
    points = width / _MM_PER_INCH * _FINE
    return int(-(-points // 100) * 100)
