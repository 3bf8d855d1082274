# ruff: noqa: N999 - the name the benchmark is called by
"""`python -m benchmarks import`: a roster from its file into the ledger, beside reading it and a bare COPY."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks._databases import inside, start
from benchmarks._rosters.memory import watched
from benchmarks._world import SERVER, verdict

TITLE = "名册导入与读取加 COPY 之比，与 django-import-export 之比，内存"
QUICK_PART = 0.8  # of a million rows: as much as the quick reader is given
MEASURE, PEER = "benchmarks._rosters.measure", "benchmarks._rosters.peer"
MOST_TIMES, FEWEST_TIMES, MOST_MEMORY, MOST_LOW_MEMORY = 3, 20, 800, 150


def options(argv: Sequence[str]) -> argparse.Namespace:
    """Return the sizes asked for; the targets are stated for 1,000,000 rows and a slice of 50,000."""
    parser = argparse.ArgumentParser(description=TITLE)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--slice", type=int, default=50_000)
    parser.add_argument("--server", default=SERVER)
    return parser.parse_args(argv)


@contextmanager
def database(server: str, name: str) -> Iterator[str]:
    """Give the address of a database with the tables and the unions of the rosters; it is dropped afterwards."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            inside(MEASURE, f"{server}/{name}", "build")
            yield f"{server}/{name}"
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def told(module: str, address: str, *args: str) -> dict[str, Any]:
    """Return what a part measured in a process of its own, and the memory that it and those below it took at most."""
    process = start(module, address, *args)
    with watched(process.pid) as peak:
        printed, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{module} failed on {address}")
    return {**json.loads(printed.splitlines()[-1]), "peak": peak.megabytes}


def in_mode(megabytes: int, address: str, path: Path) -> dict[str, Any]:
    """Bring a roster in with so many megabytes as the limit of the quick reader."""
    os.environ["GONGSHU_ROSTER_QUICK_MB"] = str(megabytes)
    return told(MEASURE, address, "bring_in", str(path))


def whole(asked: argparse.Namespace, folder: Path) -> list[bool]:
    """Bring the large roster in and copy the same rows; then hold both and the memory against the targets."""
    path = folder / "roster.xlsx"
    with database(asked.server, f"bench_import_{os.getpid()}") as address:
        inside(MEASURE, address, "write", str(path), str(asked.rows))
        ours = in_mode(0, address, path)
        bare = told(MEASURE, address, "copied", str(folder))["seconds"]
        reading = told(MEASURE, address, "read", str(path))
        inside(MEASURE, address, "write", str(path), str(int(asked.rows * QUICK_PART)))
        quick = told(MEASURE, address, "looked_over", str(path))
    seconds = ours["received"] + ours["checked"] + ours["entered"]
    least = reading["seconds"] + bare
    parts = " + ".join(f"{ours[name]:.1f}" for name in ("received", "checked", "entered"))
    print(f"{asked.rows:,} 行：收下、检查、导入 {parts} 秒，处理器 {ours['processor']:.1f} 秒")
    print(f"  最快的读取 {reading['seconds']:.1f} 秒，COPY {bare:.1f} 秒", flush=True)
    is_right = ours["members"] == asked.rows and not ours["differing"]
    return [
        verdict(f"{ours['members']:,} 名会员，计数与逐人数得的一致", is_right),
        verdict(f"是读取加 COPY 的 {seconds / least:.1f} 倍（≤ {MOST_TIMES} 倍）", seconds <= MOST_TIMES * least),
        verdict(f"少用内存时最多 {ours['peak']:.0f} MB（≤ {MOST_LOW_MEMORY}）", ours["peak"] <= MOST_LOW_MEMORY),
        verdict(f"快读时最多 {quick['peak']:.0f} MB（≤ {MOST_MEMORY}）", quick["peak"] <= MOST_MEMORY),
    ]


def a_slice(asked: argparse.Namespace, folder: Path) -> list[bool]:
    """Bring a slice in twice, and once by django-import-export."""
    path = folder / "slice.xlsx"
    with database(asked.server, f"bench_slice_{os.getpid()}") as address:
        inside(MEASURE, address, "write", str(path), str(asked.slice))
        ours, again = in_mode(384, address, path), in_mode(384, address, path)
    with database(asked.server, f"bench_peer_{os.getpid()}") as address:
        theirs = told(PEER, address, str(path))
    seconds = ours["received"] + ours["checked"] + ours["entered"]
    times = theirs["seconds"] / seconds
    print(f"{asked.slice:,} 行：{seconds:.1f} 秒；django-import-export {theirs['seconds']:.1f} 秒")
    return [
        verdict("再导入一次没有任何变化", again["members"] == asked.slice and not again["results"]),
        verdict(f"django-import-export 用时是本系统的 {times:.1f} 倍（≥ {FEWEST_TIMES} 倍）", times >= FEWEST_TIMES),
    ]


def run(argv: list[str]) -> bool:
    """Measure on PostgreSQL; return whether all targets are met."""
    asked = options(argv)
    print("负载", *os.getloadavg())
    with tempfile.TemporaryDirectory(prefix="gongshu-import-") as name:
        met = [*a_slice(asked, Path(name)), *whole(asked, Path(name))]
    print("负载", *os.getloadavg())
    return all(met)
