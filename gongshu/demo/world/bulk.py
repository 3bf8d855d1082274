"""Writing very many rows on PostgreSQL: indexes put aside and built once at the end, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

MEMORY = "512MB"  # for building one index
CONSTRAINTS = """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE conrelid = %s::regclass AND contype IN ('f', 'u') ORDER BY contype DESC, conname"""
INDEXES = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
 WHERE indrelid = %s::regclass AND NOT indisprimary ORDER BY 1"""


@contextmanager
def without_indexes(*models: type[Model]) -> Iterator[None]:
    """Drop what makes single rows slow, and make it again at the end of the block, which checks every row.

    One transaction: killed in the middle, the tables are as they were.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        again = [statement for model in models for statement in _put_aside(cursor, model._meta.db_table)]
        yield
        for statement in sorted(again, key=lambda sql: "FOREIGN KEY" in sql):
            cursor.execute(statement)


def _put_aside(cursor: Any, table: str) -> list[str]:
    """Drop a table's indexes and constraints but for its key; return the statements that make them again."""
    cursor.execute(CONSTRAINTS, [table])
    constraints = cursor.fetchall()
    for name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(INDEXES, [table])
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [
        *(definition for _, definition in indexes),
        *(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for name, definition in constraints),
    ]


def copy_text(rows: Iterable[Sequence[Any]]) -> bytes:
    r"""Return rows in the text format of COPY. Texts are our own: no tabs, newlines or backslashes."""
    return "".join(["\t".join([TEXT.get(type(value), str)(value) for value in row]) + "\n" for row in rows]).encode()


@cache
def _moment(value: date) -> str:
    return value.isoformat()


TEXT: dict[type, Callable[[Any], str]] = {
    bool: {True: "t", False: "f"}.__getitem__,
    bytes: lambda value: "\\\\x" + value.hex(),
    date: _moment,
    datetime: _moment,
    type(None): lambda value: "\\N",
}
