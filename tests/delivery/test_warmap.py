"""The war-map: colours of cells, where they come from, and what it costs to draw it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongshu.core.metrics.many import Slice, grid
from gongshu.core.metrics.queries import Period, by_organisations
from gongshu.core.orgs.queries import subtree
from gongshu.delivery import actions
from gongshu.delivery.actions import ProgrammeDraft, SplitOrder, TaskDraft
from gongshu.delivery.enums import Receivers, Status
from gongshu.delivery.models import Plan, SupervisionNotice, Target, Task
from gongshu.delivery.queries import assignment_lines
from gongshu.delivery.queries.standing import standing
from gongshu.delivery.queries.warmap import strands_of, warmap
from gongshu.delivery.rules import explained, worst_of
from gongshu.delivery.rules.warmap import WORST_FIRST
from gongshu.delivery.views import matters
from tests.delivery.catalogue import POSTS
from tests.delivery.conftest import draft, give, held, post
from tests.worlds import NOW, World

TODAY = NOW.date()
LATE = date(2026, 7, 6)


@pytest.fixture
def _in_march(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


pages = pytest.mark.usefixtures("_in_march")


EVERY_SET = [found for n in range(len(Status) + 1) for found in combinations(Status, n)]


@pytest.mark.parametrize("statuses", EVERY_SET, ids=lambda found: "-".join(s.code for s in found) or "none")
def test_the_worst_of_several_is_one_of_them_and_none_is_worse(statuses) -> None:
    worst = worst_of(statuses)
    given = [status for status in statuses if status is not Status.NOT_GIVEN]
    assert worst in given or (not given and worst is Status.NOT_GIVEN)
    assert all(WORST_FIRST.index(worst) <= WORST_FIRST.index(status) for status in given)


def test_a_colour_is_explained_by_counts_the_worst_first() -> None:
    assert explained({Status.DONE: 3, Status.OVERDUE: 1, Status.BEHIND: 0}) == "逾期1项、完成3项"
    assert explained({}) == "没有承办任务"


def labels(world: World, plan: Plan, at: str, on: date = TODAY, depth: int = 0) -> dict[tuple[str, str], str]:
    found = warmap([plan], world.org(at), on=on, depth=depth)
    return {
        (strand.label, org.short_name): found.cell(strand, org).status.label
        for strand in found.strands
        for org in found.organisations
    }


def share_all(world: World, target: Target) -> None:
    cities = {world.org("贵阳市总").pk: 6, world.org("铜仁市总").pk: 4}
    actions.split(target, SplitOrder(cities, "逐个填写"), by=world.actor("贵州省总"), at=NOW)


def test_a_cell_follows_dates_and_live_figures(world: World, plan: Plan, target: Target) -> None:
    task = target.task
    give(world, task)
    share_all(world, target)
    for name in ("贵阳市总", "铜仁市总"):
        actions.sign(held(world, task, name), by=world.actor(name), at=NOW)
    cell = ("“6+1”重点工作", "铜仁市总")
    assert labels(world, plan, "贵州省总")[cell] == "正常"
    assert labels(world, plan, "贵州省总", date(2026, 6, 29))[cell] == "滞后"
    assert labels(world, plan, "贵州省总", LATE)[cell] == "逾期"
    post(world, "碧江区1号企业", 4)
    assert labels(world, plan, "贵州省总", LATE)[cell] == "完成"
    assert labels(world, plan, "贵州省总", LATE)["“6+1”重点工作", "贵阳市总"] == "逾期"


def test_the_map_colours_as_the_assignments_own_pages_do(world: World, plan: Plan, target: Target) -> None:
    tasks = list(plan.tasks.all())
    for n, task in enumerate(tasks):
        give(world, task, token=f"t{n}")
    share_all(world, target)
    actions.sign(held(world, tasks[2], "铜仁市总"), by=world.actor("铜仁市总"), at=NOW)
    actions.report(held(world, tasks[2], "铜仁市总"), "已完成", by=world.actor("铜仁市总"), at=NOW)
    orgs = list(subtree(world.org("贵州省总")))
    for on in (TODAY, date(2026, 6, 29), LATE):
        rows = [a for task in tasks for a in task.assignments.select_related("task__plan", "organisation")]
        known = {(x.assignment.task_id, x.assignment.organisation_id): x.status for x in assignment_lines(rows, on=on)}
        assert standing([plan], orgs, on=on) == known


def test_a_share_without_an_assignment_is_coloured_too(world: World, plan: Plan, target: Target) -> None:
    share_all(world, target)
    assert labels(world, plan, "贵州省总", date(2026, 12, 30))["“6+1”重点工作", "铜仁市总"] == "滞后"
    post(world, "碧江区1号企业", 4)
    assert labels(world, plan, "贵州省总")["“6+1”重点工作", "铜仁市总"] == "完成"


def test_where_a_city_carries_nothing_its_counties_are_counted(world: World, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[2], receivers=Receivers.LEVEL, level="county")
    found = warmap([plan], world.org("贵州省总"), on=LATE, depth=1)
    cell = found.cell(found.strands[-1], world.org("铜仁市总"))
    assert (cell.status, cell.counts, cell.is_from_below) == (Status.OVERDUE, Counter({Status.OVERDUE: 2}), True)
    assert cell.why == "逾期2项（由下级汇总）"
    below = labels(world, plan, "铜仁市总", depth=1)
    assert [name for _, name in below] == ["松桃苗族自治县总", "碧江区总"] * (len(below) // 2)


def test_an_organisation_that_carries_work_comes_first_on_its_own_map(world, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[2])
    found = warmap([plan], world.org("铜仁市总"), on=TODAY, depth=1)
    assert [org.short_name for org in found.organisations] == ["铜仁市总", "松桃苗族自治县总", "碧江区总"]


def test_a_withdrawn_task_leaves_the_map(world: World, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[2])
    actions.withdraw(held(world, tasks[2], "铜仁市总"), "给错了", by=world.actor("贵州省总"), at=NOW)
    assert labels(world, plan, "贵州省总")["其他任务", "铜仁市总"] == "未部署"


def test_tasks_without_a_programme_make_one_line(plan: Plan) -> None:
    counted = [(strand.label, len(strand.tasks)) for strand in strands_of([plan])]
    assert counted == [
        ("“6+1”重点工作", 1),
        ("其他任务", 2),
    ]


def test_one_query_counts_many_slices_at_organisations_of_all_levels(world: World) -> None:
    post(world, "碧江区总", 3, role="worker")
    post(world, "碧江区1号企业", 2)
    post(world, "铜仁市总", 1, role="worker")
    orgs = [world.org(name) for name in ("贵州省总", "铜仁市总", "碧江区总", "南明区总")]
    slices = [
        Slice(POSTS),
        Slice(POSTS, filters={"role": "worker"}),
        Slice(POSTS, Period(until=date(2026, 3, 1))),
    ]
    with CaptureQueriesContext(connection) as captured:
        found = grid(slices, orgs)
    assert len(captured) == 1
    assert found[0] == by_organisations(POSTS, orgs)
    assert found[1] == by_organisations(POSTS, orgs, filters={"role": "worker"})
    assert set(found[2].values()) == {0}
    assert grid([], orgs) == []
    assert grid(slices, []) == [{}, {}, {}]


def test_the_map_costs_the_same_for_one_programme_as_for_three(world: World) -> None:
    counts = []
    for n in (1, 3):
        names = [f"{n}-{k}" for k in range(n)]
        tasks = [TaskDraft(f"建立{k}", quantities=[(10, "个")], programme=name) for k, name in enumerate(names)]
        made = draft(world, programmes=[ProgrammeDraft(name) for name in names], tasks=tasks)
        plan = actions.make_plan(made, by=world.actor("贵州省总"), at=NOW)
        for task in plan.tasks.all():
            give(world, task, token=f"{n}-{task.pk}")
            target = actions.bind(task.targets.get(), "test.posts", {}, by=world.actor("贵州省总"), at=NOW)
            share_all(world, target)
        with CaptureQueriesContext(connection) as captured:
            warmap([plan], world.org("贵州省总"), on=TODAY)
        counts.append(len(captured))
    assert counts == [7, 7]


@pages
def test_the_page_shows_map_list_and_cell(world: World, client_of, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[0])
    client, address = client_of("贵州省总"), reverse("delivery:warmap")
    shown = client.get(address).content.decode()
    title = "铜仁市总 · “6+1”重点工作：正常1项"
    assert title in shown
    cell = reverse("delivery:cell", args=[plan.pk, tasks[0].programme_id, world.org("铜仁市总").pk])
    assert cell in shown
    page = client.get(cell).content.decode()
    assert "建立10个“司机之家”" in page
    assert f"{world.org('铜仁市总').pk}-{plan.pk}-{tasks[0].programme_id}-{tasks[0].pk}" in page
    listed = client.get(address, {"view": "table"}).content.decode()
    assert "共 <b>2</b> 项" in listed
    assert client.get(address, {"export": "xlsx"}).content.startswith(b"PK")


@pages
def test_ticked_rows_of_the_list_lead_to_one_form(world: World, client_of, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[0])
    client, address = client_of("贵州省总"), reverse("delivery:warmap") + "?view=table"
    rows = [f"{world.org(name).pk}-{plan.pk}-{tasks[0].programme_id}-0" for name in ("铜仁市总", "贵阳市总")]
    form = client.post(address, {"action": "supervise", "rows": rows}).content.decode()
    assert all(f'name="offered" value="{row}"' in form for row in rows)
    everything = client.post(address, {"action": "supervise", "all": "1"}).content.decode()
    assert all(f'name="offered" value="{row}"' in everything for row in rows)
    assert not SupervisionNotice.objects.exists()


@pages
def test_more_than_one_form_holds_is_said_and_not_lost_in_silence(
    world: World, client_of, tasks: list[Task], monkeypatch
) -> None:
    monkeypatch.setattr(matters, "MOST", 1)
    give(world, tasks[0])
    address = reverse("delivery:warmap") + "?view=table"
    form = client_of("贵州省总").post(address, {"action": "supervise", "all": "1"}).content.decode()
    assert form.count('name="offered"') == 1
    assert "共选了 2 项，一次最多督办 1 项；下面是前 1 项，其余请发出以后再选" in form


@pages
def test_a_sister_union_sees_neither_map_nor_cell(world: World, client_of, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[0])
    client = client_of("湖北省总")
    cell = reverse("delivery:cell", args=[plan.pk, tasks[0].programme_id, world.org("铜仁市总").pk])
    assert client.get(cell).status_code == 404
    assert client.get(reverse("delivery:warmap"), {"at": world.org("铜仁市总").pk}).status_code == 404
    assert "还没有部署" in client.get(reverse("delivery:warmap")).content.decode()


@pages
def test_a_cell_counted_from_below_lists_those_below(world: World, client_of, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[2], receivers=Receivers.LEVEL, level="county")
    page = client_of("贵州省总").get(reverse("delivery:cell", args=[plan.pk, 0, world.org("铜仁市总").pk]))
    assert "任务直接交办给了下级单位" in page.content.decode()
    assert reverse("delivery:cell", args=[plan.pk, 0, world.org("碧江区总").pk]) in page.content.decode()


@pages
def test_the_page_takes_as_many_queries_with_more_given(world: World, client_of, plan: Plan, tasks: list[Task]) -> None:
    client, address = client_of("贵州省总"), reverse("delivery:warmap")
    counts = []
    for n, task in enumerate(tasks):
        give(world, task, receivers=Receivers.ALL, token=f"t{n}")
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address, {"depth": "0"})
        counts.append(len(captured))
    assert len(set(counts)) == 1
