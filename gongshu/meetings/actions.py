"""The only place that writes meeting records."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import refuse_if
from gongshu.core.files.models import Attachment
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.meetings import rules
from gongshu.meetings.enums import Permission
from gongshu.meetings.models import Attendance, Meeting, Point
from gongshu.meetings.queries import facts_of
from gongshu.meetings.rules.facts import MeetingFacts

COLUMNS = ("name", "kind", "year", "month", "day", "session", "place", "organiser")


@transaction.atomic
def record_meeting(
    facts: MeetingFacts, *, organisation: Organisation, source: Attachment | None, by: Actor, at: datetime
) -> Meeting:
    """Record a meeting of `organisation`.

    Raises:
        Refused: when they may not record there, or the facts lack a name or a year.
    """
    require(by, Permission.EDIT, at=organisation)
    refuse_if(rules.problems(facts))
    meeting = Meeting(organisation=organisation, source=source, created_at=at)
    _write(meeting, facts)
    trail.record("record", meeting, by=by, at=at, summary=f"会议入库：{meeting.name}", organisation_id=organisation.pk)
    return meeting


@transaction.atomic
def correct(meeting: Meeting, facts: MeetingFacts, *, by: Actor, at: datetime) -> Meeting:
    """Put a record right; the trail keeps what stood there before.

    Raises:
        Refused: when they may not, or the facts lack a name or a year.
    """
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    require(by, Permission.EDIT, at=fresh.organisation)
    refuse_if(rules.problems(facts))
    before = asdict(facts_of(fresh))
    changed = {key: [old, new] for key, new in asdict(facts).items() if (old := before[key]) != new}
    if not changed:
        return fresh
    fresh.people.all().delete()
    fresh.points.all().delete()
    _write(fresh, facts)
    _note_correction(fresh, changed, by=by, at=at)
    return fresh


def _note_correction(meeting: Meeting, changed: dict[str, Any], *, by: Actor, at: datetime) -> None:
    words = {
        **rules.LABELS,
        "kind": "类型",
        "year": "年",
        "month": "月",
        "day": "日",
        "people": "人员",
        "points": "事项",
    }
    summary = f"更正会议记录：{'、'.join(words[key] for key in changed)}"
    detail = {"changed": changed}
    trail.record(
        "correct", meeting, by=by, at=at, summary=summary, detail=detail, organisation_id=meeting.organisation_id
    )


def _write(meeting: Meeting, facts: MeetingFacts) -> None:
    for column in COLUMNS:
        setattr(meeting, column, getattr(facts, column))
    meeting.save()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, position=n, part=row.part, name=row.name, title=row.title)
        for n, row in enumerate(facts.people)
    )
    Point.objects.bulk_create(
        Point(meeting=meeting, position=n, kind=row.kind, text=row.text) for n, row in enumerate(facts.points)
    )
