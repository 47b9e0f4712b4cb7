"""Shell: the one page of a preview and the files it loads, in the reader's language.

Its words are messages of the program; its looks lie in `layouts/preview`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property

from publisher.press.places import shared_folder
from publisher.preview.telling import Worded
from publisher.preview.words import WORDS
from publisher.site.theme import read_theme

_NAME = "preview"
_TEMPLATE = "preview.html"


class Shell:
    """`token` is what the page has to show when it writes; `language` is a BCP 47 tag."""

    def __init__(self, token: str, language: str, worded: Worded) -> None:
        self._theme = read_theme((shared_folder("layouts") / _NAME,))
        self._words = {key: worded(message) for key, message in WORDS.items()}
        self._own = {"token": token, "language": language}

    def page(self) -> bytes:
        """The page."""
        said = json.dumps(self._words, ensure_ascii=False)
        return self._theme.page(_TEMPLATE, {"words": self._words, "said": said, **self._own})

    @cached_property
    def served(self) -> Mapping[str, bytes]:
        """The files that the page loads, by name."""
        return dict(self._theme.served)
