"""Kinds of venues as data an officer can read: `data/kinds.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "kinds.toml"


@dataclass(frozen=True)
class Source:
    """Where a rule is said and how sure we are of it (A B C M); a citation for `Problem`."""

    label: str
    grade: str
    words: str = ""


@dataclass(frozen=True)
class VenueKind:
    """A kind of venue: label, whom it serves, equipment it must and may have (code to label), where that is said."""

    code: str
    label: str
    serves: str
    required: dict[str, str]
    optional: dict[str, str]
    source: Source
    note: str = ""

    @property
    def equipment(self) -> dict[str, str]:
        """Return all equipment of the kind, the required first."""
        return {**self.required, **self.optional}


@dataclass(frozen=True)
class InspectionRule:
    """After how many days without an inspection an open venue is flagged, and who says so."""

    idle_days: int
    source: Source


@cache
def _file() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _source(row: dict[str, Any]) -> Source:
    return Source(row["source"], row["grade"], row.get("words", ""))


@cache
def kinds() -> dict[str, VenueKind]:
    """Return every kind by its code, in the file's order."""
    names: dict[str, str] = _file()["equipment"]
    return {
        code: VenueKind(
            code,
            row["label"],
            row["serves"],
            {item: names[item] for item in row["required"]},
            {item: names[item] for item in row["optional"]},
            _source(row),
            row.get("note", ""),
        )
        for code, row in _file()["kind"].items()
    }


def kind_choices() -> list[tuple[str, str]]:
    """Return (code, label) pairs."""
    return [(kind.code, kind.label) for kind in kinds().values()]


@cache
def inspection_rule() -> InspectionRule:
    """Return the rule on how long a venue may go without inspection."""
    row = _file()["inspection"]
    return InspectionRule(row["idle_days"], _source(row))
