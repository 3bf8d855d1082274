"""How long personal data is kept: `privacy.toml`, as rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Rule:
    """A column of a model (its label) and after how many days it is cleared."""

    model: str
    column: str
    days: int


def rules() -> Iterator[Rule]:
    """Yield the columns that are to be cleared, in the order of the file."""
    stated = tomllib.loads(Path(settings.PRIVACY_FILE).read_text(encoding="utf-8"))
    for name, row in stated.items():
        if "clear_after_days" in row:
            model, _, column = name.rpartition(".")
            yield Rule(model, column, int(row["clear_after_days"]))


def days_of(name: str) -> int:
    """Return after how many days a column, `app.Model.column`, is cleared; raises KeyError where none are stated."""
    return {f"{rule.model}.{rule.column}": rule.days for rule in rules()}[name]
