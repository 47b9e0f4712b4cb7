"""OpenCC: the one place that loads its converters.

It promises the built-in configuration, whatever lies in the working directory: a file `s2t.json`
there would win over a bare name, so only absolute paths are given. Converters do not pickle; each
process makes its own on first use.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path


@cache
def converter(config: str) -> Callable[[str], str]:
    """The conversion function of a built-in configuration, e.g. `s2tw`."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(str(configuration(config))).convert
    return convert


def configuration(config: str) -> Path:
    """The file of a built-in configuration, by its absolute path."""
    import opencc

    return Path(opencc.__file__).resolve().parent / "clib/share/opencc" / f"{config}.json"


def version() -> str:
    """OpenCC's version, on which the words of every Traditional edition rest."""
    import opencc

    return str(opencc.__version__)
