"""Rotating the key ring: every sealed value and blind index written anew under the active keys, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models
from django.db.models import BinaryField, Count
from django.db.models.functions import Substr

from gongshu.core.base.keyring import KeyRing, add_keys
from gongshu.core.people.protected import Sealed, SealedField, ring, ring_path


@dataclass(frozen=True)
class Column:
    """A sealed column with its model and its blind index (empty when it has none)."""

    model: type[models.Model]
    field: SealedField

    @property
    def label(self) -> str:
        """Return `app.Model.field`, where the values are."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def sealed_as(self) -> str:
        """Return the name its values are sealed under: its own, or the column's they are on their way to."""
        return self.field.column_name


def columns() -> list[Column]:
    """Return every sealed column of every line of work, in the order of their names."""
    found = [
        Column(model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    ]
    return sorted(found, key=lambda column: column.label)


def add_active_keys(cipher: str) -> KeyRing:
    """Make new keys the active ones and return the ring; running processes take them up at their next value."""
    ring()  # makes the file where there is none yet
    add_keys(ring_path(), cipher)
    return ring()


def reseal(column: Column, after: int) -> tuple[int | None, int]:
    """Seal a batch of values after a key anew, in the caller's transaction.

    Returns the last key looked at (None at the end) and how many rows were written. Rows are locked, so a value that
    somebody changes at the same time is never overwritten with the old one.
    """
    keys, field = ring(), column.field
    names = ["pk", field.name, *([field.index] if field.index else [])]
    rows = column.model._default_manager.select_for_update().filter(pk__gt=after, **{f"{field.name}__isnull": False})
    found = list(rows.order_by("pk").values_list(*names)[: field.at_once])
    stale = [row for row in found if _is_stale(row[1], row[2] if field.index else None, keys)]
    _write(column, [(row[0], keys.open(column.sealed_as, row[1].raw)) for row in stale], keys)
    return (found[-1][0] if found else None), len(stale)


def _is_stale(value: Sealed, index: bytes | None, keys: KeyRing) -> bool:
    return value.version != keys.active or (index is not None and bytes(index)[0] != keys.active_index)


def _write(column: Column, texts: list[tuple[int, str]], keys: KeyRing) -> None:
    if not texts:
        return
    field, name = column.field, column.sealed_as
    sets = [f"{field.name} = %s"]
    if field.index:
        sets.append(f"{field.index} = %s")
    sql = f"UPDATE {column.model._meta.db_table} SET {', '.join(sets)} WHERE id = %s"  # noqa: S608 - our own names
    rows: list[tuple[bytes | int, ...]] = []
    for pk, text in texts:
        index = [keys.blind(name, text)] if field.index else []
        rows.append((keys.seal(name, text), *index, pk))
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def versions(column: Column) -> dict[int, int]:
    """Return how many values are sealed with each version of the key."""
    first = Substr(column.field.name, 1, 1, output_field=BinaryField())
    rows = column.model._default_manager.filter(**{f"{column.field.name}__isnull": False}).order_by()
    counted = rows.annotate(version=first).values("version").annotate(number=Count("pk"))
    return {bytes(version)[0]: number for version, number in counted.values_list("version", "number")}


def stale_columns() -> Iterator[tuple[Column, int]]:
    """Yield the columns that hold values under older keys, with how many."""
    active = ring().active
    for column in columns():
        old = sum(number for version, number in versions(column).items() if version != active)
        if old:
            yield column, old
