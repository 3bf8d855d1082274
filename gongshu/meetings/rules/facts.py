"""What a record of a meeting holds, on its way between a form, a document and the ledger. Pure shapes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A person named in the record: a code of `Part`, the name, the title as it stands in the text."""

    part: str
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record: a code of `PointKind` and its words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """Everything recorded of a meeting; `year` None where nobody has said it yet."""

    name: str
    kind: str
    year: int | None
    month: int | None = None
    day: int | None = None
    session: str = ""
    place: str = ""
    organiser: str = ""
    people: tuple[Named, ...] = ()
    points: tuple[Line, ...] = ()
