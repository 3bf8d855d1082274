"""Courses planned, and who came written down once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.officers import rules
from gongshu.officers.enums import Permission
from gongshu.officers.models import Attendance, Course
from gongshu.officers.queries.people import holders_called, offered, unions_called
from gongshu.officers.rules import Came, CourseFacts

TAKEN = Problem("本单位同一天已有同名的培训班，请核对", field="title")


@dataclass(frozen=True)
class Roll:
    """Who came: keys of the posts ticked among those offered, and lines written by hand."""

    ticked: Sequence[int] = field(default_factory=tuple)
    text: str = ""


def plan(facts: CourseFacts, *, organisation: Organisation, by: Actor, at: datetime) -> Course:
    """Write down a course; it waits at the organiser's desk until it is said who came. Raises Refused."""
    require(by, Permission.TRAIN, at=organisation)
    refuse_if(rules.planning(facts))
    course = _fill(Course(organisation=organisation), facts)
    try:
        return flow.start(course, by=by, at=at, summary=f"安排培训：{course.title}")
    except IntegrityError as error:
        raise Refused([TAKEN]) from error


def change(course: Course, facts: CourseFacts, *, by: Actor, at: datetime) -> Course:
    """Change what is told of a course not yet held; raises Refused."""
    refuse_if(rules.planning(facts))
    try:
        with transaction.atomic():
            row = Course.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=course.pk)
            require(by, Permission.TRAIN, at=row.organisation)
            if row.state != "planned":
                raise Refused.because(f"培训{row.state_label}，不能再改安排")
            _fill(row, facts).save()
            summary = f"修改培训安排：{row.title}"
            trail.record("change", row, by=by, at=at, summary=summary, organisation_id=row.organisation_id)
            flow.refresh(row)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error
    return row


def _fill(course: Course, facts: CourseFacts) -> Course:
    course.title, course.topic, course.place = facts.title.strip(), facts.topic, facts.place.strip()
    course.from_on, course.until_on, course.hours = facts.from_on, facts.until_on, facts.hours
    return course


def record(course: Course, roll: Roll, *, by: Actor, at: datetime) -> Course:
    """Write down who came to a course, in the place of what was written before; raises Refused with each bad row."""
    on = timezone.localdate(at)
    with transaction.atomic():
        came = _who(course, roll, at=at)
        facts = {"came": came, "on": on, "note": f"{len(came)}人"}
        flow.advance(course, "record", by=by, at=at, facts=facts)
        Attendance.objects.filter(course=course).delete()
        Attendance.objects.bulk_create(
            [Attendance(course=course, organisation_id=each.union, name=each.name, post=each.post) for each in came],
            batch_size=500,
        )
    return course


def _who(course: Course, roll: Roll, *, at: datetime) -> list[Came]:
    lines = rules.read_roll(roll.text)
    under = course.organisation
    written, problems = rules.matching(lines, unions_called(lines, under), holders_called(lines, under))
    refuse_if(problems)
    known = {row.pk: row for row in offered(course, on=timezone.localdate(at))}
    if set(roll.ticked) - known.keys():
        raise Refused.because("名单刚刚有变化，请刷新后重新勾选", field="ticked")
    ticked = [Came(known[pk].name, known[pk].committee.organisation_id, known[pk].post) for pk in roll.ticked]
    return rules.once([*ticked, *written])


def reopen(course: Course, *, reason: str, by: Actor, at: datetime) -> Course:
    """Open the roll of a course again, to put it right; raises Refused."""
    return flow.advance(course, "reopen", by=by, at=at, facts={"note": reason})


def cancel(course: Course, *, reason: str, by: Actor, at: datetime) -> Course:
    """Say that a course does not take place; raises Refused."""
    return flow.advance(course, "cancel", by=by, at=at, facts={"note": reason})
