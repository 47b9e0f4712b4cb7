"""Systems: ways in which a whole source divides its texts, from the surest to the weakest.

It promises the openings of the first way that a source follows. To add a way: write its function,
its row, and its evidence. A function gives the openings it finds, or none where the source does
not follow it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from publisher.intake.splitting.lines import Line, Lines, is_prose, is_title_like
from publisher.intake.splitting.names import NAME, names_in
from publisher.intake.splitting.numbers import COUNTER, are_counted, number_of
from publisher.intake.splitting.openings import Opening, is_ending, local_openings, unbracketed
from publisher.intake.splitting.variants import plain

_LONGEST_HEAD = 45
# Fewer of a kind say nothing of how a source is divided.
_FEWEST = 2
_AFTER_NUMBER = r"(?:[】\]）)]|[ \u3000:：、.．,，—-])*"
_PIECE = re.compile(
    r"[【\[（(]?(?:佳作|散文)?[ ]?"
    f"(?:篇[ ]?(?P<a>{COUNTER})|第[ ]?(?P<b>{COUNTER})[ ]?篇"
    f"|[范例作]文[ ]?[（(]?(?P<c>{COUNTER})[）)]?)"
    f"(?=$|[】\\]）)]|[ \\u3000:：、.．,，—-]){_AFTER_NUMBER}(?P<title>.*)"
)
_CHAPTER = re.compile(f"第[ ]?(?P<n>{COUNTER})[ ]?[章回]{_AFTER_NUMBER}(?P<title>.*)")
_VOLUME = re.compile(
    f"(?:第[ ]?(?P<n>{COUNTER})[ ]?[卷辑编部]|卷[ ]?(?P<m>{COUNTER})){_AFTER_NUMBER}(?P<title>.*)"
)
_POINT = re.compile(
    f"(?:[（(](?P<n>{COUNTER})[）)][、.．]?|(?P<m>{COUNTER})[、.．])[ \u3000]*(?P<title>.+)"
)
# The same words before each number: 社区征文一：…
_WORDED = re.compile(
    f"[【\\[（(]?(?P<words>[\u4e00-\u9fff]{{2,10}}?)[ ]?(?P<n>{COUNTER})"
    f"(?=$|[】\\]）)]|[ \u3000:：、.．,，—-]){_AFTER_NUMBER}(?P<title>.*)"
)
_KIND_OF_TEXT = re.compile(".*(?:[征范例作]文|作品|习作|佳作|美文|散文|随笔|短文|文章|[来投]稿)")
_LABELLED = re.compile("(?:标[ \u3000]*题|题[ \u3000]*目|篇名)[ ]?[:：](?P<title>.+)")
_FIELDS_AFTER = re.compile(r"(?<=.)(?:[/／…\t]|\.{3}|[ \u3000]{2})")
_NAMED = re.compile(f"(?P<name>{NAME})[:：](?P<title>.+)")
_SENTENCE_END = re.compile(r"[。；;，,]$")


@dataclass(frozen=True)
class Survey:
    """What the ways of dividing are told: the lines, and what the source says of itself.

    `announced` are the numbers of texts that an introduction speaks of; `listed` the titles of a
    list of contents; `file_title` the title in the file's own properties.
    """

    lines: tuple[Line, ...]
    announced: tuple[int, ...] = ()
    listed: tuple[str, ...] = ()
    file_title: str = ""


System = Callable[[Survey], tuple[Opening, ...]]


def openings(source: Survey) -> tuple[Opening, ...]:
    """Where the essays of a source begin, in order; nothing where no line says so."""
    found = next(filter(None, (system(source) for system in SYSTEMS)), ())
    found = _without_names(_without_counters(found))
    count = sum(not opening.is_part for opening in found)
    if count > 1 and count in source.announced and "counted-openings" not in found[0].evidence:
        more = ("announced",)
        return tuple(replace(row, evidence=row.evidence + more) for row in found)
    return found


def _without_counters(found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The same; where all titles are numbered from 1 the numbers are no part of them."""
    matches = [_POINT.fullmatch(opening.title) for opening in found]
    numbers = [number_of(match["n"] or match["m"]) for match in matches if match]
    if len(numbers) < len(found) or not are_counted(numbers) or numbers[0] != 1:
        return found
    return tuple(
        replace(
            opening,
            title=unbracketed(match["title"].strip()),
            evidence=(*opening.evidence, "numbered-piece"),
        )
        for opening, match in zip(found, matches, strict=True)
        if match
    )


def _without_names(found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The same; where all titles begin with a name and a colon these are the authors."""
    matches = [_NAMED.fullmatch(plain(opening.title)) for opening in found]
    if len(found) < _FEWEST or not all(matches):
        return found
    return tuple(
        replace(
            opening,
            title=opening.title[match.start("title") :].strip(),
            authors=names_in(opening.title[: match.end("name")]),
        )
        for opening, match in zip(found, matches, strict=True)
        if match
    )


def _headings(source: Survey) -> tuple[Opening, ...]:
    levels = Counter(line.level for line in source.lines if line.level)
    if not levels:
        return ()
    return tuple(
        Opening(at, ("source-heading",), line.words, 1)
        for at, line in enumerate(source.lines)
        if line.level == min(levels)
    )


def _contents(source: Survey) -> tuple[Opening, ...]:
    if not source.listed:
        return ()
    wanted = {_bare(title) for title in source.listed}
    found = [
        Opening(at, ("contents-list",), unbracketed(line.words), 1)
        for at, line in enumerate(source.lines)
        if not line.mark and _bare(line.words) in wanted
    ]
    return tuple(found) if len(found) > 1 else ()


def _labelled(source: Survey) -> tuple[Opening, ...]:
    found = []
    for at, line in enumerate(source.lines):
        match = _matched(_LABELLED, line)
        if match:
            title = line.words[match.start("title") :].strip()
            lead = _lead(source.lines, at)
            found.append(Opening(at - lead, ("labelled-title",), title, 1, lead=lead))
    return tuple(found)


def _lead(lines: Lines, at: int) -> int:
    """How many lines right above a title are fields of the same head, such as 作者：."""
    lead = 0
    while at > lead and lines[at - lead].gap == 0 and is_ending(lines[at - lead - 1]):
        lead += 1
    return lead


def _pieces(source: Survey) -> tuple[Opening, ...]:
    found = list(_numbered(source.lines, _PIECE))
    numbers = [number for number, _ in found]
    if len(found) < _FEWEST and numbers != [1]:
        return ()
    name = "numbered-piece" if are_counted(numbers) and numbers[0] == 1 else "broken-numbers"
    return tuple(_with_next_title(source.lines, opening, name) for _, opening in found)


def _worded(source: Survey) -> tuple[Opening, ...]:
    """Lines with the same words before a running number; words for a text say it surely."""
    top = next((at for at, line in enumerate(source.lines) if not line.mark), 0)
    for words, found in _by_words(source.lines).items():
        numbers, spots = list(found), [opening.at for opening in found.values()]
        is_run = are_counted(numbers) and numbers[0] == 1 and _have_texts(source.lines, spots)
        is_text = bool(_KIND_OF_TEXT.fullmatch(words))
        # A title above such lines makes them sections of one essay rather.
        if is_run and (is_text or spots[0] == top):
            name = "numbered-piece" if is_text else "numbered-words"
            return tuple(_with_next_title(source.lines, row, name) for row in found.values())
    return ()


def _by_words(lines: Lines) -> dict[str, dict[int, Opening]]:
    """Short lines with a number after some words: the openings by these words and the number."""
    groups: dict[str, dict[int, Opening]] = {}
    for at, line in enumerate(lines):
        match = _matched(_WORDED, line)
        if match and not _SENTENCE_END.search(line.words):
            title = line.words[match.start("title") :].strip()
            row = groups.setdefault(match["words"], {})
            row.setdefault(number_of(match["n"]), Opening(at, (), title, 1))
    return groups


def _points(source: Survey) -> tuple[Opening, ...]:
    """Numbered lines, each with a byline below it or a title in book-title marks."""
    found = list(_numbered(source.lines, _POINT))
    numbers = [number for number, _ in found]
    heads = [opening for _, opening in found if _is_head(source.lines, opening)]
    if len(heads) < len(found) or not are_counted(numbers) or numbers[0] != 1:
        return ()
    return tuple(replace(opening, evidence=("numbered-piece",)) for opening in heads)


def _is_head(lines: Lines, opening: Opening) -> bool:
    below = lines[opening.at + 1 : opening.at + 2]
    is_signed = any(line.mark and line.mark.kind == "byline" for line in below)
    return is_signed or bool(re.fullmatch("《[^《》]+》", opening.title))


def _numbered(lines: Lines, pattern: re.Pattern[str]) -> Iterator[tuple[int, Opening]]:
    """Short lines that begin with a counter: its number, and the opening with its title."""
    for at, line in enumerate(lines):
        match = _matched(pattern, line)
        if match and not _SENTENCE_END.search(line.words):
            counter = next(filter(None, match.groups()))
            title = line.words[match.start("title") :].strip()
            yield number_of(counter), Opening(at, (), title, 1)


def _matched(pattern: re.Pattern[str], line: Line) -> re.Match[str] | None:
    """The match of a whole line that is short enough for a heading and nothing else already."""
    if line.mark or len(line.words) > _LONGEST_HEAD:
        return None
    return pattern.fullmatch(plain(line.words))


def _with_next_title(lines: Lines, opening: Opening, evidence: str) -> Opening:
    """An opening; where its line is a mere counter the title may stand on the next line."""
    named = replace(opening, evidence=(evidence,))
    below = lines[opening.at + 1 : opening.at + 3]
    match below:
        case [title, text] if not named.title and is_title_like(title):
            if is_prose(text) or is_ending(text):
                return replace(named, title=unbracketed(title.words), heading=2)
    return named


def _counted_openings(source: Survey) -> tuple[Opening, ...]:
    found = _styled(source.lines)
    if len(found) not in source.announced:
        return ()
    return tuple(replace(opening, evidence=("counted-openings",)) for opening in found)


def _chapters(source: Survey) -> tuple[Opening, ...]:
    chapters = [opening for _, opening in _numbered(source.lines, _CHAPTER)]
    volumes = [opening for _, opening in _numbered(source.lines, _VOLUME)]
    if not chapters:
        return ()
    heads = [
        replace(
            _with_next_title(source.lines, opening, "chapter"),
            title=source.lines[opening.at].words,
        )
        for opening in chapters
    ]
    return _ordered([*heads, *(_part(source.lines, opening) for opening in volumes)])


def _part(lines: Lines, opening: Opening) -> Opening:
    return Opening(opening.at, ("volume",), lines[opening.at].words, 1, is_part=True)


def _ordered(found: list[Opening]) -> tuple[Opening, ...]:
    return tuple(sorted(found, key=lambda opening: opening.at))


def _local(source: Survey) -> tuple[Opening, ...]:
    found = local_openings(source.lines, source.file_title)
    volumes = [_part(source.lines, row) for _, row in _numbered(source.lines, _VOLUME)]
    spots = {opening.at for opening in volumes}
    essays = [opening for opening in found if opening.at not in spots]
    if not essays or (len(essays) == 1 and len(_styled(source.lines)) > 1):
        return ()
    return _ordered([*volumes, *essays])


def _opening_style(source: Survey) -> tuple[Opening, ...]:
    return _styled(source.lines)


def _styled(lines: Lines) -> tuple[Opening, ...]:
    """Lines that begin in a way of their own, when they are few and the first text does so too."""
    body = [(at, line) for at, line in enumerate(lines) if not line.mark]
    styles = Counter(line.indent for _, line in body)
    if len(styles) != _FEWEST:
        return ()
    (_, most), (rare, few) = styles.most_common()
    own = [at for at, line in body if line.indent == rare]
    if few < _FEWEST or most < 2 * few or own[0] != body[0][0]:
        return ()
    if not _have_texts(lines, own):
        return ()
    return tuple(_opened(lines, at) for at in own)


def _have_texts(lines: Lines, own: list[int]) -> bool:
    """Whether each stretch that begins with an opening line has prose in it."""
    ends = [*own[1:], len(lines)]
    return all(any(map(is_prose, lines[at:end])) for at, end in zip(own, ends, strict=True))


def _opened(lines: Lines, at: int) -> Opening:
    if is_title_like(lines[at]):
        return Opening(at, ("opening-style",), unbracketed(lines[at].words), 1)
    return Opening(at, ("opening-style",))


def _signed(source: Survey) -> tuple[Opening, ...]:
    """Pieces without titles that all end with a name or a date, the last one too."""
    lines = [line for line in source.lines if not line.mark or line.mark.kind != "removed"]
    if not lines or not is_ending(lines[-1]) or not is_prose(lines[0]):
        return ()
    ends = [at for at, line in enumerate(source.lines) if is_ending(line)]
    starts = [0, *(at + 1 for at in ends if at + 1 < len(source.lines))]
    if len(starts) < _FEWEST or not all(is_prose(source.lines[at]) for at in starts):
        return ()
    return tuple(Opening(at, ("signed-pieces",)) for at in starts)


def _bare(title: str) -> str:
    """A title as it is compared: without marks, blanks and the number of its page."""
    return re.sub(r"[\W_]|(?<!\d)\d+$", "", _FIELDS_AFTER.split(title.strip(), maxsplit=1)[0])


def listed_titles(lines: Lines) -> tuple[int, tuple[str, ...]]:
    """How many lines after `目录` are a list of titles that come again below, and these titles."""
    later = Counter(_bare(line.words) for line in lines)
    for count, line in enumerate(lines):
        later[_bare(line.words)] -= 1
        if len(line.words) > _LONGEST_HEAD or not later[_bare(line.words)]:
            return count, tuple(row.words for row in lines[:count])
    return 0, ()


SYSTEMS: tuple[System, ...] = (
    _headings,
    _contents,
    _labelled,
    _pieces,
    _worded,
    _points,
    _counted_openings,
    _chapters,
    _signed,
    _local,
    _opening_style,
)
