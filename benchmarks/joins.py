"""`python -m benchmarks joins`: see `benchmarks/_members/joins.py`."""

from __future__ import annotations

from benchmarks import _world

TITLE = "每秒入会次数与只插入之比"


def run(argv: list[str]) -> bool:
    """Measure on a made-up world in PostgreSQL; return whether the targets are met."""
    return bool(_world.load("joins", _world.options(argv, TITLE)).run())
