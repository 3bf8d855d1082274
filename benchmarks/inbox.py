"""The inbox page while a million open items wait in the ledger: the server's part of one page."""

from __future__ import annotations

import argparse
import json

from benchmarks._databases import inside, scratch_databases

TITLE = "台账有 100 万件待办时的工作台页面（服务器用时中位数 ≤ 50 毫秒）"
ITEMS = 1_000_000
LIMIT = 50.0


def run(args: list[str]) -> bool:
    """Measure on both databases and print the table; False when a target is missed or PostgreSQL is not there."""
    parser = argparse.ArgumentParser(prog="inbox")
    parser.add_argument("--items", type=int, default=ITEMS, help="待办总数")
    items = parser.parse_args(args).items
    met = []
    print(
        f"{'数据库':<12}{'待办总数':>10}{'本单位':>8}{'页面':<16}{'中位数':>10}{'第95百分位':>12}{'最快':>9}{'其中CPU':>9}{'限值':>8}{'查询数':>8}"
    )
    with scratch_databases() as databases:
        for name, address in databases:
            for row in json.loads(inside("benchmarks._inboxes", address, str(items)).splitlines()[-1]):
                met.append(row["median"] <= LIMIT)
                print(
                    f"{name:<12}{row['items']:>10,}{row['mine']:>8,}  {row['page']:<16}{row['median']:>8.1f}ms"
                    f"{row['p95']:>10.1f}ms{row['least']:>7.1f}ms{row['cpu']:>7.1f}ms{LIMIT:>6.0f}ms"
                    f"{row['queries']:>8}   {'达到' if met[-1] else '未达到'}"
                )
    return len(met) == 2 * PAGES and all(met)


PAGES = 3
