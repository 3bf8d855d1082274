"""Signing, reporting, sending back, accepting, withdrawing – and closing what is reached."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from gongshu.core.files.actions import keep, unreferenced
from gongshu.core.files.models import Attachment
from gongshu.core.flow.actions import advance
from gongshu.core.flow.models import OpenItem
from gongshu.core.flow.queries import inbox
from gongshu.core.orgs.models import Department
from gongshu.delivery import actions, jobs
from gongshu.delivery.actions import SplitOrder, assignments
from gongshu.delivery.enums import Receivers
from gongshu.delivery.machine import ASSIGNMENT, OPEN_STATES, PLAN
from gongshu.delivery.models import Target, Task
from tests.delivery.conftest import give, held, post
from tests.delivery.test_plans import refusal
from tests.worlds import BUILDER, NOW, World


def test_every_state_is_reachable() -> None:
    assert (ASSIGNMENT.unreachable(), PLAN.unreachable()) == ([], [])
    assert OPEN_STATES == ("sent", "working", "reported")


def test_a_task_without_a_metric_is_reported_once_and_accepted(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    mine, city, province = held(world, tasks[2], "铜仁市总"), world.actor("铜仁市总"), world.actor("贵州省总")
    actions.sign(mine, by=city, at=NOW)
    actions.report(mine, " 已办 12 场 ", by=city, at=NOW + timedelta(days=1))
    assert (mine.state, mine.report) == ("reported", "已办 12 场")
    assert [item.object_id for item in inbox(province)] == [mine.pk]
    assert refusal(lambda: actions.send_back(mine, " ", by=province, at=NOW)) == ["请写明理由，对方才知道怎么办"]
    actions.send_back(mine, "请补充人数", by=province, at=NOW)
    assert [item.object_id for item in inbox(city)] == [mine.pk]
    actions.report(mine, "已办 12 场，1200 人", by=city, at=NOW)
    actions.accept(mine, by=province, at=NOW)
    assert (mine.state, OpenItem.objects.filter(object_id=mine.pk).count()) == ("done", 0)
    assert refusal(lambda: actions.report(mine, "再报", by=city, at=NOW)) == [
        "此事项现为“办结”，不能再“报送”；可能已由他人办理"
    ]


def kept(name: str) -> Attachment:
    return keep(ContentFile(f"{name}\n".encode(), name=f"{name}.txt"), by=BUILDER, at=NOW)


def test_a_report_made_again_keeps_its_file_and_a_new_file_leaves_the_old_one_on_file(
    world: World, tasks: list[Task]
) -> None:
    give(world, tasks[2])
    mine, city, province = held(world, tasks[2], "铜仁市总"), world.actor("铜仁市总"), world.actor("贵州省总")
    actions.sign(mine, by=city, at=NOW)
    first, second = kept("签到表"), kept("补签到表")
    actions.report(mine, "已办 12 场", attachment=first, by=city, at=NOW)
    actions.send_back(mine, "请补充人数", by=province, at=NOW)
    actions.report(mine, "已办 12 场，1200 人", by=city, at=NOW)
    assert mine.attachment == first
    actions.send_back(mine, "请补充名单", by=province, at=NOW)
    actions.report(mine, "已办 12 场，1200 人，名单见附件", attachment=second, by=city, at=NOW)
    assert (mine.attachment, second.replaces) == (second, first)
    assert list(unreferenced(before=NOW + timedelta(days=9))) == []


def test_nobody_signs_or_reports_for_the_receiver(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    mine = held(world, tasks[2], "铜仁市总")
    assert refusal(lambda: actions.sign(mine, by=world.actor("贵州省总"), at=NOW)) == [
        "此事项由“铜仁市总”办理，不能代办"
    ]
    actions.sign(mine, by=world.actor("铜仁市总"), at=NOW)
    assert refusal(lambda: actions.report(mine, "办了", by=world.actor("贵州省总"), at=NOW)) == [
        "此事项由“铜仁市总”办理，不能代办"
    ]


def test_a_button_pressed_twice_counts_once(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    mine = held(world, tasks[2], "铜仁市总")
    actions.sign(mine, by=world.actor("铜仁市总"), at=NOW)
    assert refusal(lambda: actions.sign(mine, by=world.actor("铜仁市总"), at=NOW)) == [
        "此事项现为“办理中”，不能再“签收”；可能已由他人办理"
    ]


def test_another_department_does_not_sign(world: World, tasks: list[Task]) -> None:
    first, second = Department.objects.filter(organisation=world.org("贵州省总"))
    give(world, tasks[2], receivers=Receivers.DEPARTMENTS, under=[first.pk])
    assignment = tasks[2].assignments.get()
    account = world.account("贵州省总", "worker")
    account.appointments.update(department=second)
    assert refusal(lambda: actions.sign(assignment, by=world.actor("贵州省总", "worker"), at=NOW)) == [
        "此事项由“基层工作部”办理，不能代办"
    ]
    account.appointments.update(department=first)
    assert actions.sign(assignment, by=world.actor("贵州省总", "worker"), at=NOW).state == "working"


def test_a_withdrawn_assignment_waits_nowhere(world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    mine = held(world, tasks[2], "铜仁市总")
    assert refusal(lambda: actions.withdraw(mine, "", by=world.actor("贵州省总"), at=NOW)) == [
        "请写明理由，对方才知道怎么办"
    ]
    actions.withdraw(mine, "交错了", by=world.actor("贵州省总"), at=NOW)
    assert (mine.state, OpenItem.objects.count()) == ("withdrawn", 1)


def test_what_was_given_on_is_withdrawn_with_it(world: World, tasks: list[Task], monkeypatch) -> None:
    give(world, tasks[2])
    mine, city, province = held(world, tasks[2], "铜仁市总"), world.actor("铜仁市总"), world.actor("贵州省总")
    actions.sign(mine, by=city, at=NOW)
    give(world, tasks[2], "铜仁市总", token="form-2")
    county = held(world, tasks[2], "碧江区总")
    actions.sign(county, by=world.actor("碧江区总"), at=NOW)
    monkeypatch.setattr(assignments, "WITHDRAWN_AT_ONCE", 1)
    assert refusal(lambda: actions.withdraw(mine, "交错了", by=province, at=NOW)) == [
        "此任务已向下交办超过 1 件，请先由下级单位撤回各自交办的"
    ]
    monkeypatch.undo()
    actions.withdraw(mine, "交错了", by=province, at=NOW)
    states = dict(tasks[2].assignments.values_list("organisation__short_name", "state"))
    assert states == {
        "贵阳市总": "sent",
        "铜仁市总": "withdrawn",
        "松桃苗族自治县总": "withdrawn",
        "碧江区总": "withdrawn",
    }
    assert [item.organisation.short_name for item in OpenItem.objects.all()] == ["贵阳市总"]


@pytest.fixture
def shared(world: World, target: Target) -> Target:
    """Give the counted task to both cities and share its ten out, three and seven."""
    give(world, target.task)
    amounts = {world.org("贵阳市总").pk: 7, world.org("铜仁市总").pk: 3}
    actions.split(target, SplitOrder(amounts, "逐个填写"), by=world.actor("贵州省总"), at=NOW)
    return target


def test_a_counted_task_asks_for_no_report(world: World, shared: Target) -> None:
    mine = held(world, shared.task, "铜仁市总")
    actions.sign(mine, by=world.actor("铜仁市总"), at=NOW)
    assert refusal(lambda: actions.report(mine, "办了", by=world.actor("铜仁市总"), at=NOW)) == [
        "此任务的进度由系统按业务数据自动统计，不需要报送"
    ]


def test_what_is_reached_closes_by_itself_and_nothing_else(world: World, shared: Target) -> None:
    mine, other = held(world, shared.task, "铜仁市总"), held(world, shared.task, "贵阳市总")
    actions.sign(mine, by=world.actor("铜仁市总"), at=NOW)
    post(world, "碧江区1号企业", 2)
    assert actions.close_reached(at=NOW) == 0
    post(world, "松桃苗族自治县1号企业", 1)
    told: list[int] = []
    assert actions.close_reached(at=NOW, tell=told.append) == 1
    assert told == [2]
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == ("done", "sent")
    assert actions.close_reached(at=NOW) == 0


def test_nobody_closes_what_is_not_reached_by_hand(world: World, shared: Target) -> None:
    mine = held(world, shared.task, "铜仁市总")
    assert refusal(lambda: advance(mine, "reach", by=world.actor("贵州省总"), at=NOW)) == ["指标还没有完成，不能办结"]


def test_a_counted_task_without_a_share_stays_open(world: World, target: Target) -> None:
    give(world, target.task)
    post(world, "碧江区1号企业", 20)
    assert actions.close_reached(at=NOW) == 0


def test_the_job_closes_what_is_reached(world: World, shared: Target) -> None:
    post(world, "碧江区1号企业", 3)

    class Quiet:
        def progress(self, done: int) -> None:
            assert done == 2

    assert jobs.close_reached(Quiet()) == {"办结": 1}
