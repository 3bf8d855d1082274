"""Numbers that must be reached, kept or spent: value with 万 and 亿 written out, unit as in the text."""

import re

from gongshu.reading.model import Quantity, Span
from gongshu.reading.tasks.marks import BLANK, Masked
from gongshu.reading.tasks.words import patterns

_PATTERNS = patterns("quantity")

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

_QUANTITY = _PATTERNS["quantity"]
_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百千]")
_FLOOR = re.compile(r"(?:不少于|不低于|不超过|不高于|至少|最少|达到|超过|累计)$")
_AT_LEAST = re.compile(r"(?:至少|不少于)[^,，、\d]{0,6}$")
_SIZE_OF_FIRM = re.compile(r"(?:以上|以下)(?:的)?(?:[^,，;；。、]{0,6})(?:企业|单位|用人|公司|非公)")
_WORKPLACE = re.compile("(?:规模)?的?(?:企业|工地|厂矿|大厂|单位)")
_TIME_UNITS = frozenset(["天", "小时", "分钟", "个工作日", "周"])
_VAGUE = frozenset("一")
_ONES = frozenset("次份名场篇期家所座例节轮届堂人册项")
_EACH = re.compile(r"(?:每|任何|漏|落|掉|让|同|统|下|上|这|那|第|唯|逐|之|另|少|哪|万|进)$")
_ONE_FIGURE = re.compile(
    r"性|硬仗|攻坚|战|革命|深刻|生动|[^,，]?都|次次|[人家场期次]?一[人策企档]|[^,，]{0,2}(?:不漏|不落|不少(?!于))|[^,，]{0,10}(?:工程|任务|制度|职责|课题|使命|内容|大事)"
)
_HOUR = re.compile("(?:凌晨|上午|下午|晚上?|早上?|中午|夜间|清晨|夜里|当日|[日天])$")
_PAPER = 3
_NAMED_UNIT = _PATTERNS["named_unit"]
_MANNERS = {
    "件": re.compile("(?:职工|民生|惠民|为民|普惠|服务|暖心)*[大实好]?事"),
    "期": re.compile("开发|工程|建设|项目|改造|规划"),
    "项": re.compile(BLANK),
    "个": re.compile(BLANK),
}
_RISES = re.compile("(?:提高|提升|增加|扩大|上调|增长|降低?|减少|压缩)")
_RATIO = re.compile(r"[:：比]\s*\d")


def han_value(text: str) -> float:
    """Return the value of a number in Chinese characters below 10,000 (两百三十, 三点五)."""
    whole, _, part = text.partition("点")
    total = current = 0
    for char in whole:
        if char in _TENS:
            total += (current or 1) * _TENS[char]
            current = 0
        else:
            current = current * 10 + _DIGITS[char] if current and not total else _DIGITS[char]
    value = float(total + current)
    return value + sum(_DIGITS[char] / 10 ** (place + 1) for place, char in enumerate(part)) if part else value


def number_value(text: str) -> float:
    """Return the value of a number in digits (thousands' commas allowed) or in Chinese characters."""
    return float(text.replace(",", "")) if text[0].isdigit() else han_value(text)


def _scaled(number: str, scale: str | None) -> float:
    value = number_value(number)
    for char in scale or "":
        value *= _MYRIADS.get(char, _TENS.get(char, 1))
    return round(value, 6)


def _unit_and_scale(unit: str) -> tuple[str, str]:
    for word, scale in (("万元", "万"), ("亿元", "亿"), ("万件", "万"), ("千元", "千"), ("百元", "百")):
        if unit == word:
            return unit[1:], scale
    return unit, ""


def _is_size(number: str, after: str) -> bool:
    """Tell whether a number of people only says how big a firm is (百人以上企业, 超千人工地)."""
    return bool(_SIZE_OF_FIRM.match(after) or (not number[0].isdigit() and _WORKPLACE.match(after)))


def _is_no_amount(number: str, unit: str, before: str) -> bool:
    """Tell whether a number is an hour of the day (凌晨2点), or letters too few to be a length of a paper."""
    return (unit == "点" and _HOUR.search(before) is not None) or (unit == "字" and len(number) < _PAPER)


def _is_one(unit: str, before: str, after: str) -> bool:
    """Tell whether 一 counts: one event, paper or person to show, not every one, none left out, or a figure."""
    return unit in _ONES and not _EACH.search(before) and not _ONE_FIGURE.match(after)


_FROM = re.compile(r"[从由][\u4e00-\u9fff]{0,4}$")


def _is_counted(found: re.Match[str], bare: str, start: int) -> bool:
    """Tell whether a number with a unit is work to be reached, not a name, a size or a manner of speech."""
    number, unit, after = found["low"], found["unit"], bare[found.end() : found.end() + 12]
    before = bare[max(start, found.start() - 12) : found.start()]
    if (unit in ("人", "名") and _is_size(number, after)) or _is_no_amount(number, unit, before):
        return False
    if _FROM.search(before) and _RISES.match(after):
        return False
    if _NAMED_UNIT.match(bare, found.start("unit")) or _RATIO.match(after):
        return False
    if not number[0].isdigit() and unit in _MANNERS and _MANNERS[unit].match(after):
        return False
    if unit == "期" and number[0] in _DIGITS and before.endswith(("”", BLANK)):
        return False
    if number in _VAGUE and not found["scale"] and _is_one(unit, before, after):
        return True
    if number in _VAGUE and unit not in _TIME_UNITS and _AT_LEAST.search(before):
        return True
    vague = unit in _TIME_UNITS or (number in _VAGUE and not found["scale"])
    return not vague or (_FLOOR.search(before) is not None and unit != "对")


def quantities_in(masked: Masked, span: Span) -> tuple[Quantity, ...]:
    """Return the quantities of a stretch, in order; numbers in quotes are names and are left out."""
    result: list[Quantity] = []
    if not _NUMERAL.search(masked.bare, span.start, span.end):
        return ()
    for found in _QUANTITY.finditer(masked.bare, span.start, span.end):
        unit = "%" if found["percent"] else found["unit"]
        if unit is None or not (found["percent"] or _is_counted(found, masked.bare, span.start)):
            continue
        unit, more = _unit_and_scale(unit)
        value = _scaled(found["low"], (found["scale"] or "") + more)
        where = Span(found.start(), found.end())
        result.append(Quantity(value, unit, where))
    return tuple(result)
