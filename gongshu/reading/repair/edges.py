"""What stands before the first and after the last paragraph of a page and has the shape of a link, not of a text.

Inside the text a word says nothing about a line; at its edges a short line without a sentence, made of parts between
bars, of labels and values, or of words about screens and files, belongs to the site.
"""

import re

from gongshu.reading.canon import canon
from gongshu.reading.lexicons import table
from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.lines import Line, lines_of

_KNOWN = table("edges")
_SCREEN = re.compile("|".join(_KNOWN["screen"]), re.IGNORECASE)
_HINTS = re.compile("|".join(_KNOWN["screen"] + _KNOWN["hints"]), re.IGNORECASE)
_DOCUMENT = re.compile("|".join(_KNOWN["document"]))
_LINKS = re.compile("|".join(_KNOWN["links"]))
_KEPT = re.compile("|".join(_KNOWN["kept"]))
_RUNNING = re.compile(r".{12,}[。!?;](?:.|$)|.{24,}[,;].{12,}")
_PARTS = re.compile(r"\s*[|·•>»→/]+\s*")
_LABEL = re.compile(r"(?:^|[\s|])[^\s:|,。]{1,8}\s*:")
_TABLE = re.compile(r"^\||\|$|\t")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_FIELD = re.compile(
    r"(?:(?<=\s)|(?<=次)|^)(?![^\s:]{0,8}(?:时间|日期|发布|来源|作者|记者|文号|电话|编辑)[:\s])"
    r"(?:[^\s:,。\d]{1,10}\s*:?\s*)?(?<![\d:.-])\d[\d.,]*\s?(?:[wWkK万千]\+?)?\s?(?:次|人次|人|条|评论|赞|阅读|浏览|下载|℃|KB|MB|页|字)"
    r"(?:[^\s:,。\d]{0,6})(?=\s|$)"
)
_LONGEST = 60
_SHORTEST_PART, _LONGEST_PART = 1, 14
_HEAD = 12


def edges(text: str) -> list[Edit]:
    """Return the edits that delete the lines of a site before the first and after the last paragraph."""
    lines = [line for line in lines_of(text) if line.words]
    bars = [line.words.count("|") for line in lines]
    rows = {lines[n].start for n in range(len(lines)) if bars[n] > 1 and bars[n] in (bars[n - 1 : n] + bars[n + 1 : n + 2])}
    running = [n for n, line in enumerate(lines) if _RUNNING.search(line.words) and not _is_notice_of_site(line)]
    if not running:
        return []
    head = [line for line in lines[: min(running[0], _HEAD)] if line.start not in rows and _is_of_site(line, 2)]
    gone = [*head, *_tail([line for line in lines[running[-1] + 1 :] if line.start not in rows])]
    edits = [Edit(line.start, line.end, "", "menu", "删去正文前后的网页部件") for line in gone]
    return edits + [edit for line in lines[: min(running[0], _HEAD)] for edit in _fields(text, line)]


def _tail(lines: list[Line]) -> list[Line]:
    """Return the lines of a site behind the text; below a heading of links everything that is no signature goes."""
    gone: list[Line] = []
    below = False
    for line in lines:
        below = below or (_LINKS.search(line.words) is not None and not _KEPT.match(line.words))
        listed = below and len(line.words) <= 4 * _LONGEST and not _KEPT.match(line.words)
        if listed or _is_of_site(line, 3):
            gone.append(line)
    return gone


def _is_notice_of_site(line: Line) -> bool:
    """Say whether a line is a sentence of the site about itself: 温馨提示:本文档下载后可编辑。"""
    return len(line.words) <= 2 * _LONGEST and _hints(line.words) >= 2 and not _DOCUMENT.search(line.words)


def _is_of_site(line: Line, parts: int) -> bool:
    """Say whether a line outside the text has the shape of a menu or speaks of screens, files and accounts."""
    words = line.words
    if _KEPT.match(words) or _TABLE.search(words):
        return False
    if _is_notice_of_site(line):
        return True
    if len(words) > _LONGEST or "。" in words:
        return False
    cut = _PARTS.split(words.strip("|·•>»→/ "))
    short = all(_SHORTEST_PART <= len(part) <= _LONGEST_PART for part in cut)
    if len(cut) >= parts and short and not _DATE.search(words) and not _DOCUMENT.search(words):
        return True
    return (_SCREEN.search(words) is not None or _hints(words) >= 2) and not _DOCUMENT.search(words) and not _DATE.search(words)


def _hints(words: str) -> int:
    return len(set(_HINTS.findall(words)))


def _fields(text: str, line: Line) -> list[Edit]:
    """Return the edits of the counters in a line with a date: 阅读量 302 次, 本文已影响 1.6w人."""
    if not _DATE.search(line.words) or "。" in line.words or len(line.words) > 2 * _LONGEST:
        return []
    view = canon(text)
    found = _FIELD.finditer(view, line.start, line.end)
    return [Edit(*m.span(), "", "counter", "删去浏览次数") for m in found]
