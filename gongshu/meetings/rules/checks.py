"""What a record of a meeting must hold. Pure functions."""

from __future__ import annotations

import re
from datetime import date

from gongshu.core.base.problems import Problem
from gongshu.meetings.rules.facts import MeetingFacts

YEARS = range(1900, 2201)
LENGTHS = {"name": 200, "session": 40, "place": 120, "organiser": 200}
LABELS = {"name": "会议名称", "session": "届次", "place": "地点", "organiser": "主办"}
NAME_LENGTH, TITLE_LENGTH, POINT_LENGTH = 40, 200, 600
_NUMBER = r"第?[一二三四五六七八九十百零\d]+"
_SESSION = re.compile(rf"{_NUMBER}届(?:委员会)?(?:{_NUMBER}次)?(?=全|委|执|常|会|代表)")
_CONGRESS = re.compile(r"第[一二三四五六七八九十百零\d]+次(?=[^,，。]{0,8}代表大会)")


def problems(facts: MeetingFacts) -> list[Problem]:
    """Return why these facts cannot be recorded; an empty list means they can."""
    found = [] if facts.name.strip() else [Problem("请填写会议名称", field="name")]
    for field, limit in LENGTHS.items():
        if len(getattr(facts, field)) > limit:
            found.append(Problem(f"{LABELS[field]}超过 {limit} 字", field=field))
    return found + date_problems(facts.year, facts.month, facts.day) + _people(facts) + _points(facts)


def date_problems(year: int | None, month: int | None, day: int | None) -> list[Problem]:
    """Return what is wrong with a date whose month or day may be unknown, but never its year."""
    if year is None:
        return [Problem("文中没有写明年份，请对照原件填写；系统不推测年份", field="year")]
    if year not in YEARS:
        return [Problem("年份须为四位数字", field="year")]
    if day is not None and month is None:
        return [Problem("填了日就要填月", field="month")]
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return [Problem(f"没有{year}年{month}月{day or ''}{'日' if day else ''}这个日期", field="day")]
    return []


def _people(facts: MeetingFacts) -> list[Problem]:
    found = []
    for person in facts.people:
        if not person.name.strip():
            found.append(Problem("有一行只有职务，没有姓名", field=person.part))
        elif len(person.name) > NAME_LENGTH or len(person.title) > TITLE_LENGTH:
            found.append(Problem(f"“{person.name[:12]}…”的姓名或职务太长", field=person.part))
    return found


def _points(facts: MeetingFacts) -> list[Problem]:
    long = [point for point in facts.points if len(point.text) > POINT_LENGTH]
    return [Problem(f"“{point.text[:12]}…”超过 {POINT_LENGTH} 字", field=point.kind) for point in long]


def session_in(name: str) -> str:
    """Return the session that a meeting's name states, e.g. 十四届十一次 or 第十五次; empty when it states none."""
    found = _SESSION.search(name) or _CONGRESS.search(name)
    return found[0] if found else ""
