"""Reads of meeting records, and of what other lines made of them."""

from gongshu.meetings.queries.records import (
    editable_for,
    facts_of,
    meeting_for,
    meetings_for,
    namesakes,
    people_by_part,
    points_by_kind,
    twin_of,
    years_for,
)

__all__ = [
    "editable_for",
    "facts_of",
    "meeting_for",
    "meetings_for",
    "namesakes",
    "people_by_part",
    "points_by_kind",
    "twin_of",
    "years_for",
]
