"""How a cell of a roster is shown as an example, with numbers hidden."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[0-9][0-9Xx\- ]{5,}")
LONGEST = 20


def shown(words: str) -> str:
    """Return the beginning of a cell; of longer numbers only the first three and the last two characters show."""
    return NUMBER.sub(lambda found: _masked(found[0]), words)[:LONGEST]


def _masked(number: str) -> str:
    return number[:3] + "*" * max(1, len(number) - 5) + number[-2:]
