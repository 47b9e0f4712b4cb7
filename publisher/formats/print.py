"""Print: a PDF/X-4 for a printing house: bleed, marks, black text in black ink (docs/print.md).

It promises the pages of `screen`, set with bleed and made ready for a press, and a notice for every
picture that is too coarse for print. It refuses a collection without a date: the standard asks for
one, and no clock is read.
"""

from __future__ import annotations

from dataclasses import replace

from publisher.formats.job import Job, Watch
from publisher.formats.screen import make_screen
from publisher.model.artefact import Artefact
from publisher.prepress.preflight import preflight
from publisher.prepress.pressready import Press, press_ready


def make_print(job: Job, watch: Watch) -> Artefact:
    """The press-ready PDF of a job."""
    press = Press(has_marks=job.option("marks", standard=True))
    # The cover of a printed book is a file of its own.
    inside = replace(job, options=(("cover", False), *job.options))
    screen = make_screen(inside, watch, f"@page{{bleed:{press.bleed}mm}}")
    watch("making ready", 1, 1)
    content = press_ready(screen.content, press, job.identity)
    found = preflight(content, screen.file_name).notices
    return replace(screen, content=content, notices=(*screen.notices, *found))
