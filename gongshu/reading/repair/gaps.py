"""Gaps a sample-text site cut into the document: marked, measured, and the lost heading named."""

import re

from gongshu.reading.canon import canon
from gongshu.reading.lexicons import table
from gongshu.reading.model import GAP
from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.lines import lines_of

_GAP = re.compile("|".join(f"(?:{pattern})" for pattern in table("gaps")["patterns"]))
_TELLS = re.compile("|".join(table("gaps")["words"]))
_SIZE = re.compile(r"(\d+)\s*(?:余|多)?\s*(?:个)?[字页]")
_HEADING = re.compile(
    r"^[ \t]*(?:第?([一二三四五六七八九十]{1,3})(?:、|,|\.|部分)|\(([一二三四五六七八九十]{1,3})\))",
    re.MULTILINE,
)
_DIGITS = "一二三四五六七八九"


def gaps(text: str) -> list[Edit]:
    """Return an edit that puts 〔缺文〕 for every stated gap, with its size and the missing heading in the note."""
    view = canon(text)
    lines = [line for line in lines_of(text) if _TELLS.search(line.words)]
    found = [m for line in lines for m in _GAP.finditer(view, line.start, line.end)]
    return [Edit(*m.span(), GAP, "gap", _note(view, m), True) for m in found]


def _note(view: str, m: re.Match[str]) -> str:
    size = _SIZE.search(m[0])
    told = f"约{size[1]}{'页' if size[0].endswith('页') else '字'}" if size else "字数不详"
    missing = _missing_headings(view[: m.start()], view[m.end() :])
    heading = f"，其中应有标题“{missing}”" if missing else ""
    return f"原文此处缺{told}{heading}，请补齐原件"


def _missing_headings(before: str, after: str) -> str:
    """Return the numbers between the last heading before the gap and the first one behind it, as 二、 or 二、至四、."""
    numbers = [number(m[1]) for m in _HEADING.finditer(before) if m[1]]
    follow = next((number(m[1]) for m in _HEADING.finditer(after) if m[1]), 0)
    lost = range((numbers[-1] if numbers else 0) + 1, follow)
    if not lost:
        return ""
    return f"{chinese(lost[0])}、" + (f"至{chinese(lost[-1])}、" if len(lost) > 1 else "")


def number(word: str) -> int:
    """Return the value of a Chinese number below one hundred."""
    tens, ten, units = word.rpartition("十")
    value = _DIGITS.index(units) + 1 if units else 0
    return value + (10 * (_DIGITS.index(tens) + 1 if tens else 1) if ten else 0)


def chinese(value: int) -> str:
    """Write a number from 1 to 99 in Chinese characters."""
    tens, units = divmod(value, 10)
    return ("" if tens < 2 else _DIGITS[tens - 1]) + ("十" if tens else "") + (_DIGITS[units - 1] if units else "")
