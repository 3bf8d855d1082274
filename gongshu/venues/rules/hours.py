"""Weekly opening hours: one line as officers write it, kept as a structure. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

DAYS = "一二三四五六日"
ALL = tuple(range(1, 8))
NIGHT = "24:00"
EXAMPLE = "周一至周五 8:30-12:00、14:00-17:30；周六 9:00-12:00"
_DAY = r"(?:周|星期|礼拜)?([一二三四五六日天])"
_RANGE = re.compile(rf"{_DAY}\s*(?:至|到|[-—~～])\s*{_DAY}")
_ONE = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天]+)")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*(?:至|到|[-—~～])\s*(?:次日)?(\d{1,2}):(\d{2})")
_MINUTES = re.compile(r"(?<=\d)[时点](\d{2})分?")
_HOUR = re.compile(r"(?<=\d)[时点](?!\d)")
_ALWAYS = re.compile(r"全天|24\s*小时|全时段")
_DAYS_ALL = re.compile(r"每天|每日|天天|周一至周日")
_WORKDAYS = re.compile(r"工作日")


class BadHours(ValueError):
    """The line cannot be read; the message says which part and why."""


@dataclass(frozen=True, order=True)
class Span:
    """Open on a weekday (1 Monday … 7 Sunday) from `start` to `end`, both HH:MM, `end` up to 24:00."""

    day: int
    start: str
    end: str


def parse(text: str) -> tuple[Span, ...]:
    """Return the spans a line means, in order; an empty line means none. Raises `BadHours`."""
    spans: list[Span] = []
    for part in filter(None, (part.strip() for part in re.split(r"[;；\n]", _clock(text)))):
        spans += [Span(day, start, end) for day in _days(part) for start, end in _times(part)]
    found = sorted(spans)
    for before, after in pairwise(found):
        if before.day == after.day and after.start < before.end:
            raise BadHours(f"周{DAYS[after.day - 1]}的时间有重叠")
    return tuple(found)


def _clock(text: str) -> str:
    """Write 8时, 8点 and 8点30分 as 8:00 and 8:30."""
    text = _MINUTES.sub(r":\1", text.replace("：", ":"))
    return _HOUR.sub(":00", text)


def _days(part: str) -> tuple[int, ...]:
    head = _SPAN.sub("", part)
    if _WORKDAYS.search(head):
        return ALL[:5]
    found: set[int] = set()
    for first, last in _RANGE.findall(head):
        start, end = _number(first), _number(last)
        if end < start:
            raise BadHours(f"“{part}”的星期前后颠倒")
        found.update(range(start, end + 1))
    for several in _ONE.findall(_RANGE.sub("", head)):
        found.update(_number(day) for day in several)
    if not found and re.search(r"[周一二三四五六日]", _DAYS_ALL.sub("", head).replace("日", "")):
        raise BadHours(f"看不懂“{part}”，请按“{EXAMPLE}”填写")
    return tuple(sorted(found)) or ALL


def _number(day: str) -> int:
    return DAYS.index("日" if day == "天" else day) + 1


def _times(part: str) -> list[tuple[str, str]]:
    found = []
    for hour, minute, to_hour, to_minute in _SPAN.findall(part):
        start, end = f"{int(hour):02d}:{minute}", f"{int(to_hour):02d}:{to_minute}"
        if minute > "59" or to_minute > "59" or end > NIGHT:
            raise BadHours(f"“{part}”里没有这样的时刻")
        if end <= start:
            raise BadHours(f"“{part}”的结束时刻要晚于开始；跨夜请分成两段，如 20:00-24:00、0:00-6:00")
        found.append((start, end))
    if not found and _ALWAYS.search(part):
        return [("00:00", NIGHT)]
    if not found:
        raise BadHours(f"“{part}”没有写明起止时刻，请按“{EXAMPLE}”填写")
    return found


def words(spans: tuple[Span, ...]) -> str:
    """Return the hours as a line that `parse` reads back to the same spans."""
    by_day = {day: "、".join(_times_words(s) for s in spans if s.day == day) for day in ALL}
    groups: list[tuple[int, int, str]] = []
    for day, times in by_day.items():
        if groups and groups[-1][2] == times:
            groups[-1] = (groups[-1][0], day, times)
        else:
            groups.append((day, day, times))
    return "；".join(f"{_days_words(first, last)} {times}" for first, last, times in groups if times)


def _times_words(span: Span) -> str:
    return "全天" if (span.start, span.end) == ("00:00", NIGHT) else f"{span.start}-{span.end}"


def _days_words(first: int, last: int) -> str:
    if (first, last) == (1, 7):
        return "每天"
    return f"周{DAYS[first - 1]}" if first == last else f"周{DAYS[first - 1]}至周{DAYS[last - 1]}"


def is_open(spans: tuple[Span, ...], at: datetime) -> bool:
    """Tell whether a local instant lies within the hours."""
    now = f"{at:%H:%M}"
    return any(span.day == at.isoweekday() and span.start <= now < span.end for span in spans)
