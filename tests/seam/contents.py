"""Contents: any inline markup that a book, or a hand that writes HTML, may put into a line.

No two kinds of marks, words and elements are kept apart: what stands beside what is chance.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.seam.contexts import NOTES

# A paragraph of everything that the composer sets itself.
PLAIN = (
    "春眠不觉晓，<em>处处</em>闻啼鸟。夜来<strong>风雨</strong>声（Spring Dawn），"
    "花落<a href='#x'>知多少</a>？孟浩然生于689年——卒于740年……“<code>code</code>”"
    "<span class='kai'>故人具鸡黍</span>，邀我至<ruby>田<rt>tián</rt></ruby>家。"
    "<img src='dot.png' alt='点'/>绿树村边合，青山郭外斜。"
)
# Sentences; no phrase comes twice, so that each is known again on the page.
VERSES = (
    "春眠不觉晓，处处闻啼鸟。", "“夜来风雨声，花落知多少？”",
    "白日依山尽，黄河入海流；", "欲穷千里目，更上一层楼——",
    "床前明月光，疑是地上霜；", "举头望明月，低头思故乡。",
    "红豆生南国，春来发几枝？", "“愿君多采撷，此物最相思！”",
    "千山鸟飞绝，万径人踪灭。", "孤舟蓑笠翁，独钓寒江雪……",
    "《松下问童子》，言师采药去：", "只在此山中，云深不知处。",
    "空山不见人，但闻人语响。", "返景入深林，复照青苔上。",
    "独坐幽篁里，弹琴复长啸。", "深林人不知，明月来相照。",
    "（离离原上草，一岁一枯荣。）", "野火烧不尽，春风吹又生。",
    "远芳侵古道，晴翠接荒城。", "又送王孙去，萋萋满别情。",
    "国破山河在，城春草木深。", "感时花溅泪，恨别鸟惊心。",
    "烽火连三月，家书抵万金。", "白头搔更短，浑欲不胜簪。",
)  # fmt: skip
_WORDS = (
    "春", "眠", "不觉晓", "处处闻啼鸟", "夜来风雨声，花落知多少。",
    "，", "。", "、", "“", "”", "（", "）", "《", "》", "「", "」", "：", "？！",
    "——", "……", "—", "·", "～", "-", "/",
    "a", "Spring", "it’s", "e\u0301tude", "7", "3.14", "50%", "№5", "pub.example.org/~li",
    " ", "\u00a0", "\u3000", "\u00ad", "\u200b", "\u2060", "\n",
)  # fmt: skip
_EMPTY = ("<br/>", "<wbr/>", "<img src='dot.png' alt='点'/>", "<i></i>", "<span id='x'></span>")
_AROUND = (
    "<em>{}</em>", "<strong>{}</strong>", "<a href='#x'>{}</a>", "<code>{}</code>",
    "<small>{}</small>", "<sup>{}</sup>", "<span class='kai'>{}</span>",
    "<span lang='en'>{}</span>", "<span style='white-space: nowrap'>{}</span>",
    "<span style='text-emphasis: dot'>{}</span>", "<u>{}</u>",
    "<span style='padding: 0 3pt; border: 1pt solid'>{}</span>",
    "<span style='margin: 0 -1pt'>{}</span>", "<span style='vertical-align: 2pt'>{}</span>",
    "<span style='text-autospace: no-autospace'>{}</span>",
    "<span style='visibility: hidden'>{}</span>",
)  # fmt: skip
# What sends a whole paragraph back to the engine.
_REFUSED = (
    "<span style='letter-spacing: 1pt'>{}</span>", "<span dir='rtl'>{}</span>",
    "<span style='position: relative'>{}</span>", "<span style='white-space: pre'>{}</span>",
)  # fmt: skip
_READINGS = ("chūn", "a", "ㄔㄨㄣ", "ㄇㄧㄢˊ", "·ㄉㄜ")
_NOTE = f"<span class='note'>{NOTES[:2] * 3}</span>"

_words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map("".join)
_ruby = st.builds(
    "<ruby>{}<rt>{}</rt></ruby>".format,
    st.sampled_from(("春", "不觉", "a")),
    st.sampled_from(_READINGS),
)


def _contents(leaves: st.SearchStrategy[str], around: tuple[str, ...]) -> st.SearchStrategy[str]:
    inner = st.recursive(
        leaves,
        lambda parts: st.builds(
            lambda frame, inside: frame.replace("{}", "".join(inside)),
            st.sampled_from(around),
            st.lists(parts, max_size=3),
        ),
        max_leaves=6,
    )
    return st.lists(inner, min_size=1, max_size=8).map("".join)


_plain_leaves = st.one_of(_words, _words, _ruby, st.sampled_from(_EMPTY))
contents = _contents(_plain_leaves, _AROUND)
called = _contents(st.one_of(_plain_leaves, st.just(_NOTE)), _AROUND)
anything = _contents(_plain_leaves, _AROUND + _REFUSED)
