"""Shapes: lines that say by themselves what they are, wherever they stand.

It promises for a line the first certain shape that its words fit, else the first: labelled fields,
signatures, dates, and the rows of `PATTERNS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

from publisher.intake.plan import CERTAIN
from publisher.intake.splitting.credits import credit_of, is_of_others
from publisher.intake.splitting.dates import date_in, dateline_of
from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import Mark
from publisher.intake.splitting.names import NAME, are_names, can_be_name, is_name, names_in
from publisher.intake.splitting.patterns import (
    AUTHOR,
    COUNTERS,
    EDITOR,
    FIELD,
    PATTERNS,
    REMARKS,
    SOURCE,
    TIME,
    Pattern,
)
from publisher.intake.splitting.remains import remains, unlabelled
from publisher.intake.splitting.titles import title_before_possible_name
from publisher.intake.splitting.variants import plain

_LONGEST = 80
_LONGEST_VALUE = 24
_IN_BRACKETS = re.compile(
    f"[（(](?:[^（()）。，]{{1,16}}[ \u3000])?(?P<names>{NAME}(?:[、，, \u3000]+{NAME})*)[）)]"
)
_AGE = "(?:[ \u3000，,]*[（(]?[0-9]{1,3}岁[）)]?)?"
_AFTER_MARK = re.compile(
    f"(?:[—–―-]{{1,3}}|文?[◎□■●○◇◆☆★⊙])[ \u3000]*(?P<names>{NAME}(?:[、，, \u3000]+{NAME})*){_AGE}"
)
# Where an author lives, learns or works, before the name; a post on a phone.
_PLACE = (
    "(?:[^。，：:！？]{0,18}(?:班|学校|小学|中学|一中|大学|学院|社|年级|村|局|院|公司|社区|小区"
    "|号楼|[幢栋]|单元|室|楼|组|队|厂|站|所|医院|街道|居委会|业委会|教师|学生|居民|业主|志愿者)"
    r"|\d{1,3}[-—#]\d{1,4}(?:[-—#]\d{1,4})?室?)"
)
_HAN_NAME = "[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff]"


def _after_place(name: str) -> re.Pattern[str]:
    return re.compile(f"{_PLACE}[ \u3000]+(?P<names>{name}){_AGE}")


def _after_place_in_brackets(name: str) -> re.Pattern[str]:
    return re.compile(f"[（(]{_PLACE}[ \u3000]+(?P<names>{name}){_AGE}[）)]")


def _before_label(name: str) -> re.Pattern[str]:
    return re.compile(f"(?P<names>{name})[ \u3000]*[/／|｜][ \u3000]*[文著作]")


_PEN_NAME = re.compile(f"(?P<names>{_HAN_NAME})[ \u3000]*[（(](?:笔名|网名|化名)[）)]")
_BEFORE_PLACE = re.compile(f"(?P<names>{NAME})[ \u3000]*[（(](?:{_PLACE}|[0-9]{{1,3}}岁)[）)]")
_ORIGINAL = re.compile(f"原创[ \u3000:：]+(?P<names>{NAME})(?:[ \u3000].{{1,30}})?")
_SIGNATURES = (
    _before_label(NAME),
    _IN_BRACKETS,
    _AFTER_MARK,
    _after_place(NAME),
    _after_place_in_brackets(NAME),
    _BEFORE_PLACE,
    _PEN_NAME,
    _ORIGINAL,
)
_AFTER_LABEL = re.compile(f"{AUTHOR}[ \u3000]+(?P<names>{NAME}(?:[、，, \u3000]+{NAME})*)")
# The same places with what has no known family name.
_DOUBTFUL = (
    _before_label(_HAN_NAME),
    _after_place(_HAN_NAME),
    _after_place_in_brackets(_HAN_NAME),
    re.compile(f"{AUTHOR}[ \u3000]+(?P<names>{_HAN_NAME})"),
)
_WESTERN = re.compile(r"[Bb][Yy][ :：]+(?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})")
_ENCLOSED = re.compile("[（(][^（()）]*[）)]")
_NOBODY = re.compile(f"[（(]?(?:作者[:： ]?|{_PLACE}[ \u3000]+)?(?:佚名|无名氏|作者不详)[）)]?")
_OPENED, _CLOSED = re.compile(r"[（(\[【]"), re.compile(r"[）)\]】]")
_DATE_ALONE = re.compile(r"[0-9年月日：:\-/. T（(【\[）)】\]\u3000]*")


def mark_of(words: str) -> Mark | None:
    """What a line's words say that it is, or nothing."""
    if len(words) > _LONGEST:
        return _fitting(words, REMARKS)
    found = [mark for mark in (find(words) for find in _SHAPES) if mark]
    sure = (mark for mark in found if mark.confidence >= CERTAIN)
    return next(sure, found[0] if found else None)


def _fields(words: str) -> Mark | None:
    """A line of labels and values: 来源：… 作者：… 2020-02-15."""
    counted = COUNTERS.search(words)
    words = words[: counted.start()] if counted else words
    found = list(FIELD.finditer(plain(words)))
    if not found or not _DATE_ALONE.fullmatch(words[: found[0].start()]):
        return None
    values = {row["label"]: words[row.start("value") : row.end("value")] for row in found}
    if any(len(value) > _LONGEST_VALUE or "。" in value for value in values.values()):
        return None
    return _of_fields(words, values)


def _of_fields(words: str, values: dict[str, str]) -> Mark | None:
    date = date_in(words)
    named = _named(values)
    labels = values.keys()
    if named:
        is_clear = all(map(are_names, named)) and not _is_doubtful(values)
        evidence = "byline" if is_clear else "doubtful-byline"
        credit = credit_of(words)
        read = chain.from_iterable(map(names_in, named))
        authors = credit.authors if credit else tuple(dict.fromkeys(read))
        return Mark("byline", evidence, weight(evidence), authors, date)
    if any(re.fullmatch(SOURCE, label) for label in labels):
        return Mark("note", "first-printed", weight("first-printed"), date=date)
    if date and any(re.fullmatch(TIME, label) for label in labels):
        return Mark("dateline", "dateline", weight("dateline"), date=_dated(words, date, ()))
    if all(re.fullmatch(EDITOR, label) for label in labels):
        return Mark("removed", "editors-credit", weight("editors-credit"))
    return None


def _named(values: dict[str, str]) -> list[str]:
    """The values of authors' labels that are not empty; 文 alone is one only before a name."""
    found = []
    for label, value in values.items():
        own = value.strip(" \u3000").replace(date_in(value) or "\n", " ")
        # A bracket that was opened before the label ends here: （作者：三(2)班 谭小鹿）.
        is_open = len(_CLOSED.findall(own)) > len(_OPENED.findall(own))
        own = own.strip("）)]】 \u3000") if is_open else own
        # A typist may set a short name wide: 仇 恕.
        own = "".join(own.split()) if can_be_name(own) else own
        if re.fullmatch(AUTHOR, label) and (label != "文" or _begins_with_name(own)):
            found.append(own)
    return [own for own in found if any(map(str.isalnum, own))]


def _begins_with_name(value: str) -> bool:
    first = next(iter(value.split()), "")
    return is_name(first) or can_be_name(first)


def _is_doubtful(values: dict[str, str]) -> bool:
    """Whether several have a share in the text, or 文 alone stands before what may be no name."""
    roles = [label for label in values if re.fullmatch(AUTHOR, label)]
    own = next(iter(values.get("文", "").split()), "")
    return len(roles) > 1 or ("文" in values and not is_name(own))


def _credit(words: str) -> Mark | None:
    credit = credit_of(words)
    if credit is None or _is_signed_title(words):
        return None
    clear = "byline" if credit.has_share else "signature"
    evidence = clear if credit.is_clear else "doubtful-byline"
    return Mark("byline", evidence, weight(evidence), credit.authors, date_in(words))


def _is_signed_title(words: str) -> bool:
    """Whether words are a title with a name in brackets: 拾穗 [仉梅 朗诵：小周]."""
    match = title_before_possible_name(words)
    return match is not None and is_name(match["names"]) and not is_name(match["title"])


def _others(words: str) -> Mark | None:
    bare = _ENCLOSED.sub("", words)
    is_other = is_of_others(words) or (bare != words and is_of_others(bare))
    return Mark("note", "other-shares", weight("other-shares")) if is_other else None


def _nobody(words: str) -> Mark | None:
    """Whoever wrote is not known, which is all that the line says."""
    return Mark("byline", "byline", weight("byline")) if _NOBODY.fullmatch(plain(words)) else None


def _signature(words: str) -> Mark | None:
    compared = plain(words)
    western = _WESTERN.fullmatch(words)
    if western:
        return Mark("byline", "byline", weight("byline"), (western["names"],))
    labelled = _AFTER_LABEL.fullmatch(compared)
    match = labelled or _first(_SIGNATURES, compared)
    if match:
        return _signed(words, match, "byline" if labelled else "signature")
    match = _first(_DOUBTFUL, compared)
    if match and (is_name(match["names"]) or can_be_name(match["names"])):
        return _signed(words, match, "doubtful-byline")
    return None


def _first(patterns: tuple[re.Pattern[str], ...], words: str) -> re.Match[str] | None:
    return next(filter(None, (row.fullmatch(words) for row in patterns)), None)


def _signed(words: str, match: re.Match[str], evidence: str) -> Mark:
    names = names_in(words[match.start("names") : match.end("names")])
    return Mark("byline", evidence, weight(evidence), names, date_in(words))


def _date(words: str) -> Mark | None:
    date, authors = dateline_of(words)
    if not date:
        return None
    full = _dated(words, date, authors)
    evidence = "dateline" if all(map(is_name, authors)) else "possible-name"
    return Mark("dateline", evidence, weight(evidence), authors, full)


def _dated(words: str, date: str, authors: tuple[str, ...]) -> str:
    """A date, in all the words of its line where they say more: the place, the hour, who signed."""
    head, _, rest = words.partition(date)
    if any(name in rest for name in authors):
        return date
    if not remains(rest, authors) and not remains(head, authors):
        return date
    # Who signed before the date is an author, and no part of it.
    return unlabelled(words if remains(head, authors) else date + rest)


def _pattern(words: str) -> Mark | None:
    return _fitting(words, PATTERNS)


def _fitting(words: str, rows: tuple[Pattern, ...]) -> Mark | None:
    """The mark of the first row that the whole line fits."""
    compared = plain(words)
    for row in rows:
        if row.pattern.fullmatch(compared):
            return Mark(row.kind, row.evidence, weight(row.evidence))
    return None


_SHAPES: tuple[Callable[[str], Mark | None], ...] = (
    _fields,
    _credit,
    _signature,
    _date,
    _pattern,
    _others,
    _nobody,
)
