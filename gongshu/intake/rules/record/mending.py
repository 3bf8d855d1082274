"""Carrying a corrected character into everything drawn from its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongshu.intake.rules.marking import Mend
from gongshu.intake.rules.record.shape import PersonEntry, Place, PointEntry, ProgrammeEntry, Record

AROUND = 2


def carry(record: Record, before: Mapping[str, str], mended: Sequence[Mend], clean: str) -> dict[str, str]:
    """Write changed corrections into the words of `record` drawn from their places; return the fields changed.

    A word is only replaced where it stands between the same neighbours as in the text, so that what a person has
    already typed over stays.
    """
    changed: dict[str, str] = {}
    for mend in mended:
        key = str(mend.number)
        old, new = before.get(key) or mend.after, record.corrections.get(key) or mend.after
        if mend.doubtful and old != new:
            left, right = clean[max(mend.clean[0] - AROUND, 0) : mend.clean[0]], clean[mend.clean[1] :][:AROUND]
            for field, holder, name in _fields(record, mend):
                words = getattr(holder, name)
                for lead, tail in ((left, right), (left, ""), ("", right)):
                    if (lead or tail) and lead + old + tail in words:
                        setattr(holder, name, words.replace(lead + old + tail, lead + new + tail, 1))
                        changed[field] = getattr(holder, name)
                        break
    return changed


def _touches(place: Place | None, mend: Mend) -> bool:
    return place is not None and place.start <= mend.clean[0] and mend.clean[1] <= place.end


def _fields(record: Record, mend: Mend) -> Iterator[tuple[str, Any, str]]:
    """Yield (form field, holder, attribute) of all words drawn from the place of a repair."""
    for name, place in record.facts.found_at.items():
        if name in ("name", "place", "organiser") and _touches(place, mend):
            yield f"facts-{name}", record.facts, name
    for entry in record.entries():
        if not _touches(entry.place, mend):
            continue
        if isinstance(entry, ProgrammeEntry):
            names: tuple[str, ...] = ("name",)
        elif isinstance(entry, PersonEntry):
            names = ("name", "title")
        else:
            names = ("text",) if isinstance(entry, PointEntry) else ("text", "deadline", "owner")
        for name in names:
            yield f"{entry.id}-{name}", entry, name
