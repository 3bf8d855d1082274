"""A plan of the province with three tasks: one counted by a metric, one with a bare number, one without."""

from __future__ import annotations

from datetime import date

import pytest

from gongshu.core.access.actions import appoint
from gongshu.core.people.models import Account
from gongshu.delivery import actions
from gongshu.delivery.actions import DispatchOrder, PlanDraft, ProgrammeDraft, TaskDraft
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Assignment, Dispatch, Plan, Target, Task
from tests.worlds import BUILDER, NOW, PASSWORD, World

TODAY = NOW.date()
DUE = date(2026, 6, 30)


def draft(world: World, **changes: object) -> PlanDraft:
    fields: dict[str, object] = {
        "title": "2026年全省工会重点工作",
        "organisation": world.org("贵州省总"),
        "year": 2026,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "source": "省总十四届五次全委会报告",
        "programmes": [ProgrammeDraft("“6+1”重点工作", ["职工职业技能大赛", "司机之家"])],
        "tasks": [
            TaskDraft(
                "建立10个“司机之家”",
                quantities=[(10, "个")],
                programme="“6+1”重点工作",
                item="司机之家",
                source_quote="要建立10个“司机之家”。",
            ),
            TaskDraft("发展会员3.5万人", quantities=[(3.5, "万人")], due_on=date(2026, 9, 30), deadline_text="9月底前"),
            TaskDraft("开展“五讲五进”宣讲", owner_text="宣教部"),
        ],
    }
    return PlanDraft(**{**fields, **changes})


@pytest.fixture(autouse=True)
def _catalogue(settings) -> None:
    settings.CATALOGUE = "tests.delivery.catalogue"


@pytest.fixture
def plan(world: World) -> Plan:
    return actions.make_plan(draft(world), by=world.actor("贵州省总"), at=NOW)


@pytest.fixture
def tasks(plan: Plan) -> list[Task]:
    return list(plan.tasks.all())


@pytest.fixture
def target(world: World, tasks: list[Task]) -> Target:
    target = tasks[0].targets.get()
    return actions.bind(target, "test.posts", {"role": "base_officer"}, by=world.actor("贵州省总"), at=NOW)


def order(receivers: Receivers = Receivers.CHILDREN, **changes: object) -> DispatchOrder:
    fields = {"receivers": receivers, "due_on": DUE, "token": "form-1", **changes}
    return DispatchOrder(**fields)


def give(world: World, task: Task, who: str = "贵州省总", **changes: object) -> Dispatch:
    return actions.give(task, order(**changes), by=world.actor(who), at=NOW)


def held(world: World, task: Task, name: str) -> Assignment:
    return task.assignments.select_related("task__plan", "organisation").get(organisation=world.org(name))


def post(world: World, name: str, count: int = 1, role: str = "base_officer") -> None:
    """Move the metric: appoint new people at an organisation."""
    for _ in range(count):
        account = Account.objects.create_account(f"p{Account.objects.count()}", "演示", PASSWORD)
        appoint(account, role, world.org(name), by=BUILDER, at=NOW)
