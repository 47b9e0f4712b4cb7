"""Wording: messages in the reader's language, from the catalogues in `locale/`."""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path

from publisher.ground.hygiene import spelled
from publisher.ground.messages import Message

DOMAIN = "publisher"
LOCALES = Path(__file__).resolve().parent.parent / "locale"


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, fallback=True)


def share_catalogue() -> None:
    """Let argparse speak from the same catalogue as everything else here."""
    gettext.bindtextdomain(DOMAIN, LOCALES)
    gettext.textdomain(DOMAIN)


def translated(text: str) -> str:
    """A text of the surface itself in the reader's language."""
    return _catalogue().gettext(text) if text else text


def worded(message: Message) -> str:
    """A message in the reader's language; what it quotes cannot turn the terminal about."""
    return spelled(message.worded(translated))


def language() -> str:
    """`zh` where the reader's environment asks for Chinese, else `en`."""
    names = (os.environ.get(key, "") for key in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    wanted = next((name for name in names if name), "")
    return "zh" if wanted.startswith("zh") else "en"
