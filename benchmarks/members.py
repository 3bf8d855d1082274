"""`python -m benchmarks members`: see `benchmarks/_members/listing.py`."""

from __future__ import annotations

from benchmarks import _world

TITLE = "会员名册：第一页、筛选、深处"


def run(argv: list[str]) -> bool:
    """Measure on a made-up world in PostgreSQL; return whether the targets are met."""
    return bool(_world.load("listing", _world.options(argv, TITLE)).run())
