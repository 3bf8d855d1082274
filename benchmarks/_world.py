"""The database the member benchmarks run on: PostgreSQL with a made-up world, built once and kept for the next run."""

from __future__ import annotations

import argparse
import importlib
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import django
import psycopg

SERVER = "postgresql://postgres@127.0.0.1:5432"
NAME = "gongshu_bench"


def options(argv: Sequence[str], title: str) -> argparse.Namespace:
    """Return the size and place asked for; the target is stated for 20,000,000 members."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--orgs", type=int, default=200_000)
    parser.add_argument("--members", type=int, default=2_000_000)
    parser.add_argument("--server", default=SERVER)
    parser.add_argument("--database", default=NAME)
    parser.add_argument("--home", type=Path, default=Path(__file__).parents[1] / "var" / "bench")
    return parser.parse_args(argv)


def load(name: str, asked: argparse.Namespace) -> ModuleType:
    """Set Django up on the world, built where it is not there yet, and return a module of `benchmarks._members`."""
    with psycopg.connect(f"{asked.server}/postgres", autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [asked.database]).fetchone()
        if not known:
            server.execute(f'CREATE DATABASE "{asked.database}"')
    os.environ["GONGSHU_DATABASE_URL"] = f"{asked.server}/{asked.database}"
    os.environ["GONGSHU_HOME"] = str(asked.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    world = importlib.import_module("benchmarks._members.world")
    world.ensure(asked.orgs, asked.members)
    return importlib.import_module(f"benchmarks._members.{name}")


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    """Return the median milliseconds of a call, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def verdict(words: str, is_met: bool) -> bool:
    """Print a target with whether it is met, and return that."""
    print(f"{'达到' if is_met else '未达到'}：{words}")
    return is_met
