"""Keeper: runs a command, waits for it and for all it leaves behind, and says what they took.

It has a process of its own, so that it is small and has no other children: run as
`python -m tests.bench.keeper TARGET COMMAND…`; writes one JSON object to the file TARGET.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

# ru_maxrss counts bytes on macOS and KiB elsewhere.
_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


def main(target: str, *command: str) -> int:
    """Run the command to its end, and give its exit code."""
    if sys.platform == "linux":
        # Helpers that outlive their parent come here; elsewhere they are not counted.
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    start = time.perf_counter()
    code = subprocess.run(command, check=False).returncode
    seconds = time.perf_counter() - start
    with suppress(ChildProcessError):
        while True:
            os.wait()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MEMORY_UNIT
    cost = {"seconds": seconds, "cpu": cpu, "memory": memory}
    Path(target).write_text(json.dumps(cost), encoding="utf-8")
    return code


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
