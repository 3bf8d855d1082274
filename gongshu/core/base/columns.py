"""Columns of spreadsheets: their letters and their places."""

from __future__ import annotations


def column_place(written: str) -> int:
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
