"""Courses and duties for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gongshu.officers.actions import duties, training
from gongshu.officers.actions.duties import NewDuty
from gongshu.officers.actions.training import Roll
from gongshu.officers.enums import Topic
from gongshu.officers.models import Course, Duty
from gongshu.officers.rules import CourseFacts
from tests.worlds import BUILDER, NOW, World

COUNTY, CITY, SISTER = "松桃苗族自治县总", "铜仁市总", "贵阳市总"
BASE, OTHER, FAR = "松桃苗族自治县1号企业", "松桃苗族自治县2号企业", "碧江区1号企业"
FACTS = CourseFacts(
    "新任基层工会主席培训班", Topic.INDUCTION, date(2026, 2, 24), date(2026, 2, 26), Decimal(24), "县工人文化宫"
)


def planned(world: World, at: str = COUNTY, **changes: object) -> Course:
    """Return a course that is over and waits for its roll."""
    return training.plan(replace(FACTS, **changes), organisation=world.org(at), by=BUILDER, at=NOW)


def held(world: World, roll: str, at: str = COUNTY, **changes: object) -> Course:
    """Return a course with who came to it."""
    return training.record(planned(world, at, **changes), Roll(text=roll), by=BUILDER, at=NOW)


def duty(world: World, at: str = COUNTY, title: str = "传达学习会议精神", due_on: date = date(2026, 3, 10)) -> Duty:
    """Return a duty entered by hand."""
    return duties.add(NewDuty(title, "chair", due_on), organisation=world.org(at), by=BUILDER, at=NOW)
