"""Lines of a text with their place and their words in canonical punctuation."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gongshu.reading.canon import canon


class Line(NamedTuple):
    """A line without its line break: its place in the text, and its stripped words as `canon` writes them."""

    start: int
    end: int
    words: str


@lru_cache(maxsize=8)
def lines_of(text: str) -> tuple[Line, ...]:
    """Return every line of the text, empty ones too; several rules ask for the lines of one text."""
    found: list[Line] = []
    at = 0
    for row in canon(text).split("\n"):
        found.append(Line(at, at + len(row), row.strip()))
        at += len(row) + 1
    return tuple(found)


def holding(view: str, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of every line of a canonical text that holds one of the words."""
    m = words.search(view)
    while m:
        end = view.find("\n", m.end())
        end = end if end >= 0 else len(view)
        yield view.rfind("\n", 0, m.start()) + 1, end
        m = words.search(view, end)
