"""A plan whose time is over: nobody is pressed any more, one item asks to file it, and what is open of it lapses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.trail.queries import of
from gongshu.delivery import actions, queries
from gongshu.delivery.actions import PlanDraft
from gongshu.delivery.enums import Receivers, Status
from gongshu.delivery.models import Assignment, Plan, Task
from gongshu.delivery.queries.warmap import plans_above
from tests.delivery.conftest import draft, give, held
from tests.delivery.test_plans import refusal
from tests.worlds import NOW, World

LATER = datetime(2027, 1, 4, 9, 0, tzinfo=NOW.tzinfo)
PROVINCE, CITY = "贵州省总", "铜仁市总"


def desk(world: World, name: str) -> list[tuple[str, str, date | None]]:
    """Return kind, state and due date of what waits at a desk."""
    rows = OpenItem.objects.filter(organisation=world.org(name)).order_by("pk")
    return list(rows.values_list("kind", "state", "due_on"))


@pytest.fixture
def ended(world: World, plan: Plan, tasks: list[Task]) -> Plan:
    """The plan in January of the next year: one task was done, two more were given and are open."""
    by = world.actor(PROVINCE)
    give(world, tasks[2], due_on=date(2026, 12, 31))
    give(world, tasks[1], due_on=date(2026, 9, 30), token="form-2")
    city = held(world, tasks[2], CITY)
    actions.sign(city, by=world.actor(CITY), at=NOW)
    actions.report(city, "已办", by=world.actor(CITY), at=NOW)
    actions.accept(city, by=by, at=NOW)
    assert actions.end_over(at=LATER) == 1
    return Plan.objects.select_related("organisation").get(pk=plan.pk)


def test_one_item_asks_to_file_it_and_what_is_open_presses_nobody(world: World, ended: Plan) -> None:
    assert ended.state == "ended"
    assert desk(world, PROVINCE) == [("delivery.plan", "ended", None)]
    assert desk(world, CITY) == [("delivery.assignment", "sent", None)]
    assert plans_above(world.org(CITY)).count() == 0
    assert of(ended).first().summary == "期满：2026年全省工会重点工作"
    assert actions.end_over(at=LATER) == 0


def test_on_its_last_day_it_is_not_over(world: World, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[1], due_on=date(2026, 9, 30))
    assert actions.end_over(at=datetime(2026, 12, 31, 23, 0, tzinfo=NOW.tzinfo)) == 0
    assert desk(world, CITY) == [("delivery.assignment", "sent", date(2026, 9, 30))]


def test_a_step_taken_afterwards_is_not_pressed_either(world: World, ended: Plan, tasks: list[Task]) -> None:
    mine = held(world, tasks[1], CITY)
    actions.sign(mine, by=world.actor(CITY), at=LATER)
    assert desk(world, CITY) == [("delivery.assignment", "working", None)]


def test_what_is_undone_is_left_over_and_not_late(world: World, ended: Plan) -> None:
    rows = list(queries.assignments_at(world.actor("贵阳市总")))
    assert {line.status for line in queries.assignment_lines(rows, on=LATER.date())} == {Status.LEFT}
    tasks = list(queries.tasks_of(world.actor(PROVINCE), ended))
    lines = queries.task_lines(tasks, at=world.org(PROVINCE), on=LATER.date())
    assert [line.status for line in lines] == [Status.NOT_GIVEN, Status.LEFT, Status.LEFT]


def test_filing_lets_what_is_open_lapse_each_with_its_entry(world: World, ended: Plan) -> None:
    actions.close_plan(ended, by=world.actor(PROVINCE), at=LATER)
    states = sorted(Assignment.objects.values_list("state", flat=True))
    assert (ended.state, states, OpenItem.objects.count()) == ("closed", ["done", "lapsed", "lapsed", "lapsed"], 0)
    lapsed = Assignment.objects.filter(state="lapsed").first()
    assert of(lapsed).first().verb == "lapse"
    again = actions.reopen_plan(ended, by=world.actor(PROVINCE), at=LATER)
    assert (again.state, desk(world, PROVINCE)) == ("ended", [("delivery.plan", "ended", None)])


def test_prolonging_it_presses_again(world: World, ended: Plan, tasks: list[Task]) -> None:
    by = world.actor(PROVINCE)
    assert refusal(lambda: actions.add_programme(ended, "新", by=by, at=LATER)) == [
        "此部署已经期满；还要继续的，请先按“修改”改结束日期"
    ]
    assert refusal(
        lambda: actions.give(
            Task.objects.get(pk=tasks[0].pk),
            actions.DispatchOrder(Receivers.CHILDREN, date(2027, 3, 1), "form-3"),
            by=by,
            at=LATER,
        )
    ) == ["本部署已于 2026年12月31日 结束；还要交办的，请先在部署页按“修改”改结束日期"]
    longer = PlanDraft(ended.title, ended.organisation, 2026, ended.starts_on, date(2027, 3, 31))
    assert actions.change_plan(ended, longer, by=by, at=LATER).state == "active"
    assert desk(world, PROVINCE) == []
    assert desk(world, CITY) == [("delivery.assignment", "sent", date(2026, 9, 30))]


def test_a_plan_taken_up_after_its_year_waits_to_be_filed_at_once(world: World) -> None:
    by = world.actor(PROVINCE)
    old = draft(world, year=2025, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), tasks=[])
    assert actions.make_plan(old, by=by, at=NOW).state == "ended"
    assert desk(world, PROVINCE) == [("delivery.plan", "ended", None)]


def test_nobody_below_files_it(world: World, ended: Plan) -> None:
    said = refusal(lambda: actions.close_plan(ended, by=world.actor(CITY), at=LATER))
    assert said == ["您没有在“贵州省总”办理此事的权限，请联系本级管理员"]
    assert Assignment.objects.filter(state="lapsed").count() == 0


def test_a_large_one_is_filed_by_a_job(
    world: World, plan: Plan, tasks: list[Task], client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(world, tasks[2])
    yesterday = timezone.localdate() - timedelta(days=1)
    Plan.objects.filter(pk=plan.pk).update(ends_on=max(yesterday, plan.starts_on))
    actions.end_over(at=timezone.now())
    monkeypatch.setattr(actions, "SMALL", 1)
    monkeypatch.setattr("gongshu.delivery.actions.plans.CHUNK", 1)
    client = client_of(PROVINCE)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "还有 2 件交办没有办结，归档时记为“期满未完”" in page
    answer = client.post(f"/delivery/{plan.pk}/step/close/")
    assert answer["Location"] == Job.objects.get(name="delivery.file_plan").get_absolute_url()
    Worker().drain()
    plan.refresh_from_db()
    assert (plan.state, Assignment.objects.filter(state="lapsed").count()) == ("closed", 2)
    assert OpenItem.objects.count() == 0
