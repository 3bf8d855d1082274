"""The search for garbage is held back for a while and no longer."""

from __future__ import annotations

import gc
from contextlib import suppress

from gongshu.core.base import garbage


def test_garbage_is_searched_for_seldom_and_then_as_before() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with suppress(ZeroDivisionError), garbage.searched_seldom():
        assert gc.get_threshold() == (before[0] * garbage.TIMES, *before[1:])
        assert gc.get_freeze_count() > frozen
        raise ZeroDivisionError
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
