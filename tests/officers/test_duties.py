"""The ledger of Party building and integrity: what a year asks, reminders, done in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.messages.models import Message
from gongshu.core.metrics.queries import value
from gongshu.core.statutes.lookup import clauses_of
from gongshu.officers import rules
from gongshu.officers.actions import duties
from gongshu.officers.metrics import DUTIES_OVERDUE
from gongshu.officers.models import Duty
from gongshu.officers.rules import Doing
from tests.officers.samples import BASE, CITY, COUNTY, SISTER, duty
from tests.organising.samples import elected
from tests.worlds import BUILDER, NOW, World

ClientOf = Callable[..., Client]
TODAY = NOW.date()
DONE = Doing(TODAY, "3月2日党组会学习，定了3项分工")


def opened(world: World, at: str = COUNTY) -> int:
    return duties.open_year(2026, organisation=world.org(at), by=BUILDER, at=NOW)


def test_every_rule_of_the_ledger_is_shown_to_be_checked() -> None:
    rows = clauses_of("party-ledger")
    assert all(row.needs_checking for row in rows)
    personal = {row.article for row in rows if not row["takes_file"]}
    assert personal == {"talks", "report-duty", "own-matters"}


def test_days_are_the_last_of_months_that_have_fewer() -> None:
    assert rules.due_days(2028, [12, 2], 31) == [date(2028, 2, 29), date(2028, 12, 31)]


def test_a_year_lists_what_is_still_ahead_once(world: World) -> None:
    count = opened(world)
    assert count == Duty.objects.count() == 10 + 4 + 2 + 1 + 1 + 1
    assert Duty.objects.filter(due_on__lt=TODAY).count() == 0
    assert opened(world) == 0
    first = Duty.objects.filter(kind="first-topic").earliest("due_on")
    assert (first.title, first.due_on, first.state) == ("“第一议题”学习（3月）", date(2026, 3, 31), "ahead")
    assert OpenItem.objects.filter(kind="officers.duty").count() == 0


def test_a_level_without_rules_and_a_year_gone_by_are_refused(world: World) -> None:
    for year, org in ((2026, BASE), (2025, COUNTY)):
        with pytest.raises(Refused):
            duties.open_year(year, organisation=world.org(org), by=BUILDER, at=NOW)


def test_a_duty_enters_the_inbox_fifteen_days_before_and_tells_its_keepers_once(world: World) -> None:
    world.account(COUNTY)
    opened(world)
    before = datetime(2026, 3, 15, 7, tzinfo=NOW.tzinfo)
    assert duties.remind_some(at=before)[0] == 0
    at = before + timedelta(days=1)
    count, last = duties.remind_some(at=at)
    assert (count, OpenItem.objects.filter(kind="officers.duty").count(), last > 0) == (2, 2, True)
    assert duties.remind_some(at=at, after=last) == (0, 0)
    assert duties.remind_some(at=at) == (0, 0)
    assert sorted(Message.objects.values_list("subject", flat=True)) == [
        "快到期：“第一议题”学习（3月）", "快到期：理论学习中心组集体学习（3月）",
    ]  # fmt: skip


def test_a_duty_is_done_in_one_line_and_can_be_taken_back_with_a_reason(world: World) -> None:
    row = duty(world)
    assert row.state == "due"
    with pytest.raises(Refused) as refusal:
        duties.finish(row, Doing(TODAY + timedelta(days=1), " "), by=BUILDER, at=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["note", "done_on"]
    duties.finish(row, DONE, by=world.actor(COUNTY), at=NOW)
    assert (row.state, row.done_on, OpenItem.objects.filter(kind="officers.duty").exists()) == ("done", TODAY, False)
    with pytest.raises(Refused):
        duties.reopen(row, reason="", by=BUILDER, at=NOW)
    duties.reopen(row, reason="日期写错", by=BUILDER, at=NOW)
    assert (row.state, row.done_on) == ("due", None)
    duties.drop(row, reason="上级改期", by=BUILDER, at=NOW)
    assert row.state == "dropped"


def test_what_touches_persons_takes_no_file(world: World) -> None:
    opened(world)
    talk = Duty.objects.filter(kind="talks").earliest("due_on")
    with pytest.raises(Refused) as refusal:
        duties.finish(talk, Doing(TODAY, "已办", has_file=True), by=BUILDER, at=NOW)
    assert "不收附件" in refusal.value.problems[0].message
    assert duties.finish(talk, Doing(TODAY, "已办"), by=BUILDER, at=NOW).state == "done"


def test_what_is_late_is_counted_up_the_tree(world: World) -> None:
    duty(world)
    assert value(DUTIES_OVERDUE, world.org(CITY)) == 1
    assert value(DUTIES_OVERDUE, world.org(SISTER)) == 0
    duties.finish(Duty.objects.get(), DONE, by=BUILDER, at=NOW)
    assert value(DUTIES_OVERDUE, world.org(CITY)) == 0


def test_a_ledger_kept_last_year_goes_on_by_itself_and_others_do_not(world: World) -> None:
    opened(world)
    duty(world, at=CITY)
    later = NOW.replace(year=2027, month=1, day=2)
    assert duties.carry_on_some(at=later)[0] == 1
    found = Duty.objects.filter(due_on__year=2027)
    assert {row.organisation_id for row in found} == {world.org(COUNTY).pk}
    assert found.get(kind="own-matters").due_on == date(2027, 1, 31)
    assert duties.carry_on_some(at=later) == (0, 0)


def test_nobody_writes_in_a_ledger_out_of_reach(world: World) -> None:
    row = duty(world)
    for by in (world.actor(SISTER), world.actor(COUNTY, "leader"), world.actor(BASE, "base_officer")):
        for act in (
            lambda by: duties.open_year(2026, organisation=world.org(COUNTY), by=by, at=NOW),
            lambda by: duties.finish(row, DONE, by=by, at=NOW),
            lambda by: duties.drop(row, reason="无关", by=by, at=NOW),
        ):
            with pytest.raises(Refused):
                act(by)
    assert Duty.objects.get().state == "due"


def test_a_county_keeps_its_ledger_in_the_browser(world: World, client_of: ClientOf) -> None:
    elected(world, COUNTY, years=5)
    client, year = client_of(COUNTY), timezone.localdate().year
    assert f"列出{year}年台账" in client.get("/officers/duties/").content.decode()
    assert client.post("/officers/duties/open/", {"year": "1999"}).status_code == 422
    assert client.post("/officers/duties/open/", {"year": year}).status_code == 302
    listed = client.get("/officers/duties/").content.decode()
    assert (f"列出{year}年台账" in listed, "“第一议题”学习" in listed) == (False, True)
    due = timezone.localdate() + timedelta(days=2)
    new = {"title": "传达学习会议精神", "post": "chair", "due_on": due.isoformat()}
    assert client.post("/officers/duties/new/", new).status_code == 302
    assert client.post("/officers/duties/new/", new).status_code == 422
    row = Duty.objects.get(kind="other")
    address = row.get_absolute_url()
    assert "现任：何立" in client.get(address).content.decode()
    told = {"done_on": timezone.localdate().isoformat(), "note": "已传达"}
    assert client.post(f"{address}finish/", {**told, "note": ""}).status_code == 422
    file = SimpleUploadedFile("纪要.txt", "会议纪要".encode())
    assert client.post(f"{address}finish/", {**told, "attachment": file}).status_code == 302
    answer = client.get(f"{address}attachment/")
    assert b"".join(answer.streaming_content).decode() == "会议纪要"
    assert client.post(f"{address}step/reopen/", {"note": "写错"}).status_code == 302
    assert client.post(f"{address}step/finish/").status_code == 404
    assert client.post(f"{address}step/drop/", {"note": ""}).status_code == 422
    talk = Duty.objects.filter(kind="talks").latest("due_on")
    assert "附件（可不传）" not in client.get(talk.get_absolute_url()).content.decode()
    assert client.get("/officers/duties/?export=xlsx")["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_ledger_asks_as_many_questions_at_many_rows_as_at_few(world: World, client_of: ClientOf) -> None:
    client = client_of(CITY)
    asked = []
    for name in ("甲", "乙", "丙"):
        duty(world, title=name)
        client.get("/officers/duties/")
        with CaptureQueriesContext(connection) as questions:
            client.get("/officers/duties/?late=yes")
        asked.append(len(questions))
    assert len(set(asked)) == 1


def test_a_duty_entered_by_hand_has_a_title_and_a_day_to_come() -> None:
    day = date(2026, 3, 2)
    problems = rules.planning_duty(" ", day - timedelta(days=1), on=day)
    assert [(problem.field, problem.message) for problem in problems] == [
        ("title", "请填写事项"),
        ("due_on", "期限早于今天，请核对"),
    ]
    assert rules.planning_duty("民主生活会", day, on=day) == []
