"""Writing many rows the quickest way the database has: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Model

Rows = bytes | Iterable[Sequence[Any]]


def put(model: type[Model], columns: Sequence[str], rows: Rows) -> None:
    """Write rows in the caller's transaction; columns are those of the table, values as the database takes them.

    Bytes are rows already written as PostgreSQL's COPY takes them. Raises django.db.IntegrityError and its like,
    without the values that the database quotes: they would come to stand in a log.
    """
    try:
        _put(model._meta.db_table, columns, rows)
    except DatabaseError as error:
        raise type(error)(str(error).partition("\n")[0]) from None


def _put(table: str, columns: Sequence[str], rows: Rows) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if isinstance(rows, bytes):
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                copy.write(rows)
        elif connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["?"] * len(columns))
            plain = ([_plain(value) for value in row] for row in rows)
            cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain)  # noqa: S608


def written(at: datetime) -> str:
    """Return a moment as the database reads it in `put`; for one that stands in many rows."""
    return at.isoformat() if connection.vendor == "postgresql" else str(connection.ops.adapt_datetimefield_value(at))


def _plain(value: Any) -> Any:
    """Return a value as SQLite stores it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if isinstance(value, date) else value


def reserve_keys(model: type[Model], number: int) -> list[int]:
    """Return so many primary keys of a model that nobody else will ever be given, in the caller's transaction."""
    if not number:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            series = (
                f"SELECT array_agg(nextval(own.series)) FROM (SELECT pg_get_serial_sequence('{table}', 'id')::regclass "  # noqa: S608
                "AS series OFFSET 0) own, generate_series(1, %s)"
            )  # OFFSET 0: the series is looked up once, not for each key
            cursor.execute(series, [number])
            keys: list[int] = cursor.fetchone()[0]
            return keys
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = found[0] if found else 0
        keep = "UPDATE sqlite_sequence SET seq = %s WHERE name = %s"
        cursor.execute(
            keep if found else "INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)", [last + number, table]
        )
    return list(range(last + 1, last + number + 1))


def go_by_indexes() -> None:
    """Have PostgreSQL go by indexes until the transaction ends: it knows nothing yet of rows that were just written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
            )
