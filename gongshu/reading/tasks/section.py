"""Headings, and what the section under a heading is: a report, mere particulars, or demands."""

import re

from gongshu.reading.tasks.strip import ORDINAL, PLEASE, modal, opener_ahead
from gongshu.reading.tasks.words import patterns

_PATTERNS = patterns("section")

_HAN = "[一二三四五六七八九十]"
_LEVELS = re.compile(
    rf"\s*(?:({_HAN}{{1,3}}、|第{_HAN}{{1,2}}[章节部分])|([(（]{_HAN}{{1,3}}[)）])"
    rf"|({_HAN}{{1,2}}(?:是|要)|\d{{1,2}}[.．、](?!\d)|第{_HAN}{{1,2}}(?:句|点|条|项|步)?[,，、]))"
)
_PAST = _PATTERNS["past"]
_PARTICULARS = _PATTERNS["particulars"]
_DEMANDS = _PATTERNS["demands"]
_LABEL_END = re.compile(r"(?:要求|事项|安排|任务|措施|步骤|目标)$")
_WORK_CONTENT = re.compile("(?:活动|竞赛|工作|服务|行动|创建|主要|建设|攻坚|重点|实施|帮扶)内容$")
_ASIDE = re.compile(r"[(（][^()（）]{1,40}[)）]")
_NAMED_TOPIC = re.compile(r"[^:：,，。;；\d]{2,12}[:：][^:：,，。;；\d]{4,24}$")
_WORK_TO_COME = re.compile(
    r"(?:今后|未来|下一步|下一阶段|下半年|今年|明年|20\d\d年)[^,，。]{0,12}(?:任务|安排|部署|重点|主要工作|打算|举措)"
)
_LONGEST_TOPIC = 14
_SHORTEST_DEMAND = 7


def level(words: str) -> int:
    """Return how deep a number stands: 1 for 一、, 2 for （一）, 3 for 1. and 一是, 0 for none."""
    found = _LEVELS.match(words)
    return found.lastindex or 0 if found else 0


def section_of(words: str, doc_type: str) -> str:
    """Return what the section under a heading is: past, info, demand, or open where it does not say."""
    if _PAST.search(words) and not re.search(r"任务|安排|要求|部署", words):
        return "past"
    if doc_type == "notice":
        if _WORK_CONTENT.search(words):
            return "demand"
        if _PARTICULARS.search(words):
            return "info"
        return "demand" if _DEMANDS.search(words) else "open"
    if doc_type == "speech" and _WORK_TO_COME.search(words):
        return "demand"
    return "demand" if doc_type == "plan" else "open"


def label_of(words: str, doc_type: str) -> str:
    """Return the section a notice's label opens (会议时间:, 有关要求:), empty for other words."""
    section = section_of(words, doc_type)
    if section in ("info", "past") or (section == "demand" and _LABEL_END.search(words)):
        return section
    return ""


def is_heading(words: str, kind: str, following: str, doc_type: str) -> bool:
    """Tell whether a line is a heading: numbered or marked so, and with text of its own under it."""
    depth, below = level(words), level(following)
    has_text = below > depth or (below == 0 and re.search(r"[,，。;；]", following) is not None)
    if depth in (1, 2) and words.endswith("。") and doc_type != "notice" and len(words) <= 70:
        return words.count("。") == 1 and words.count(",") < 2 and has_text and not re.search(r"\d", words[2:])
    if depth in (1, 2) and below > depth and _NAMED_TOPIC.match(words):
        return True
    if re.search(r"[。;；]|[:：].", words):
        return False
    if depth in (1, 2):
        return has_text or words.endswith((":", "：")) or bool(label_of(ORDINAL.sub("", words), doc_type))
    if kind == "heading":
        return True
    return (
        not re.search(r"[,，;；]", words)
        and len(words) <= 40
        and not ORDINAL.match(words)
        and not words.endswith((":", "："))
    )


def is_heading_sentence(words: str, following: str) -> bool:
    """Tell whether a numbered sentence only names what the sentences after it say (一是细化任务。要对照…)."""
    depth = level(words)
    if depth == 0 or not following or level(following) or re.search(r"[:：]", words):
        return False
    if depth == 3:
        bare = ORDINAL.sub("", words)
        named = len(bare) > _SHORTEST_DEMAND and modal(bare)
        return len(bare) <= _LONGEST_TOPIC and not named and not re.search(r"[\d“,，]", bare)
    bare = _ASIDE.sub("", ORDINAL.sub("", words))
    return len(words) <= 60 and not re.search(r"\d", bare) and not any(map(_asks, re.split("[,，]", bare)))


def _asks(clause: str) -> bool:
    """Tell whether a clause of a would-be heading asks for something (会议要求…, 严禁…, 请…)."""
    return bool(modal(clause) or PLEASE.match(clause) or opener_ahead(clause))
