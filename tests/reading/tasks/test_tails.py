"""Brackets behind an item that say who and by when."""

import pytest

from gongshu.reading.tasks.tail import is_tail, tails
from tests.reading.tasks.conftest import Tasks


def owners(found):
    return [(task.text, task.owner.value if task.owner else None) for task in found]


def test_a_bracket_after_the_full_stop_owns_every_task_of_its_item(tasks: Tasks):
    text = "1.办好公众号,全年推送稿件120篇。(办公室)\n2.培育创新工作室6个。(经济部、区工人文化宫)"
    assert owners(tasks(text, "plan")) == [
        ("办好公众号", "办公室"),
        ("全年推送稿件120篇", "办公室"),
        ("培育创新工作室6个", "经济部、区工人文化宫"),
    ]


def test_a_bracket_before_the_full_stop_is_taken_off_the_words(tasks: Tasks):
    text = "1.办好职工夜校(宣教部)。\n2.慰问困难职工300户【权益保障部】。"
    assert owners(tasks(text, "plan")) == [("办好职工夜校", "宣教部"), ("慰问困难职工300户", "权益保障部")]


def test_items_on_one_line_have_each_their_own_bracket(tasks: Tasks):
    text = "1.举办招聘会12场。(帮扶中心)2.开展审计8次。(经审办)"
    assert owners(tasks(text, "plan")) == [("举办招聘会12场", "帮扶中心"), ("开展审计8次", "经审办")]


def test_a_bracket_with_a_date_gives_the_date_too(tasks: Tasks):
    (task,) = tasks("1.建成职工驿站10个。(基层部牵头,9月底前)", "plan")
    assert task.owner is not None
    assert task.deadline is not None
    assert (task.owner.value, task.deadline.value) == ("基层部", "9月底前")


def test_a_labelled_bracket_on_its_own_line_owns_the_item_above(tasks: Tasks):
    text = "1.建成职工驿站10个。\n(牵头部门:基层部;配合单位:各县总工会)"
    assert owners(tasks(text, "plan")) == [("建成职工驿站10个", "基层部")]


@pytest.mark.parametrize(
    "text",
    [
        "建好驿站。(办公室)",
        "要建好各乡镇(街道)。要服务各县(市、区)。",
        "会议通过办法(试行)。报名表见附件(略)。",
        "召开全体会议(扩大)。开展培训(含新任主席)。",
    ],
)
def test_other_brackets_are_no_owners(text: str):
    assert tails(text) == []


@pytest.mark.parametrize(("words", "expected"), [("(宣教部、财务部)", True), ("(2024年)", False), ("宣教部", False)])
def test_a_sentence_of_nothing_but_a_body_in_brackets(words: str, expected: bool):
    assert is_tail(words) is expected


@pytest.mark.parametrize("words", ["要建好驿站。(经济部牵头)", "建好驿站。(责任单位:经济部)"])
def test_one_bracket_is_enough_where_it_says_the_duty(words: str):
    assert [tail.owner.value for tail in tails(words) if tail.owner] == ["经济部"]
