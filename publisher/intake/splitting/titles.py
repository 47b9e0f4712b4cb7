"""Titles: a suggestion for an essay that has none, in the essay's own words."""

from __future__ import annotations

import re

from publisher.intake.splitting.lines import Lines, is_prose

_CLAUSE = re.compile(r"[，。！？；：、,.!?;:…—]+")
_QUOTED = re.compile('[“”‘’「」『』"《》〈〉（）()]')
_SHORTEST, _LONGEST = 4, 16


def suggested_title(lines: Lines) -> str:
    """The first clause of the first paragraph; two where the first is a word."""
    words = next((line.words for line in lines if is_prose(line)), "")
    words = words or next((line.words for line in lines if not line.mark), "")
    parts = [part.strip() for part in _CLAUSE.split(_QUOTED.sub("", words)) if part.strip()]
    title = ""
    for part in parts:
        title = f"{title}，{part}" if title else part
        if len(title) >= _SHORTEST:
            break
    return title[:_LONGEST]
