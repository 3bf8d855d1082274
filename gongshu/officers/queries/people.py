"""Officers within reach, their posts and training, and the courses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, visible
from gongshu.core.metrics.queries import by_organisations
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, standing, within
from gongshu.officers.enums import Permission
from gongshu.officers.metrics import DUTIES_OVERDUE, TRAINED, UNTRAINED
from gongshu.officers.models import Attendance, Course
from gongshu.officers.queries.needs import in_office, lacking, needs_of, with_training
from gongshu.officers.rules import Line, Place
from gongshu.organising.models import Holding

SHOWN_BELOW = 200
MOST_TICKS = 300


def people_for(actor: Actor) -> QuerySet[Holding]:
    """Return who is in office within reach, with their training."""
    rows = with_training(in_office()).select_related("committee__organisation")
    return visible(actor, Permission.SEE, rows, at="committee__organisation")


def person_for(actor: Actor, pk: int) -> Holding:
    """Return one post held, of now or of the past, within reach; raises Http404."""
    rows = with_training(Holding.objects.select_related("committee__organisation"))
    return get_object_or_404(visible(actor, Permission.SEE, rows, at="committee__organisation"), pk=pk)


def posts_of(holding: Holding) -> list[Holding]:
    """Return all posts somebody of this name held at this union, the latest first."""
    rows = Holding.objects.filter(committee__organisation=holding.committee.organisation, name=holding.name)
    return list(rows.select_related("committee").order_by("-from_on", "-pk"))


def training_of(holding: Holding) -> list[Attendance]:
    """Return the courses somebody of this name at this union came to, the latest first."""
    rows = Attendance.objects.filter(
        organisation=holding.committee.organisation, name=holding.name, course__state="held"
    )
    return list(rows.select_related("course__organisation").order_by("-course__until_on", "-pk"))


def courses_for(actor: Actor) -> QuerySet[Course]:
    """Return the courses held within reach, with how many came."""
    rows = Course.objects.select_related("organisation").annotate(people=Count("attendances"))
    return visible(actor, Permission.SEE, rows)


def course_for(actor: Actor, pk: int) -> Course:
    """Return one course within reach; raises Http404."""
    return get_object_or_404(courses_for(actor), pk=pk)


def roll_of(course: Course) -> list[Attendance]:
    """Return who came to a course, by the tree."""
    rows = Attendance.objects.filter(course=course).select_related("organisation")
    return list(rows.order_by("organisation__path", "pk"))


def offered(course: Course, *, on: date) -> list[Holding]:
    """Return whom a course is likely for: in a post of the union that asks for this topic, and not had; at most 300."""
    needs = [need for need in needs_of(on, course.organisation) if need.topic == course.topic]
    rows = in_office().filter(within(course.organisation, "committee__organisation")).filter(lacking(needs, on))
    return list(
        rows.select_related("committee__organisation").order_by("committee__organisation__path", "pk")[:MOST_TICKS]
    )


def unions_called(lines: Iterable[Line], under: Organisation) -> dict[str, list[Place]]:
    """Return the unions below an organisation by each name written on a roll; one query."""
    names = {line.union for line in lines if line.union}
    rows = standing().filter(within(under, "")).filter(Q(name__in=names) | Q(short_name__in=names))
    found: dict[str, list[Place]] = {}
    for pk, name, short in rows.values_list("pk", "name", "short_name"):
        for said in {name, short} & names:
            found.setdefault(said, []).append(Place(pk))
    return found


def holders_called(lines: Iterable[Line], under: Organisation) -> dict[str, list[Place]]:
    """Return the posts in office below an organisation by the holders' names on a roll; one query."""
    names = {line.name for line in lines}
    rows = in_office().filter(within(under, "committee__organisation"), name__in=names).order_by("-pk")
    found: dict[str, list[Place]] = {}
    for name, org, post in rows.values_list("name", "committee__organisation", "post"):
        found.setdefault(name, []).append(Place(org, post))
    return found


@dataclass(frozen=True)
class Figures:
    """An organisation's figures with all below it: person-times trained this year, untrained in time, duties late."""

    org: Organisation
    trained: int
    untrained: int
    late: int


def figures_below(org: Organisation, *, on: date) -> list[Figures]:
    """Return the figures of an organisation and of those directly below it; a fixed number of queries."""
    rows: Sequence[Organisation] = [org, *children(org)[:SHOWN_BELOW]]
    trained = by_organisations(TRAINED, rows, since=date(on.year, 1, 1), until=on)
    untrained, late = by_organisations(UNTRAINED, rows), by_organisations(DUTIES_OVERDUE, rows)
    return [Figures(row, trained[row.pk], untrained[row.pk], late[row.pk]) for row in rows]
