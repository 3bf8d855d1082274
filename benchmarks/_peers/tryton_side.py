"""Run inside Tryton's own environment: import parties the way Tryton imports, then list them; print one JSON line.

`python tryton_side.py CONFIG DATABASE IMPORTED HELD`: IMPORTED rows go in by `Party.import_data` with a name and a
phone; the table is then filled up to HELD parties by SQL, as a start for the list.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

FILL = """
INSERT INTO party_party (id, active, code, code_digit, name, create_date, create_uid)
SELECT nextval('party_party_id_seq'), true, 'x' || g, g, '演示' || lpad(g::text, 7, '0'), now(), 1
FROM generate_series(%s, %s) AS g
"""
PAGE, TIMES, PREFIX = 50, 9, "演示00001%"


def seconds(work: Callable[[], object], times: int = TIMES) -> float:
    """Return the median seconds of a call after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def listed(party: Any, domain: list[Any], offset: int) -> Callable[[], object]:
    """Return a call that finds one page of parties and reads what its list shows."""

    def page() -> object:
        found = party.search(domain, limit=PAGE, offset=offset, order=[("name", "ASC"), ("id", "ASC")])
        return party.read([each.id for each in found], ["rec_name", "code", "active", "contact_mechanisms"])

    return page


def main(config: str, database: str, imported: int, held: int) -> None:
    """Measure and print."""
    importlib.import_module("trytond.config").update_etc(config)
    pool_of = importlib.import_module("trytond.pool").Pool
    transaction = importlib.import_module("trytond.transaction").Transaction
    pool_of.start()
    pool = pool_of(database)
    pool.init()
    rows = [[f"演示{n:07d}", "phone", f"139{n:08d}"] for n in range(imported)]
    with transaction().start(database, 1) as work:
        party = pool.get("party.party")
        started = time.perf_counter()
        party.import_data(["name", "contact_mechanisms/type", "contact_mechanisms/value"], rows)
        work.commit()
        importing = time.perf_counter() - started
        cursor = work.connection.cursor()
        cursor.execute(FILL, (imported, held - 1))
        work.commit()
        cursor.execute("ANALYZE party_party")
        work.commit()
    with transaction().start(database, 1):
        party = pool.get("party.party")
        first, deep = seconds(listed(party, [], 0)), seconds(listed(party, [], held * 9 // 10), 3)
        prefix = seconds(listed(party, [("name", "like", PREFIX)], 0))
    print(json.dumps({"import": importing, "first": first, "deep": deep, "prefix": prefix}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
