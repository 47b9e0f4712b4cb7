"""Product: one output of one collection built by itself, with the CPU seconds of each stage.

Run as `python -m tests.bench.product COLLECTION OUTPUT DIST`; writes one JSON object to stdout.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publisher.press import build as press

# The stage that ends where a function of the build ends.
_ENDS = {"plan": "reading", "prepare": "starting"}


class Stages:
    """CPU seconds by stage: each mark closes the stretch since the mark before."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = 0.0

    def mark(self, stage: str) -> None:
        """The stretch that ends here belonged to `stage`."""
        now = time.process_time()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now

    def ending(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """The function, with a mark after it."""

        def marked(*arguments: Any) -> Any:
            given = function(*arguments)
            self.mark(stage)
            return given

        return marked


def main(collection: str, output: str, dist: str) -> None:
    """Build, and say what came of it."""
    stages = Stages()
    stages.mark("starting")
    for name, stage in _ENDS.items():
        setattr(press, name, stages.ending(getattr(press, name), stage))
    report = press.build(
        Path(collection), Path(dist), (output,), lambda _, stage, *__: stages.mark(stage)
    )
    stages.mark("writing")
    made = report.artefacts[0]
    said = {"pages": made.pages, "bytes": len(made.content), "stages": stages.seconds}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
