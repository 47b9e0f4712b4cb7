"""Serving: the routes of a preview's server.

It promises that nothing is read from a disk for whoever asks: pages, texts, pictures and files come
out of what was made, looks out of the program. One route writes, and writes one file. Whatever it
is asked for beside that is not found.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from publisher.ground.errors import Fault, PublisherError
from publisher.ground.files import read_file
from publisher.ground.forms import check_form
from publisher.model.folders import DECLARATION
from publisher.press.writing import held, write_together
from publisher.preview.arranging import Arrangement, rearranged
from publisher.preview.bulletin import Bulletin
from publisher.preview.drawing import Drawing
from publisher.preview.shell import Shell
from publisher.preview.showing import Pull, Showing
from publisher.preview.telling import Worded, told, work_told
from publisher.preview.texts import Texts

# What has a digest in its address never changes.
_FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_NOT_KEPT = {"Cache-Control": "no-store"}
_LONGEST = 1_000_000  # bytes of an arrangement
# An SVG of a collection is shown as a picture; opened by itself it can do nothing.
_ALONE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


class Preview:
    """What the routes of one preview share: its folder, what is shown, what was opened of it."""

    def __init__(self, folder: Path, bulletin: Bulletin, shell: Shell, worded: Worded) -> None:
        self.looked_at = ""
        self._folder = folder
        self._bulletin = bulletin
        self._shell = shell
        self._worded = worded
        self._drawing = Drawing()
        self._texts: dict[str, tuple[str, Texts]] = {}

    def application(self) -> Starlette:
        """The routes."""
        return Starlette(
            routes=[
                Route("/", self._front),
                Route("/events", self._events),
                Route("/pages/{digest}/{page:int}.png", self._page),
                Route("/texts/{output}/{anchor}", self._text),
                Route("/pictures/{output}/{name:path}", self._picture),
                Route("/files/{output}/{name}", self._file),
                Route("/looks/{name}", self._look),
                Route("/arrangement", self._arrange, methods=["POST"]),
            ]
        )

    async def _front(self, _request: Request) -> Response:
        return Response(self._shell.page(), media_type="text/html", headers=_NOT_KEPT)

    async def _look(self, request: Request) -> Response:
        name = request.path_params["name"]
        content = self._shell.served.get(name)
        if content is None:
            raise HTTPException(404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(content, media_type=kind, headers=_NOT_KEPT)

    # ---- what is shown ----

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(self._news(), media_type="text/event-stream", headers=_NOT_KEPT)

    async def _news(self) -> AsyncIterator[str]:
        """Server-sent events (HTML, 9.2): all that is shown, or only what is being done."""
        known: Showing | None = None
        while showing := await self._bulletin.newer_than(known.number if known else -1):
            if known and showing.is_like(known):
                yield f"event: work\ndata: {work_told(showing)}\n\n"
            else:
                yield f"event: showing\ndata: {told(showing, self._worded)}\n\n"
            known = showing

    async def _page(self, request: Request) -> Response:
        pull = self._shown("digest", request)
        page = request.path_params["page"]
        if page >= len(pull.sheets):
            raise HTTPException(404)
        self.looked_at = pull.artefact.output
        width = _number(request.query_params.get("width", ""))
        picture = await anyio.to_thread.run_sync(self._drawing.picture, pull, page, width)
        return Response(picture, media_type="image/png", headers=_FOR_EVER)

    async def _text(self, request: Request) -> Response:
        pull = self._shown("output", request)
        self.looked_at = pull.artefact.output
        prose = self._opened(pull).prose(request.path_params["anchor"])
        if not prose:
            raise HTTPException(404)
        return Response(prose, media_type="text/html", headers=_NOT_KEPT)

    async def _picture(self, request: Request) -> Response:
        pull = self._shown("output", request)
        found = self._opened(pull).picture(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1], headers=_NOT_KEPT | _ALONE)

    async def _file(self, request: Request) -> Response:
        pull = self._shown("output", request)
        artefact = pull.artefact
        if artefact.file_name != request.path_params["name"]:
            raise HTTPException(404)
        own = {"Content-Disposition": "attachment"}
        return Response(artefact.content, media_type=artefact.media_type, headers=_NOT_KEPT | own)

    def _shown(self, key: str, request: Request) -> Pull:
        """The output that an address names, by its name or its digest."""
        wanted = request.path_params[key]
        showing = self._bulletin.showing
        for pull in (*showing.pulls, *(showing.past if key == "digest" else ())):
            if wanted == (pull.digest if key == "digest" else pull.artefact.output):
                return pull
        raise HTTPException(404)

    def _opened(self, pull: Pull) -> Texts:
        if pull.sheets:
            raise HTTPException(404)
        digest, texts = self._texts.get(pull.artefact.output, ("", None))
        if texts is None or digest != pull.digest:
            texts = Texts(pull.artefact)
            self._texts[pull.artefact.output] = pull.digest, texts
        return texts

    # ---- what is written ----

    async def _arrange(self, request: Request) -> Response:
        content = b""
        async for part in request.stream():
            content += part
            if len(content) > _LONGEST:
                raise HTTPException(413)
        try:
            await anyio.to_thread.run_sync(partial(write_arrangement, self._folder, content))
        except PublisherError as error:
            sentences = [_sentence(fault, self._worded) for fault in error.faults]
            return JSONResponse({"faults": sentences}, 409, headers=_NOT_KEPT)
        return Response(status_code=204)


def write_arrangement(folder: Path, content: bytes) -> None:
    """Write the order that a page asks for. Raises PublisherError where it cannot be."""
    file = folder / DECLARATION
    wanted = check_form(Arrangement, _table(content), "arrangement")
    with held(folder):
        written = rearranged(read_file(file), wanted, str(file))
        write_together(folder, {DECLARATION: written})


def _table(content: bytes) -> dict[str, Any]:
    """What a page sent; an empty table for what is none, which lacks every key."""
    try:
        table = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return table if isinstance(table, dict) else {}


def _sentence(fault: Fault, worded: Worded) -> str:
    """What is wrong and what to do, in the reader's language."""
    return " ".join(worded(it) for it in (fault.message, fault.hint) if it)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004
