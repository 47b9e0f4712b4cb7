"""Bounds: a PDF of any maker, opened so that reading it cannot fill a machine.

It promises that what is read here (drawings, fonts, metadata; pictures made of pixels are not) has
been unpacked once, one stream after the other, and is bearable: each stream, all of them, all that
is drawn on a page; that pages and objects are few enough to be walked, and that drawings within
drawings end. It refuses a file beyond these bounds, which nobody makes who means to be read.
Lengths are bytes.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import accumulate

import pikepdf
from pikepdf import Array, Dictionary, Stream
from pikepdf.settings import qpdf_limit_errors, set_qpdf_limits

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place

MOST_PAGES = 10_000
MOST_OBJECTS = 1_000_000
MOST_OF_A_STREAM = 64 << 20
MOST_OF_ALL = 512 << 20
# How many drawings a page may show, those within drawings counted as often as they are shown.
MOST_DRAWINGS = 1_000_000
DEEPEST = 40
# A picture of a poster in four inks; larger ones are not unpacked by anybody here.
_PICTURE = 256 << 20
# Readers make a tree of the metadata: how long they may be, and how deep.
MOST_OF_METADATA, _DEEPEST_TAG = 4 << 20, 256
_MOST_WARNINGS = 1000
# LZW, which the library unpacks without a bound, grows to 2,731 times its length at most.
_LZW = 64 << 10
_SHOWN = re.compile(rb"/([^\s/<>\[\](){}%]+)(?:\s|%[^\r\n]*[\r\n])*Do\b")
# Names, numbers and brackets wait in memory for an operator; so much of them is none of a page's.
_OPERATOR = re.compile(rb"(?<![/#\w.-])[A-Za-z'\"][A-Za-z0-9*]*(?![#\w])")
_WAITING = 1 << 20
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")
_LIMIT = "limit exceeded"
_TOO_MUCH = say("this PDF is too large or too deep to be read safely")
_Key = tuple[int, int]


@contextmanager
def bounded(content: bytes, at: Place) -> Iterator[pikepdf.Pdf]:
    """A PDF for as long as it is read; the library keeps its bounds so long.

    Raises PublisherError for a file beyond the bounds, and what pikepdf raises for one that is
    damaged or locked.
    """
    before = set_qpdf_limits(
        flate_max_memory=_PICTURE,
        png_max_memory=_PICTURE,
        tiff_max_memory=_PICTURE,
        run_length_max_memory=_PICTURE,
        parser_max_container_size=MOST_OBJECTS,
        doc_max_warnings=_MOST_WARNINGS,
    )
    count = qpdf_limit_errors()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _Weighing(pdf, at).require_bearable()
            yield pdf
    except pikepdf.PdfError as error:
        if qpdf_limit_errors() == count and _LIMIT not in str(error):
            raise
        raise _refused(_TOO_MUCH, at) from None
    finally:
        set_qpdf_limits(**before)  # type: ignore[arg-type] # each of its own kind, as they came


@contextmanager
def opened(content: bytes, at: Place) -> Iterator[pikepdf.Pdf]:
    """As `bounded`, with what is wrong with a damaged or locked file told as a fault."""
    try:
        with bounded(content, at) as pdf:
            yield pdf
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        # The library begins with the name that it gives to bytes in memory.
        reason = re.sub(r"^stream <[^>]*>:? ", "", str(error))
        message = say("this is no PDF that can be read: {reason}", reason=reason)
        raise _refused(message, at) from None


def require_bearable(content: bytes, at: Place) -> None:
    """Raise PublisherError for a PDF beyond the bounds.

    What else may be wrong with it is left to say to whoever reads it with another library.
    """
    with suppress(pikepdf.PdfError, pikepdf.PasswordError), bounded(content, at):
        pass


class _Weighing:
    """One opened file on the scales."""

    def __init__(self, pdf: pikepdf.Pdf, at: Place) -> None:
        self.pdf = pdf
        self.at = at
        # The lengths of the streams that may be drawn from, and what they show how often.
        self._lengths: dict[_Key, int] = {}
        self._whole = 0
        self._drawings: dict[_Key, int] = {}

    def require_bearable(self) -> None:
        """Raise PublisherError where it is too much."""
        pages, objects = len(self.pdf.pages), len(self.pdf.objects)
        if pages > MOST_PAGES:
            raise self._beyond(say("this PDF has {n} pages", n=pages), MOST_PAGES)
        if objects > MOST_OBJECTS:
            raise self._beyond(say("this PDF has {n} objects", n=objects), MOST_OBJECTS)
        for item in self.pdf.objects:
            if isinstance(item, Stream) and not _is_passed_over(item):
                self._weigh(item)
        for page in self.pdf.pages:
            self._require_drawable(page.obj)
        self._require_shallow(self.pdf.Root.get("/Metadata"))

    def _weigh(self, stream: Stream) -> None:
        length = self._length(stream)
        self._lengths[stream.objgen] = length
        self._whole += length
        if length > MOST_OF_A_STREAM or self._whole > MOST_OF_ALL:
            raise _refused(_TOO_MUCH, self.at)

    def _length(self, stream: Stream) -> int:
        """How long a stream is once unpacked; nothing where it is damaged."""
        if "/LZWDecode" in _names(stream.get("/Filter")) and len(stream.read_raw_bytes()) > _LZW:
            return MOST_OF_ALL
        try:
            return len(stream.read_bytes())
        except pikepdf.PdfError as error:
            return MOST_OF_ALL if _LIMIT in str(error) else 0

    def _require_drawable(self, page: pikepdf.Object) -> None:
        parts = _parts(page)
        length = sum(self._lengths.get(part.objgen, MOST_OF_ALL) for part in parts)
        if length > MOST_OF_A_STREAM or self._shown(page, parts) > MOST_DRAWINGS:
            raise _refused(_TOO_MUCH, self.at)

    def _require_shallow(self, metadata: pikepdf.Object | None) -> None:
        if isinstance(metadata, Stream):
            length = self._lengths.get(metadata.objgen, MOST_OF_ALL)
            if length > MOST_OF_METADATA or _depth(metadata.read_bytes()) > _DEEPEST_TAG:
                raise _refused(_TOO_MUCH, self.at)

    def _shown(self, holder: pikepdf.Object, parts: list[Stream], depth: int = 0) -> int:
        """How many drawings are shown by one, itself and those within it."""
        contents = [part.read_bytes() for part in parts]
        if depth > DEEPEST or not all(map(_operates, contents)):
            raise _refused(_TOO_MUCH, self.at)
        calls = Counter(name for content in contents for name in calls_in(content))
        known = holder.get("/Resources", Dictionary()).get("/XObject", Dictionary())
        shown = 1
        for name, count in calls.items():
            item = known.get(name)
            if isinstance(item, Stream) and item.get("/Subtype") == "/Form":
                shown += count * self._of(item, depth)
        return shown

    def _of(self, form: Stream, depth: int) -> int:
        if form.objgen not in self._drawings:
            # One that stands within itself is drawn once (ISO 32000-1, 8.10.1 forbids it).
            self._drawings[form.objgen] = 0
            self._drawings[form.objgen] = self._shown(form, [form], depth + 1)
        return self._drawings[form.objgen]

    def _beyond(self, message: Message, most: int) -> PublisherError:
        return _refused(message, self.at, say("no more than {most} are taken in", most=most))


def _operates(content: bytes) -> bool:
    """Whether operators take away what is written for them, all through a content."""
    starts = range(0, len(content) - _WAITING, _WAITING)
    return all(_OPERATOR.search(content, start, start + _WAITING) for start in starts)


def _depth(packet: bytes) -> int:
    """How deep the elements of an XML text stand within each other."""
    steps = (-1 if found[1] else 1 for found in _TAG.finditer(packet) if not found[2])
    return max(accumulate(steps), default=0)


def _is_passed_over(stream: Stream) -> bool:
    """Whether nobody here unpacks a stream: a picture, an attached file."""
    return stream.get("/Subtype") == "/Image" or stream.get("/Type") == "/EmbeddedFile"


def _parts(page: pikepdf.Object) -> list[Stream]:
    """The streams that a page is drawn by."""
    content = page.get("/Contents")
    rows = content if isinstance(content, Array) else (content,)
    return [it for it in rows if isinstance(it, Stream)]


def calls_in(content: bytes) -> Iterator[str]:
    """The names of the drawings and pictures that a content shows, each as often as it does."""
    for name in _SHOWN.findall(content):
        plain = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), name)
        yield "/" + plain.decode("utf-8", "surrogateescape")


def _names(filters: object) -> list[str]:
    if isinstance(filters, Array):
        return [str(it) for it in filters]
    return [str(filters)]


def _refused(message: Message, at: Place, hint: Message | None = None) -> PublisherError:
    own = hint or say("ask its maker for a plain copy")
    return PublisherError.of(message, Remedy.CALLER, at, own)
