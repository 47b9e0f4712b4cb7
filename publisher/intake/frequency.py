"""Frequency: how much a text looks like Chinese that somebody wrote, by its commonest characters.

Some five hundred characters make up three quarters of any modern text; bytes read in a wrong
encoding give rare ones. It promises one number for a text and knows nothing of encodings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIMPLIFIED = (
    "的了不是一人我来有这说也他道在们大个你子去着那就上里之得以又要见为只么儿还自家中好时玉可"
    "出到而便然太国于过看事如所知和下都话生没但笑头心起日想听因回些文二学样无年者多后老小作面"
    "什两此明会却用天能现今十几已意书才问叫前先正呢地等字将打别三外己罢发母并其进夫方且女实当"
    "使经给至从本点同众王倒对成何怎娘做吃气种或忙很真手西名再虽开门命古月白四走身与相原东平必"
    "把言则未分死新处情主更应定法姑行论理怕许连口亲五若竟请常总少觉非教长坐难谁世拿向比该候声"
    "民果语即往花住金记信士第政被句妹力动房眼内写思早张间病放送各安反边故管春妈像告清公最全神"
    "半算读敢云官物报带风林似性曾流高活位爱倘近香钱完李化入传红解北喜答章改干类加饭史感受园乎"
    "件脸目百师她次通远氏谓色识代表快每关酒水望提青旧孩诉取立留底诗免校求重义画周跟接讲哥府兴"
    "满及忽谈拉既哭由形失细闲须夜收光照容决胡直八结苦咱它君办刻究题尤尚银体路特待终乱父复九评"
    "尽朝闹单战变屋恐合况海错例据惜亦服妇冷认极马京令偏怪奇足珍随万睡工社精探假仍界保员紫利素"
    "衣数落轻易称空部鬼元愿戏造乐急六指找山火念除够存晚疑品首美杀男罪深德治茶革料步确凡依甚议"
    "泪希散式切七忘站洋千机般车赶祖任翻条院友南阿艺批渐肯弄劝岂皆引余闻约初遇"
)
# The same characters where Taiwan and Hong Kong write them otherwise.
_TRADITIONAL = (
    "來這說説們個著裏裡見爲為麼兒還時國於過話沒頭聽學樣無後兩會卻現幾書問將別罷發並進實當經給"
    "從點衆眾對喫氣種雖開門與東則處應論許連親請總覺長難誰該聲語記動內寫張間邊媽讀雲報帶風愛錢"
    "傳紅幹類飯園臉師遠謂識關舊訴詩義畫講興滿談細閒須決結辦題銀體終亂復評盡鬧單戰變況錯據婦認"
    "極馬隨萬員數輕稱願戲樂夠殺確議淚機車趕條藝漸勸豈餘聞約領劉傷禮買圖惡轉熱歷尋筆緊斷雜滅觀"
    "運藥場歡獨讓歲專乾隻鐘髮係徵台灣黨區軍導際濟團設質衛醫驗聯產業務農"
)
_MARKS = "，。、；：？！“”‘’（）《》「」『』…—·\u3000"
# Runs, which are fewer than characters.
_FAMILIAR = re.compile(f"[{_SIMPLIFIED}{_TRADITIONAL}{_MARKS}]+")
_COMMON = re.compile(f"[{_SIMPLIFIED}{_TRADITIONAL}]")
_WORDS = re.compile(f"[^\x00-\x7f{_MARKS}]+")
_UNFAMILIAR = f"[^\x00-\x7f{_SIMPLIFIED}{_TRADITIONAL}{_MARKS}]"
_SAYING = 6
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


def familiarity(text: str) -> float:
    """The share of common characters and marks in all that is not ASCII, 0 to 1; 0 for ASCII."""
    every = count_beyond_ascii(text)
    return _count(_FAMILIAR, text) / every if every else 0.0


def common_share(text: str) -> float:
    """The share of common characters in all that is neither ASCII nor a mark, 0 to 1.

    0 where so few of these are left that they say nothing: fewer than six.
    """
    every = _count(_WORDS, text)
    return count_common(text) / every if every >= _SAYING else 0.0


def count_common(text: str) -> int:
    """How many characters of a text are common ones."""
    return len(_COMMON.findall(text))


def count_kinds(text: str) -> int:
    """How many different common characters a text has."""
    return len(set(_COMMON.findall(text)))


def is_common(text: str) -> bool:
    """Whether all characters of a text are common ones."""
    return all(_COMMON.match(character) for character in text)


def unfamiliar_runs(text: str, shortest: int) -> Iterator[re.Match[str]]:
    """Where so many characters or more follow one another that are neither common nor marks."""
    return re.finditer(_UNFAMILIAR + f"{{{shortest},}}", text)


def count_beyond_ascii(text: str) -> int:
    """How many characters of a text are not ASCII."""
    return 0 if text.isascii() else _count(_BEYOND_ASCII, text)


def _count(runs: re.Pattern[str], text: str) -> int:
    """How many characters of a text stand in runs of a kind."""
    return len("".join(runs.findall(text)))
