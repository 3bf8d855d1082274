"""Sentences of a stretch of text."""

import re

from gongshu.reading.model import Span

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’』」）)》]*|\n|$)")


def sentences(text: str, within: Span) -> list[Span]:
    """Return the sentences inside a span, each with its closing mark and quotes, without blanks around it."""
    found: list[Span] = []
    for m in _SENTENCE.finditer(text, within.start, within.end):
        words = m[0]
        start = m.start() + len(words) - len(words.lstrip())
        end = m.end() - (len(words) - len(words.rstrip()))
        if start < end:
            found.append(Span(start, end))
    return found
