"""Splitting a target down the tree."""

from __future__ import annotations

from datetime import date

import pytest

from gongshu.core.trail.queries import of
from gongshu.delivery import actions, queries
from gongshu.delivery.actions import SplitOrder
from gongshu.delivery.enums import Receivers, Status
from gongshu.delivery.models import Share, Target, Task
from gongshu.delivery.queries.sharing import BASES, weigh, weighing_of, weighings
from tests.delivery.conftest import TODAY, give, held, post
from tests.delivery.test_plans import refusal
from tests.worlds import NOW, World


def split(world: World, target: Target, who: str, amounts: dict[str, int], rule: str = "平均分配") -> list[Share]:
    keys = {world.org(name).pk: amount for name, amount in amounts.items()}
    return actions.split(target, SplitOrder(keys, rule), by=world.actor(who), at=NOW)


def test_a_city_splits_its_own_share_again(world: World, target: Target) -> None:
    split(world, target, "贵州省总", {"贵阳市总": 6, "铜仁市总": 4})
    shares = split(world, target, "铜仁市总", {"松桃苗族自治县总": 3, "碧江区总": 1})
    assert [(s.organisation.short_name, s.amount, s.parent.organisation.short_name) for s in shares] == [
        ("松桃苗族自治县总", 3, "铜仁市总"),
        ("碧江区总", 1, "铜仁市总"),
    ]
    entry = of(target.task).filter(verb="split").latest("pk")
    assert entry.summary == "分解指标“10个”：2 个单位，合计 4（平均分配）"


def test_shares_must_add_up(world: World, target: Target) -> None:
    act = lambda: split(world, target, "贵州省总", {"贵阳市总": 6, "铜仁市总": 5})  # noqa: E731
    assert refusal(act) == ["各单位份额合计 11，比指标数 10 多 1"]
    assert refusal(lambda: split(world, target, "贵州省总", {})) == ["没有可以分解到的单位，请先选择承办单位"]
    assert Share.objects.count() == 0


def test_a_broken_number_is_not_split(world: World, tasks: list[Task]) -> None:
    target = tasks[1].targets.get()
    assert refusal(lambda: split(world, target, "贵州省总", {"贵阳市总": 3})) == ["指标数 3.50 不是整数，不能分解"]


def test_nothing_is_split_by_who_has_no_share_or_to_who_is_not_below(world: World, target: Target) -> None:
    assert refusal(lambda: split(world, target, "铜仁市总", {"碧江区总": 1})) == [
        "“铜仁市总”没有此指标的份额，不能分解"
    ]
    assert refusal(lambda: split(world, target, "贵州省总", {"湖北省总": 10})) == [
        "“湖北省总”不是“贵州省总”的下级，不能向其交办"
    ]
    leader = world.actor("贵州省总", "leader")
    assert refusal(lambda: actions.split(target, SplitOrder({}, ""), by=leader, at=NOW)) == [
        "您没有在“贵州省总”办理此事的权限，请联系本级管理员"
    ]


def test_nothing_is_counted_twice(world: World, target: Target) -> None:
    nested = {"铜仁市总": 5, "碧江区总": 5}
    assert refusal(lambda: split(world, target, "贵州省总", nested)) == [
        "“碧江区总”在“铜仁市总”之下，同一指标不能分给上下级两次"
    ]
    split(world, target, "贵州省总", {"贵阳市总": 6, "铜仁市总": 4})
    split(world, target, "铜仁市总", {"碧江区总": 4})
    taken = {"贵阳市总": 6, "碧江区总": 4}
    assert refusal(lambda: split(world, target, "贵州省总", taken)) == [
        "“碧江区总”已从其他单位得到此指标的份额",
        "“铜仁市总”已将所得份额再分解，其份额不能改动",
    ]


def test_a_share_that_was_split_on_does_not_change_under_its_holder(world: World, target: Target) -> None:
    split(world, target, "贵州省总", {"贵阳市总": 6, "铜仁市总": 4})
    split(world, target, "铜仁市总", {"碧江区总": 4})
    act = lambda: split(world, target, "贵州省总", {"贵阳市总": 5, "铜仁市总": 5})  # noqa: E731
    assert refusal(act) == ["“铜仁市总”已将所得份额再分解，其份额不能改动"]
    province = world.actor("贵州省总")
    assert refusal(lambda: actions.unsplit(target, by=province, at=NOW)) == [
        "“铜仁市总”已将所得份额再分解，其份额不能改动"
    ]
    actions.unsplit(target, by=world.actor("铜仁市总"), at=NOW)
    shares = split(world, target, "贵州省总", {"贵阳市总": 5, "铜仁市总": 5})
    assert [share.amount for share in shares] == [5, 5]
    shares = split(world, target, "贵州省总", {"贵阳市总": 10})
    assert [share.organisation.short_name for share in shares] == ["贵阳市总"]
    actions.unsplit(target, by=province, at=NOW)
    assert Share.objects.count() == 0


def test_a_shared_target_keeps_its_amount(world: World, target: Target) -> None:
    split(world, target, "贵州省总", {"贵阳市总": 6, "铜仁市总": 4})
    by = world.actor("贵州省总")
    act = lambda: actions.set_target(target, actions.TargetDraft(12, "个"), by=by, at=NOW)  # noqa: E731
    assert refusal(act) == ["此指标已经分解，改数量前请先撤销分解"]
    assert refusal(lambda: actions.drop(target, by=by, at=NOW)) == ["此指标已经分解，删除前请先撤销分解"]


def test_units_are_those_given_the_task_else_those_below(world: World, target: Target) -> None:
    province = world.org("贵州省总")
    assert [unit.short_name for unit in queries.units_for(target, province)] == ["贵阳市总", "铜仁市总"]
    give(world, target.task, receivers=Receivers.HAND, under=[world.org("碧江区总").pk])
    assert [unit.short_name for unit in queries.units_for(target, province)] == ["碧江区总"]


def test_units_are_weighed_equally_by_base_unions_or_by_any_metric(world: World, target: Target) -> None:
    units = [world.org(name) for name in ("贵阳市总", "铜仁市总", "碧江区总")]
    assert [way.code for way in weighings()] == ["equal", "bases", "metric:test.posts"]
    assert weigh(weighing_of("equal"), units) == [1, 1, 1]
    assert weigh(BASES, units) == [4, 4, 2]
    post(world, "碧江区1号企业", 2)
    assert weigh(weighing_of("metric:test.posts"), units) == [0, 2, 2]
    assert refusal(lambda: weighing_of("none")) == ["没有这种分解办法，请重新选择"]


def test_progress_moves_by_itself_at_every_level(world: World, target: Target) -> None:
    give(world, target.task)
    split(world, target, "贵州省总", {"贵阳市总": 6, "铜仁市总": 4})
    city = held(world, target.task, "铜仁市总")
    actions.sign(city, by=world.actor("铜仁市总"), at=NOW)
    split(world, target, "铜仁市总", {"碧江区总": 4})
    post(world, "碧江区1号企业", 2)
    lines = queries.share_lines(target, None, on=TODAY)
    assert [(line.gauge.text, line.gauge.percent) for line in lines] == [("0／6个", 0), ("2／4个", 50)]
    mine = Share.objects.get(organisation=world.org("铜仁市总"))
    assert [line.gauge.text for line in queries.share_lines(target, mine, on=TODAY)] == ["2／4个"]
    assert queries.assignment_lines([city], on=TODAY)[0].gauges[0].text == "2／4个"
    tasks = list(queries.tasks_of(world.actor("贵州省总"), target.task.plan))
    top = queries.task_lines(tasks, at=world.org("贵州省总"), on=TODAY)
    assert [[gauge.text for gauge in line.gauges] for line in top] == [["2／10个"], ["3.5万人"], []]
    below = queries.task_lines(tasks, at=world.org("铜仁市总"), on=TODAY)
    assert [[gauge.text for gauge in line.gauges] for line in below] == [["2／4个"], [], []]


def test_colours_are_computed_for_tasks_and_assignments(world: World, target: Target) -> None:
    tasks = list(queries.tasks_of(world.actor("贵州省总"), target.task.plan))
    at = world.org("贵州省总")
    colours = lambda on: [line.status for line in queries.task_lines(tasks, at=at, on=on)]  # noqa: E731
    assert colours(TODAY) == [Status.NOT_GIVEN] * 3
    give(world, tasks[0])
    assert colours(date(2026, 10, 1)) == [Status.BEHIND, Status.OVERDUE, Status.NOT_GIVEN]
    post(world, "碧江区1号企业", 10)
    assert colours(TODAY)[0] is Status.DONE
    assert queries.status_counts(queries.task_lines(tasks, at=at, on=TODAY)) == {Status.NOT_GIVEN: 2, Status.DONE: 1}


@pytest.mark.parametrize("count", [1, 3])
def test_lines_take_the_same_number_of_queries(world: World, plan, count, django_assert_num_queries) -> None:
    by = world.actor("贵州省总")
    for n in range(count):
        task = actions.add_task(plan, actions.TaskDraft(f"任务{n}", quantities=[(10, "个")]), by=by, at=NOW)
        target = task.targets.get()
        actions.bind(target, "test.posts", {"role": "office"}, by=by, at=NOW)
        give(world, task, token=f"form-{n}")
        split(world, target, "贵州省总", {"贵阳市总": 6, "铜仁市总": 4})
    rows = list(queries.assignments_at(world.actor("铜仁市总")))
    assert len(rows) == count
    with django_assert_num_queries(3):
        queries.assignment_lines(rows, on=TODAY)


def test_two_targets_close_a_task_only_when_both_are_shared_and_reached(world: World, target: Target) -> None:
    by, task = world.actor("贵州省总"), target.task
    second = actions.add_target(task, actions.TargetDraft(2, "名", "test.posts", {"role": "worker"}), by=by, at=NOW)
    give(world, task)
    split(world, target, "贵州省总", {"贵阳市总": 9, "铜仁市总": 1})
    post(world, "碧江区1号企业", 1)
    mine = held(world, task, "铜仁市总")
    line = queries.assignment_lines([mine], on=TODAY)[0]
    assert ([gauge.text for gauge in line.gauges], line.is_reached, line.status) == (["1／1个"], False, Status.NORMAL)
    split(world, second, "贵州省总", {"贵阳市总": 1, "铜仁市总": 1})
    post(world, "碧江区总", 1, role="worker")
    line = queries.assignment_lines([mine], on=TODAY)[0]
    assert ([gauge.percent for gauge in line.gauges], line.is_reached, line.status) == ([100, 100], True, Status.DONE)


def test_the_nation_sees_what_a_province_gave(world: World, client_of, tasks: list[Task]) -> None:
    give(world, tasks[2])
    page = client_of("中华全国总", "leader").get(tasks[2].get_absolute_url()).content.decode()
    assert ("铜仁市总" in page, "贵阳市总" in page, "交办任务" in page) == (True, True, False)


def test_a_target_is_offered_to_those_given_its_task_whatever_else_was_withdrawn(
    world: World, tasks: list[Task], target: Target
) -> None:
    give(world, target.task, receivers=Receivers.ALL)
    give(world, tasks[2], token="form-2")
    by = world.actor("贵州省总")
    actions.withdraw(held(world, tasks[2], "铜仁市总"), "交错了", by=by, at=NOW)
    offered = queries.units_for(target, world.org("贵州省总"))
    assert [org.short_name for org in offered] == ["贵阳市总", "铜仁市总"]
    actions.withdraw(held(world, target.task, "贵阳市总"), "交错了", by=by, at=NOW)
    assert [org.short_name for org in queries.units_for(target, world.org("贵州省总"))][-1] == "铜仁市总"


def test_a_withdrawn_assignment_gives_its_share_back(world: World, target: Target, client_of) -> None:
    by = world.actor("贵州省总")
    give(world, target.task)
    split(world, target, "贵州省总", {"贵阳市总": 6, "铜仁市总": 4})
    city = held(world, target.task, "铜仁市总")
    actions.sign(city, by=world.actor("铜仁市总"), at=NOW)
    split(world, target, "铜仁市总", {"碧江区总": 4})
    actions.withdraw(city, "交错了", by=by, at=NOW)
    assert [(share.organisation.short_name, share.amount) for share in target.shares.all()] == [("贵阳市总", 6)]
    assert of(target.task).first().summary == "撤回交办，份额退回：铜仁市总 4个"
    page = client_of("贵州省总").get(target.task.get_absolute_url()).content.decode()
    assert "撤回交办退回的份额 4个 还没有分给别的单位，请重新分解。" in page
    shares = split(world, target, "贵州省总", {"贵阳市总": 10})
    assert [share.amount for share in shares] == [10]
    assert "退回的份额" not in client_of("贵州省总").get(target.task.get_absolute_url()).content.decode()


def test_a_department_that_is_taken_a_task_from_leaves_its_organisations_share(world: World, target: Target) -> None:
    by = world.actor("贵州省总")
    split(world, target, "贵州省总", {"铜仁市总": 10})
    department = world.org("贵州省总").departments.first()
    give(world, target.task, receivers=Receivers.DEPARTMENTS, under=[department.pk])
    actions.withdraw(target.task.assignments.get(), "交错了", by=by, at=NOW)
    assert [share.amount for share in target.shares.all()] == [10]


def test_the_task_tells_who_sent_it_down_to_how_many(world: World, tasks: list[Task], client_of) -> None:
    give(world, tasks[2])
    said = "贵州省总下发到 2 个承办单位（全部直接下级），2026年6月30日前完成"
    assert said in client_of("贵州省总").get(tasks[2].get_absolute_url()).content.decode()
    assert said in client_of("铜仁市总").get(tasks[2].get_absolute_url()).content.decode()
    city = held(world, tasks[2], "铜仁市总")
    actions.sign(city, by=world.actor("铜仁市总"), at=NOW)
    give(world, tasks[2], "铜仁市总", token="form-2")
    below = client_of("碧江区总").get(tasks[2].get_absolute_url()).content.decode()
    assert ("铜仁市总下发到 2 个承办单位" in below, said in below) == (True, False)
    mine = held(world, tasks[2], "碧江区总")
    story = client_of("碧江区总").get(mine.get_absolute_url()).context["trail"]
    assert [entry.summary for entry in story] == ["交办任务：开展“五讲五进”宣讲（2 个承办单位）"]
