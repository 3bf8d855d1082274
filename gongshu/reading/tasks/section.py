"""Headings, and what the section under a heading is: a report, mere particulars, or demands."""

import re

from gongshu.reading.tasks.strip import ORDINAL

_HAN = "[一二三四五六七八九十]"
_LEVELS = (
    re.compile(rf"^\s*(?:{_HAN}{{1,3}}、|第{_HAN}{{1,2}}[章节部分])"),
    re.compile(rf"^\s*[(（]{_HAN}{{1,3}}[)）]"),
    re.compile(rf"^\s*(?:{_HAN}{{1,2}}是(?!要)|\d{{1,2}}[.．、](?!\d)|第{_HAN}{{1,2}}[,，、])"),
)
_PAST = re.compile(r"回顾|总结|成绩|主要工作情况|工作情况|取得的|成效|去年|过去|所做的工作|存在(?:的)?问题|差距|不足|经验|体会|招聘|招考")
_PARTICULARS = re.compile(
    r"(?:会议|活动|培训|报名|报到|考试|举办|比赛)?(?:的)?(?:时间|地点|内容|议程|议题|对象|规模|人员|单位|名额|日程|条件|待遇|主题|组织机构|组委会|"
    r"联系方式|联系人|奖项设置|方式|标准|范围|项目设置)(?:和地点|及地点|和对象|和条件)?$|议程|参会|参加人员|出席人员"
)
_DEMANDS = re.compile(r"要求|任务|安排|重点|措施|举措|打算|部署|目标|意见|事项|步骤|内容和要求|保障|怎么办|工作计划")
_LABEL_END = re.compile(r"(?:要求|事项|安排|任务|措施|步骤|目标)$")
_LONGEST_TOPIC = 14


def level(words: str) -> int:
    """Return how deep a number stands: 1 for 一、, 2 for （一）, 3 for 1. and 一是, 0 for none."""
    return next((depth for depth, pattern in enumerate(_LEVELS, start=1) if pattern.match(words)), 0)


def section_of(words: str, doc_type: str) -> str:
    """Return what the section under a heading is: past, info, demand, or open where the heading does not say."""
    if _PAST.search(words) and not re.search(r"任务|安排|要求|部署", words):
        return "past"
    if doc_type == "notice":
        if _PARTICULARS.search(words):
            return "info"
        return "demand" if _DEMANDS.search(words) else "open"
    return "demand" if doc_type == "plan" else "open"


def label_of(words: str, doc_type: str) -> str:
    """Return the section a notice's inline label opens (会议时间:, 有关要求:), empty where the words are no label."""
    section = section_of(words, doc_type)
    if section in ("info", "past") or (section == "demand" and _LABEL_END.search(words)):
        return section
    return ""


def is_heading(words: str, kind: str, following: str, doc_type: str) -> bool:
    """Tell whether a line is a heading: numbered or marked so, and with text of its own under it."""
    depth, below = level(words), level(following)
    if depth in (1, 2) and words.endswith("。") and doc_type != "notice" and len(words) <= 70:
        return words.count("。") == 1 and bool(following) and depth != below
    if re.search(r"[。;；]|[:：].", words):
        return False
    if depth in (1, 2):
        return (bool(following) and depth != below) or words.endswith((":", "："))
    if kind == "heading":
        return True
    return not re.search(r"[,，;；]", words) and len(words) <= 40 and not ORDINAL.match(words) and not words.endswith((":", "："))


def is_heading_sentence(words: str, following: str) -> bool:
    """Tell whether a numbered sentence only names what the sentences after it say (一是细化任务。要对照…)."""
    depth = level(words)
    if depth == 0 or not following or level(following) or re.search(r"[:：]", words):
        return False
    if depth == 3:
        bare = ORDINAL.sub("", words)
        return len(bare) <= _LONGEST_TOPIC and not re.search(r"[\d“,，]", bare)
    return len(words) <= 60
