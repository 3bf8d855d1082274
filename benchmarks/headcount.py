"""`python -m benchmarks headcount`: see `benchmarks/_members/headcount.py`."""

from __future__ import annotations

from benchmarks import _world

TITLE = "各级会员人数与逐行数之比"


def run(argv: list[str]) -> bool:
    """Measure on a made-up world in PostgreSQL; return whether the targets are met."""
    return bool(_world.load("headcount", _world.options(argv, TITLE)).run())
