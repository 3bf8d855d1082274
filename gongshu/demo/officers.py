"""Courses held and planned, and the ledger of a province, a city and a county."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from gongshu.core.orgs.models import Organisation
from gongshu.demo.members import COUNTY
from gongshu.demo.stages import Setting
from gongshu.officers.actions import duties, training
from gongshu.officers.actions.training import Roll
from gongshu.officers.enums import OPEN_DUTIES, Topic
from gongshu.officers.models import Course, Duty
from gongshu.officers.queries.people import offered
from gongshu.officers.rules import CourseFacts, Doing

KEEPERS = ("贵州省总工会", "铜仁市总工会", COUNTY)
BACK = timedelta(days=75)  # the ledgers were opened so long ago, at most at the year's beginning
CAME = 12
COURSE = CourseFacts("演示·新任基层工会主席培训班", Topic.INDUCTION, date.min, date.min, Decimal(16), "县工人文化宫")


def build(setting: Setting) -> str:
    """Hold one course, leave one without its roll, plan one; open ledgers with one duty of the county late."""
    orgs = {row.name: row for row in Organisation.objects.filter(name__in=KEEPERS)}
    came = _courses(orgs, setting)
    count = sum(_ledger(orgs[name], setting) for name in KEEPERS)
    _do_what_was_due(orgs[COUNTY], setting)
    duties.remind_some(at=setting.at)
    return f"培训班 3 个（{came} 人参加过）；{len(KEEPERS)} 个单位的党建和廉政台账 {count} 件"


def _courses(orgs: dict[str, Organisation], setting: Setting) -> int:
    county, city = orgs[COUNTY], orgs["铜仁市总工会"]

    def plan(days: int, title: str, org: Organisation, topic: str = Topic.INDUCTION) -> Course:
        first = timezone.localdate(setting.at) + timedelta(days=days)
        facts = replace(COURSE, title=title, topic=topic, from_on=first, until_on=first + timedelta(days=1))
        return training.plan(facts, organisation=org, by=setting.by, at=setting.at)

    held = plan(-40, COURSE.title, county)
    people = [row.pk for row in offered(held, on=timezone.localdate(setting.at))[:CAME]]
    training.record(held, Roll(ticked=people), by=setting.by, at=setting.at)
    plan(-4, "演示·工会女职工工作培训班", county, Topic.WOMEN)
    plan(20, "演示·全市工会干部业务培训班", city, Topic.WORK)
    return len(people)


def _opened_at(setting: Setting) -> datetime:
    now = timezone.localtime(setting.at)
    return max(now - BACK, now.replace(month=1, day=1))


def _ledger(org: Organisation, setting: Setting) -> int:
    at = _opened_at(setting)
    return duties.open_year(timezone.localdate(at).year, organisation=org, by=setting.by, at=at)


def _do_what_was_due(county: Organisation, setting: Setting) -> None:
    """Let everybody have done what was due by now, but for the county's last one."""
    on = timezone.localdate(setting.at)
    past = list(Duty.objects.filter(state__in=OPEN_DUTIES, due_on__lt=on).order_by("organisation__path", "due_on"))
    late = [duty for duty in past if duty.organisation_id == county.pk][-1:]
    for duty in past:
        if duty not in late:
            doing = Doing(duty.due_on, "已办，有纪要（演示）")
            duties.finish(duty, doing, by=setting.by, at=setting.at)
