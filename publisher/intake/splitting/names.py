"""Names: what can be the name of an author, when nothing but its shape says so.

It promises to tell a name by its family name, if that is common or hardly begins another word
(`familynames`). Any other name is known only where the line says that it is one; what its place
alone makes a name is possible and no more. Classes, grades and schools are never names, nor is a
single character.
"""

from __future__ import annotations

import re

from publisher.intake.splitting.familynames import family_names
from publisher.intake.splitting.places import is_known_place, is_place
from publisher.intake.splitting.variants import plain

_HAN = "\u4e00-\u9fff"


def _shape(*classes: str) -> str:
    """Names with a family name of these classes, as part of a regular expression."""
    known = [name for kind in classes for name in family_names(kind)]
    single = "".join(name for name in known if len(name) == 1)
    double = "|".join(name for name in known if len(name) > 1)
    return (
        f"(?:(?:{double})[{_HAN}]{{1,2}}|[{single}][{_HAN}]{{1,2}}"
        f"|(?:{double}|[{single}])[ \u3000]+[{_HAN}](?:[ \u3000]+[{_HAN}])?)"
    )


# A name by its shape in plain words, a grade, a class, a school: as part of a regular expression.
NAME = _shape("common", "telling")

# A name in foreign letters' sounds: 阿瑟·克拉顿-布罗克. The names of tunes have such a dot too.
FOREIGN = f"[{_HAN}]{{1,8}}[·・•‧][{_HAN}A-Z.．·・•‧-]{{0,20}}[{_HAN}]"

_SINGLE = frozenset(
    name for kind in ("common", "telling") for name in family_names(kind) if len(name) == 1
)
_NAME, _FOREIGN = map(re.compile, (NAME, FOREIGN))
_N = "[0-9０-９一二三四五六七八九十]{1,3}"
GRADE = f"(?:[初高大小]中?[ ]?{_N}(?:年级)?|{_N}年级|[0-9０-９]{{2,4}}[届级])"
CLASS = f"(?:{GRADE}|{_N}年?)?[ ]?[（(]?[ ]?{_N}[ ]?[）)]?[ ]?班"
SCHOOL = f"[{_HAN}]{{2,}}(?:小学|中学|大学|学校|学院|幼儿园|附[小中]|实小|[一二三四五六七八九十]中)"
_DWELLING = "[0-9０-９]{1,3}[ ]?(?:号楼|号院|栋|幢|单元|室|楼)(?:[0-9０-９]{1,4}室?)?"
_ONLY_GRADE, _SCHOOL = map(re.compile, (GRADE, SCHOOL))
_WHERE = re.compile(f"{CLASS}|{_DWELLING}")
_BETWEEN = re.compile(r"[、，,;；/／&\s]+")
_REMARK = re.compile(
    r"[（(\[【].*?[)）\]】]|(?:指导(?:老师|教师)|[插配]?图|摄影|绘画|朗诵|编辑)[ ]?[:：/／].*"
)
# Words that go with groups of people and with forms.
_NO_NAME = re.compile(".*[班级组]|班[长级主].*|匿名|佚名|无名氏?|不详|不填|未署名")
# How people are spoken of, not how they sign.
_ADDRESSED = re.compile(".(?:老师|先生|女士|大[爷妈伯娘]|奶奶|爷爷|叔叔|阿姨|师傅|医生|同学|婆婆)")
# Words that no name has, and those that head texts of their own.
_WORDS = re.compile("[的了着过我你他她它们是不这那就也都没吗呢吧啊么什怎把被从给很]")
_HEADING = re.compile(
    "第[一二三四五六七八九十]{1,3}[天日夜集幕场]?$|其[一二三四五六七]|[上下][部集]"
    "|.*[章节篇编辑卷部记序跋言语录次文诗]$"
)
_POSSIBLE = re.compile(f"[{_HAN}]{{2,4}}|[{_HAN}][ \u3000]+[{_HAN}]")
_PLACE = re.compile(f"[{_HAN}0-9０-９]{{2,8}}")
# What one is to whom one writes, if it is no place and no office.
_OFFICE = re.compile(f"{_PLACE.pattern}|[儿女子孙父母兄弟姐妹友妻夫]")
_FIGURE = re.compile("[0-9０-９]")
_LONG = re.compile(f"[{_HAN}]{{5,}}")
_LABEL_SIGN = re.compile("[:：/／|｜]")
_AROUND = " \t\u3000·.。:：（(【[)）]】"


def is_name(words: str) -> bool:
    """Whether words are one name with a known family name, and nothing else."""
    is_other = _ADDRESSED.fullmatch(plain(words)) or is_known_place(words)
    return bool(_NAME.fullmatch(plain(words))) and not is_other


def is_foreign_name(words: str) -> bool:
    """Whether words are parts with dots between, as foreign names are written."""
    return bool(_FOREIGN.fullmatch(words))


def signers(words: str) -> tuple[str, ...]:
    """The names of a line that has nothing else but perhaps a place before one: 江西上饶 赵月娥."""
    if is_name(words):
        return ("".join(words.split()),)
    *places, last = words.split()
    if places and all(map(is_name, (*places, last))):
        return (*places, last)
    is_placed = len(places) == 1 and bool(_PLACE.fullmatch(places[0]))
    return (last,) if is_placed and len(last) > 1 and is_name(last) else ()


def possible_signers(words: str) -> tuple[str, ...]:
    """What can be a name and is all of a line, but perhaps for a place or an office before it.

    What has a known family name is no office: beside it the other signed as well.
    """
    if can_be_name(words):
        return ("".join(words.split()),)
    *offices, last = words.split() or [""]
    is_office = len(offices) == 1 and bool(_OFFICE.fullmatch(offices[0]))
    if not (is_office and can_be_name(last)):
        return ()
    return (*filter(is_name, offices), last)


def can_be_name(words: str) -> bool:
    """Whether words are so few, and such, that their place alone can make them a name."""
    compared = plain(words)
    is_word = _WORDS.search(compared) or _HEADING.match(compared) or _ADDRESSED.search(compared)
    is_other = is_word or is_place(compared) or _is_number(compared) or _NO_NAME.fullmatch(compared)
    return bool(_POSSIBLE.fullmatch(compared)) and not is_other


def _is_number(words: str) -> bool:
    return bool(re.fullmatch("[一二三四五六七八九十百零〇年月日]+", words))


def names_in(words: str) -> tuple[str, ...]:
    """The names in the words after `作者：`, without what is added in brackets."""
    return tuple(dict.fromkeys(filter(_can_be_name, _parts(words))))


def are_names(words: str) -> bool:
    """Whether all the words after `作者：` are names, apart from classes, schools and remarks."""
    parts = _parts(words)
    # A pen name alone may be long; what is long beside a name says something else.
    are_short = len(parts) == 1 or not any(map(_LONG.fullmatch, parts))
    return bool(parts) and are_short and all(map(_is_clear, parts))


def _is_clear(part: str) -> bool:
    return _can_be_name(part) and not _FIGURE.search(part) and not _SCHOOL.match(plain(part))


def _can_be_name(part: str) -> bool:
    is_other = _NO_NAME.fullmatch(plain(part)) or _LABEL_SIGN.search(part)
    return len(part) > 1 and not is_other


def _parts(words: str) -> list[str]:
    """What lies between commas and blanks, without classes, grades, schools and remarks."""
    bare = _REMARK.sub(" ", _without_places(words))
    parts = (_person(part.strip(_AROUND)) for part in _BETWEEN.split(bare))
    return _joined([part for part in parts if part])


def _person(part: str) -> str:
    """A part without the school before the name; nothing where it is a grade or a school."""
    if _ONLY_GRADE.fullmatch(plain(part)):
        return ""
    school = _SCHOOL.match(plain(part))
    rest = part[school.end() :].strip(_AROUND) if school else part
    return rest if not rest or is_name(rest) else part


def _without_places(words: str) -> str:
    """The words with a blank for each class and dwelling: 三(2)班, 初一（3）班, 3号楼."""
    pieces, done = [], 0
    for match in _WHERE.finditer(plain(words)):
        pieces.append(words[done : match.start()])
        done = match.end()
    return " ".join((*pieces, words[done:]))


def _joined(parts: list[str]) -> list[str]:
    """The parts, a family name alone and the one character after it as one name: 张 三."""
    names: list[str] = []
    for part in parts:
        before = names[-1] if names else ""
        if len(part) == 1 and len(before) == 1 and plain(before) in _SINGLE:
            names[-1] = before + part
        else:
            names.append(part)
    return names
