"""From bytes to text: UTF-8 and UTF-16 with or without mark, GB18030, Big5, and text that was decoded wrongly once."""

import codecs
import re

from gongshu.reading.formats.refusals import Unreadable
from gongshu.reading.repair.script import SIMPLER

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LEVEL_ONE = frozenset(bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF))
_COMMON = re.compile(f"[{''.join(_LEVEL_ONE)}{''.join(old for old, new in SIMPLER.items() if new in _LEVEL_ONE)}]+")
_PLAUSIBLE = 0.7
_SAMPLE = 600
_FEW_ERRORS = 0.005
_SOME_ERRORS = 0.05
_FEWEST = 8
_WRONGLY = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"))
_REFUSAL = "文件编码无法识别，请另存为 UTF-8 编码的文本后再上传。"


def decode(source: bytes) -> str:
    """Return the text of plain-text bytes.

    Raises `Unreadable` for binary content and for encodings that give no plausible Chinese.
    """
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return _marked(source[len(mark) :], encoding)
    if b"\x00" in source:
        return _without_mark(source)
    text = _utf8(source)
    if text is None:
        text = _legacy(source)
    return _decoded_once_more(text)


def common_share(text: str) -> float:
    """Return which share of the first Chinese characters is common (GB 2312 level 1); 1.0 where there is none."""
    head = text[: 2 * _SAMPLE]
    han = _count(_HAN, head)
    return _count(_COMMON, head) / han if han else 1.0


def _count(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _marked(body: bytes, encoding: str) -> str:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_REFUSAL) from error
    if _CONTROL.search(text):
        raise Unreadable("这是二进制文件，没有可读的文字。")
    return text


def _without_mark(source: bytes) -> str:
    """Return UTF-16 text that lacks its mark; other bytes with zeros are binary."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _HAN.search(text) and not _CONTROL.search(text) and common_share(text) >= _PLAUSIBLE:
            return text
    raise Unreadable("这是二进制文件，没有可读的文字。")


def _utf8(source: bytes) -> str | None:
    """Return the text if it is UTF-8; a few broken places, as at a cut end, become U+FFFD."""
    text = source.decode("utf-8", errors="replace")
    return text if text.count("\ufffd") <= max(1, _FEW_ERRORS * len(text)) and text != "\ufffd" else None


def _legacy(source: bytes) -> str:
    """Return the text in GB18030 or Big5, whichever gives plausible Chinese."""
    for encoding in ("gb18030", "big5"):
        text = source.decode(encoding, errors="replace")
        few = text.count("\ufffd") <= max(1, _FEW_ERRORS * len(text))
        if few and not _CONTROL.search(text) and _HAN.search(text) and common_share(text) >= _PLAUSIBLE:
            return text
    raise Unreadable(_REFUSAL)


def _decoded_once_more(text: str) -> str:
    """Return text that somebody decoded with the wrong table as it was meant; any other text as it is."""
    if _HAN.search(text) and common_share(text) >= _PLAUSIBLE:
        return text
    for wrong, right in _WRONGLY:
        meant = text.encode(wrong, errors="ignore").decode(right, errors="replace")
        few = meant.count("\ufffd") <= _SOME_ERRORS * len(meant)
        if few and _count(_HAN, meant) >= _FEWEST and common_share(meant) >= _PLAUSIBLE:
            return meant
    return text
