"""Paragraphs of the clean text and what each of them is."""

import re

from gongshu.reading.canon import canon
from gongshu.reading.model import GAP, Block, Span

_DATELINE = re.compile(
    r"(?:[\[【(]?\s*(?:发布|发表|更新|添加|发稿|录入|成文|时间|日期|来源|作者|信息来源|文章来源|稿件来源"
    r"|发布人|发布者|发布单位|供稿|供稿单位|通讯员|文/图|图/文|文图|图文|文/|图/|文图|记者|撰稿|摄影)"
    r"(?:时间|日期|于|单位|部门|机构)?\s*[:/][^。]{0,140}"
    r"|\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s+[^。]{0,80})?"
    r"|\([^()。,]{2,30}(?:供稿|报道|摄|图/?文|部|科|办公室|工会|记者|通讯员)[^()。]{0,20}\))"
)
_SIGNED = re.compile(r"[\d〇零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)"
    r"|第[一二三四五六七八九十]{1,3}(?:[章节条]|部分)[、,: ]?)"
    r"[^。;!?:]{1,60}[。:]?"
)
_NUMBER = re.compile(r".{0,20}[〔\[(]\d{4}[〕\])]\s*第?\d{1,5}号")
_TITLES = 3
_TITLE_LONGEST = 80
_BEFORE_TITLE = 6
_TEXT = frozenset({"body", "heading", "row"})


def blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of a clean text in order, each with its kind; table rows with their cells."""
    view = canon(text)
    found: list[Block] = []
    at = 0
    titles, text_begun = 0, False
    for line in view.split("\n"):
        end = at + len(line)
        if line.strip():
            may_be_title = not text_begun and titles < _TITLES and len(found) < _BEFORE_TITLE
            kind = _kind(line.strip(), may_be_title, text_begun)
            titles += kind == "title"
            text_begun = text_begun or kind in _TEXT
            found.append(Block(kind, Span(at, end), _cells(line, at) if kind == "row" else ()))
        at = end + 1
    return tuple(found)


def _kind(line: str, may_be_title: bool, text_begun: bool) -> str:
    if line == GAP:
        return "gap"
    if "\t" in line:
        return "row"
    if _NUMBER.fullmatch(line) or (_DATELINE.fullmatch(line) and not (_SIGNED.fullmatch(line) and text_begun)):
        return "dateline"
    if may_be_title and _is_title(line):
        return "title"
    if _HEADING.fullmatch(line):
        return "heading"
    return "body"


def _is_title(line: str) -> bool:
    return len(line) <= _TITLE_LONGEST and line[-1] not in "。;:," and "。" not in line


def _cells(line: str, at: int) -> tuple[Span, ...]:
    found: list[Span] = []
    start = at
    for cell in line.split("\t"):
        lead = len(cell) - len(cell.lstrip())
        found.append(Span(start + lead, start + max(lead, len(cell.rstrip()))))
        start += len(cell) + 1
    return tuple(found)
