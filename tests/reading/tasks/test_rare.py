"""What pages seldom say: each sentence shows a rule where it says no, or the last word of one."""

from __future__ import annotations

import pytest

from gongshu.reading.tasks.section import is_heading
from gongshu.reading.tasks.strip import is_result, is_scope
from gongshu.reading.tasks.words import opens_like_work, verb_at
from tests.reading.tasks.conftest import Schemes, Tasks


@pytest.mark.parametrize(
    ("text", "task", "owner"),
    [
        ("会议要求,由市总工会,建立台账。", "建立台账", "市总工会"),
        ("会议要求,由市总工会和财政局,6月底前建立台账。", "6月底前建立台账", "市总工会和财政局"),
        ("会议要求,由市总工会兜底。", "由市总工会兜底", "市总工会"),
        ("要建立驿站5个(责任单位:宣教部)并公布。", "建立驿站5个(责任单位:宣教部)并公布", "宣教部"),
    ],
)
def test_who_is_named_before_or_inside_has_the_duty(tasks: Tasks, text: str, task: str, owner: str):
    found = [(one.text, one.owner and one.owner.value) for one in tasks(text)]
    assert found == [(task, owner)]


@pytest.mark.parametrize("text", ["开展就业援助、推进消费帮扶等行动", "在企业、对农民工开展培训等活动"])
def test_a_noun_behind_the_list_holds_it_together(tasks: Tasks, text: str):
    assert [one.text for one in tasks(f"要{text}。")] == [text]


def test_a_plan_says_what_was_resolved_and_demands_the_rest(tasks: Tasks):
    found = tasks("一、工作任务\n会议决定召开职工代表大会,建立台账。", "plan")
    assert [one.text for one in found] == ["建立台账"]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("要把补贴标准从300元提高到500元。", [(500, "元")]),
        ("要补贴3百元。", [(300, "元")]),
    ],
)
def test_what_it_was_is_no_target_and_hundreds_are_written_out(tasks: Tasks, text: str, quantities: list):
    assert [(one.value, one.unit) for task in tasks(text) for one in task.quantities] == quantities


def test_numbers_that_stand_alone_under_no_header_are_no_table(tasks: Tasks):
    assert tasks("名单\n甲单位\n乙单位\n1\n丙单位\n1\n") == []
    assert tasks("甲单位\n1\n丙单位\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("抓好三项重点工作。", []),
        ("三项行动成效明显。", []),
        ("办好十一件民生实事。", [("十一件民生实事", [])]),
        ("县里今年抓好三项重点任务:\n1.甲任务。\n2.乙任务。\n3.丙任务。", []),
        ("“思想引领、建功立业”五大赋能行动。", []),
        ("开展专项行动。实施专项行动计划。", []),
        (
            "推进服务三大行动。实施三大行动:一是强基行动;二是暖心行动;三是赋能行动。",
            [("三大行动", ["强基行动", "暖心行动", "赋能行动"])],
        ),
        ("实施“办好十件实事工程”行动。", [("“办好十件实事工程”行动", [])]),
        ("2025年“工会服务月月行”任务清单\n月份\t任务\t部门\n3月\t举办招聘会\t服务中心\n", []),
        (
            "2025年“工会服务月月行”任务清单\n月份\t具体任务\t服务主题\n3月\t举办招聘会\t就业暖春\n合计\t1项\n",
            [("“工会服务月月行”", ["就业暖春"])],
        ),
    ],
)
def test_schemes_that_only_look_like_one(schemes: Schemes, text: str, expected: list):
    assert [(one.name, [item.value for item in one.items]) for one in schemes(text)] == expected


def test_a_bracket_that_only_dates_is_no_part_of_the_task(tasks: Tasks):
    found = tasks("要筹备召开职工代表大会（6月底前）。要建立台账(含电子版)。")
    assert [(one.text, one.deadline and one.deadline.value) for one in found] == [
        ("筹备召开职工代表大会", "6月底前"),
        ("建立台账(含电子版)", None),
    ]


def test_years_to_come_are_nobody(tasks: Tasks):
    assert [one.owner for one in tasks("今后五年,要新建职工服务中心120个。今后五年要培育工匠500名。")] == [None, None]


def test_a_verb_may_stand_behind_several_adverbs_but_not_behind_any_number():
    assert verb_at("逐户地开展走访") == (3, 5)
    assert verb_at("进一步持续继续不断切实扎实推进") is None
    assert opens_like_work("逐户逐人开展走访")
    assert not opens_like_work("进一步持续继续不断推进")


@pytest.mark.parametrize("text", ["对新开的店", "联合市人社局"])
def test_on_what_and_with_whom_is_only_scope(text: str):
    assert is_scope(text)


def test_a_contribution_is_a_result():
    assert is_result("作出新的贡献")


def test_a_line_marked_as_heading_is_one():
    assert is_heading("附则", "heading", "", "notice")
