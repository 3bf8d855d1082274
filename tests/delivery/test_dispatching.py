"""Giving a task to many, exactly once each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.flow.queries import inbox
from gongshu.core.jobs.actions import cancel
from gongshu.core.jobs.enums import JobState
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.orgs.models import Department
from gongshu.core.trail.queries import of
from gongshu.delivery import actions, jobs
from gongshu.delivery.actions import dispatching
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Assignment, Dispatch, Task
from tests.delivery.conftest import DUE, give, held, order
from tests.delivery.test_plans import refusal
from tests.worlds import NOW, World


def receivers(dispatch: Dispatch) -> list[str]:
    return [a.receiver for a in dispatch.assignments.order_by("organisation__path", "department")]


def test_all_below_have_it_in_their_inbox_at_once(world: World, tasks: list[Task]) -> None:
    dispatch = give(world, tasks[2], instructions=" 请抓紧 ")
    assert receivers(dispatch) == ["贵阳市总", "铜仁市总"]
    assert (dispatch.total, dispatch.finished_at, dispatch.instructions) == (2, NOW, "请抓紧")
    item = inbox(world.actor("铜仁市总")).get()
    assignment = held(world, tasks[2], "铜仁市总")
    assert (item.title, item.due_on, item.url, item.object_id) == (
        "开展“五讲五进”宣讲",
        DUE,
        f"/delivery/assignments/{assignment.pk}/",
        assignment.pk,
    )
    assert list(inbox(world.actor("松桃苗族自治县总"))) == []


def test_the_open_item_is_the_one_the_machine_would_write(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    from_sql = OpenItem.objects.values().get(organisation=world.org("铜仁市总"))
    assignment = held(world, tasks[2], "铜仁市总")
    actions.assignments.flow.refresh(assignment)
    from_machine = OpenItem.objects.values().get(organisation=world.org("铜仁市总"))
    assert {**from_sql, "id": 0} == {**from_machine, "id": 0}


def test_a_plan_is_not_filed_while_a_dispatch_waits_to_be_written(monkeypatch, world: World, tasks: list[Task]) -> None:
    monkeypatch.setattr(dispatching, "SMALL", 1)
    plan, by = tasks[2].plan, world.actor("贵州省总")
    actions.give(tasks[2], order(), by=by, at=NOW, background=jobs.enqueue_dispatch)
    assert Assignment.objects.count() == 0

    told = ["还有 1 次交办正在下发，请等下发完成或取消后再归档"]
    assert refusal(lambda: actions.close_plan(plan, by=by, at=NOW)) == told
    Job.objects.update(state=JobState.RUNNING)
    assert refusal(lambda: actions.close_plan(plan, by=by, at=NOW)) == told
    cancel(Job.objects.get(), at=NOW)
    assert refusal(lambda: actions.close_plan(plan, by=by, at=NOW)) == told  # it still runs up to its next step
    Job.objects.update(state=JobState.CANCELLED)
    assert actions.close_plan(plan, by=by, at=NOW).state == "closed"


def test_a_dispatch_that_was_written_keeps_its_plan_open_by_its_assignments(
    monkeypatch, world: World, tasks: list[Task]
) -> None:
    monkeypatch.setattr(dispatching, "SMALL", 1)
    by = world.actor("贵州省总")
    actions.give(tasks[2], order(), by=by, at=NOW, background=jobs.enqueue_dispatch)
    worker = Worker()
    worker.schedules = ()
    worker.work_once()

    told = refusal(lambda: actions.close_plan(tasks[2].plan, by=by, at=NOW))
    assert told == ["还有 2 件交办任务没有办结，请先办结或撤回"]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"receivers": Receivers.LEVEL, "level": "county"}, ["南明区总", "云岩区总", "松桃苗族自治县总", "碧江区总"]),
        ({"receivers": Receivers.CHILDREN, "under": ["铜仁市总"]}, ["松桃苗族自治县总", "碧江区总"]),
        ({"receivers": Receivers.LEVEL, "level": "base", "under": ["碧江区总"]}, ["碧江区1号企业", "碧江区2号企业"]),
        (
            {"receivers": Receivers.ALL, "under": ["松桃苗族自治县总"]},
            ["松桃苗族自治县1号企业", "松桃苗族自治县2号企业"],
        ),
        ({"receivers": Receivers.HAND, "under": ["贵阳市总", "碧江区总"]}, ["贵阳市总", "碧江区总"]),
    ],
)
def test_receivers_are_chosen_in_five_ways(world: World, tasks: list[Task], changes, names) -> None:
    keys = {**changes, "under": [world.org(name).pk for name in changes.get("under", [])]}
    assert receivers(give(world, tasks[2], **keys)) == names


def test_all_below_leaves_out_the_issuer(world: World, tasks: list[Task]) -> None:
    assert give(world, tasks[2], receivers=Receivers.ALL).total == 14


def test_own_departments_receive_it_too(world: World, tasks: list[Task]) -> None:
    keys = [d.pk for d in Department.objects.filter(organisation=world.org("贵州省总"))]
    dispatch = give(world, tasks[2], receivers=Receivers.DEPARTMENTS, under=keys)
    assert receivers(dispatch) == ["基层工作部", "权益保障部"]
    assert sorted(OpenItem.objects.values_list("department", flat=True)) == sorted(keys)


def test_the_same_form_twice_is_one_dispatch(world: World, tasks: list[Task]) -> None:
    assert give(world, tasks[2]).pk == give(world, tasks[2]).pk
    assert (Dispatch.objects.count(), Assignment.objects.count(), OpenItem.objects.count()) == (1, 2, 2)


def test_who_has_it_already_does_not_get_it_again(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    assert refusal(lambda: give(world, tasks[2], token="form-2")) == ["所选单位都已有此任务，没有重复下发"]
    keys = [world.org("贵阳市总").pk, world.org("碧江区总").pk]
    second = give(world, tasks[2], token="form-3", receivers=Receivers.HAND, under=keys)
    assert receivers(second) == ["碧江区总"]
    assert OpenItem.objects.count() == 3


def test_a_withdrawn_task_can_be_given_again(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    actions.withdraw(held(world, tasks[2], "铜仁市总"), "有误", by=world.actor("贵州省总"), at=NOW)
    assert receivers(give(world, tasks[2], token="form-2")) == ["铜仁市总"]


def test_dates_and_receivers_that_cannot_be_are_refused_with_the_reason(world: World, tasks: list[Task]) -> None:
    assert refusal(lambda: give(world, tasks[2], due_on=date(2026, 3, 1))) == [
        "完成期限 2026年3月1日 已经过去，请改为今天或以后"
    ]
    assert refusal(lambda: give(world, tasks[2], due_on=date(2027, 3, 1))) == [
        "完成期限晚于本部署的结束日期 2026年12月31日"
    ]
    outside = [world.org("湖北省总").pk, world.org("贵州省总").pk]
    assert refusal(lambda: give(world, tasks[2], receivers=Receivers.HAND, under=outside)) == [
        "“贵州省总”、“湖北省总”不是“贵州省总”的下级，不能向其交办"
    ]
    assert refusal(lambda: give(world, tasks[2], receivers=Receivers.LEVEL, level="town")) == [
        "没有选到承办单位，请重新选择"
    ]
    assert Dispatch.objects.count() == 0


def test_a_strangers_department_is_refused(world: World, tasks: list[Task]) -> None:
    strange = Department.objects.create(organisation=world.org("湖北省总"), name="办公室")
    act = lambda: give(world, tasks[2], receivers=Receivers.DEPARTMENTS, under=[strange.pk])  # noqa: E731
    assert refusal(act) == ["“办公室”不是“贵州省总”的下级，不能向其交办"]


def test_a_city_passes_on_only_what_it_signed_for_and_not_later_than_asked(world: World, tasks: list[Task]) -> None:
    task = tasks[2]
    assert refusal(lambda: give(world, task, "铜仁市总")) == ["本单位没有承办此任务，不能向下交办"]
    give(world, task)
    assert refusal(lambda: give(world, task, "铜仁市总", token="city")) == ["请先签收此任务，再向下交办"]
    mine = held(world, task, "铜仁市总")
    actions.sign(mine, by=world.actor("铜仁市总"), at=NOW)
    late = date(2026, 7, 1)
    assert refusal(lambda: give(world, task, "铜仁市总", token="city", due_on=late)) == [
        "完成期限晚于上级要求的 2026年6月30日"
    ]
    dispatch = give(world, task, "铜仁市总", token="city")
    assert receivers(dispatch) == ["松桃苗族自治县总", "碧江区总"]
    assert {a.parent_id for a in dispatch.assignments.all()} == {mine.pk}
    actions.report(mine, "已办", by=world.actor("铜仁市总"), at=NOW)
    assert refusal(lambda: give(world, task, "铜仁市总", token="more")) == ["此任务在本单位已“已报送”，不能再向下交办"]


def test_who_may_not_dispatch_or_sits_nowhere_is_refused(world: World, tasks: list[Task]) -> None:
    leader = world.actor("贵州省总", "leader")
    with pytest.raises(Refused, match="您没有在“贵州省总”办理此事的权限"):
        actions.give(tasks[2], order(), by=leader, at=NOW)
    nowhere = replace(leader, held=(), seat=None)
    with pytest.raises(Refused, match="请先选择您所在的组织"):
        actions.give(tasks[2], order(), by=nowhere, at=NOW)


def test_the_trail_has_one_entry_a_dispatch_and_one_a_batch(world: World, tasks: list[Task]) -> None:
    dispatch = give(world, tasks[2], receivers=Receivers.LEVEL, level="county")
    keys = sorted(world.org(name).pk for name in ("南明区总", "云岩区总", "松桃苗族自治县总", "碧江区总"))
    written, given = of(dispatch)
    assert given.summary == "交办任务：开展“五讲五进”宣讲（4 个承办单位）"
    assert written.detail == {"first": keys[0], "last": keys[-1], "looked_at": 4, "written": 4}
    assert (written.who, written.organisation_id) == (given.who, given.organisation_id)


def large(world: World, task: Task, monkeypatch) -> Dispatch:
    monkeypatch.setattr("gongshu.delivery.actions.dispatching.SMALL", 3)
    monkeypatch.setattr("gongshu.delivery.actions.dispatching.BATCH", 5)
    monkeypatch.setattr(actions.write_batch, "__kwdefaults__", {"size": 5})
    return actions.give(
        task, order(Receivers.ALL), by=world.actor("贵州省总"), at=NOW, background=jobs.enqueue_dispatch
    )


def test_a_large_dispatch_is_a_job_that_writes_everybody_once(world: World, tasks: list[Task], monkeypatch) -> None:
    dispatch = large(world, tasks[2], monkeypatch)
    assert (dispatch.finished_at, Assignment.objects.count(), Job.objects.get().args) == (
        None,
        0,
        {"dispatch_id": dispatch.pk},
    )
    Worker().drain()
    job = Job.objects.get(name="delivery.dispatch")
    assert (job.state, job.done, job.total) == ("done", 14, 14)
    assert job.result == {"承办单位": 14, "本次下发": 14, "原已有此任务": 0}
    assert (Assignment.objects.count(), OpenItem.objects.count()) == (14, 14)
    assert Dispatch.objects.get().finished_at is not None


def test_a_batch_written_twice_is_there_once(world: World, tasks: list[Task], monkeypatch) -> None:
    dispatch = large(world, tasks[2], monkeypatch)
    first = actions.write_batch(dispatch, after=0, at=NOW)
    actions.sign(Assignment.objects.first(), by=actor_of_first(world), at=NOW)
    again = actions.write_batch(dispatch, after=0, at=NOW)
    assert (first.written, again.written, again.last) == (5, 0, first.last)
    assert (Assignment.objects.count(), OpenItem.objects.count()) == (5, 5)
    Worker().drain()
    assert (Assignment.objects.count(), OpenItem.objects.count()) == (14, 14)


def actor_of_first(world: World):
    name = Assignment.objects.first().organisation.short_name
    return world.actor(name)
