"""Lines of a text with their place and their words in canonical punctuation."""

from dataclasses import dataclass
from functools import lru_cache

from gongshu.reading.canon import canon


@dataclass(frozen=True, slots=True)
class Line:
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
