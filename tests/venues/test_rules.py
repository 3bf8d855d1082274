"""What stands in the way of a venue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongshu.venues.rules import checks
from gongshu.venues.rules.checks import Finding
from gongshu.venues.rules.kinds import kinds
from tests.venues.samples import FULL

TODAY = date(2026, 3, 2)
DRIVER_HOME = kinds()["driver_home"]


def said(problems: list) -> list[str]:
    return [problem.message for problem in problems]


def test_a_full_driver_home_may_be_registered_and_opened():
    assert checks.registering(FULL, DRIVER_HOME) == []
    assert checks.opening(FULL, DRIVER_HOME) == []


def test_a_driver_home_without_a_shower_may_not_open_and_the_notice_is_named():
    problems = checks.opening(replace(FULL, equipment=[e for e in FULL.equipment if e != "shower"]), DRIVER_HOME)
    assert said(problems) == ["司机之家还缺：淋浴"]
    assert problems[0].clause
    assert "交办运函〔2025〕1059号" in problems[0].clause.label
    assert problems[0].clause.grade == "A"


def test_opening_needs_an_address_and_hours():
    problems = checks.opening(replace(FULL, address=" ", hours=[]), DRIVER_HOME)
    assert [problem.field for problem in problems] == ["address", "hours"]


def test_a_kind_must_exist_and_a_venue_must_have_a_name_and_only_its_kind_of_equipment():
    assert said(checks.registering(replace(FULL, kind="castle"), None)) == ["没有这类阵地"]
    problems = checks.registering(replace(FULL, name=" ", equipment=["counter"]), DRIVER_HOME)
    assert [problem.field for problem in problems] == ["name", "equipment"]


@pytest.mark.parametrize("phone", ["", "0856-1234567", "1234567", "(0856) 1234567", "0851-12345678-801"])
def test_an_office_line_is_taken(phone: str):
    assert checks.phone_problems(phone) == []


@pytest.mark.parametrize("phone", ["13800138000", "+86 138-0013-8000", "abc", "12"])
def test_a_persons_mobile_and_what_is_no_number_are_not_taken(phone: str):
    assert [problem.field for problem in checks.phone_problems(phone)] == ["phone"]


def test_workers_are_told_why_a_venue_closes():
    assert said(checks.closing(" ")) == ["请写明原因，将在阵地页面上公布"]
    assert checks.closing("装修") == []


@pytest.mark.parametrize(
    ("sound", "note", "due_on", "fields"),
    [
        (True, "", None, []),
        (False, "热水器坏了", None, []),
        (False, "热水器坏了", TODAY, []),
        (False, "", None, ["note"]),
        (True, "", TODAY, ["due_on"]),
        (False, "坏了", date(2026, 3, 1), ["due_on"]),
    ],
)
def test_an_inspection_says_what_is_wrong_and_gives_no_date_in_the_past(sound, note, due_on, fields):
    problems = checks.inspecting([Finding("shower", sound)], note, due_on, on=TODAY)
    assert [problem.field for problem in problems] == fields


@pytest.mark.parametrize(
    ("on", "before"),
    [
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2026, 3, 2), date(2025, 9, 2)),
        (date(2026, 6, 30), date(2025, 12, 30)),
    ],
)
def test_months_are_counted_by_the_calendar(on: date, before: date):
    assert checks.months_before(6, on=on) == before


def test_every_kind_names_its_equipment_and_says_where_it_is_written():
    for kind in kinds().values():
        assert kind.required
        assert not kind.required.keys() & kind.optional.keys()
        assert kind.source.label


def test_what_was_not_read_at_its_source_is_marked():
    unsure = {code for code, kind in kinds().items() if kind.source.needs_checking}
    assert unsure == {"rest_stop", "service_centre", "reading_room", "workers_home", "culture_palace"}
