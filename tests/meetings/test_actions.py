"""Recording and correcting meetings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError

from gongshu.core.base.problems import Refused
from gongshu.core.trail.queries import of as trail_of
from gongshu.meetings.actions import Stale, correct, record_meeting
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
    correct(meeting, better, version=1, by=world.actor("贵州省总"), at=NOW)
    assert facts_of(Meeting.objects.get()) == better
    entry = trail_of(meeting)[0]
    assert entry.summary == "更正会议记录：地点、人员"
    assert entry.detail["changed"]["place"] == ["贵阳", "贵阳市"]


def test_a_correction_that_changes_nothing_leaves_no_trace(world: World) -> None:
    meeting = make(world)
    correct(meeting, PLENARY, version=1, by=world.actor("贵州省总"), at=NOW)
    assert trail_of(meeting).count() == 1


def test_the_same_meeting_is_recorded_once(world: World) -> None:
    make(world)
    with pytest.raises(Refused) as refusal:
        make(world)
    assert refusal.value.problems[0].message == f"“{PLENARY.name}”（2023年2月24日）已有记录，没有重复入库"
    make(world, day=25)
    make(world, month=None, day=None)
    with pytest.raises(Refused):
        make(world, month=None, day=None)
    assert Meeting.objects.count() == 3


def test_the_database_itself_keeps_a_meeting_from_being_there_twice(world: World) -> None:
    meeting = make(world, month=None, day=None)
    meeting.pk = None
    with pytest.raises(IntegrityError):
        meeting.save(force_insert=True)


def test_a_correction_does_not_make_two_records_of_one_meeting(world: World) -> None:
    meeting = make(world)
    other = make(world, day=25)
    with pytest.raises(Refused) as refusal:
        correct(other, PLENARY, version=1, by=world.actor("贵州省总"), at=NOW)
    assert "已有记录" in refusal.value.problems[0].message
    assert facts_of(Meeting.objects.get(pk=meeting.pk)) == PLENARY


def test_who_corrects_second_is_told_by_whom_and_what(world: World) -> None:
    meeting, by = make(world), world.actor("贵州省总")
    correct(meeting, replace(PLENARY, place="贵阳市"), version=1, by=world.actor("中华全国总"), at=NOW)
    mine = replace(PLENARY, organiser="省总工会")
    with pytest.raises(Stale) as refusal:
        correct(meeting, mine, version=1, by=by, at=NOW)
    told = refusal.value.problems[0].message
    assert "中华全国总office已更正过这份记录，与您填写的不同：地点、主办" in told
    assert facts_of(Meeting.objects.get()).place == "贵阳市"

    correct(meeting, mine, version=refusal.value.version, by=by, at=NOW)
    assert facts_of(Meeting.objects.get()) == mine
