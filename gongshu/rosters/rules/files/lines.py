"""What a file of rows is made of, and how much of it is taken."""

from __future__ import annotations

from dataclasses import dataclass

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Limits:
    """How much a file may hold: rows under the heading, rows down to it, columns, bytes of the upload and unpacked."""

    rows: int = 1_000_000
    heading: int = 20
    columns: int = 60
    upload: int = 200 << 20
    inflated: int = 2 << 30

    @property
    def columns_kept(self) -> int:
        """Return how many columns are read at all: enough to see that there are too many."""
        return self.columns + 1


USUAL = Limits()


def letters(written: str) -> int:
    """Return the place of a column from its letters: A is 0, AA is 26."""
    place = 0
    for letter in written:
        place = place * 26 + ord(letter) - 64
    return place - 1


def column_name(place: int) -> str:
    """Return the letters of a column from its place: 0 is A, 26 is AA."""
    written, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        written = chr(65 + rest) + written
    return written
