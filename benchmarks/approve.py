"""`python -m benchmarks approve`: see `benchmarks/_members/approving.py`."""

from __future__ import annotations

from benchmarks import _world

TITLE = "一次批准一万件入会申请"


def run(argv: list[str]) -> bool:
    """Measure on a made-up world in PostgreSQL; return whether the targets are met."""
    return bool(_world.load("approving", _world.options(argv, TITLE)).run())
