"""Previewing: what `publisher preview` does and tells."""

from __future__ import annotations

import secrets
import webbrowser
from argparse import Namespace

from publisher.ground.messages import say
from publisher.preview.running import Terms, run
from publisher.surface.report import tell
from publisher.surface.wording import language, worded


def preview(arguments: Namespace) -> int:
    """Serve a collection's preview until it is interrupted."""

    def ready(address: str) -> None:
        print(address, flush=True)
        tell(say("open this address in a browser; Ctrl-C ends the preview"))
        if arguments.open:
            webbrowser.open(address)

    spoken = "zh-Hans" if language() == "zh" else "en"
    terms = Terms(arguments.folder, arguments.port, secrets.token_urlsafe(), spoken)
    run(terms, worded, ready)
    return 0
