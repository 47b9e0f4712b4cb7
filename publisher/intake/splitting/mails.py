"""Mails: letters by mail that were copied one below the other.

It promises an opening for each letter behind its head, named by a short first line that stands
apart, else by nothing: the subject of a letter is no title. Who sent it is asked, for a letter may
also enclose what others wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import Line, Lines, Mark, is_left, is_open, is_title_like
from publisher.intake.splitting.names import can_be_name, is_name
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed

_FEWEST = 2
_EVIDENCE = ("after-mail-head",)
_SURE = Mark("removed", "mail-head", weight("post-head"))
_QUOTED = Mark("removed", "quoted-mail", weight("quoted-mail"))
_QUOTATION = re.compile("[>＞]")
_SENDER = re.compile(
    "(?:发件人|发信人|寄件者|From)[ ]?[:：][ ]*"
    '["“]?(?P<name>[^<>"“”（(@]{2,8}?)["”]?[ ]*(?:[<（(].*)?'
)


def with_mail_heads(lines: Lines) -> list[Line]:
    """The lines, with the heads of letters certain where two lines of one stand together.

    Where such a head is, lines behind > are those of an earlier letter.
    """
    heads = {at for at, line in enumerate(lines) if _is_head(line)}
    sure = {at for at in heads if {at - 1, at + 1} & heads}
    return [
        replace(line, mark=_SURE)
        if at in sure
        else replace(line, mark=_QUOTED)
        if sure and _QUOTATION.match(line.words)
        else line
        for at, line in enumerate(lines)
    ]


def mails(source: Survey) -> tuple[Opening, ...]:
    """The letters of a source that has two or more with their heads."""
    found = tuple(_letters(source.lines))
    return found if len(found) >= _FEWEST else ()


def _letters(lines: Lines) -> Iterator[Opening]:
    for at in range(1, len(lines)):
        if _is_head(lines[at - 1]) and is_left(lines[at]):
            yield replace(_opening(lines, at), authors=_sender(lines, at))


def _opening(lines: Lines, at: int) -> Opening:
    """The letter that begins at a line, which is its title where it is short and stands apart."""
    line, *below = lines[at : at + 2]
    if is_title_like(line) and is_open(line) and below and below[0].gap:
        return Opening(at, _EVIDENCE, unbracketed(line.words), 1)
    return Opening(at, _EVIDENCE)


def _sender(lines: Lines, at: int) -> tuple[str, ...]:
    """Who sent the letter below a head, if a name is given."""
    while at and _is_head(lines[at - 1]):
        at -= 1
        match = _SENDER.fullmatch(lines[at].words)
        name = match["name"].strip() if match else ""
        if is_name(name) or can_be_name(name):
            return (name,)
    return ()


def _is_head(line: Line) -> bool:
    return line.mark is not None and line.mark.evidence == "mail-head"
