"""From what a browser sent to the record: strict about names and choices, patient about what was typed.

A field is named `<id>-<field>`; targets `<id>-value-<n>` and `<id>-unit-<n>`; new entries `new-<sort>-<n>-<field>`.
Only ids of the stored record count, only choices that exist, and only characters a document may hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from gongshu.intake.enums import TaskKind
from gongshu.intake.rules.record.shape import (
    PLAIN_FACTS,
    Entry,
    Item,
    PersonEntry,
    PointEntry,
    ProgrammeEntry,
    Record,
    TargetEntry,
    TaskEntry,
)
from gongshu.meetings.enums import MeetingKind, Part, PointKind

MOST_NEW = 40
MOST_TARGETS = 20
LONGEST = 2000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
Posted = Mapping[str, str]
CHOICES: dict[str, Sequence[str]] = {
    "part": Part.values,
    "point": PointKind.values,
    "task": TaskKind.values,
    "meeting": MeetingKind.values,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A record as typed over, and which id each new entry got by the lead of its fields."""

    record: Record
    added: dict[str, str]


def from_post(stored: Record, posted: Posted) -> Typed:
    """Return the stored record as typed over by `posted`; what `posted` does not name stays as it was."""
    record = deepcopy(stored)
    added: dict[str, str] = {}
    _facts(record, posted)
    for person in record.people:
        _person(person, posted, person.id)
    for point in record.points:
        _point(point, posted, point.id)
    for programme in record.programmes:
        _programme(programme, posted, programme.id)
    _add(record, posted, added)
    known = {programme.id for programme in record.programmes}
    for task in record.tasks:
        _task(task, posted, task.id, known)
    _add_tasks(record, posted, known, added)
    _corrections(record, posted)
    return Typed(record, added)


def _words(posted: Posted, name: str, before: str, *, lines: bool = False) -> str:
    """Return what was typed into a field, on one line unless `lines`; `before` where the field was not sent."""
    typed = posted.get(name)
    if typed is None:
        return before
    clean = _CONTROL.sub("", typed.replace("\r\n", "\n")).strip()
    return clean if lines else " ".join(clean.split("\n"))


def _choice(posted: Posted, name: str, before: str, allowed: Sequence[str]) -> str:
    typed = posted.get(name, before)
    return typed if typed in allowed else before


def _dropped(entry: Entry, posted: Posted) -> None:
    """A box that is not ticked is not sent, so each entry also sends that it was shown."""
    if f"{entry.id}-shown" in posted:
        entry.dropped = f"{entry.id}-dropped" in posted


def _facts(record: Record, posted: Posted) -> None:
    for name in PLAIN_FACTS:
        before = getattr(record.facts, name)
        if name == "kind":
            record.facts.kind = _choice(posted, "facts-kind", before, CHOICES["meeting"])
        else:
            setattr(record.facts, name, _words(posted, f"facts-{name}", before))


def _person(person: PersonEntry, posted: Posted, lead: str) -> None:
    person.name = _words(posted, f"{lead}-name", person.name)
    person.title = _words(posted, f"{lead}-title", person.title)
    person.part = _choice(posted, f"{lead}-part", person.part, CHOICES["part"])
    _dropped(person, posted)


def _point(point: PointEntry, posted: Posted, lead: str) -> None:
    point.text = _words(posted, f"{lead}-text", point.text)
    point.kind = _choice(posted, f"{lead}-kind", point.kind, CHOICES["point"])
    _dropped(point, posted)


def _programme(programme: ProgrammeEntry, posted: Posted, lead: str) -> None:
    programme.name = _words(posted, f"{lead}-name", programme.name)
    if f"{lead}-items" in posted:
        places = {item.text: item.place for item in programme.items}
        typed = _words(posted, f"{lead}-items", "", lines=True).split("\n")
        wanted = dict.fromkeys(line.strip() for line in typed if line.strip())
        programme.items = [Item(text, places.get(text)) for text in wanted]
    _dropped(programme, posted)


def _task(task: TaskEntry, posted: Posted, lead: str, programmes: set[str]) -> None:
    for name in ("text", "deadline", "owner"):
        setattr(task, name, _words(posted, f"{lead}-{name}", getattr(task, name)))
    task.kind = _choice(posted, f"{lead}-kind", task.kind, CHOICES["task"])
    programme = _choice(posted, f"{lead}-programme", task.programme, ["", *programmes])
    if programme != task.programme:
        task.programme, task.item = programme, ""
    if f"{lead}-value-0" in posted:
        task.targets = _targets(task, posted, lead)
    _dropped(task, posted)


def _targets(task: TaskEntry, posted: Posted, lead: str) -> list[TargetEntry]:
    found = []
    for n in range(MOST_TARGETS):
        value, unit = (_words(posted, f"{lead}-{name}-{n}", "") for name in ("value", "unit"))
        old = task.targets[n] if n < len(task.targets) else None
        if value or unit:
            same = old is not None and (old.value, old.unit) == (value, unit)
            found.append(TargetEntry(value, unit, old.place if same and old else None))
    return found


def _new(posted: Posted, sort: str, field: str) -> list[str]:
    """Return the leads of the new entries of a sort whose `field` was filled in, in order."""
    leads = [f"new-{sort}-{n}" for n in range(MOST_NEW)]
    return [lead for lead in leads if _words(posted, f"{lead}-{field}", "")]


def _add(record: Record, posted: Posted, added: dict[str, str]) -> None:
    for lead in _new(posted, "person", "name"):
        person = PersonEntry(record.new_id("p"), Part.SPEAKER.value, "")
        _person(person, posted, lead)
        record.people.append(person)
        added[lead] = person.id
    for lead in _new(posted, "point", "text"):
        point = PointEntry(record.new_id("n"), PointKind.GROUP.value, "")
        _point(point, posted, lead)
        record.points.append(point)
        added[lead] = point.id
    for lead in _new(posted, "programme", "name"):
        programme = ProgrammeEntry(record.new_id("g"), "")
        _programme(programme, posted, lead)
        record.programmes.append(programme)
        added[lead] = programme.id


def _add_tasks(record: Record, posted: Posted, programmes: set[str], added: dict[str, str]) -> None:
    for lead in _new(posted, "task", "text"):
        task = TaskEntry(record.new_id("t"), "", TaskKind.TASK.value)
        _task(task, posted, lead, programmes)
        record.tasks.append(task)
        added[lead] = task.id


def _corrections(record: Record, posted: Posted) -> None:
    """Take the right words for doubtful places; a field left empty takes an earlier correction back."""
    for name in posted:
        number = name.removeprefix("fix-")
        if name != number and number.isdecimal() and len(number) <= 6:
            typed = _words(posted, name, "")
            if typed:
                record.corrections[number] = typed
            else:
                record.corrections.pop(number, None)
