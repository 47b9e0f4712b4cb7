"""Scanner: the figures of an EAN-13 from its bars, by the tables of its right half alone."""

from __future__ import annotations

import re

# The right half of a code by the widths of its four bars and spaces (GS1, figure 5.2.1.2.1-1).
WIDTHS = {
    (3, 2, 1, 1): 0, (2, 2, 2, 1): 1, (2, 1, 2, 2): 2, (1, 4, 1, 1): 3, (1, 1, 3, 2): 4,
    (1, 2, 3, 1): 5, (1, 1, 1, 4): 6, (1, 3, 1, 2): 7, (1, 2, 1, 3): 8, (3, 1, 1, 2): 9,
}  # fmt: skip
# Which of the left six are mirrored tells the first figure.
FIRST = ["------", "--m-mm", "--mm-m", "--mmm-", "-m--mm",
         "-mm--m", "-mmm--", "-m-m-m", "-m-mm-", "-mm-m-"]  # fmt: skip


def decoded(row: str) -> str:
    """The figures of 95 modules, as a scanner finds them by widths."""
    runs = [len(run) for run in re.findall("1+|0+", row)]
    assert runs[:3] == runs[-3:] == [1, 1, 1]
    assert runs[27:32] == [1] * 5
    left = [tuple(runs[3 + 4 * n : 7 + 4 * n]) for n in range(6)]
    right = [tuple(runs[32 + 4 * n : 36 + 4 * n]) for n in range(6)]
    mirrored = "".join("m" if widths not in WIDTHS else "-" for widths in left)
    figures = [FIRST.index(mirrored)]
    figures += [WIDTHS.get(widths, WIDTHS.get(widths[::-1], -1)) for widths in left]
    return "".join(map(str, [*figures, *(WIDTHS[widths] for widths in right)]))
