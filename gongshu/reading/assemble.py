"""A reading written as a record: the schema of the gold files, plus the clean text, places and rule names."""

from collections.abc import Iterable
from typing import Any

from gongshu.reading.model import (
    Finding,
    InitiativeFinding,
    Meeting,
    PersonFinding,
    Reading,
    Repair,
    Span,
    TaskFinding,
)

Record = dict[str, Any]


def assemble(reading: Reading, name: str = "") -> Record:
    """Return the record of a reading; `name` becomes its `id`."""
    return {
        "id": name,
        "truncated": "truncated" in reading.page.damage,
        "damage": list(reading.page.damage),
        "is_union_meeting": reading.is_union_meeting,
        "in_scope": reading.in_scope,
        "doc_type": reading.doc_type,
        "meeting": _meeting(reading.meeting),
        "tasks": [_task(task) for task in reading.tasks],
        "initiatives": [_initiative(initiative) for initiative in reading.initiatives],
        "clean_text": reading.page.text,
        "repairs": [_repair(repair) for repair in reading.page.repairs],
        "evidence": _evidence(reading),
    }


def _meeting(meeting: Meeting) -> Record:
    return {
        "name": _value(meeting.name),
        "kind": _value(meeting.kind) or "其他",
        "date": _value(meeting.date),
        "place": _value(meeting.place),
        "organizer": _value(meeting.organizer),
        "chair": [{"name": person.name, "title": person.title} for person in meeting.chair],
        "speakers": [{"name": person.name, "title": person.title} for person in meeting.speakers],
        "attendees_named": [person.name for person in meeting.attendees_named],
        "attendee_groups": [group.value for group in meeting.attendee_groups],
        "adopted": [item.value for item in meeting.adopted],
        "heard": [item.value for item in meeting.heard],
        "elected": [{"name": person.name, "post": person.title} for person in meeting.elected],
        "awards": [award.value for award in meeting.awards],
    }


def _task(task: TaskFinding) -> Record:
    return {
        "text": task.text,
        "kind": task.kind,
        "quantity": [{"value": _plain(q.value), "unit": q.unit} for q in task.quantities],
        "deadline": _value(task.deadline),
        "owner": _value(task.owner),
        "span": _span(task.span),
        "rule": task.rule,
    }


def _initiative(initiative: InitiativeFinding) -> Record:
    return {
        "name": initiative.name,
        "items": [item.value for item in initiative.items],
        "span": _span(initiative.span),
        "rule": initiative.rule,
    }


def _repair(repair: Repair) -> Record:
    return {
        "rule": repair.rule,
        "raw": _span(repair.raw),
        "clean": _span(repair.clean),
        "before": repair.before,
        "after": repair.after,
        "note": repair.note,
        "doubtful": repair.doubtful,
    }


def _evidence(reading: Reading) -> list[Record]:
    """Return where each fact of the meeting stands in the clean text and which rule found it."""
    meeting = reading.meeting
    single = {"name": meeting.name, "kind": meeting.kind, "date": meeting.date, "place": meeting.place}
    single["organizer"] = meeting.organizer
    rows = [_proof(field, found) for field, found in single.items() if found is not None]
    for field in ("chair", "speakers", "attendees_named", "elected"):
        people: Iterable[PersonFinding] = getattr(meeting, field)
        rows += [{"field": field, "value": p.name, "span": _span(p.span), "rule": p.rule} for p in people]
    for field in ("attendee_groups", "adopted", "heard", "awards"):
        found_there: Iterable[Finding] = getattr(meeting, field)
        rows += [_proof(field, found) for found in found_there]
    return rows


def _proof(field: str, found: Finding) -> Record:
    return {"field": field, "value": found.value, "span": _span(found.span), "rule": found.rule}


def _value(found: Finding | None) -> str | None:
    return found.value if found else None


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value
