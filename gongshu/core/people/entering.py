"""Many persons at once, all of them new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongshu.core.base.bulk import put, reserve_keys
from gongshu.core.people.models import Person

COLUMNS = ("id", "name", "id_number", "id_index", "phone", "phone_index", "gender", "born_on")


class Entrant(NamedTuple):
    """Somebody new: numbers sealed under the active key, with their blind indexes, None where there is none.

    `born_on` is a day as 1990-01-31.
    """

    name: str
    id_number: bytes | None
    id_index: bytes | None
    phone: bytes | None
    phone_index: bytes | None
    gender: str
    born_on: str | None


def enter(entrants: Sequence[Entrant]) -> list[int]:
    """Make persons in the caller's transaction and return their keys, in the same order.

    Raises IntegrityError when one of the identity numbers is there already. They are written in the order of their
    indexes, so that two callers with the same persons wait for each other and neither for ever.
    """
    keys = reserve_keys(Person, len(entrants))
    rows = [(key, *one) for key, one in zip(keys, entrants, strict=True)]
    put(Person, COLUMNS, sorted(rows, key=lambda row: row[3] or b""))
    return keys
