"""Money is a whole number of fen (分); text is in yuan (元). No floats anywhere."""

import re
from decimal import Decimal

from gongshu.core.base.chinese import CAPITALS, WAN, YI, compact, to_chinese

FEN_PER_YUAN = 100
LARGEST_FEN = 10**13  # a thousand 亿 yuan: more is a slip of the pen
_AMOUNT = re.compile(r"[¥￥]?(-?\d+(?:\.\d+)?)(万|亿)?元?")
_SCALES = {None: 1, "万": WAN, "亿": YI}
_CAPITAL_SIGNS = str.maketrans("零一二三四五六七八九十百千", CAPITALS)


def to_fen(text: str) -> int:
    """Read an amount in yuan (1,234.56, ¥12.5万元) as fen; raises `ValueError` with a Chinese sentence."""
    found = _AMOUNT.fullmatch(compact(text).replace(",", ""))
    if not found:
        raise ValueError(f"“{text}”不是金额，请填写数字，例如 1234.56")
    fen = Decimal(found[1]) * _SCALES[found[2]] * FEN_PER_YUAN
    if fen != fen.to_integral_value():
        raise ValueError(f"“{text}”的金额精确到分，最多两位小数")
    if abs(fen) > LARGEST_FEN:
        raise ValueError(f"“{text}”的金额过大，请核对")
    return int(fen)


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals and commas: 123456 → 1,234.56."""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def yuan_text(fen: int) -> str:
    """Write fen as an amount in a sentence: 120000 → 1,200元, 120050 → 1,200.50元."""
    return yuan(fen).removesuffix(".00") + "元"


def wan_yuan(fen: int) -> str:
    """Write fen in units of 万元 with at most two decimals: 1234500000 → 1,234.5万元."""
    figure = f"{Decimal(fen) / (FEN_PER_YUAN * WAN):,.2f}"
    return figure.rstrip("0").rstrip(".") + "万元"


def capital_yuan(fen: int) -> str:
    """Write fen in the capital numerals of receipts: 1050 → 壹拾元伍角整; raises `ValueError` below zero."""
    whole, rest = divmod(fen, FEN_PER_YUAN)
    jiao, cents = divmod(rest, 10)
    written = _capital(whole) + "元" if whole or not rest else ""
    if not rest:
        return written + "整"
    if jiao:
        written += _capital(jiao) + "角"
    elif written:
        written += "零"
    return written + (_capital(cents) + "分" if cents else "整")


def _capital(number: int) -> str:
    everyday = to_chinese(number)
    if everyday.startswith("十"):
        everyday = "一" + everyday
    return everyday.translate(_CAPITAL_SIGNS)
