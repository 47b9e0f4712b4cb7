"""The bench: `python -m tests.bench [PART] [OPTION…]`; see docs/bench.md.

The parts are `books` (the standard), `growth` and `history`; `PART --help` tells their options.
"""

from __future__ import annotations

import sys

from tests.bench import growth, history, own

PARTS = {"books": own.main, "growth": growth.main, "history": history.main}


def main(arguments: list[str]) -> None:
    """Run a part with what stands behind its name."""
    if arguments and arguments[0] in PARTS:
        PARTS[arguments[0]](arguments[1:])
    else:
        own.main(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
