"""`python -m benchmarks move`: see `benchmarks/_members/moving.py`."""

from __future__ import annotations

from benchmarks import _world

TITLE = "划转一个五千个工会的地方总工会，其间不断有人读"


def run(argv: list[str]) -> bool:
    """Measure on a made-up world in PostgreSQL; return whether the targets are met."""
    return bool(_world.load("moving", _world.options(argv, TITLE)).run())
