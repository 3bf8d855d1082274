"""One task given to 100,000 organisations: how long it takes, and that a killed job leaves exactly one item each."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass

from benchmarks._databases import inside, scratch_databases

TITLE = "一项任务下发 10 万个单位（PostgreSQL ≤ 15 秒，SQLite ≤ 30 秒；中途被杀再跑，一个不重不漏）"
SIZE = 100_000
LIMITS = {"SQLite": 30.0, "PostgreSQL": 15.0}


@dataclass(frozen=True)
class Outcome:
    """What one database gave: seconds of a whole dispatch, and the counts after one that was killed."""

    seconds: float
    at_kill: int
    assignments: int
    items: int
    receivers: int

    def is_exact(self) -> bool:
        """Tell whether the killed dispatch left one assignment and one open item for each receiver."""
        return self.assignments == self.items == self.receivers


def run(args: list[str]) -> bool:
    """Measure on both databases and print the table; False when a target is missed or PostgreSQL is not there."""
    parser = argparse.ArgumentParser(prog="dispatch")
    parser.add_argument("--size", type=int, default=SIZE, help="承办单位数")
    size = parser.parse_args(args).size
    met = []
    print(f"{'数据库':<12}{'下发用时':>10}{'限值':>8}{'每秒':>10}{'被杀时已写':>12}{'再跑后任务':>12}{'待办':>10}")
    with scratch_databases() as databases:
        for name, address in databases:
            begun = time.perf_counter()
            found = Outcome(**json.loads(inside("benchmarks._dispatching", address, str(size)).splitlines()[-1]))
            met.append(found.seconds <= LIMITS[name] and found.is_exact())
            print(
                f"{name:<12}{found.seconds:>9.1f}s{LIMITS[name]:>7.0f}s{size / found.seconds:>10,.0f}"
                f"{found.at_kill:>12,}{found.assignments:>12,}{found.items:>10,}"
                f"   {'达到' if met[-1] else '未达到'}（连同建库共 {time.perf_counter() - begun:.0f} 秒）"
            )
    return len(met) == len(LIMITS) and all(met)
