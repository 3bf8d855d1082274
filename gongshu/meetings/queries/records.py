"""Reads of meeting records, narrowed to whoever reads."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, visible
from gongshu.core.orgs.models import Organisation
from gongshu.meetings.enums import Part, Permission, PointKind
from gongshu.meetings.models import Attendance, Meeting, Point
from gongshu.meetings.rules.facts import Line, MeetingFacts, Named


def meetings_for(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings they may see, newest first, with their organisations."""
    rows = Meeting.objects.select_related("organisation").order_by("-year", "-month", "-day", "-pk")
    return visible(actor, Permission.SEE, rows)


def meeting_for(actor: Actor, pk: int) -> Meeting:
    """Return one meeting they may see; raises Http404 otherwise."""
    return get_object_or_404(meetings_for(actor).select_related("source"), pk=pk)


def editable_for(actor: Actor, pk: int) -> Meeting:
    """Return one meeting they may correct; raises Http404 otherwise."""
    rows = visible(actor, Permission.EDIT, Meeting.objects.select_related("organisation"))
    return get_object_or_404(rows, pk=pk)


def years_for(actor: Actor) -> list[int]:
    """Return the years of the meetings they may see, newest first."""
    rows = visible(actor, Permission.SEE, Meeting.objects.all())
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def namesakes(organisation: Organisation, name: str, year: int) -> QuerySet[Meeting]:
    """Return the meetings of an organisation already recorded under this name in this year."""
    return Meeting.objects.filter(organisation=organisation, name=name, year=year).order_by("pk")


def twin_of(organisation: Organisation, facts: MeetingFacts, *, but: Meeting | None = None) -> Meeting | None:
    """Return another meeting of an organisation under the same name with the same date, as exact as that is."""
    same = namesakes(organisation, facts.name, facts.year or 0).filter(month=facts.month, day=facts.day)
    return (same.exclude(pk=but.pk) if but else same).first()


def facts_of(meeting: Meeting) -> MeetingFacts:
    """Return what is recorded of a meeting; two queries."""
    return MeetingFacts(
        name=meeting.name,
        kind=meeting.kind,
        year=meeting.year,
        month=meeting.month,
        day=meeting.day,
        session=meeting.session,
        place=meeting.place,
        organiser=meeting.organiser,
        people=tuple(Named(row.part, row.name, row.title) for row in meeting.people.all()),
        points=tuple(Line(row.kind, row.text) for row in meeting.points.all()),
    )


def people_by_part(meeting: Meeting) -> list[tuple[str, list[Attendance]]]:
    """Return the people in the record by what they did, parts without anybody left out; one query."""
    rows = list(meeting.people.all())
    return [(part.label, found) for part in Part if (found := [row for row in rows if row.part == part])]


def points_by_kind(meeting: Meeting) -> list[tuple[str, list[Point]]]:
    """Return the lines of the record by kind, kinds without any left out; one query."""
    rows = list(meeting.points.all())
    return [(kind.label, found) for kind in PointKind if (found := [row for row in rows if row.kind == kind])]
