"""Kinds of venues as data an officer can read: `data/kinds.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongshu.core.statutes.lookup import clauses_of

FILE = Path(__file__).parents[1] / "data" / "kinds.toml"


UNSURE = ("C", "M")


@dataclass(frozen=True)
class Source:
    """Where a rule is said, in which words, and how sure we are of it (L A B C M); a citation for `Problem`."""

    label: str
    grade: str
    words: str = ""

    @property
    def needs_checking(self) -> bool:
        """Say whether 待核实 must stand beside it."""
        return self.grade in UNSURE


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


@cache
def _file() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _source(row: dict[str, Any]) -> Source:
    if "clause" not in row:
        return Source(row["source"], row["grade"], row.get("words", ""))
    instrument, article = row["clause"]
    clause = next(each for each in clauses_of(instrument) if each.article == article)
    return Source(clause.label, clause.grade, clause.words.strip())


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
