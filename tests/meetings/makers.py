"""Meetings for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongshu.meetings.actions import record_meeting
from gongshu.meetings.models import Meeting
from gongshu.meetings.rules.facts import Line, MeetingFacts, Named
from tests.worlds import NOW, World

PLENARY = MeetingFacts(
    name="贵州省总工会十四届十一次全委(扩大)会议",
    kind="plenary",
    year=2023,
    month=2,
    day=24,
    session="十四届十一次",
    place="贵阳",
    organiser="贵州省总工会",
    people=(
        Named("chair", "桑维亮", "省总工会主席"),
        Named("speaker", "桑维亮", "省总工会主席"),
        Named("attendee", "梁伟"),
    ),
    points=(Line("group", "省总工会十四届委员会委员"), Line("adopted", "工作报告")),
)


def make(world: World, org: str = "贵州省总", **changes: Any) -> Meeting:
    """Record the plenary, with changes."""
    facts = replace(PLENARY, **changes)
    return record_meeting(facts, organisation=world.org(org), source=None, by=world.actor(org), at=NOW)
