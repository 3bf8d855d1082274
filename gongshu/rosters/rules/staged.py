"""A row that waits to be brought in, and many of them as one text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from gongshu.rosters.rules.checks import Told


class Staged(NamedTuple):
    """What a sound row tells; numbers in their normal form, empty where there is none, days as 2020-01-03 or None."""

    number: int
    organisation_id: int
    name: str
    id_number: str
    phone: str
    gender: str
    born_on: str | None
    form: str
    employer: str
    employer_code: str
    joined_on: str | None


def staged(told: Told, organisation_id: int) -> Staged:
    """Return a row that is sound, for the union it names."""
    return Staged(
        told.number, organisation_id, told.name, told.id_number, told.phone, told.gender, _written(told.born_on),
        told.form, told.employer, told.employer_code, _written(told.joined_on),
    )  # fmt: skip


def _written(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def pack(rows: Iterable[Staged]) -> str:
    """Return rows as one text."""
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> list[Staged]:
    """Return the rows in a text that `pack` made."""
    return [Staged(*row) for row in json.loads(text)]
