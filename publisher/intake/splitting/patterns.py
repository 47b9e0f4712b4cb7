"""Patterns: the words by which bylines, sources and the leavings of web pages are known.

They are written in Simplified characters and are compared with plain words (`variants`). To add
one: its row here; where it is a new kind of evidence, a row in `evidence` and in docs/plan.md.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from publisher.intake.plan import Kind


def _any(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


_BLANK = "[ \u3000]*"
AUTHOR = _any(
    f"作{_BLANK}者", f"撰{_BLANK}文", "文字", "文", "撰稿", "作文", "口述", "讲述", "供稿",
    "(?:您的|作者|投稿人)?姓名", "整理", "执笔", "采访", "采写", "编剧", "著者",
    "(?:本报|特约)?(?:通讯员|记者)",
)  # fmt: skip
SOURCE = _any(f"来{_BLANK}源", f"出{_BLANK}处", "稿件?来源", "文章来源")
TIME = _any("日期", "时间", "发[布表]时间", "写作时间")
# Who worked on a page, and its counters.
EDITOR = _any(
    "责任编辑", "责编", "编辑", "美编", "审核", "校对", "排版", "监制", "初审", "复审", "终审",
    "录入", "制作", "编审", "(?:浏览|阅读|点击|字数|评论|人气)(?:次数|量)?",
)  # fmt: skip
_LABEL = f"(?:{AUTHOR}|{SOURCE}|{TIME}|{EDITOR}){_BLANK}[:：/／|｜]{_BLANK}"
# A label with its value, which ends where the next label begins.
FIELD = re.compile(
    f"(?P<label>{AUTHOR}|{SOURCE}|{TIME}|{EDITOR}){_BLANK}[:：/／|｜]{_BLANK}"
    f"(?P<value>.*?)(?=[ \u3000，,；;|｜]*{_LABEL}|$)"
)

# How often a page was read, and under which words it is filed: 阅读(1033) 标签：杂谈.
COUNTERS = re.compile(
    r"[\s|｜]+(?:(?:阅读|浏览|评论|点击|转载|收藏|分享)[ ]?[（(]\d|(?:标签|分类)[ ]?[:：]).*"
)


class Pattern(NamedTuple):
    """A kind of line: what it is, the evidence, and what the whole line must fit."""

    kind: Kind
    evidence: str
    pattern: re.Pattern[str]


def _row(kind: Kind, evidence: str, *parts: str) -> Pattern:
    return Pattern(kind, evidence, re.compile("".join(parts), re.IGNORECASE))


_OPEN, _CLOSE = "[（(【\\[<《]?", "[）)】\\]>》]?"
_FEW, _SOME = "[^。！？]{0,24}", "[^。]{0,40}"
_END = "[。！!]?"

PATTERNS: tuple[Pattern, ...] = (
    _row("removed", "page-number", r"[-—–·•・~～][ \u3000]*\d{1,4}[ \u3000]*[-—–·•・~～]"),
    _row("removed", "page-number", r"第[ ]?\d{1,4}[ ]?页(?:[ ,，/]*共[ ]?\d{1,4}[ ]?页)?"),
    _row("removed", "page-number", r"(?:page )?\d{1,4} ?(?:/|of) ?\d{1,4}|page \d{1,4}"),
    _row("removed", "separator", r"[-—–―─━═=_*＊※☆★◆◇●○■□~～…·. \u3000]{3,}"),
    # The day between two messages; the head of what was added behind.
    _row("removed", "separator", r"[-—–―─=]{3,}[ ]*[0-9年月日./-]{6,12}[ ]*[-—–―─=]{3,}"),
    _row("removed", "separator", "附[录件]?[ ]?(?:[一二三四五六七八九十0-9]{1,2})?[ ]?[:：]"),
    _row(
        "removed",
        "mail-head",
        "(?:发件人|发信人|寄件者|收件人|收件者|抄送|密送|发送[时日][间期]|主题|主旨"
        "|From|To|Cc|Bcc|Subject|Sent|Date|Reply-To)[ ]?[:：].{0,70}",
    ),
    _row(
        "removed",
        "mail-head",
        r"-{2,}[ ]?(?:原始邮件|转发的?邮件|回复的?邮件|Original Message|Forwarded message)[ ]?-*",
    ),
    _row("removed", "site", _FEW, r"(?:https?://|www\.)[!-~]+", _FEW),
    _row("removed", "site", r"[\w.-]+\.(?:com|cn|net|org)(?:\.\w\w)?"),
    _row(
        "removed",
        "site",
        "[^。]{1,40}[ ]?[-_|－—][ ]?[^。，]{1,14}",
        _any("网", "论坛", "博客", "文库", "网站", "频道"),
    ),
    _row("removed", "navigation", r"[\[【\]\d ]*(?:[上下]一[页篇]|[末尾]页)", "[^。]{0,10}"),
    # Where a page stands on its site; links in a row; what readers said; what a chat cannot copy.
    _row("removed", "navigation", "[^。]{0,8}(?:位置|路径)[ ]?[:：].{0,40}[>＞»›→].{1,40}"),
    _row("removed", "navigation", "[^。>＞]{1,16}(?:[ ]*[>＞»›]{1,2}[ ]*[^。>＞»›]{1,20}){2,}"),
    _row("removed", "navigation", r"(?:[【\[][^【】\[\]]{2,8}[】\]][ \u3000|]*){3,}"),
    _row("removed", "navigation", "(?:网友|读者|最新|发表)评论[^。]{0,20}"),
    _row(
        "removed",
        "navigation",
        r"\[(?:图片|视频|语音|文件|链接|动画表情|红包|位置)\][^。]{0,20}",
    ),
    _row("removed", "post-head", "(?:[提递]交|[投来]稿)时间[ ]?[:：].{4,24}"),
    _row("removed", "post-head", r"第?\d{1,4}[楼层][^。]{0,20}(?:发表于|\d:\d\d)[^。]{0,30}"),
    _row(
        "removed",
        "editors-credit",
        "[^。，：:]{2,20}(?:编印|组存|翻印|油印)(?:[ \u3000]+[^。，]{2,8})?",
    ),
    _row("removed", "site", "[※◆]?[ ]?(?:发信站|文章网址|转录者|文章代码)", _SOME),
    # Formulas that are no sentence of a text; what only sounds like them is asked about below.
    _row("removed", "watermark", "(?:著作权|版权)归[^。，]{1,20}所有.{0,50}"),
    _row(
        "removed",
        "watermark",
        "[^。，]{0,24}版权所有(?:[ \u3000:：©][^。，]{0,30})?(?:[，,；; \u3000]+",
        "[^。，]{0,10}(?:未经|不得|禁止|严禁|请勿|必究|追究|注明|联系)[^。，]{0,20})*",
        _END,
    ),
    _row("removed", "watermark", r"(?:copyright\b|©|ⓒ|(?:19|20)\d\d[ -]{0,3}©)[^。，]{0,70}"),
    _row("removed", "watermark", r"[^。，]{0,70}all rights reserved\.?"),
    _row(
        "removed",
        "watermark",
        "[^。，]{0,8}未经[^。，]{0,10}(?:许可|授权|同意|允许)[，, ]*",
        "(?:不得|禁止|严禁|请勿)[^。，]{0,20}",
        _END,
    ),
    _row("removed", "watermark", "[^。，]{0,6}转载(?:请|须|需)[^。，]{0,16}", _END),
    _row("removed", "watermark", "(?:禁止|严禁|谢绝)[^。，]{0,6}转载", _END),
    _row("removed", "watermark", "[^。，]{0,10}(?:侵权必究|侵权即删)", _END),
    _row(
        "removed",
        "watermark",
        _OPEN,
        "(?:内部资料|仅供(?:参考|学习|内部)[^。，]{0,12}|试[阅读]版)",
        "(?:[，, ]*(?:请勿|不得|禁止|严禁)[^。，]{0,10})?",
        _END,
        _CLOSE,
    ),
    _row(
        "removed",
        "watermark",
        "请?(?:扫码|扫一扫|扫描|长按|微信搜|识别)[^。，]{0,24}",
        _any("关注", "二维码", "公众号", "识别", "我们", "更多"),
        "[^。，]{0,14}",
        _END,
    ),
    # What a copyist adds below the last line, and a telephone below a message.
    _row(
        "removed",
        "end-mark",
        "[（(【\\[—–-]*[ ]?(?:全文)?(?:完|终|待续|未完待续|The End)[ ]?[）)】\\]—–-]*",
    ),
    _row(
        "removed",
        "mail-foot",
        "--|[发来]自我的.{1,12}|发自.{1,8}(?:手机|邮箱|客户端)|Sent from my .{1,20}",
    ),
    _row(
        "removed",
        "navigation",
        r"(?:(?:阅读|评论|转载|在看|点赞|赞|收藏|转发|浏览)[ ]?[（(]?\d+\+?[）)]?[ \u3000|｜]*)+",
    ),
    _row("removed", "navigation", _any("喜欢作者", "阅读原文", "赞赏", "写留言", "在看")),
    _row(
        "removed",
        "site",
        _OPEN,
        _any("本文", "本篇", "以上", "文章", "资料", ""),
        "(?:内容)?",
        _any("由", "来自", "来源于", "转自", "整理自"),
        "[^。！？，]{0,20}",
        _any("网", "文库", "贴吧", "公众号", "用户", "上传", "整理", "收集", "提供", "发布"),
        _END,
        _CLOSE,
    ),
    _row(
        "removed",
        "site",
        _any("更多", "想了解", "要查看", "查看", "欲知"),
        _SOME,
        _any("请", "欢迎", "尽在", "关注", "点击"),
        _SOME,
        _END,
    ),
    _row(
        "removed",
        "site",
        _any("以上", "上面", "上述"),
        _SOME,
        _any("小编", "全部内容", "希望对", "欢迎", "分享"),
        _SOME,
        _END,
    ),
    _row(
        "removed",
        "navigation",
        _OPEN,
        _any(
            "[上下]一[篇页章]", "(?:返回|回到)(?:目|首|列表|顶|上|主)", "首页", "打印", "列印",
            "关闭", "收藏本", "加入收藏", "点击(?:[上下]|查|阅|进|这|此)", "展开[全更]", "阅读全文",
            "分享到", "我要评论", "复制链接", "字体",
        ),
        "[^。！？]{0,30}",
    ),
    _row(
        "removed",
        "possible-watermark",
        _FEW,
        _any("扫码", "扫一扫", "长按", "微信搜", "二维码", "公众号", "关注我们"),
        _FEW,
        _any("关注", "二维码", "公众号", "识别", "我们", "更多"),
        _FEW,
        _END,
    ),
    _row(
        "removed",
        "possible-watermark",
        _FEW,
        _any(
            "版权所有", "版权归", "未经.{0,6}(?:许可|授权|同意|允许)", "侵权", "(?:禁止|严禁)转载",
            "转载请", "仅供(?:参考|学习)", "copyright", "©", "all rights reserved", "内部资料",
            "试阅版", "试读版",
        ),
        _SOME,
        _END,
    ),
    _row(
        "removed",
        "editors-note",
        _OPEN,
        _any("编者按", "编者的话", "小编语", "编者注"),
        "[】）)\\]:：]?.*",
    ),
    _row("removed", "editors-note", "[（(【](?:以上|上述)[^。！？（）()]{2,20}[）)】]"),
    _row(
        "removed",
        "comment",
        f"{_OPEN}[\u4e00-\u9fff]{{0,4}}",
        _any(
            "点评", "评语", "短评", "简评", "总评", "推荐语", "颁奖词", "编后[语记]?", "老师的话",
            "老师寄语", "编辑部的话",
        ),
        "[】）)\\]:：].*",
    ),
    _row(
        "note",
        "first-printed",
        "[（(【\\[※*]?[ ]?(?:本文|此文|该文)?(?:最初)?",
        _any(
            "原载", "选自", "摘自", "转自", "转载自", "载于", "刊于", "原刊", "首发于", "节选自",
            "摘编自", "(?:载|收入|发表于|发表在)(?=《)",
        ),
        "[^。！？]{1,50}(?:。(?:有删节|共)[^。！？]{0,12})?。?[）)】\\]]?",
    ),
    _row(
        "removed",
        "contact",
        "(?:联系)?(?:电话|手机|方式)(?:号码?)?[:：].{4,30}|(?:电子)?(?:邮箱|信箱|微信|QQ)(?:号码?)?[:：].{4,40}",
    ),
    _row(
        "note",
        "about-the-author",
        "(?:[插配]?图|摄影|绘[图画]|朗诵)[:：/／|｜].{2,12}|(?:(?:所在)?(?:单位|部门|科室)|学校|班级|年级|楼号|住址|地址|职业|年龄|性别)[:：].{1,24}",
    ),
    _row("note", "about-the-author", "(?:指导(?:老师|教师)|推荐(?:人|老师))[:：].{2,12}"),
    _row(
        "note",
        "about-the-author",
        _OPEN,
        "(?:作者(?:简介|单位|系|为|是|现)|(?:本文|此文|本篇)曾?荣?获)[^！？]{2,}",
    ),
)  # fmt: skip
# Of these the line may be a paragraph.
REMARKS = tuple(row for row in PATTERNS if row.evidence in ("editors-note", "comment"))
