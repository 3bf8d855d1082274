"""Courses, rolls, and who still needs training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.metrics.queries import value
from gongshu.core.trail.models import Entry
from gongshu.officers import rules
from gongshu.officers.actions import training
from gongshu.officers.actions.training import Roll
from gongshu.officers.metrics import TRAINED, UNTRAINED
from gongshu.officers.models import Attendance, Course
from gongshu.officers.queries.needs import in_office, narrowed, needs_of
from gongshu.officers.queries.people import offered
from gongshu.officers.rules import Came, Line, Place
from tests.officers.samples import BASE, CITY, COUNTY, FACTS, FAR, OTHER, SISTER, held, planned
from tests.organising.samples import elected
from tests.worlds import BUILDER, NOW, World

ClientOf = Callable[..., Client]
FORM = {
    "title": "主席培训班", "topic": "induction", "from_on": "2026-02-24", "until_on": "2026-02-26", "hours": "24",
    "place": "",
}  # fmt: skip


def words(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.message for problem in refusal.value.problems]


def names(course: Course) -> list[tuple[str, str, str]]:
    rows = Attendance.objects.filter(course=course).select_related("organisation").order_by("pk")
    return [(row.name, row.organisation.short_name, row.post) for row in rows]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"title": " "}, ["title"]),
        ({"until_on": date(2026, 2, 23)}, ["until_on"]),
        ({"hours": Decimal(0)}, ["hours"]),
        ({"hours": Decimal("36.5")}, ["hours"]),
        ({"hours": Decimal(36)}, []),
    ],
)
def test_a_course_has_a_title_days_in_order_and_hours_that_fit_them(changes: dict, fields: list[str]) -> None:
    assert [problem.field for problem in rules.planning(replace(FACTS, **changes))] == fields


def test_each_line_of_a_roll_is_matched_or_refused_with_its_row() -> None:
    far_too_long = "何" * (rules.NAME_LENGTH + 1)
    lines = rules.read_roll(f"何立\n\n张一 甲工会\n王二，乙工会\n李三\n赵四\n钱五 丙工会\n{far_too_long}")
    assert lines[1:3] == [Line(3, "张一", "甲工会"), Line(4, "王二", "乙工会")]
    unions = {"甲工会": [Place(1)], "丙工会": [Place(3), Place(4)]}
    holders = {"何立": [Place(1, "chair")], "张一": [Place(1, "vice")], "李三": [Place(1, "chair"), Place(2, "chair")]}
    came, problems = rules.matching(lines, unions, holders)
    assert came == [Came("何立", 1, "chair"), Came("张一", 1, "vice")]
    assert [(each.row, each.message) for each in problems] == [
        (4, "本单位范围内没有叫“乙工会”的工会，请写全称"),
        (5, "不止一个工会有“李三”，请在姓名后空一格写上所在工会"),
        (6, "委员会任职名单里没有“赵四”，请在姓名后空一格写上所在工会"),
        (7, "不止一个叫“丙工会”的工会，请写全称"),
        (8, "姓名太长，请核对：一行一人，姓名和工会之间空一格"),
    ]


def test_a_roll_of_more_than_one_course_can_hold_is_refused() -> None:
    came = [Came(f"张{n}", n) for n in range(rules.MOST_PEOPLE + 1)]
    day = date(2026, 2, 26)
    assert [problem.message for problem in rules.recording(came, until_on=day, on=day)] == [
        f"一个班最多登记{rules.MOST_PEOPLE}人，请分班登记"
    ]
    assert rules.recording(came[1:], until_on=day, on=day) == []


def test_a_course_waits_at_the_organisers_desk_until_its_roll_is_written(world: World) -> None:
    course = planned(world)
    item = OpenItem.objects.get(kind="officers.course")
    assert (item.organisation, item.due_on, item.title) == (
        world.org(COUNTY), FACTS.until_on, "新任基层工会主席培训班：结束后登记参加人员",
    )  # fmt: skip
    elected(world, BASE)
    training.record(course, Roll(text=f"何立\n周六 {world.org(OTHER).name}"), by=BUILDER, at=NOW)
    assert names(course) == [("何立", BASE, "chair"), ("周六", OTHER, "")]
    assert OpenItem.objects.filter(kind="officers.course").count() == 0
    assert Entry.objects.filter(kind="officers.course").values_list("verb", flat=True).last() == "record"


def test_those_who_should_come_are_ticked_from_the_ledger_and_counted_once(world: World) -> None:
    elected(world, BASE, began=date(2025, 9, 1))
    course = planned(world)
    on = NOW.date()
    rows = offered(course, on=on)
    assert [(row.name, row.post) for row in rows] == [("何立", "chair"), ("张一", "vice")]
    training.record(course, Roll(ticked=[rows[0].pk], text="何立"), by=BUILDER, at=NOW)
    assert names(course) == [("何立", BASE, "chair")]
    assert [row.name for row in offered(planned(world, title="第二期"), on=on)] == ["张一"]


def test_a_roll_is_refused_before_the_end_when_empty_and_with_every_bad_line(world: World) -> None:
    later = planned(world, title="下月的班", until_on=NOW.date() + timedelta(days=1))
    with pytest.raises(Refused) as early:
        training.record(later, Roll(text=f"周六 {world.org(BASE).name}"), by=BUILDER, at=NOW)
    assert words(early) == ["培训还没有结束，结束后再登记参加人员"]
    course = planned(world)
    with pytest.raises(Refused) as empty:
        training.record(course, Roll(), by=BUILDER, at=NOW)
    assert "还没有参加人员" in words(empty)[0]
    with pytest.raises(Refused) as bad:
        training.record(course, Roll(text=f"周六 {world.org(FAR).name}\n吴七"), by=BUILDER, at=NOW)
    assert [problem.row for problem in bad.value.problems] == [1, 2]
    with pytest.raises(Refused):
        training.record(course, Roll(ticked=[999]), by=BUILDER, at=NOW)
    assert Attendance.objects.count() == 0


def test_a_roll_is_put_right_with_a_reason_and_does_not_count_meanwhile(world: World) -> None:
    org = world.org(COUNTY)
    course = held(world, f"周六 {world.org(BASE).name}\n吴七 {world.org(BASE).name}")
    year = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    assert value(TRAINED, org, **year) == 2
    with pytest.raises(Refused):
        training.reopen(course, reason=" ", by=BUILDER, at=NOW)
    training.reopen(course, reason="多写一人", by=BUILDER, at=NOW)
    assert value(TRAINED, org, **year) == 0
    training.record(course, Roll(text=f"周六 {world.org(BASE).name}"), by=BUILDER, at=NOW)
    assert value(TRAINED, org, **year, filters={"topic": "induction"}) == 1
    assert value(TRAINED, world.org(SISTER), **year) == 0
    with pytest.raises(Refused):
        training.change(course, FACTS, by=BUILDER, at=NOW)


def test_a_chair_is_untrained_after_twelve_months_and_never_again_once_trained(world: World) -> None:
    elected(world, BASE, began=date(2025, 3, 2))
    on, org = date(2026, 3, 2), world.org(COUNTY)

    def found(code: str, day: date) -> list[str]:
        return list(narrowed(in_office(), code, day, org).order_by("pk").values_list("name", flat=True))

    assert (found("waiting", on), found("overdue", on)) == (["何立", "张一"], [])
    assert found("overdue", on + timedelta(days=1)) == ["何立", "张一"]
    held(world, "何立")
    assert (found("overdue", on + timedelta(days=1)), found("trained", on)) == (["张一"], ["何立"])
    assert {need.clause.grade for need in needs_of(on)} == {"M"}


def test_the_number_untrained_rolls_up_the_tree(world: World) -> None:
    elected(world, BASE, began=date(2024, 3, 1))
    elected(world, FAR, began=date(2024, 3, 1))
    assert [value(UNTRAINED, world.org(name)) for name in (BASE, COUNTY, CITY, SISTER)] == [2, 2, 4, 0]


def test_two_courses_of_one_name_on_one_day_are_refused_but_a_cancelled_one_is_no_bar(world: World) -> None:
    first = planned(world)
    with pytest.raises(Refused) as refusal:
        planned(world)
    assert [problem.field for problem in refusal.value.problems] == ["title"]
    training.cancel(first, reason="改期", by=BUILDER, at=NOW)
    assert planned(world).state == "planned"


def test_nobody_plans_or_records_out_of_reach(world: World) -> None:
    course = planned(world)
    for act in (
        lambda by: training.plan(FACTS, organisation=world.org(COUNTY), by=by, at=NOW),
        lambda by: training.change(course, FACTS, by=by, at=NOW),
        lambda by: training.record(course, Roll(text=f"周六 {world.org(BASE).name}"), by=by, at=NOW),
        lambda by: training.cancel(course, reason="不办", by=by, at=NOW),
    ):
        for by in (world.actor(SISTER), world.actor(BASE, "base_officer"), world.actor(COUNTY, "leader")):
            with pytest.raises(Refused):
                act(by)
    assert Course.objects.get().state == "planned"


def test_a_county_plans_a_course_and_writes_its_roll_in_the_browser(world: World, client_of: ClientOf) -> None:
    elected(world, BASE, began=date(2025, 9, 1))
    client = client_of(COUNTY)
    assert client.post("/officers/courses/new/", FORM).status_code == 302
    course = Course.objects.get()
    address = course.get_absolute_url()
    page = client.get(f"{address}roll/").content.decode()
    assert ("何立" in page, f"{BASE}主席（2025年9月任职）" in page) == (True, True)
    refused = client.post(f"{address}roll/", {"roll": "周六"})
    said = refused.content.decode()
    assert (refused.status_code, "委员会任职名单里没有“周六”" in said, "周六</textarea>" in said) == (422, True, True)
    ticked = offered(course, on=timezone.localdate())[0].pk
    assert client.post(f"{address}roll/", {"ticked": [ticked], "roll": ""}).status_code == 302
    assert names(course) == [("何立", BASE, "chair")]
    assert client.post(f"{address}step/reopen/", {"note": ""}).status_code == 422
    assert client.post(f"{address}step/reopen/", {"note": "漏写"}).status_code == 302
    assert f"何立 {world.org(BASE).name}" in client.get(f"{address}roll/").content.decode()
    assert client.post(f"{address}step/record/").status_code == 404
    assert client.post(f"{address}edit/", {**FORM, "hours": "0"}).status_code == 422
    assert client.post(f"{address}edit/", {**FORM, "place": "县总会议室"}).status_code == 302


def test_a_base_union_sees_its_own_officers_record_and_nobody_elses(world: World, client_of: ClientOf) -> None:
    mine, other = elected(world, BASE).holdings.get(name="何立"), elected(world, OTHER).holdings.get(name="何立")
    held(world, f"何立 {world.org(BASE).name}")
    client = client_of(BASE, "base_officer")
    page = client.get(f"/officers/{mine.pk}/").content.decode()
    assert ("新任基层工会主席培训班" in page, "24学时" in page) == (True, True)
    assert client.get(f"/officers/{other.pk}/").status_code == 404
    listed = client.get("/officers/").content.decode()
    assert (f">{BASE}<" in listed, f">{OTHER}<" in listed) == (True, False)
    assert client.get("/officers/duties/").status_code == 403


def test_the_lists_and_figures_ask_as_many_questions_at_many_rows_as_at_few(world: World, client_of: ClientOf) -> None:
    client = client_of(CITY)
    asked: dict[str, list[int]] = {}
    for place, org in enumerate((BASE, OTHER, FAR)):
        elected(world, org, began=date(2024, 3, 1))
        held(world, f"何立 {world.org(org).name}", at=CITY, title=f"第{place}期")
        addresses = ("/officers/", "/officers/?need=overdue", "/officers/courses/", "/officers/figures/")
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as questions:
                assert client.get(address).status_code == 200
            asked.setdefault(address, []).append(len(questions))
    assert {address: len(set(counts)) for address, counts in asked.items()} == dict.fromkeys(asked, 1)
    for address in ("/officers/?export=xlsx", "/officers/courses/?export=xlsx"):
        assert client.get(address)["Content-Type"].startswith("application/vnd.openxmlformats")


def test_no_list_can_be_put_in_the_order_of_training(world: World, client_of: ClientOf) -> None:
    elected(world, BASE)
    page = client_of(COUNTY).get("/officers/").content.decode()
    assert ("sort=trained_on" in page, "sort=from_on" in page) == (False, True)
