"""Damage as pages have it, put into clean text at random places: what the repair has to take out again.

Every kind is a function `(random, lines) -> lines`; `hurt` applies several and says what should come back. The lines of
page furniture are of our own collecting and serve here only: the rules were not written from these lists alone.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from opencc import OpenCC
from pypinyin import Style, pinyin

from gongshu.reading.model import GAP

Lines = list[str]
Damage = Callable[[Random, Lines], Lines]

_TO_TRADITIONAL = OpenCC("s2t")
_TO_SIMPLIFIED = OpenCC("tw2s")
_KEPT = "〔缺文〕"

OVER = [
    "当前位置：首页 > 工作动态 > 正文",
    "您所在的位置: 网站首页 / 新闻动态 / 基层动态",
    "首页->信息公开->工作动态",
    "网站首页 | 机构设置 | 工会要闻 | 政策法规 | 职工服务 | 联系我们",
    "无障碍阅读 | 长者专区 | 繁體中文 | ENGLISH",
    "分享到： 微信 新浪微博 QQ好友",
    "【字体：大 中 小】 【打印】 【关闭】",
    "字号：A+ A A-",
    "浏览量：2031 次",
    "文档格式：DOCX 页数：8 大小：32KB",
    "需要金币：100 金币",
    "VIP免费下载",
    "索引号: 003382/2020-00021 信息分类: 公告公示",
    "听新闻",
    "1.2万阅读 35赞",
    "评分：4.8分",
    "登录 | 注册 | 投稿",
]
UNDER = [
    "上一篇：没有了 下一篇：关于开展调研的通知",
    "【返回顶部】【关闭窗口】【打印本页】",
    "友情链接：全国总工会 中工网 工人日报",
    "网站地图 | 网站声明 | 联系方式 | 隐私保护",
    "Copyright (C) 2010-2020 某某市总工会 All Rights Reserved",
    "冀ICP备05001234号-1 冀公网安备 13010202000123号",
    "您是第 88123 位访客",
    "责任编辑：张三",
    "编辑/张三 审核/李四",
    "撰稿：赵六 摄影：钱七",
    "免责声明：本文仅代表作者个人观点，与本网无关。",
    "转载请注明出处",
    "扫一扫关注我们",
    "看完本文的人还看了",
    "发表评论",
    "0 条评论",
    "打开APP阅读全文",
    "文档为doc格式",
    "标签：工会 会议",
    "[1] [2] [3] 下一页",
    "当前第1页 / 共3页",
    "广播电视节目制作经营许可证：（黔）字第0001号",
    "用户协议 隐私政策 帮助中心",
    "亲，很抱歉，此页已超出免费预览范围啦！",
    "赞(0) 踩(0)",
    "- END -",
    "上一主题 下一主题",
    "分享按钮",
    "阅读原文",
]
PICTURES = [
    "1677417879742004725.jpg",
    "/uploads/2024/0305/8f2a_01.png",
    "![](https://img.example.cn/a/b.jpg)",
    "[图片]",
    "W020230306512.jpeg",
    '<img src="/u/1.png" alt="">',
    "/img/files/20210305_118.jpg",
]
GAPS = [
    "---此处隐藏1699字,下载后查看---",
    "……（某某网省略318字，正式会员可完整阅读）……",
    "（此处省略2页）",
    "-----中间内容已隐藏，请下载后查看全文-----",
    "【以下内容略，查看全文请登录】",
]


def traditional(text: str) -> str:
    return str(_TO_TRADITIONAL.convert(text))


def comes_back(text: str) -> bool:
    """Say whether a text survives the way into traditional script and back by the tables alone."""
    other = traditional(text)
    return len(other) == len(text) and str(_TO_SIMPLIFIED.convert(other)) == text


def annotated(random: Random, text: str) -> str:
    """Write a text in traditional characters, most of them with their reading in brackets."""
    shape = random.choice(["({})", "({} )", "（{}）", "( {})"])
    sounds = pinyin(text, style=Style.TONE, errors=list)
    found = []
    for old, new, sound in zip(text, traditional(text), sounds, strict=True):
        found.append(new + (shape.format(sound[0]) if old != new and random.random() < 0.8 else ""))
    return "".join(found)


def with_readings(random: Random, lines: Lines) -> Lines:
    return [annotated(random, line) for line in lines]


def in_traditional(random: Random, lines: Lines) -> Lines:
    return [traditional(line) for line in lines]


def furniture(random: Random, lines: Lines) -> Lines:
    return [*random.sample(OVER, random.randint(1, 4)), *lines, *random.sample(UNDER, random.randint(1, 5))]


def _inserted(random: Random, lines: Lines, words: str) -> Lines:
    at = random.randint(1, len(lines) - 1)
    return [*lines[:at], words, *lines[at:]]


def pictures(random: Random, lines: Lines) -> Lines:
    for words in random.sample(PICTURES, random.randint(1, 3)):
        lines = _inserted(random, lines, words)
    return lines


def gap(random: Random, lines: Lines) -> Lines:
    return _inserted(random, lines, random.choice(GAPS))


def printed_twice(random: Random, lines: Lines) -> Lines:
    long = [line for line in lines if len(line) > 40]
    return lines if not long else _after(lines, random.choice(long))


def _after(lines: Lines, words: str) -> Lines:
    at = lines.index(words)
    return [*lines[: at + 1], words, *lines[at + 1 :]]


def tags(random: Random, lines: Lines) -> Lines:
    shapes = ["{}<br>", "<p>{}</p>", "{}<br/>", '<p style="text-indent:2em">{}</p>', "<span>{}</span>", "{}"]
    return [random.choice(shapes).format(line) for line in lines]


def blanks(random: Random, lines: Lines) -> Lines:
    shapes = ["\u3000\u3000{}", "  {}  ", "\ufeff{}", "{}\u200b", "&nbsp;&nbsp;{}", "{}\r", "\xa0{}", "{}\n\n"]
    return [random.choice(shapes).format(line) for line in lines]


KINDS: dict[str, Damage] = {
    "readings": with_readings,
    "traditional": in_traditional,
    "furniture": furniture,
    "pictures": pictures,
    "gap": gap,
    "twice": printed_twice,
    "tags": tags,
    "blanks": blanks,
}
_SCRIPTS = frozenset({"readings", "traditional"})


def hurt(random: Random, lines: Lines, kinds: list[str]) -> tuple[str, Lines]:
    """Return the damaged page and the lines that should come back; script damage goes over everything last."""
    wanted = list(lines)
    page = list(lines)
    for kind in sorted(kinds, key=lambda one: one in _SCRIPTS):
        page = KINDS[kind](random, page)
        if kind == "gap":
            wanted = [GAP if line in GAPS else line for line in page if line in GAPS or line in lines]
    return "\n".join(page), wanted
