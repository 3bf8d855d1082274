"""Chinese numerals, counts written with 万 and 亿, and small helpers for Chinese text."""

import re
import unicodedata

DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
CAPITALS = "零壹贰叁肆伍陆柒捌玖拾佰仟"
EVERYDAY = str.maketrans(CAPITALS + "貳陸萬億兩", "零一二三四五六七八九十百千二六万亿两")
WAN, YI = SCALES["万"], SCALES["亿"]
LARGEST = YI * WAN - 1
_ARABIC = re.compile(r"(\d+(?:\.\d+)?)([百千万亿]*)")
_SPOKEN = re.compile(r"(.*[一二两三四五六七八九十])([百千万亿])([一二三四五六七八九])")
_DIGIT = "[一二两三四五六七八九]"
_SECTION = re.compile(rf"零?(?:({_DIGIT})千)?零?(?:({_DIGIT})百)?零?({_DIGIT}?十)?零?({_DIGIT}|零)?")
_PLACE_NAMES = ("", "十", "百", "千")

_SURNAMES = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔
申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延 轩辕 拓跋 百里 东郭 南门 西门 谷梁 第五
"""
COMPOUND_SURNAMES = frozenset(_SURNAMES.split())


def to_number(text: str) -> int | float:
    """Read a number however it is written: 二十三, 两百, 一万五, 二〇二六, 1,200, 10万, 3.5亿.

    Whole values come back as `int`. Raises `ValueError`.
    """
    plain = compact(text).replace(",", "").translate(EVERYDAY)
    mixed = _ARABIC.fullmatch(plain)
    if mixed:
        return _scaled(mixed[1], mixed[2])
    if plain and all(char in DIGITS for char in plain):
        return int("".join(str(DIGITS[char]) for char in plain))
    spoken = _SPOKEN.fullmatch(plain)
    if spoken:
        return _places(spoken[1] + spoken[2], text) + DIGITS[spoken[3]] * SCALES[spoken[2]] // 10
    return _places(plain, text)


def _scaled(figure: str, units: str) -> int | float:
    scale = 1
    for unit in units:
        scale *= SCALES[unit]
    whole, _, fraction = figure.partition(".")
    value = int(whole + fraction) * scale
    places: int = 10 ** len(fraction)
    return value / places if value % places else value // places


def _places(plain: str, text: str) -> int:
    for unit in "亿万":
        high, found, low = plain.rpartition(unit)
        if found:
            return _places(high, text) * SCALES[unit] + (_places(low, text) if low else 0)
    section = _SECTION.fullmatch(plain)
    if not section or not plain:
        raise ValueError(f"“{text}”不是数字")
    thousands, hundreds, tens, ones = section.groups()
    ten = DIGITS[tens[0]] if tens and tens != "十" else int(bool(tens))
    return sum(DIGITS[d] * p for d, p in ((thousands, 1000), (hundreds, 100), (ones, 1)) if d) + ten * 10


def to_chinese(number: int) -> str:
    """Write a whole number from 0 to below 一万亿 in Chinese numerals: 23 → 二十三; raises `ValueError`."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} 超出可写的范围")
    written = ""
    for place, unit in ((YI, "亿"), (WAN, "万"), (1, "")):
        section, number = divmod(number, place)
        if section:
            gap = "零" if written and section < 1000 else ""
            written += gap + _section(section) + unit
    if written.startswith("一十"):
        written = written[1:]
    return written or "零"


def _section(number: int) -> str:
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit, number = divmod(number, 10**place)
        if digit:
            written += ("零" if gap else "") + "零一二三四五六七八九"[digit] + _PLACE_NAMES[place]
        gap = bool(written) and (not digit)
    return written


def with_wan(number: int, places: int = 1) -> str:
    """Write a count for a wall: exact below 万, else in 万 or 亿 with at most `places` decimals."""
    for unit, name in ((YI, "亿"), (WAN, "万")):
        figure = round(number / unit, places)
        if abs(figure) >= 1 and (name == "亿" or abs(number) >= unit):
            return f"{figure:,.{places}f}".rstrip("0").rstrip(".") + name if places else f"{figure:,.0f}{name}"
    return f"{number:,}"


def compact(text: str) -> str:
    """Return the text in half-width forms (NFKC) without any blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def tidy(text: str) -> str:
    """Return the text with runs of blanks as one space, none at the ends or between Chinese characters."""
    joined = " ".join(text.split())
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", joined)


def surname(name: str) -> str:
    """Return the surname of a Chinese name, two characters where it is a compound surname (欧阳)."""
    plain = compact(name)
    return plain[:2] if plain[:2] in COMPOUND_SURNAMES and len(plain) > 2 else plain[:1]


def full_date(year: int, month: int, day: int) -> str:
    """Write a date the official way, without leading zeros: 2026年11月20日."""
    return f"{year}年{month}月{day}日"
