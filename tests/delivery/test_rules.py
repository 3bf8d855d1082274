"""Sharing out, colours, refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.orgs.models import Organisation
from gongshu.delivery import rules
from gongshu.delivery.enums import Status
from gongshu.delivery.rules import PlanDraft, ProgrammeDraft, StatusFacts, TaskDraft, Thresholds

weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=120).filter(any)
totals = st.integers(0, 10**7)
USUAL = Thresholds(near_days=3, late_share=Fraction(1, 2), pace=Fraction(2, 3), sign_days=2)
MARCH_2, JUNE_30 = date(2026, 3, 2), date(2026, 6, 30)


@given(totals, weights)
def test_shares_add_up_exactly(total, weights):
    assert sum(rules.share_out(total, weights)) == total


@given(totals, weights)
def test_every_share_is_its_quota_rounded_down_or_up(total, weights):
    whole = sum(weights)
    for share, weight in zip(rules.share_out(total, weights), weights, strict=True):
        assert 0 <= share - floor(Fraction(total * weight, whole)) <= (1 if total * weight % whole else 0)


@given(totals, weights)
def test_who_weighs_nothing_gets_nothing_and_who_weighs_more_gets_no_less(total, weights):
    shares = rules.share_out(total, weights)
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)
    ranked = sorted(zip(weights, shares, strict=True))
    assert all(low <= high for (light, low), (heavy, high) in pairwise(ranked) if light < heavy)


def test_what_is_left_goes_to_the_largest_remainders_then_by_order():
    assert rules.share_out(10, [1, 1, 1]) == [4, 3, 3]
    assert rules.share_out(10, [Fraction(1, 2), 1, 1]) == [2, 4, 4]
    assert rules.share_out(7, [5, 3, 1]) == [4, 2, 1]


@pytest.mark.parametrize(("total", "weights"), [(5, []), (5, [0, 0]), (-1, [1]), (5, [2, -1])])
def test_nothing_sensible_to_share_out_is_an_error(total, weights):
    with pytest.raises(ValueError, match="nothing to share out"):
        rules.share_out(total, weights)


@pytest.mark.parametrize(
    ("total", "weights", "message"),
    [
        (10, [], "没有可以分解到的单位，请先选择承办单位"),
        (Decimal("3.5"), [1], "指标数 3.5 不是整数，不能分解"),
        (0, [1], "指标数为 0，没有可以分解的数"),
        (10, [1, -1], "权重不能是负数"),
        (10, [0, 0], "所选单位的权重都是 0，无法按此办法分解，请换一种办法"),
    ],
)
def test_a_quota_that_cannot_be_split_is_refused_with_a_sentence(total, weights, message):
    assert [p.message for p in rules.split_problems(total, weights)] == [message]


def test_a_whole_decimal_can_be_split():
    assert rules.split_problems(Decimal("10.00"), [1, 0]) == []


@pytest.mark.parametrize(
    ("amounts", "messages"),
    [
        ([6, 4], []),
        ([6, 5], ["各单位份额合计 11，比指标数 10 多 1"]),
        ([6, 1], ["各单位份额合计 7，比指标数 10 少 3"]),
        ([11, -1], ["份额不能是负数"]),
        ([], ["没有可以分解到的单位，请先选择承办单位"]),
    ],
)
def test_shares_by_hand_must_add_up_and_it_is_said_by_how_much_not(amounts, messages):
    assert [p.message for p in rules.amount_problems(10, amounts)] == messages


def status(on: date, **facts: object) -> Status:
    return rules.status_of(StatusFacts(**{"starts_on": MARCH_2, "due_on": JUNE_30, **facts}), on, USUAL)


def test_colours_follow_the_dates():
    assert status(date(2026, 6, 26)) is Status.NORMAL
    assert status(date(2026, 6, 27)) is Status.NEAR
    assert status(date(2026, 6, 30)) is Status.NEAR
    assert status(date(2026, 7, 1)) is Status.OVERDUE
    assert status(date(2026, 7, 1), is_done=True) is Status.DONE
    assert status(date(2026, 7, 1), progress=Fraction(1)) is Status.DONE
    assert status(date(2026, 3, 2), is_given=False) is Status.NOT_GIVEN
    assert status(date(2026, 7, 1), is_given=False) is Status.OVERDUE


def test_a_report_handed_in_on_time_does_not_become_overdue_while_it_waits():
    assert status(date(2026, 9, 1), handed_in_on=JUNE_30) is Status.NORMAL
    assert status(date(2026, 9, 1), handed_in_on=date(2026, 7, 1)) is Status.OVERDUE


def test_not_signed_for_after_two_working_days_is_behind():
    assert status(date(2026, 3, 4), is_signed=False) is Status.NORMAL
    assert status(date(2026, 3, 5), is_signed=False) is Status.BEHIND


def test_less_than_the_pace_is_behind_only_after_half_the_time():
    half = date(2026, 5, 1)
    assert rules.time_gone(MARCH_2, JUNE_30, half) == Fraction(1, 2)
    assert status(date(2026, 4, 30), progress=Fraction(0)) is Status.NORMAL
    assert status(half, progress=Fraction(0)) is Status.BEHIND
    assert status(half, progress=Fraction(33, 100)) is Status.BEHIND
    assert status(half, progress=Fraction(1, 3)) is Status.NORMAL
    assert status(half) is Status.NORMAL


def test_the_time_gone_stays_between_nothing_and_all():
    assert rules.time_gone(MARCH_2, JUNE_30, date(2026, 1, 1)) == 0
    assert rules.time_gone(MARCH_2, JUNE_30, date(2027, 1, 1)) == 1
    assert rules.time_gone(MARCH_2, MARCH_2, date(2026, 3, 1)) == 0
    assert rules.time_gone(MARCH_2, MARCH_2, MARCH_2) == 1


def test_a_goal_of_zero_is_reached():
    assert rules.ratio(0, 0) == 1
    assert rules.ratio(3, Decimal("4.00")) == Fraction(3, 4)


def test_no_report_is_asked_for_what_is_counted():
    found = rules.report_problems(needs_report=False, report="已完成")
    assert [p.message for p in found] == ["此任务的进度由系统按业务数据自动统计，不需要报送"]


def test_a_report_is_one_line():
    assert [p.message for p in rules.report_problems(needs_report=True, report=" ")] == ["请用一句话写明完成情况"]
    long = rules.report_problems(needs_report=True, report="长" * 301)
    assert [p.message for p in long] == ["完成情况请写在 300 字以内，详情放在附件里"]
    assert rules.report_problems(needs_report=True, report="已完成") == []


@pytest.mark.parametrize(
    ("due_on", "messages"),
    [
        (date(2026, 3, 1), ["完成期限 2026年3月1日 已经过去，请改为今天或以后"]),
        (date(2026, 3, 2), []),
        (date(2026, 6, 30), []),
        (date(2026, 7, 1), ["完成期限晚于上级要求的 2026年6月30日"]),
    ],
)
def test_a_date_lies_between_today_and_what_was_asked_from_above(due_on, messages):
    found = rules.date_problems(due_on, today=MARCH_2, plan_ends_on=date(2026, 12, 31), parent_due_on=JUNE_30)
    assert [p.message for p in found] == messages


def test_a_date_after_the_plan_is_refused():
    found = rules.date_problems(date(2027, 1, 1), today=MARCH_2, plan_ends_on=date(2026, 12, 31))
    assert [p.message for p in found] == ["完成期限晚于本部署的结束日期 2026年12月31日"]


def test_many_names_are_cut_short():
    assert rules.listed(["甲", "乙"]) == "“甲”、“乙”"
    assert rules.listed(list("甲乙丙丁戊己")) == "“甲”、“乙”、“丙”、“丁”、“戊”等 6 个单位"
    assert rules.outside_problems([], "省总") == []
    assert [p.message for p in rules.outside_problems(["甲"], "省总")] == ["“甲”不是“省总”的下级，不能向其交办"]
    assert [p.message for p in rules.nested_problems([("甲", "乙")])] == ["“乙”在“甲”之下，同一指标不能分给上下级两次"]
    assert [p.message for p in rules.kept_parts_problems(["甲"])] == ["“甲”已将所得份额再分解，其份额不能改动"]


def test_a_plan_draft_is_checked_task_by_task():
    draft = PlanDraft(
        title=" ",
        organisation=Organisation(),
        year=2026,
        starts_on=date(2026, 12, 31),
        ends_on=date(2026, 1, 1),
        programmes=[ProgrammeDraft("甲", ["子"]), ProgrammeDraft("甲", ["子"])],
        tasks=[
            TaskDraft(" "),
            TaskDraft("二", due_on=date(2026, 1, 2)),
            TaskDraft("三", programme="乙"),
            TaskDraft("四", item="子"),
            TaskDraft("五", programme="甲", item="丑"),
            TaskDraft("六", programme="甲", item="子"),
        ],
    )
    assert [str(p) for p in rules.plan_problems(draft)] == [
        "请填写部署名称",
        "结束日期早于起始日期",
        "专项“甲”写了两遍",
        "第1行：任务没有内容",
        "第2行：任务期限 2026年1月2日 晚于本部署的结束日期 2026年1月1日",
        "第3行：没有“乙”这个专项",
        "第4行：内容“子”没有所属专项",
        "第5行：专项“甲”中没有“丑”",
    ]


def test_a_plan_that_is_over_says_how_to_go_on():
    found = rules.date_problems(date(2026, 6, 1), today=MARCH_2, plan_ends_on=date(2022, 12, 31))
    assert [problem.message for problem in found] == [
        "本部署已于 2022年12月31日 结束；还要交办的，请先在部署页按“修改”改结束日期"
    ]
