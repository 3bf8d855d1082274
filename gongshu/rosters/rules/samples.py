"""How a cell of a roster is shown as an example, with numbers hidden."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[0-9][0-9Xx\- ]{5,}")
DAY = re.compile(r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?: 00:00(?::00)?)?")
LONGEST = 20


def shown(words: str) -> str:
    """Return the beginning of a cell; of longer numbers only the first three and the last two characters show.

    A cell that is a day is shown whole.
    """
    if DAY.fullmatch(words.strip()):
        return words.strip()
    return NUMBER.sub(lambda found: _masked(found[0]), words)[:LONGEST]


def _masked(number: str) -> str:
    return number[:3] + "*" * max(1, len(number) - 5) + number[-2:]
