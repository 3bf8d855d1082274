"""Days whose signs 月 and 日 a page dropped (315上午, 于630前): the digits tell the day, a person is to confirm it."""

import re

from gongshu.reading.repair.draft import Edit

_OPENS = r"(?:(?<=[,，。;；:：、()（）\n于在到至定\u3000 ])|^)"
_DAY = re.compile(
    rf"{_OPENS}(?P<year>20\d\d年?)?(?P<run>\d{{2,4}})(?=(?:上午|下午|晚上|中午|凌晨|全天)|之?前(?![\d名位三五十强往来去]))"
)
_SIGNED = re.compile(r"^[ \t\u3000]*(?P<year>20\d\d)(?P<run>\d{2,4})[ \t\u3000]*$", re.MULTILINE)
_SPAN = re.compile(rf"{_OPENS}(?P<run>\d{{3,4}})[至到—-](?P<to>\d{{3,4}})(?=[。,，;；(（]|期间|在|举)")
_TENTH = re.compile(r"(?<![\d.月])(?P<month>1[0-2]|[1-9])(?=[上中下]旬)")
_MAY = re.compile(r"\d(?:[上下中]午|[上中下]旬|晚上|凌晨|全天|之?前|[至到—-]\d{3}|[ \t\u3000]*$)", re.MULTILINE)
_LENGTHS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = 12
_NOTE = "原文丢了“月”“日”等字，按数字补出，请对照原件核对"


def dropped(text: str) -> list[Edit]:
    """Return the edits that write the signs of a day again, where its digits can be cut in one way only."""
    if not _MAY.search(text):
        return []
    found = [_edit(m, m["year"] or "") for pattern in (_DAY, _SIGNED) for m in pattern.finditer(text) if _shaped(m)]
    found += [_span(m) for m in _SPAN.finditer(text)]
    found += [Edit(m.end(), m.end() + 1, f"月{text[m.end()]}", "dropped", _NOTE, True) for m in _TENTH.finditer(text)]
    return [edit for edit in found if edit is not None]


def the_day(run: str) -> str:
    """Return the one day of the year a run of digits can be, as 3月15日; empty for none or several."""
    cuts = [(int(run[:at]), int(run[at:])) for at in (1, 2) if 1 <= len(run) - at <= 2]
    days = {(m, d) for m, d in cuts if 1 <= m <= 12 and 1 <= d <= _LENGTHS[m]}
    if len(days) != 1:
        return ""
    month, day = days.pop()
    return f"{month}月{day}日"


def _shaped(m: re.Match[str]) -> bool:
    """Say whether the digits stand for a day: two of them only behind a year, and where they are no month."""
    return len(m["run"]) > 2 or (m["year"] is not None and int(m["run"]) > _MONTHS)


def _edit(m: re.Match[str], year: str) -> Edit | None:
    day = the_day(m["run"])
    if not day:
        return None
    start = m.start("year") if year else m.start("run")
    return Edit(start, m.end("run"), f"{year[:4]}年{day}" if year else day, "dropped", _NOTE, True)


def _span(m: re.Match[str]) -> Edit | None:
    first, last = the_day(m["run"]), the_day(m["to"])
    if not first or not last:
        return None
    return Edit(m.start(), m.end(), f"{first}至{last}", "dropped", _NOTE, True)
