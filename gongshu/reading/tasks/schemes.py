"""Numbered schemes without quotes (十件实事), and schemes whose parts stand in the lines or the table below."""

import re
from collections.abc import Iterator, Sequence

from gongshu.reading.model import Finding, InitiativeFinding, Page, Span
from gongshu.reading.tasks.columns import columns
from gongshu.reading.tasks.marks import Masked, lines, listed
from gongshu.reading.tasks.section import level
from gongshu.reading.tasks.strip import ORDINAL
from gongshu.reading.tasks.words import any_of, patterns

_PATTERNS = patterns("schemes")
_COUNTED = _PATTERNS["counted"]
_AHEAD = _PATTERNS["ahead"]
_QUOTED = _PATTERNS["quoted"]
_SET_PHRASE = re.compile(any_of("set_phrases"))
_ITEM_END = re.compile(r"[。:：,，;；(（\n]")
_LINE = re.compile(r"[^\n]*")
_INLINE_PART = re.compile(
    r"(?:^|(?<=[:：;；。,，\s]))(?:[一二三四五六七八九十]{1,2}是|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）.．、](?!\d)|[①-⑳])"
    r"\s*(?P<part>[^。:：,，;；(（\n]{2,40})"
)
_SPELLED_OUT = re.compile(r"[,，]?(?:即|分别[为是])(?:实施|推进|开展|抓好|打造|做好)?(?P<parts>[^,，。;；\n]{4,200})")
_VALUES = {char: value for value, char in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_LONGEST_CAPTION = 60
_NEAR = 3
_AHEAD_LONGEST = 16

Line = tuple[Span, str, tuple[Span, ...]]


def counted_value(text: str) -> int:
    """Return the value of a count below a hundred in digits or Chinese characters."""
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _VALUES.get(text, 0)
    return (_VALUES.get(tens, 1)) * 10 + _VALUES.get(ones, 0)


def numbered_schemes(masked: Masked) -> Iterator[InitiativeFinding]:
    """Yield the numbered schemes a sentence carries out, with the parts it lists at once."""
    for span, count, carried in _counted(masked, Span(0, len(masked.flat))):
        name = span.of(masked.flat)
        if not (carried or "实事" in name):
            continue
        parts = _listed(masked, span.end, count)
        if not parts and name.endswith(("工作", "任务")):
            continue
        yield InitiativeFinding(span.of(masked.text), span, "initiative.numbered", parts)


def _counted(masked: Masked, within: Span) -> Iterator[tuple[Span, int, bool]]:
    """Yield each numbered name with the words before its number, its count, and whether a verb carries it out."""
    for found in _COUNTED.finditer(masked.flat, within.start, within.end):
        floor = max(within.start, found.start() - _AHEAD_LONGEST)
        ahead = _AHEAD.search(masked.flat, floor, found.start())
        if ahead is not None:
            yield Span(ahead.start("own"), found.end()), counted_value(ahead["count"]), bool(ahead["verb"])


def _listed(masked: Masked, start: int, count: int) -> tuple[Finding, ...]:
    """Return the parts counted off in the rest of the line, when they are as many as the name says."""
    line = _LINE.match(masked.flat, start)
    end = line.end() if line else start
    spelled = _SPELLED_OUT.match(masked.flat, start, end)
    if spelled is not None:
        names = listed(masked.flat, Span(*spelled.span("parts")))
        return _findings(masked, names) if len(names) == count else ()
    if masked.flat[start : start + 1] not in (":", "："):
        return ()
    found = [Span(*one.span("part")) for one in _INLINE_PART.finditer(masked.flat, start, end)]
    return _findings(masked, found) if len(found) == count else ()


def headed_schemes(page: Page, masked: Masked) -> Iterator[InitiativeFinding]:
    """Yield the schemes that head a list of numbered lines or a table, with the parts below."""
    every = list(lines(page))
    for place, (span, _, cells) in enumerate(every):
        words = span.of(masked.flat)
        caption = len(words) <= _LONGEST_CAPTION and "。" not in words
        if cells or not (caption or words.endswith((":", "："))):
            continue
        for name, count in _names(masked, span):
            if name.of(masked.flat).endswith(("重点工作", "重点任务")):
                continue
            items = _below(masked, every, place + 1, count)
            if items:
                yield InitiativeFinding(name.of(masked.text), name, "initiative.headed", items)


def _names(masked: Masked, span: Span) -> Iterator[tuple[Span, int]]:
    yield from ((name, count) for name, count, _ in _counted(masked, span))
    for found in _QUOTED.finditer(masked.view, span.start, span.end):
        if not _SET_PHRASE.search(found.group()):
            number = re.match(r"“([一二两三四五六七八九十\d]{1,3})[大件项个]", found.group())
            yield Span(*found.span()), counted_value(number[1]) if number else 0


def _below(masked: Masked, every: Sequence[Line], at: int, count: int) -> tuple[Finding, ...]:
    """Return the parts below a caption: the theme's cells of a table, or as many numbered lines as it says."""
    for place in range(at, min(at + _NEAR, len(every))):
        if every[place][2]:
            return _column(masked, every, place)
    depth = level(every[at][0].of(masked.flat)) if at < len(every) else 0
    numbered = [
        Span(one[0].start + found.end(), one[0].end)
        for one in every[at:]
        if level(one[0].of(masked.flat)) == depth and (found := ORDINAL.match(one[0].of(masked.flat)))
    ]
    if not depth or not count or len(numbered) < count:
        return ()
    return _findings(masked, [_head(masked, one) for one in numbered[:count]])


def _column(masked: Masked, every: Sequence[Line], at: int) -> tuple[Finding, ...]:
    header = columns([cell.of(masked.text) for cell in every[at][2]])
    if header is None or "theme" not in header:
        return ()
    found: list[Span] = []
    for _, _, cells in every[at + 1 :]:
        if len(cells) <= header["theme"]:
            break
        found.append(cells[header["theme"]])
    return _findings(masked, [one for one in found if one.start < one.end])


def _head(masked: Masked, span: Span) -> Span:
    stop = _ITEM_END.search(masked.flat, span.start, span.end)
    return Span(span.start, stop.start() if stop else span.end)


def _findings(masked: Masked, spans: Sequence[Span]) -> tuple[Finding, ...]:
    return tuple(Finding(one.of(masked.text), one, "initiative.part") for one in spans)
