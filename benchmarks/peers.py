"""`python -m benchmarks peers`: see `benchmarks/_members/peers.py`."""

from __future__ import annotations

from benchmarks import _world
from benchmarks._peers import tryton

TITLE = "会员名册与同类软件：Tryton 的单位名册，hitobito 自定的目标"
IMPORTED, HELD = 5_000, 500_000


def run(argv: list[str]) -> bool:
    """Measure Tryton with half a million parties, then ours on the made-up world, in one run."""
    asked = _world.options(argv, TITLE)
    asked.home.mkdir(parents=True, exist_ok=True)
    theirs = tryton.measure(asked.home, asked.server, IMPORTED, HELD)
    return bool(_world.load("peers", asked).run(theirs, IMPORTED, HELD))
