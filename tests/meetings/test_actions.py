"""Recording and correcting meetings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.trail.queries import of as trail_of
from gongshu.meetings.actions import correct, record_meeting
from gongshu.meetings.models import Attendance, Meeting
from gongshu.meetings.queries import facts_of
from gongshu.meetings.rules.facts import Named
from tests.meetings.makers import PLENARY, make
from tests.worlds import NOW, World


def test_what_is_recorded_is_what_was_said(world: World) -> None:
    meeting = make(world)
    assert facts_of(meeting) == PLENARY
    assert meeting.date_text == "2023年2月24日"
    assert [entry.summary for entry in trail_of(meeting)] == [f"会议入库：{PLENARY.name}"]


def test_a_meeting_without_a_year_is_refused_and_leaves_nothing(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        make(world, year=None)
    assert [problem.field for problem in refusal.value.problems] == ["year"]
    assert (Meeting.objects.count(), Attendance.objects.count()) == (0, 0)


def test_a_date_is_as_exact_as_the_record(world: World) -> None:
    assert make(world, day=None).date_text == "2023年2月"
    whole_year = make(world, month=None, day=None)
    assert (whole_year.date_text, whole_year.held_on) == ("2023年", None)


def test_a_city_cannot_record_a_meeting_of_the_province(world: World) -> None:
    with pytest.raises(Refused):
        record_meeting(PLENARY, organisation=world.org("贵州省总"), source=None, by=world.actor("贵阳市总"), at=NOW)
    assert Meeting.objects.count() == 0


def test_a_correction_replaces_people_and_the_trail_keeps_what_stood_there(world: World) -> None:
    meeting = make(world)
    better = replace(PLENARY, place="贵阳市", people=(Named("chair", "桑维亮", "省人大常委会副主任"),))
    correct(meeting, better, by=world.actor("贵州省总"), at=NOW)
    assert facts_of(Meeting.objects.get()) == better
    entry = trail_of(meeting)[0]
    assert entry.summary == "更正会议记录：地点、人员"
    assert entry.detail["changed"]["place"] == ["贵阳", "贵阳市"]


def test_a_correction_that_changes_nothing_leaves_no_trace(world: World) -> None:
    meeting = make(world)
    correct(meeting, PLENARY, by=world.actor("贵州省总"), at=NOW)
    assert trail_of(meeting).count() == 1
