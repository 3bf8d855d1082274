"""When the meeting began; the year only from the page's own words."""

import re
from dataclasses import dataclass
from datetime import date

from gongshu.reading.canon import canon
from gongshu.reading.find.context import Context
from gongshu.reading.find.titles import Named
from gongshu.reading.model import Finding, Span

_DAY = r"(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2})(?: ?[日号])?"
_FULL = re.compile(rf"(?P<y>\d{{4}}) ?年 ?{_DAY}")
_SHORT = re.compile(
    r"(?<!\d)(?<!\d年)(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2})(?: ?[日号曰](?=[^\d])"
    r"|(?= ?(?:[上下中]午|晚|[-—~至到、]{1,2} ?\d{1,2} ?[日号])))(?!之?前|止|截止|以前|底)"
)
_CHINESE = re.compile(
    r"(?:(?P<y>[二〇零○一三四五六七八九]{4})年)?(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?P<d>[一二三四五六七八九十]{1,3})[日号](?!之?前|止|截止|以前)"
)
_NUMERIC = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(?P<m>\d{1,2})[./](?P<d>\d{1,2})日?(?=[上中下]午|晚)")
_DAY_ALONE = re.compile(
    r"(?:(?<=本月)|(?<=本月 )|(?<![\d月年至到、.~—-]))(?P<d>\d{1,2}) ?[日号](?=[上中下]午|晚|,|在|[召举])"
)
_PRINTED_WITHIN = 31
_LABEL = re.compile(
    r"^[ \t]*(?:[一二三四五六七八九十\d]{1,2}[、.]|\([一二三四五六七八九十\d]\))?\s*(?P<what>会议|培训|活动|举办"
    r"|召开|开会)?\s*(?:时\s*间|日\s*期)(?:(?:和|及|、)?地点)?\s*(?:[::]|\n)[^\n]{0,60}",
    re.MULTILINE,
)
_TELEGRAPH = re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:电|讯|消息)")
_TODAY = re.compile(r"今天|今日|今晨|今晚")
_YESTERDAY = re.compile(r"昨天|昨日")
_HELD = re.compile(r"召开|举行|举办|开幕|开班|会议|大会|举办|主持|座谈")
_PLANNED = re.compile(r"(?:部署|安排|谋划|布置|研究|明确|做好)[^。;]{0,24}?(?P<y>20\d{2})年")
_REVIEWED = re.compile(r"(?:总结|回顾|通报)[^,。;]{0,12}?(?P<y>20\d{2})年(?!以来|上半年)")
_ANY_YEAR = re.compile(r"(?<!\d)(?P<y>20\d{2})年")
_NAMED_YEAR = re.compile(r"(?<!\d)(?P<y>20\d{2})年(?!(?:度)?(?:工作)?(?:总结|述职|考核))")
_STAMP = re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_BYLINE_LONGEST = 30
_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as the text gives it; the year is 0 where it is not given."""

    year: int
    month: int
    day: int
    span: Span
    rule: str

    def iso(self) -> str:
        """Return YYYY-MM-DD, or --MM-DD without a year."""
        year = f"{self.year:04d}" if self.year else "-"
        return f"{year}-{self.month:02d}-{self.day:02d}"


def meeting_date(ctx: Context, named: Named, is_sample: bool) -> Finding | None:
    """Return the first day of the meeting; an upload date of a sample-text site is no date."""
    told, held = _labelled(ctx) or _bylined(ctx), _in_opening(ctx, named.name)
    day = held if told is None or _is_print(told, held) else told
    day = day or (None if is_sample else _of_month(ctx))
    if day is None:
        return None
    if not day.year:
        year = _year(ctx, day, named, is_sample)
        day = Day(year, day.month, day.day, day.span, f"{day.rule}-year" if year else day.rule)
    return Finding(day.iso(), day.span, day.rule)


def _is_print(told: Day, held: Day | None) -> bool:
    """Say whether a date under the title is that of the page: the text tells of a meeting some days before."""
    if held is None or told.rule == "date-label" or not told.year:
        return False
    try:
        gap = date(told.year, told.month, told.day) - date(held.year or told.year, held.month, held.day)
    except ValueError:
        return False
    return 0 < gap.days <= _PRINTED_WITHIN


def _of_month(ctx: Context) -> Day | None:
    """Return the day of a meeting given without its month (15日上午), the last one before the page was dated."""
    stamp = next(iter(_stamps(ctx)), None)
    if stamp is None:
        return None
    for span in ctx.opening:
        m = _DAY_ALONE.search(ctx.view, span.start, span.end)
        if m and _HELD.search(ctx.words(span)):
            number = int(m["d"])
            months = stamp.year * 12 + stamp.month - 1 - (number > stamp.day)
            where = Span(*m.span("d"))
            return Day(months // 12, months % 12 + 1, number, where, "date-held-month") if 0 < number < 32 else None
    return None


_GIVEN_OUT = re.compile(
    r"(?:编制|制表|填报|成文|发文|印发)(?:日期|时间)\s*:\s*(?P<day>\d{4}年\d{1,2}月\d{1,2}日)"
    r"|(?P<alone>(?<=[\s,。])\d{4}年\d{1,2}月\d{1,2}日)印发$",
    re.MULTILINE,
)


def signed_date(ctx: Context) -> Finding | None:
    """Return the date under a notice or plan: the last line that is a date and nothing else."""
    for block in reversed(ctx.page.blocks):
        words = ctx.words(block.span).strip()
        m = next((m for pattern in (_FULL, _CHINESE, _NUMERIC) if (m := pattern.fullmatch(words))), None)
        if m and m["y"]:
            day = _day(m, block.span.start, "signed")
            return Finding(day.iso(), block.span, "signed") if day else None
    given = [m for span in (block.span for block in ctx.page.blocks) for m in _GIVEN_OUT.finditer(ctx.view, *span)]
    days = (_first(ctx, Span(*m.span("day" if m["day"] else "alone")), "signed") for m in reversed(given))
    return next((Finding(day.iso(), day.span, "signed") for day in days if day), None)


def _day(m: re.Match[str], offset: int, rule: str) -> Day | None:
    """Return a match as a day, None for a date the calendar does not have."""
    found = m.groupdict()
    year = int("".join(_DIGITS.get(c, c) for c in found.get("y") or "0"))
    month, day = _value(found["m"]), _value(found["d"])
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return Day(year, month, day, Span(offset + m.start(), offset + m.end()), rule)


def _value(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, ten, units = word.rpartition("十")
    digit = int(_DIGITS.get(units, "0"))
    return digit + (10 * int(_DIGITS.get(tens, "1")) if ten else 0)


def _first(ctx: Context, span: Span, rule: str, *more: re.Pattern[str]) -> Day | None:
    """Return the first day named in a span, also in the writing of `more`."""
    found = [
        m for pattern in (_FULL, _CHINESE, _SHORT, *more) for m in pattern.finditer(ctx.view, span.start, span.end)
    ]
    days = (_day(m, 0, rule) for m in sorted(found, key=lambda m: (m.start(), -m.end())))
    return next((day for day in days if day), None)


def _labelled(ctx: Context) -> Day | None:
    m = _LABEL.search(ctx.view)
    if m is None:
        return None
    if m["what"]:
        return _first(ctx, Span(*m.span()), "date-label", _NUMERIC)
    return _first(ctx, Span(*m.span()), "date-time")


def _in_opening(ctx: Context, name: Finding) -> Day | None:
    """Return the day in the sentence that tells of the meeting, else of 今天 in a telegraphed report."""
    telegraph = _TELEGRAPH.search(ctx.view)
    for span in sorted(ctx.opening, key=lambda span: not span.start <= name.span.start < span.end):
        words = ctx.words(span)
        if telegraph and span.start <= telegraph.start() < span.end:
            day = _reported(ctx, span, telegraph)
        else:
            day = _first(ctx, span, "date-held", _NUMERIC, _DOTTED) if _HELD.search(words) else None
        if day:
            return day
    return None


def _reported(ctx: Context, span: Span, telegraph: re.Match[str]) -> Day | None:
    """Return the day of a telegraphed report: a day named behind the byline, else the byline's own for 今天."""
    behind = _first(ctx, Span(telegraph.end(), span.end), "date-held")
    own = _day(telegraph, 0, "date-telegraph")
    if behind:
        return behind
    if own and _YESTERDAY.search(ctx.view, telegraph.end(), span.end) and own.day > 1:
        return Day(own.year, own.month, own.day - 1, own.span, own.rule)
    return own


def _bylined(ctx: Context) -> Day | None:
    """Return the day in brackets under the title of a speech: (2024年3月8日)."""
    for block in ctx.page.blocks[:5]:
        if block.kind == "body" and len(ctx.words(block.span)) > _BYLINE_LONGEST:
            return None
        m = re.fullmatch(r"\(?\s*\d{4}年\d{1,2}月\d{1,2}日\s*\)?", ctx.words(block.span).strip())
        if m:
            return _first(ctx, block.span, "date-byline")
    return None


def _year(ctx: Context, day: Day, named: Named, is_sample: bool) -> int:
    """Return the year from the page's date line, the meeting's name or the plan year; 0 where none is given."""
    stamps = [] if is_sample else _stamps(ctx)
    if stamps:
        return _nearest(day, stamps[0])
    for words in (named.name.value, *named.others):
        year = _NAMED_YEAR.search(canon(words))
        if year:
            return int(year["y"])
    return _plan_year(ctx, day)


_NUMBERED = re.compile(r"^[^\n]{0,20}〔(?P<y>20\d\d)〕第?\d{1,4}[号期]", re.MULTILINE)
_HEAD_CHARACTERS = 300


def _plan_year(ctx: Context, day: Day) -> int:
    planned = _PLANNED.search(ctx.view)
    if planned:
        return int(planned["y"]) - (day.month >= 11)
    reviewed = _REVIEWED.search(ctx.view)
    if reviewed:
        return int(reviewed["y"]) + (day.month <= 3)
    numbered = _NUMBERED.search(ctx.view, 0, _HEAD_CHARACTERS)
    if numbered:
        return int(numbered["y"])
    years = [int(m["y"]) for m in _ANY_YEAR.finditer(ctx.view)]
    return max(years) if years else 0


def _nearest(day: Day, stamp: Day) -> int:
    """Return the year in which the day comes last before the page was dated."""
    return stamp.year - ((day.month, day.day) > (stamp.month, stamp.day) and day.month - stamp.month >= 2)


def _stamps(ctx: Context) -> list[Day]:
    """Return the full dates of the page's own lines: date lines, lines taken out, picture names, signature."""
    lines = [(ctx.words(block.span), block.span) for block in ctx.page.blocks if block.kind in {"dateline", "title"}]
    lines += [
        (canon(repair.before), repair.clean)
        for repair in ctx.page.repairs
        if repair.rule not in {"gap", "script", "pinyin"}
    ]
    found: list[Day] = []
    for pattern in (_NUMERIC, _FULL, _STAMP):
        for words, span in lines:
            for m in pattern.finditer(words):
                day = _day(m, 0, "stamp")
                if day:
                    found.append(Day(day.year, day.month, day.day, span, "stamp"))
    signed = signed_date(ctx)
    if signed and signed.value[0] != "-":
        year, month, number = (int(part) for part in signed.value.split("-"))
        found.append(Day(year, month, number, signed.span, "stamp"))
    return found
