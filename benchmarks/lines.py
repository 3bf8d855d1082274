"""`python -m benchmarks lines`: see `benchmarks/_members/lines.py`."""

from __future__ import annotations

from benchmarks import _world

TITLE = "按产业工会看人数的网页（指导关系）"


def run(argv: list[str]) -> bool:
    """Measure on a made-up world in PostgreSQL; return whether the targets are met."""
    return bool(_world.load("lines", _world.options(argv, TITLE)).run())
