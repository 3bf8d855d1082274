"""From what reading found to the record a person looks through."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gongshu.intake.rules.record.assigning import assign
from gongshu.intake.rules.record.shape import (
    Facts,
    Item,
    PersonEntry,
    Place,
    PointEntry,
    ProgrammeEntry,
    Record,
    TargetEntry,
    TaskEntry,
)
from gongshu.meetings.enums import MeetingKind, Part, PointKind
from gongshu.meetings.rules import session_in
from gongshu.reading.model import Finding, InitiativeFinding, Meeting, PersonFinding, Quantity, Reading, TaskFinding

KINDS = {str(label): code for code, label in MeetingKind.choices}


def from_reading(reading: Reading) -> Record:
    """Return the record of a reading, its tasks assigned to the programmes they fall under."""
    record = Record(facts=_facts(reading.meeting))
    _people(record, reading.meeting)
    _points(record, reading.meeting)
    record.programmes = [_programme(record.new_id("g"), found) for found in reading.initiatives]
    record.tasks = [_task(record.new_id("t"), found) for found in reading.tasks]
    assign(record, reading.page)
    return record


def _at(found: Finding | PersonFinding | TaskFinding | InitiativeFinding) -> Place:
    return Place(found.span.start, found.span.end, found.rule)


def _facts(meeting: Meeting) -> Facts:
    named = {"name": meeting.name, "place": meeting.place, "organiser": meeting.organizer}
    facts = Facts(found_at={key: _at(found) for key, found in named.items() if found})
    for key, found in named.items():
        setattr(facts, key, found.value if found else "")
    facts.kind = KINDS.get(meeting.kind.value, "other") if meeting.kind else "other"
    if meeting.kind:
        facts.found_at["kind"] = _at(meeting.kind)
    if facts.name and (session := session_in(facts.name)):
        facts.session = session
        facts.found_at["session"] = facts.found_at["name"]
    if meeting.date:
        facts.year, facts.month, facts.day = date_parts(meeting.date.value)
        facts.found_at["date"] = _at(meeting.date)
    return facts


def date_parts(written: str) -> tuple[str, str, str]:
    """Split `2023-02-24`, `--02-24` or `2023-02` into year, month and day as typed; unknown parts stay empty."""
    year, month, day = "", "", ""
    if written.startswith("--"):
        month, _, day = written[2:].partition("-")
    else:
        year, _, rest = written.partition("-")
        month, _, day = rest.partition("-")
    return year, month.lstrip("0"), day.lstrip("0")


def _people(record: Record, meeting: Meeting) -> None:
    listed = (
        (Part.CHAIR, meeting.chair),
        (Part.SPEAKER, meeting.speakers),
        (Part.ATTENDEE, meeting.attendees_named),
        (Part.ELECTED, meeting.elected),
    )
    for part, people in listed:
        for found in people:
            record.people.append(PersonEntry(record.new_id("p"), part.value, found.name, found.title or "", _at(found)))


def _points(record: Record, meeting: Meeting) -> None:
    listed: tuple[tuple[PointKind, Iterable[Finding]], ...] = (
        (PointKind.GROUP, meeting.attendee_groups),
        (PointKind.HEARD, meeting.heard),
        (PointKind.ADOPTED, meeting.adopted),
        (PointKind.AWARD, meeting.awards),
    )
    for kind, lines in listed:
        for found in lines:
            record.points.append(PointEntry(record.new_id("n"), kind.value, found.value, _at(found)))


def _programme(key: str, found: InitiativeFinding) -> ProgrammeEntry:
    items = [Item(item.value, _at(item)) for item in found.items]
    return ProgrammeEntry(key, found.name, items, _at(found))


def _task(key: str, found: TaskFinding) -> TaskEntry:
    return TaskEntry(
        key,
        found.text,
        found.kind,
        deadline=found.deadline.value if found.deadline else "",
        owner=found.owner.value if found.owner else "",
        targets=[_target(quantity) for quantity in found.quantities],
        place=_at(found),
    )


def _target(quantity: Quantity) -> TargetEntry:
    value = Decimal(str(quantity.value))
    written = f"{value.normalize():f}"
    return TargetEntry(written, quantity.unit, Place(quantity.span.start, quantity.span.end, "quantity"))
