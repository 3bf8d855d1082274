"""Sets of organisations as ranges of paths: many subtrees, some without parts of themselves, in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from gongshu.core.orgs.models import Organisation


@dataclass(frozen=True)
class Range:
    """The organisations from a path on, up to another one; `key` says what they count for."""

    lo: str
    hi: str
    key: int = 0

    @classmethod
    def below(cls, path: str, key: int = 0) -> Range:
        """Return the range of a path and all below it."""
        return cls(path, f"{int(path) + 1:0{len(path)}d}", key)


def divide(whole: Range, parts: Iterable[Range]) -> list[Range]:
    """Return `whole` with `parts` taken out, and the parts: disjoint ranges, each of the innermost part it lies in.

    `parts` are subtrees within `whole`; one may lie within another.
    """
    found: list[Range] = []
    open_ones, at = [whole], whole.lo

    def close(until: str) -> None:
        nonlocal at
        if at < until:
            found.append(Range(at, until, open_ones[-1].key))
            at = until

    for part in sorted(parts, key=lambda each: each.lo):
        while part.lo >= open_ones[-1].hi:
            close(open_ones[-1].hi)
            open_ones.pop()
        close(part.lo)
        open_ones.append(part)
    while open_ones:
        close(open_ones[-1].hi)
        open_ones.pop()
    return found


def as_table(ranges: Sequence[Range]) -> tuple[str, list[Any]]:
    """Return SQL for `ranged AS MATERIALIZED (...)`, a table of the organisations `id` in ranges with their key `k`.

    To stand after WITH; its parameters come with it. Materialised, because PostgreSQL would else compare every row of
    whatever is joined with every range.
    """
    orgs = Organisation._meta.db_table
    if connection.vendor == "postgresql":
        columns = [[each.lo for each in ranges], [each.hi for each in ranges], [each.key for each in ranges]]
        table = "unnest(%s::text[], %s::text[], %s::bigint[]) AS r(lo, hi, k)"
        below = f"CROSS JOIN LATERAL (SELECT id FROM {orgs} WHERE path >= r.lo AND path < r.hi OFFSET 0) o"  # noqa: S608
        return f"ranged AS MATERIALIZED (SELECT o.id, r.k FROM {table} {below})", columns  # noqa: S608
    rows = json.dumps([[each.lo, each.hi, each.key] for each in ranges])
    lo, hi, key = (f"json_extract(value, '$[{n}]') AS {name}" for n, name in enumerate(("lo", "hi", "k")))
    table = f"(SELECT {lo}, {hi}, {key} FROM json_each(%s)) AS r"  # noqa: S608 - no value in it
    below = f"CROSS JOIN {orgs} o ON o.path >= r.lo AND o.path < r.hi"
    return f"ranged AS MATERIALIZED (SELECT o.id, r.k FROM {table} {below})", [rows]  # noqa: S608


def in_ranges(ranges: Sequence[Range], at: str = "organisation") -> Q:
    """Return the condition "in one of these ranges" on the key path `at`; empty: on organisations themselves."""
    table, parameters = as_table(ranges)
    sql = f"WITH {table} SELECT id FROM ranged"  # noqa: S608 - our own names
    return Q(**{f"{at or 'pk'}__in": RawSQL(sql, parameters)})  # noqa: S611 - values are parameters


def placed(ranges: Sequence[Range]) -> dict[int, int]:
    """Return the organisations in ranges by their keys, each with the key of its range; one query.

    For asking several things of the same ranges: `in_orgs` is then quicker than `in_ranges`, whose size PostgreSQL
    cannot know beforehand.
    """
    if not ranges:
        return {}
    table, parameters = as_table(ranges)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {table} SELECT id, k FROM ranged", parameters)  # noqa: S608 - our own names
        return dict(cursor.fetchall())


def keyed(keys: Mapping[int, int]) -> tuple[str, list[Any]]:
    """Return SQL for a table `(id, k)` of organisations, each with a key, to stand after FROM; and its parameters."""
    if connection.vendor == "postgresql":
        return "unnest(%s::bigint[], %s::bigint[]) AS keyed(id, k)", [list(keys), list(keys.values())]
    pairs = "SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS k FROM json_each(%s)"
    return f"({pairs}) AS keyed", [json.dumps(list(keys.items()))]


def in_orgs(keys: Iterable[int], at: str = "organisation") -> Q:
    """Return the condition "one of these organisations, however many" on the key path `at`; empty: on themselves."""
    table, parameters = keyed(dict.fromkeys(keys, 0))
    return Q(**{f"{at or 'pk'}__in": RawSQL(f"SELECT id FROM {table}", parameters)})  # noqa: S608, S611 - as above
