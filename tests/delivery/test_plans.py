"""Making a plan of a draft, and correcting it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.trail.models import Entry
from gongshu.delivery import actions
from gongshu.delivery.actions import PlanDraft, SplitOrder, TargetDraft, TaskDraft
from gongshu.delivery.models import Plan, Task
from tests.delivery.conftest import draft, give
from tests.worlds import NOW, World


def refusal(act) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [problem.message for problem in caught.value.problems]


def test_a_draft_becomes_a_plan_with_everything_in_it(world: World, plan: Plan) -> None:
    assert plan.state == "active"
    assert [(p.name, [i.name for i in p.items.all()]) for p in plan.programmes.all()] == [
        ("“6+1”重点工作", ["职工职业技能大赛", "司机之家"])
    ]
    tasks = list(plan.tasks.all())
    assert [task.text for task in tasks] == ["建立10个“司机之家”", "发展会员3.5万人", "开展“五讲五进”宣讲"]
    assert str(tasks[0].item) == "司机之家"
    assert [str(target) for task in tasks for target in task.targets.all()] == ["10个", "3.5万人"]
    assert tasks[1].targets.get().ends_on == date(2026, 9, 30)
    assert tasks[2].last_day == date(2026, 12, 31)
    assert [task.needs_report for task in tasks] == [True, True, True]


def test_a_plan_takes_the_same_number_of_queries_however_many_tasks(world: World) -> None:
    actor, counts = world.actor("贵州省总"), []
    for count in (2, 40):
        tasks = [TaskDraft(f"任务{n}", quantities=[(n + 1, "个")]) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            actions.make_plan(draft(world, tasks=tasks), by=actor, at=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_making_a_plan_is_for_who_may_plan_there(world: World) -> None:
    act = lambda: actions.make_plan(draft(world), by=world.actor("铜仁市总"), at=NOW)  # noqa: E731
    assert refusal(act) == ["您没有在“贵州省总”办理此事的权限，请联系本级管理员"]
    assert Plan.objects.count() == 0


def test_a_plan_that_does_not_hold_together_is_refused_whole(world: World) -> None:
    bad = draft(world, tasks=[TaskDraft("甲"), TaskDraft("乙", due_on=date(2027, 1, 1))])
    assert refusal(lambda: actions.make_plan(bad, by=world.actor("贵州省总"), at=NOW)) == [
        "任务期限 2027年1月1日 晚于本部署的结束日期 2026年12月31日"
    ]
    assert Plan.objects.count() == 0


def test_a_quantity_of_nothing_is_no_target(world: World) -> None:
    made = actions.make_plan(
        draft(world, tasks=[TaskDraft("甲", quantities=[(0, "个")])]), by=world.actor("贵州省总"), at=NOW
    )
    assert made.tasks.get().targets.count() == 0


def test_programmes_and_items_are_added_once_and_dropped_without_their_tasks(world: World, plan: Plan) -> None:
    by = world.actor("贵州省总")
    programme = actions.add_programme(plan, " 四个工会 ", by=by, at=NOW)
    item = actions.add_item(programme, "活力工会", by=by, at=NOW)
    assert (programme.name, programme.order, item.order) == ("四个工会", 2, 1)
    assert refusal(lambda: actions.add_programme(plan, "四个工会", by=by, at=NOW)) == ["专项“四个工会”已经有了"]
    assert refusal(lambda: actions.add_item(programme, "活力工会", by=by, at=NOW)) == ["“四个工会”中已有“活力工会”"]
    assert refusal(lambda: actions.add_item(programme, " ", by=by, at=NOW)) == ["请填写名称"]
    assert refusal(lambda: actions.add_programme(plan, "长" * 121, by=by, at=NOW)) == ["名称请写在 120 字以内"]
    task = actions.add_task(plan, TaskDraft("建家", programme="四个工会", item="活力工会"), by=by, at=NOW)
    actions.drop(item, by=by, at=NOW)
    actions.drop(programme, by=by, at=NOW)
    task.refresh_from_db()
    assert (task.programme, task.item) == (None, None)
    assert Entry.objects.filter(summary="删除专项：四个工会").count() == 1


def test_a_task_is_changed_moved_and_dropped(world: World, plan: Plan) -> None:
    by = world.actor("贵州省总")
    task = actions.add_task(plan, TaskDraft("办实事", quantities=[(100, "件")]), by=by, at=NOW)
    assert task.order == 4
    actions.change_task(task, TaskDraft("办100件实事", programme="“6+1”重点工作"), by=by, at=NOW)
    assert (task.text, str(task.programme)) == ("办100件实事", "“6+1”重点工作")
    assert refusal(lambda: actions.change_task(task, TaskDraft("甲", programme="无"), by=by, at=NOW)) == [
        "没有“无”这个专项"
    ]
    missing = TaskDraft("甲", programme="“6+1”重点工作", item="无")
    assert refusal(lambda: actions.change_task(task, missing, by=by, at=NOW)) == ["没有“无”这项子项"]
    actions.drop(task, by=by, at=NOW)
    assert plan.tasks.count() == 3


def test_a_given_task_is_not_dropped(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    act = lambda: actions.drop(tasks[2], by=world.actor("贵州省总"), at=NOW)  # noqa: E731
    assert refusal(act) == ["此任务已经交办，不能删除；可以撤回交办"]


def test_a_task_whose_target_is_shared_out_is_not_dropped(world: World, tasks: list[Task]) -> None:
    by, target = world.actor("贵州省总"), tasks[0].targets.get()
    actions.split(target, SplitOrder({world.org("铜仁市总").pk: 10}, "逐个填写"), by=by, at=NOW)
    assert refusal(lambda: actions.drop(tasks[0], by=by, at=NOW)) == ["此任务的指标已经分解，删除前请先撤销分解"]
    actions.unsplit(target, by=by, at=NOW)
    actions.drop(tasks[0], by=by, at=NOW)
    assert not Task.objects.filter(pk=tasks[0].pk).exists()


def test_what_waits_is_named_as_the_task_is_named_now(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    changed = TaskDraft("开展“五讲五进”宣讲100场")
    actions.change_task(tasks[2], changed, by=world.actor("贵州省总"), at=NOW)
    assert set(OpenItem.objects.values_list("title", flat=True)) == {"开展“五讲五进”宣讲100场"}


def test_a_plan_filed_meanwhile_is_neither_changed_nor_given(world: World, plan: Plan, tasks: list[Task]) -> None:
    by = world.actor("贵州省总")
    actions.close_plan(Plan.objects.get(pk=plan.pk), by=by, at=NOW)
    assert tasks[2].plan.state == "active"  # as somebody else's page still has it
    assert refusal(lambda: give(world, tasks[2])) == ["此部署已归档，不能再交办"]
    assert refusal(lambda: actions.add_programme(plan, "新专项", by=by, at=NOW)) == [
        "此部署已归档，不能再改；需要时请先重新启用"
    ]


def test_targets_that_keep_to_the_plan_move_with_its_days(world: World, plan: Plan, tasks: list[Task]) -> None:
    new = PlanDraft("延续的部署", plan.organisation, 2027, date(2026, 3, 1), date(2027, 6, 30))
    actions.change_plan(plan, new, by=world.actor("贵州省总"), at=NOW)
    kept_to_the_plan, until_its_own_day = (task.targets.get() for task in tasks[:2])
    assert (kept_to_the_plan.starts_on, kept_to_the_plan.ends_on) == (date(2026, 3, 1), date(2027, 6, 30))
    assert (until_its_own_day.starts_on, until_its_own_day.ends_on) == (date(2026, 3, 1), date(2026, 9, 30))


def test_a_target_is_added_changed_bound_and_dropped(world: World, tasks: list[Task]) -> None:
    by, task = world.actor("贵州省总"), tasks[2]
    target = actions.add_target(task, TargetDraft(12, "场"), by=by, at=NOW)
    assert (str(target), target.starts_on, target.ends_on) == ("12场", date(2026, 1, 1), date(2026, 12, 31))
    actions.set_target(target, TargetDraft(Decimal(15), "场", "test.posts", {"role": "office"}), by=by, at=NOW)
    task = Task.objects.get(pk=task.pk)
    assert not task.needs_report
    actions.bind(target, "", {}, by=by, at=NOW)
    assert Task.objects.get(pk=task.pk).needs_report
    assert refusal(lambda: actions.bind(target, "test.posts", {"role": "无"}, by=by, at=NOW)) == [
        "“角色”没有“无”这一项"
    ]
    assert refusal(lambda: actions.bind(target, "no.such", {}, by=by, at=NOW)) == ["没有“no.such”这项指标"]
    wrong = TargetDraft(0, "场", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))
    assert refusal(lambda: actions.set_target(target, wrong, by=by, at=NOW)) == ["指标数须大于 0", "统计止早于统计起"]
    actions.drop(target, by=by, at=NOW)
    assert task.targets.count() == 0


def test_a_plan_is_changed_but_not_shorter_than_its_tasks(world: World, plan: Plan) -> None:
    by = world.actor("贵州省总")
    shorter = PlanDraft("改名", plan.organisation, 2026, date(2026, 1, 1), date(2026, 8, 31))
    assert refusal(lambda: actions.change_plan(plan, shorter, by=by, at=NOW)) == [
        "任务期限 2026年9月30日 晚于本部署的结束日期 2026年8月31日"
    ]
    longer = PlanDraft("改名", plan.organisation, 2026, date(2026, 1, 1), date(2027, 1, 31))
    assert actions.change_plan(plan, longer, by=by, at=NOW).title == "改名"


def test_a_plan_with_open_assignments_is_not_filed_and_a_filed_one_not_changed(
    world: World, plan: Plan, tasks: list[Task]
) -> None:
    by = world.actor("贵州省总")
    give(world, tasks[2])
    assert refusal(lambda: actions.close_plan(plan, by=by, at=NOW)) == ["还有 2 件交办任务没有办结，请先办结或撤回"]
    for assignment in tasks[2].assignments.all():
        actions.withdraw(assignment, "改由下半年部署", by=by, at=NOW)
    actions.close_plan(plan, by=by, at=NOW)
    assert refusal(lambda: actions.add_programme(plan, "新", by=by, at=NOW)) == [
        "此部署已归档，不能再改；需要时请先重新启用"
    ]
    assert refusal(lambda: give(world, Task.objects.get(pk=tasks[1].pk), token="form-2")) == [
        "此部署已归档，不能再交办"
    ]
    assert actions.reopen_plan(plan, by=by, at=NOW).state == "active"
