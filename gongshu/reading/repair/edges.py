"""What stands before the first and after the last paragraph of a page and has the shape of a link, not of a text.

Inside the text a word says nothing about a line; at its edges a short line without a sentence, made of parts between
bars, of labels and values, or of words about screens and files, belongs to the site.
"""

import re
from collections.abc import Mapping

from gongshu.reading.canon import canon
from gongshu.reading.lexicons import table
from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.lines import Line, lines_of

_KNOWN = table("edges")
_SCREEN = re.compile("|".join(_KNOWN["screen"]))
_HINTS = re.compile("|".join(_KNOWN["screen"] + _KNOWN["hints"]))
_DOCUMENT = re.compile("|".join(_KNOWN["document"]))
_LINKS = re.compile("|".join(_KNOWN["links"]))
_LABELS = re.compile("|".join(_KNOWN["labels"]))
_KEPT = re.compile("|".join(_KNOWN["kept"]))
_END = re.compile(r"[。!?;]")
_PAUSE = re.compile(r"[,;]")
_PARTS = re.compile(r"\s*[|·•>»→/]+\s*")
_QUOTED = re.compile(r"“[^“”]*”")
_TABLE = re.compile(r"^\||\|$|\t")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_FIELD = re.compile(
    r"(?:(?<=\s)|(?<=次)|^)(?![^\s:]{0,8}(?:时间|日期|发布|来源|作者|记者|文号|电话|编辑)[:\s])"
    r"(?:[^\s:,。\d]{1,10}\s*:?\s*)?(?<![\d:.-])\d[\d.,]*\s?(?:[wWkK万千]\+?)?\s?(?:次|人次|人|条|评论|赞|阅读|浏览|下载|℃|KB|MB|页|字)"
    r"(?:[^\s:,。\d]{0,6})(?=\s|$)"
    r"|(?<=\s)[^\s:,。\d()]{2,6}\s*[:：]?\s*[(\[]?\s*\d[\d.,]*[wWkK万]?\+?\s*[)\]]?(?=\s|$)"
)
_DATED = re.compile(r"(?:时间|日期|发布|来源|作者|更新)[^:。]{0,4}:|^\d{4}[-/.年]")
_BULLET = re.compile(r"[·•▪■◆●>»]\s*[^。;]{4,60}$")
_CLAUSES = re.compile(r".{12,}[,;。]|^[,;。]")
_NUMBERED = re.compile(r"\d{1,2}[.、)]")
_BUTTONS = re.compile(r"(?:\s+(?:打印|分享|收藏|关闭|评论|点赞|转发|举报|纠错|复制|朗读|下载|返回))+\s*$")
_TITLED = re.compile(r"《[^《》]*》")
_BOX = re.compile(r"(?:ID|大小|页数|格式|积分)\s*:")
_SENTENCE = 12
_SHORT = 30
_ENDS_THE_PAGE = frozenset({"neighbours", "footer", "recommended", "disclaimer"})
_LONGEST = 60
_SHORTEST_PART, _LONGEST_PART = 1, 14
_HEAD = 12


def of_site(lines: list[Line], known: Mapping[int, str]) -> set[int]:
    """Return the numbers of the lines (empty ones left out) of a site before the first and after the last paragraph.

    `known`: the lines that are the site's wherever they stand, each with the rule that knows it.
    """
    first, last = _running(lines, known)
    if last == 0:
        return set()
    bars = [line.words.count("|") for line in lines]
    rows = {n for n, count in enumerate(bars) if count > 1 and count in (bars[n - 1 : n] + bars[n + 1 : n + 2])}
    first = min(first, _HEAD)
    masthead = _masthead(lines[:first])
    head = {n for n in range(first) if n < masthead or _is_of_site(lines[n], 2) or _LABELS.match(lines[n].words)}
    return (head | _tail(lines, last, known)) - rows


def counters(text: str) -> list[Edit]:
    """Return the edits of the counters and buttons in lines with a date over the text."""
    lines = [line for line in lines_of(text) if line.words]
    first, _ = _running(lines, {})
    return [edit for line in lines[: min(first, _HEAD)] for edit in _fields(text, line)]


def _running(lines: list[Line], known: Mapping[int, str]) -> tuple[int, int]:
    """Return the number of the first line that is a paragraph of a text, and that behind the last one; or zeros."""
    numbers = range(len(lines))
    first = next((n for n in numbers if n not in known and _runs(lines[n])), 0)
    last = next((n for n in reversed(numbers) if n not in known and _runs(lines[n])), -1)
    return first, last + 1


def _runs(line: Line) -> bool:
    """Say whether a line is a paragraph: a sentence that ends, or long clauses, and not the site about itself."""
    words = line.words
    pause = _PAUSE.search(words, 2 * _SENTENCE)
    is_text = _END.search(words, _SENTENCE) or (pause and len(words) - pause.end() >= _SENTENCE)
    return bool(is_text) and not _is_notice_of_site(line)


def _masthead(lines: list[Line]) -> int:
    """Return how many lines stand over the title of a web page: the title is the one above the line with its date.

    A body's name or a motto above the title belongs to it and ends the masthead.
    """
    dated = next((n for n, line in enumerate(lines) if n and _DATED.search(line.words) and _DATE.search(line.words)), 0)
    if dated < 2 or not _DOCUMENT.search(lines[dated - 1].words) or lines[dated - 1].words[0] in "—-":
        return 0
    over = lines[: dated - 1]
    odd = [len(line.words) > _LONGEST or _DOCUMENT.search(line.words) or _is_kept(line.words) for line in over]
    last = max((n for n, stays in enumerate(odd) if stays), default=-1)
    return 0 if last == 0 or any(odd) else len(over)


def _is_kept(words: str) -> bool:
    return _KEPT.match(words) is not None


def _tail(lines: list[Line], start: int, known: Mapping[int, str]) -> set[int]:
    """Return the lines of a site behind the text.

    Below a heading of links everything goes that is no signature, below what ends a page (上一篇, 版权所有) every short
    line that says nothing of a document.
    """
    gone: set[int] = set()
    below = site = False
    bullets = sum(_BULLET.match(line.words) is not None for line in lines[start:]) > 1
    for n in range(start, len(lines)):
        words = lines[n].words
        below = below or (_LINKS.search(words) is not None and not _is_kept(words))
        listed = (
            below
            and len(words) <= 4 * _LONGEST
            and not _CLAUSES.search(words)
            and (not _is_kept(words) or _NUMBERED.match(words))
        )
        mere = (site and _says_nothing(words)) or _LABELS.match(words)
        if listed or mere or _is_of_site(lines[n], 3) or (bullets and _BULLET.match(words)):
            gone.add(n)
        site = site or known.get(n) in _ENDS_THE_PAGE
    return gone


def _says_nothing(words: str) -> bool:
    """Say whether a short line is neither a signature, a row, a sentence nor words of a document."""
    return len(words) <= _SHORT and not (
        _is_kept(words) or _TABLE.search(words) or _DOCUMENT.search(words) or "。" in words
    )


def _is_notice_of_site(line: Line) -> bool:
    """Say whether a line is a sentence of the site about itself: 温馨提示:本文档下载后可编辑."""
    words = _TITLED.sub("《》", line.words)
    return len(words) <= 2 * _LONGEST and _hints(words) >= 2 and not _DOCUMENT.search(words)


def _is_of_site(line: Line, parts: int) -> bool:
    """Say whether a line outside the text has the shape of a menu or speaks of screens, files and accounts."""
    words = line.words
    if _KEPT.match(words) or _TABLE.search(words):
        return False
    if _is_notice_of_site(line):
        return True
    if len(words) > _LONGEST or "。" in words:
        return False
    cut = _PARTS.split(_QUOTED.sub("“”", words).strip("|·•>»→/ "))
    short = all(_SHORTEST_PART <= len(part) <= _LONGEST_PART for part in cut)
    if len(cut) >= parts and short and not _DATE.search(words) and not _DOCUMENT.search(words):
        return True
    return (
        (_SCREEN.search(words) is not None or _hints(words) >= 2)
        and not _DOCUMENT.search(words)
        and not _DATE.search(words)
    )


def _hints(words: str) -> int:
    return len(set(_HINTS.findall(words)))


def _fields(text: str, line: Line) -> list[Edit]:
    """Return the edits of the counters in a line with a date: 阅读量 302 次, 本文已影响 1.6w人."""
    if (
        not _DATE.search(line.words)
        or len(_BOX.findall(line.words)) > 1
        or "。" in line.words
        or len(line.words) > 2 * _LONGEST
    ):
        return []
    view = canon(text)
    found = [m for pattern in (_FIELD, _BUTTONS) for m in pattern.finditer(view, line.start, line.end)]
    return [Edit(*m.span(), "", "counter", "删去浏览次数") for m in found]
