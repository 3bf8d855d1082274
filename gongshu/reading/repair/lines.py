"""Lines of a text with their place and their words in canonical punctuation."""

from dataclasses import dataclass

from gongshu.reading.canon import canon


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line break: its place in the text, and its stripped words as `canon` writes them."""

    start: int
    end: int
    words: str


def lines_of(text: str) -> list[Line]:
    """Return every line of the text, empty ones too."""
    found: list[Line] = []
    at = 0
    for row in canon(text).split("\n"):
        found.append(Line(at, at + len(row), row.strip()))
        at += len(row) + 1
    return found
