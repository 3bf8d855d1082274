"""The overview wall, and the work at a glance on the first page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongshu.delivery import actions
from gongshu.delivery.actions import DispatchOrder, PlanDraft, ProgrammeDraft, TaskDraft
from gongshu.delivery.enums import Receivers, Status
from gongshu.delivery.models import Plan
from gongshu.delivery.queries.overview import overview
from gongshu.desk.queries.wall import wall_of
from tests.venues.samples import opened
from tests.worlds import NOW, World

TODAY = NOW.date()
DAYS = (TODAY.replace(month=1, day=1), TODAY.replace(month=12, day=31))


@pytest.fixture(autouse=True)
def _in_march(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def plan_of(world: World, programmes: int = 1) -> Plan:
    names = [f"{n}号专项" for n in range(programmes)]
    tasks = [TaskDraft(f"{name}{k}", programme=name, due_on=DAYS[1]) for name in names for k in (1, 2)]
    draft = PlanDraft(
        "2026年重点工作", world.org("贵州省总"), 2026, *DAYS, programmes=[ProgrammeDraft(n) for n in names], tasks=tasks
    )
    plan = actions.make_plan(draft, by=world.actor("贵州省总"), at=NOW)
    for task in plan.tasks.all():
        order = DispatchOrder(Receivers.CHILDREN, DAYS[1], f"t{task.pk}")
        actions.give(task, order, by=world.actor("贵州省总"), at=NOW)
    return plan


def finish(world: World, plan: Plan, name: str) -> None:
    """Let a city be done with the plan's first task."""
    mine = plan.tasks.first().assignments.get(organisation=world.org(name))
    actions.sign(mine, by=world.actor(name), at=NOW)
    actions.report(mine, "已完成", by=world.actor(name), at=NOW)
    actions.accept(mine, by=world.actor("贵州省总"), at=NOW)


def test_a_programmes_progress_is_the_average_of_its_tasks(world: World) -> None:
    plan = plan_of(world)
    finish(world, plan, "铜仁市总")
    (line,) = overview(world.org("贵州省总"), [plan], on=TODAY)
    assert (line.label, line.percent, line.done, line.status) == ("0号专项", 25, 0, Status.NORMAL)
    finish(world, plan, "贵阳市总")
    (line,) = overview(world.org("贵州省总"), [plan], on=TODAY)
    assert (line.percent, line.done) == (50, 1)
    (city,) = overview(world.org("铜仁市总"), [plan], on=TODAY)
    assert (city.percent, city.done) == (50, 1)
    assert overview(world.org("碧江区总"), [plan], on=TODAY) == []


def test_the_wall_shows_the_organisation_with_all_below_it(world: World) -> None:
    plan = plan_of(world)
    finish(world, plan, "铜仁市总")
    opened(world)
    wall = wall_of(world.org("贵州省总"), on=TODAY)
    assert (len(wall.plans), wall.tasks, wall.done, wall.overdue, wall.venues, wall.bases) == (1, 2, 1, 0, 1, 8)
    assert wall.done_share == 0.25
    assert [(org.short_name, cell.done, cell.total) for org, cell in wall.children] == [
        ("贵阳市总", 0, 2),
        ("铜仁市总", 1, 2),
    ]
    assert sum(wall.months) + sum(wall.last_year) == 1
    city = wall_of(world.org("贵阳市总"), on=TODAY)
    assert (city.tasks, city.venues, city.bases) == (2, 0, 4)


def test_only_those_within_reach_may_look(world: World, client_of) -> None:
    address = reverse("desk:wall_of", args=[world.org("铜仁市总").pk])
    assert client_of("贵州省总").get(address).status_code == 200
    assert client_of("贵州省总", "leader").get(address).status_code == 200
    assert client_of("贵阳市总").get(address).status_code == 404
    assert client_of("贵州省总", "admin").get(address).status_code == 403
    assert client_of("铜仁市总").get(reverse("desk:wall")).url == address


def test_the_wall_asks_again_for_its_middle_part_alone(world: World, client_of) -> None:
    plan_of(world)
    address = reverse("desk:wall_of", args=[world.org("贵州省总").pk])
    client = client_of("贵州省总")
    whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    assert "<html" in whole.content.decode()
    assert part.content.decode().startswith('<div class="wall-live" id="wall"')
    assert 'hx-trigger="every 60s"' in part.content.decode()


@pytest.mark.parametrize("name", ["desk:wall_of", "desk:home"])
def test_wall_and_first_page_cost_the_same_for_one_programme_as_for_three(world: World, client_of, name) -> None:
    client = client_of("贵州省总")
    address = reverse(name, args=[world.org("贵州省总").pk] if name == "desk:wall_of" else [])
    counts = []
    for programmes in (1, 3):
        plan_of(world, programmes)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_first_page_shows_the_desks_own_programmes(world: World, client_of) -> None:
    plan = plan_of(world)
    finish(world, plan, "铜仁市总")
    page = client_of("铜仁市总").get(reverse("desk:home")).content.decode()
    assert "本单位重点工作一览" in page
    assert "0号专项" in page
    assert 'aria-label="平均进度 50%"' in page
    assert "本单位重点工作一览" not in client_of("贵州省总", "admin").get(reverse("desk:home")).content.decode()
