"""The only place that writes meeting records."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.files.models import Attachment
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.core.trail.queries import of as trail_of
from gongshu.meetings import rules
from gongshu.meetings.enums import Permission
from gongshu.meetings.models import Attendance, Meeting, Point
from gongshu.meetings.queries import facts_of, twin_of
from gongshu.meetings.rules.facts import MeetingFacts

WORDS = {
    **rules.LABELS,
    "kind": "类型",
    "year": "年",
    "month": "月",
    "day": "日",
    "people": "人员",
    "points": "事项",
}
COLUMNS = ("name", "kind", "year", "month", "day", "session", "place", "organiser")


class Stale(Refused):
    """Somebody corrected the record first; `version` is the one that stands now."""

    def __init__(self, meeting: Meeting, facts: MeetingFacts) -> None:
        now, typed = asdict(facts_of(meeting)), asdict(facts)
        apart = "、".join(WORDS[key] for key in now if now[key] != typed[key])
        who = trail_of(meeting)[0].who
        told = f"与您填写的不同：{apart}" if apart else "与您填写的相同"
        super().__init__(
            Refused.because(
                f"您打开本页以后，{who}已更正过这份记录，{told}。您填写的内容都还在；请对照现在的记录，再保存即以您的为准"
            ).problems
        )
        self.version = meeting.version


@transaction.atomic
def record_meeting(
    facts: MeetingFacts, *, organisation: Organisation, source: Attachment | None, by: Actor, at: datetime
) -> Meeting:
    """Record a meeting of `organisation`.

    Raises:
        Refused: when they may not record there, the facts lack a name or a year, or the meeting is recorded already.
    """
    require(by, Permission.EDIT, at=organisation)
    refuse_if(rules.problems(facts))
    hold_records(organisation)
    refuse_if(_twin_problems(organisation, facts))
    meeting = Meeting(organisation=organisation, source=source, created_at=at)
    _write(meeting, facts)
    trail.record("record", meeting, by=by, at=at, summary=f"会议入库：{meeting.name}", organisation_id=organisation.pk)
    return meeting


def hold_records(organisation: Organisation) -> None:
    """Let one transaction at a time enter meetings of an organisation, so that two do not enter the same meeting."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _twin_problems(organisation: Organisation, facts: MeetingFacts, but: Meeting | None = None) -> list[Problem]:
    twin = twin_of(organisation, facts, but=but)
    return [Problem(f"“{twin.name}”（{twin.date_text}）已有记录，没有重复入库", field="name")] if twin else []


@transaction.atomic
def correct(meeting: Meeting, facts: MeetingFacts, *, version: int, by: Actor, at: datetime) -> Meeting:
    """Put a record right that was looked at in `version`; the trail keeps what stood there before.

    Raises:
        Stale: when somebody corrected it since.
        Refused: when they may not, the facts lack a name or a year, or another record has the same name and date.
    """
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=meeting.pk)
    require(by, Permission.EDIT, at=fresh.organisation)
    refuse_if(rules.problems(facts))
    if fresh.version != version:
        raise Stale(fresh, facts)
    hold_records(fresh.organisation)
    refuse_if(_twin_problems(fresh.organisation, facts, but=fresh))
    before = asdict(facts_of(fresh))
    changed = {key: [old, new] for key, new in asdict(facts).items() if (old := before[key]) != new}
    if not changed:
        return fresh
    fresh.people.all().delete()
    fresh.points.all().delete()
    fresh.version += 1
    _write(fresh, facts)
    _note_correction(fresh, changed, by=by, at=at)
    return fresh


def _note_correction(meeting: Meeting, changed: dict[str, Any], *, by: Actor, at: datetime) -> None:
    summary = f"更正会议记录：{'、'.join(WORDS[key] for key in changed)}"
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
