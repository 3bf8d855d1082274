"""By when: a date, an end of month, a period, or a rhythm, as it stands in the text."""

import re

from gongshu.reading.model import Finding, Span
from gongshu.reading.tasks.words import patterns

_PATTERNS = patterns("deadline")


_DATED = _PATTERNS["dated"]
_RHYTHM = re.compile(
    r"全年|每半年|每年度?|每季度?|每(?:两|双|三|半)个?[月周年]|每月(?![^,，]{0,4}\d[\d.,]*[万千百]?元)|每周|每旬|每学期"
    r"|每天|每日(?![^,，]{0,4}[小时元])|常年|长期"
)
_FIXED = _PATTERNS["fixed"]
_GOAL = _PATTERNS["goal"]
_TAIL = _PATTERNS["tail"]
_SET = _PATTERNS["set"]
_ALONE = re.compile(rf"^(?:力争|确保|要|在|于|到|截至)?(?P<when>{_DATED.pattern}|全年|每年|每月|每季度)$")


_TIME_WORD = re.compile("[年月日号周季节内前旬度底末期天]")
_LEADING = _PATTERNS["leading"]


def deadline_in(text: str, span: Span) -> Finding | None:
    """Return the deadline that stands in a stretch: a date before a rhythm (全年, 每年)."""
    leading = _LEADING.match(text, span.start, span.end)
    if leading:
        return Finding(leading.group(), Span(*leading.span()), "deadline.leading")
    if not _TIME_WORD.search(text, span.start, span.end):
        return None
    for rule, pattern in (
        ("deadline.date", _DATED),
        ("deadline.rhythm", _RHYTHM),
        ("deadline.fixed", _FIXED),
        ("deadline.goal", _GOAL),
    ):
        found = pattern.search(text, span.start, span.end)
        if found:
            part = "when" if "when" in pattern.groupindex else 0
            return Finding(found[part], Span(*found.span(part)), rule)
    return None


def _whole(pattern: re.Pattern[str], rule: str, text: str, span: Span) -> Finding | None:
    words = text[span.start : span.end]
    found = pattern.match(words) if _TIME_WORD.search(words) else None
    if found is None:
        return None
    where = Span(span.start + found.start("when"), span.start + found.end("when"))
    return Finding(where.of(text), where, rule)


def deadline_tail(text: str, span: Span) -> Finding | None:
    """Return the deadline of a clause that says nothing but by when the work before it ends (4月底前完成)."""
    return _whole(_TAIL, "deadline.tail", text, span) or _whole(_SET, "deadline.tail", text, span)


def deadline_alone(text: str, span: Span) -> Finding | None:
    """Return the deadline when the clause is nothing else (年底前，…)."""
    return _whole(_ALONE, "deadline.alone", text, span)
