"""The shape of the record, and its way to and from JSON.

Whatever a person types is kept as typed (years and amounts too), so that a draft never loses a keystroke; `rules` says
what must be put right before the record is entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the clean text, `[start, end)` in code points, and the rule that found it."""

    start: int
    end: int
    rule: str = ""


@dataclass(slots=True)
class PersonEntry:
    """A person named: a code of `meetings.Part`, name, title."""

    id: str
    part: str
    name: str
    title: str = ""
    place: Place | None = None
    dropped: bool = False


@dataclass(slots=True)
class PointEntry:
    """A group present, a paper heard or adopted, an honour: a code of `meetings.PointKind` and its words."""

    id: str
    kind: str
    text: str
    place: Place | None = None
    dropped: bool = False


@dataclass(slots=True)
class Item:
    """A part of a programme."""

    text: str
    place: Place | None = None


@dataclass(slots=True)
class ProgrammeEntry:
    """A named scheme with its parts."""

    id: str
    name: str
    items: list[Item] = field(default_factory=list)
    place: Place | None = None
    dropped: bool = False


@dataclass(slots=True)
class TargetEntry:
    """A number to be reached, as typed, with its unit."""

    value: str
    unit: str
    place: Place | None = None


@dataclass(slots=True)
class TaskEntry:
    """A demand for work; `programme` is the id of the programme it belongs to, `item` the words of the part of it."""

    id: str
    text: str
    kind: str
    programme: str = ""
    item: str = ""
    deadline: str = ""
    owner: str = ""
    targets: list[TargetEntry] = field(default_factory=list)
    place: Place | None = None
    dropped: bool = False


Entry = PersonEntry | PointEntry | ProgrammeEntry | TaskEntry
PLAIN_FACTS = ("name", "kind", "session", "year", "month", "day", "place", "organiser")


@dataclass(slots=True)
class Facts:
    """The meeting's plain facts as typed; `found_at` says where each was found."""

    name: str = ""
    kind: str = "other"
    session: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    place: str = ""
    organiser: str = ""
    found_at: dict[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """Everything drawn from one document; `corrections` are the right words for doubtful repairs, by number."""

    facts: Facts = field(default_factory=Facts)
    people: list[PersonEntry] = field(default_factory=list)
    points: list[PointEntry] = field(default_factory=list)
    programmes: list[ProgrammeEntry] = field(default_factory=list)
    tasks: list[TaskEntry] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)
    last_number: int = 0

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, dropped ones too."""
        yield from self.people
        yield from self.points
        yield from self.programmes
        yield from self.tasks

    def new_id(self, letter: str) -> str:
        """Return an id that was never used in this record."""
        self.last_number += 1
        return f"{letter}{self.last_number}"

    @property
    def work(self) -> list[TaskEntry]:
        """Return the tasks that will be entered."""
        return [task for task in self.tasks if task.kind == "task" and not task.dropped]

    @property
    def live_programmes(self) -> list[ProgrammeEntry]:
        """Return the programmes that will be entered."""
        return [programme for programme in self.programmes if not programme.dropped]


def to_json(record: Record) -> dict[str, Any]:
    """Return the record as plain JSON values."""
    return asdict(record)


def _place(value: dict[str, Any] | None) -> Place | None:
    return Place(**value) if value else None


def _placed(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "place": _place(values["place"])}


def _programme(values: dict[str, Any]) -> ProgrammeEntry:
    return ProgrammeEntry(**{**_placed(values), "items": [Item(**_placed(item)) for item in values["items"]]})


def _task(values: dict[str, Any]) -> TaskEntry:
    targets = [TargetEntry(**_placed(target)) for target in values["targets"]]
    return TaskEntry(**{**_placed(values), "targets": targets})


def from_json(stored: dict[str, Any]) -> Record:
    """Return the record written by `to_json`."""
    facts = {**stored["facts"], "found_at": {k: Place(**v) for k, v in stored["facts"]["found_at"].items()}}
    return Record(
        facts=Facts(**facts),
        people=[PersonEntry(**_placed(row)) for row in stored["people"]],
        points=[PointEntry(**_placed(row)) for row in stored["points"]],
        programmes=[_programme(row) for row in stored["programmes"]],
        tasks=[_task(row) for row in stored["tasks"]],
        corrections=dict(stored["corrections"]),
        last_number=stored["last_number"],
    )
