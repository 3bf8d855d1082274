"""Sentences, segments and clauses of a text, with what stands in quotes and brackets kept whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongshu.reading.canon import canon
from gongshu.reading.model import Page, Span
from gongshu.reading.tasks.words import any_of, patterns

_PATTERNS = patterns("marks")

_CLOSED = _PATTERNS["closed"]
_NAMED = re.compile(r"“[^“”\n]{0,80}”|「[^」\n]{0,80}」|『[^』\n]{0,80}』|\"[^\"\n]{1,60}\"|《[^》\n]{0,90}》")
_STRAIGHT = re.compile(r'"([^"“”\n]{1,60})"')
BLANK = "\ue000"
"""Stands for each character of a quoted name where numbers are looked for."""

_SET_PHRASES = re.compile(any_of("set_phrases"))
_MARK = re.compile(r"[,，。；;:：、!！?？—]")
_SENTENCE_END = re.compile(r"[。！!？?\n]+")
_LINE_END = re.compile(r"\n+")
_LIST_END = re.compile("、")
_SEGMENT_END = re.compile(r"[；;]+")
_CLAUSE_END = re.compile(r"[,，]+|(?<!\d)[:：]|[:：](?!\d)|——")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text and two masks of it: `flat` without marks inside quotes and brackets, `bare` without names."""

    text: str
    view: str
    flat: str
    bare: str


def _blanked(found: re.Match[str]) -> str:
    return BLANK * len(found.group())


@lru_cache(maxsize=4)
def mask(text: str) -> Masked:
    """Return the text with its quoted stretches made safe to cut around."""
    view = _STRAIGHT.sub(r"“\1”", canon(text))
    flat = _CLOSED.sub(lambda found: _MARK.sub("·", found.group()), view)
    bare = _SET_PHRASES.sub(_blanked, _NAMED.sub(_blanked, view))
    return Masked(text, view, flat, bare)


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the stretch without blanks at its two ends."""
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return Span(start, end)
    words = text[start:end]
    left = words.lstrip()
    if not left:
        return Span(end, end)
    return Span(end - len(left), start + len(words.rstrip()))


def _pieces(flat: str, span: Span, mark: re.Pattern[str]) -> list[Span]:
    words = span.of(flat)
    found, start = [], span.start
    for one in mark.finditer(flat, start, span.end):
        stop, after = one.span()
        if stop > start:
            found.append(Span(start, stop))
        start = after
    if span.end > start:
        found.append(Span(start, span.end))
    if words.split() == [words]:  # no blank in it, as nearly always
        return found
    trim = (trimmed(flat, *piece) for piece in found)
    return [piece for piece in trim if piece.start < piece.end]


def lines(page: Page) -> Iterator[tuple[Span, str, tuple[Span, ...]]]:
    """Yield each line of the page with the kind and the cells of its block; all is body without blocks."""
    for block in page.blocks:
        if block.cells:
            yield block.span, block.kind, block.cells
        else:
            yield trimmed(page.text, *block.span), block.kind, ()
    if not page.blocks:
        for piece in _pieces(page.text, Span(0, len(page.text)), _LINE_END):
            yield piece, "body", ()


def sentences(flat: str, span: Span) -> list[Span]:
    """Return the sentences of a line."""
    return _pieces(flat, span, _SENTENCE_END)


def segments(flat: str, span: Span) -> list[Span]:
    """Return the parts of a sentence between semicolons."""
    return _pieces(flat, span, _SEGMENT_END)


def clauses(flat: str, span: Span) -> list[Span]:
    """Return the parts of a segment between commas and colons."""
    return _pieces(flat, span, _CLAUSE_END)


def listed(flat: str, span: Span) -> list[Span]:
    """Return the parts of a clause between enumeration commas."""
    return _pieces(flat, span, _LIST_END)
