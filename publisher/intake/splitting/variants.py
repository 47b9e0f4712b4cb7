"""Variants: the Traditional characters of labels, names and dates as their Simplified ones.

It promises a text of the same length, so that what is found in it is cut from the original. It
serves to compare words with patterns and is no conversion: only the characters that patterns and
family names need are in it, and the stroke of Big5 that some programs write for the wide one.
"""

from __future__ import annotations

from functools import lru_cache

_TRADITIONAL = (
    "來處編輯責審對監製複終錄閱讀點擊數評論氣訊員記報執筆講發時間寫內資網庫貼眾號戶傳發佈請歡關"
    "進這頁頂印閉複連結體掃長碼維識們權歸經侵禁轉載嚴僅參習註選該於刊節簡單為係現標題範雜欄匯總"
    "彙選錦薦鏈熱門興趣希導喜帶獻國歲陰雲霧禮輯卷節週開學啟輸"
    "張劉陳楊黃趙吳孫馬羅鄭謝許鄧韓馮蕭蔣餘葉魏蘇呂盧鍾鐘譚陸範韋賈鄒閆閻龍賀顧龔萬錢戴嚴孔湯"
    "賴龐溫魯莊鄔駱歐聶鮑顏馮連寧齊紀邊饒車費應繆蘆項東諸陽遲貳參蔔"
    "臺灣縣區鎮鄉醫燈圖攝繪師級輔書畫園慶濱瀋廈蘭貴廣遼陝肅島蓮義語詞獎專總"
    "鄺竇鞏郟酈閔婁畢闞闕薊藺欒儲諶譙緱鈄駢顓鮮聞離閭納獨樂後"
)
_SIMPLIFIED = (
    "来处编辑责审对监制复终录阅读点击数评论气讯员记报执笔讲发时间写内资网库贴众号户传发布请欢关"
    "进这页顶印闭复连结体扫长码维识们权归经侵禁转载严仅参习注选该于刊节简单为系现标题范杂栏汇总"
    "汇选锦荐链热门兴趣希导喜带献国岁阴云雾礼辑卷节周开学启输"
    "张刘陈杨黄赵吴孙马罗郑谢许邓韩冯萧蒋余叶魏苏吕卢钟钟谭陆范韦贾邹闫阎龙贺顾龚万钱戴严孔汤"
    "赖庞温鲁庄邬骆欧聂鲍颜冯连宁齐纪边饶车费应缪芦项东诸阳迟贰参卜"
    "台湾县区镇乡医灯图摄绘师级辅书画园庆滨沈厦兰贵广辽陕肃岛莲义语词奖专总"
    "邝窦巩郏郦闵娄毕阚阙蓟蔺栾储谌谯缑钭骈颛鲜闻离闾纳独乐后"
)
_TABLE = str.maketrans(f"{_TRADITIONAL}∕", f"{_SIMPLIFIED}／")


# Many patterns look at each line in turn.
@lru_cache(maxsize=2048)
def plain(words: str) -> str:
    """The words for comparing, character for character."""
    return words.translate(_TABLE)
