"""Many persons at once, from a table in which they stand checked and sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from gongshu.core.people.models import Person

COLUMNS = ("name", "id_number", "id_index", "phone", "phone_index", "gender", "born_on")


@dataclass(frozen=True)
class Waiting:
    """Rows that wait in a table: its model, and the SQL condition on its rows (known as `w`) with its values.

    The table has the columns of persons, sealed as theirs, and `person_key`: the key a row's person will have, which
    was reserved for it.
    """

    model: type[models.Model]
    where: str
    values: Sequence[Any]

    @property
    def table(self) -> str:
        """Return the name of the table."""
        return self.model._meta.db_table


def enter(waiting: Waiting) -> int:
    """Make the persons that wait, in the caller's transaction; return how many.

    Whoever is there already, by key or by identity number, is left as they are. Two callers with the same persons wait
    for each other in the order of the numbers.
    """
    names = ", ".join(COLUMNS)
    of_row = ", ".join(f"w.{name}" for name in COLUMNS)
    sql = (
        f"INSERT INTO {Person._meta.db_table} (id, {names}) SELECT w.person_key, {of_row} "  # noqa: S608 - our own names
        f"FROM {waiting.table} w WHERE {waiting.where} ORDER BY w.id_index, w.person_key ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, list(waiting.values))
        return int(cursor.rowcount)
