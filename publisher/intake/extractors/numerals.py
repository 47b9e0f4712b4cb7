"""Numerals: a number in the ways in which office programs write the numbers of paragraphs.

The names of the ways are those of ECMA-376, part 1, 17.18.59. A way that is not known here, and a
number that a way cannot write, become plain digits. Roman numerals are the characters that Chinese
fonts have for them.
"""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_COUNTED = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "koreanCounting",
    "taiwaneseCounting", "taiwaneseCountingThousand",
}  # fmt: skip
_SPELLED = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}
# Each of these counts no further than its characters go.
_ROWS = {
    "upperRoman": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    "lowerRoman": "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖拾",
    "ideographLegalTraditional": "壹貳參肆伍陸柒捌玖拾",
}
_MOST_COUNTED = 9999


def numeral(number: int, way: str) -> str:
    """A number from 0 in one of the ways; empty where the way is to write none."""
    if way == "none":
        return ""
    if 0 < number <= len(_ROWS.get(way, "")):
        return _ROWS[way][number - 1]
    if way in _COUNTED and 0 < number <= _MOST_COUNTED:
        return _counted(number)
    if way in _SPELLED:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if way in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return f"{number:02}" if way == "decimalZero" else str(number)


def _counted(number: int) -> str:
    """12 as 十二, 103 as 一百零三."""
    digits = [int(digit) for digit in str(number)]
    said = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            said += _DIGITS[digit] + _UNITS[place]
        elif said and not said.endswith("零"):
            said += "零"
    said = said.rstrip("零")
    return said.removeprefix("一") if said.startswith("一十") else said
