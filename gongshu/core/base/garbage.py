"""Python's search for garbage in cycles, held back where rows are made by the thousand, none of them in a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

TIMES = 100


@contextmanager
def searched_seldom() -> Iterator[None]:
    """Have garbage searched for a hundred times less often, and not among what was there before."""
    first, *others = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(first * TIMES, *others)
    try:
        yield
    finally:
        gc.set_threshold(first, *others)
        gc.unfreeze()
