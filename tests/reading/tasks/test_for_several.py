"""Owners and dates that hold for several tasks, and demands under headings that call for them."""

import pytest

from gongshu.reading.model import TaskFinding
from tests.reading.tasks.conftest import Tasks


def owned(found: list[TaskFinding]) -> list[tuple[str, str | None]]:
    return [(one.text, one.owner.value if one.owner else None) for one in found]


def dated(found: list[TaskFinding]) -> list[tuple[str, str | None]]:
    return [(one.text, one.deadline.value if one.deadline else None) for one in found]


def test_a_bracket_on_its_own_line_holds_for_all_items_of_its_heading(tasks: Tasks) -> None:
    text = (
        "一、铸魂:加强思想引领\n1.办好职工讲堂12场。\n2.建设职工书屋4家。\n(责任领导:冉启明;责任部门:宣教部)\n"
        "二、赋能:推进产改\n3.培训技师30名。\n4.举办技能比武2场。\n(责任部门:经济部,配合单位:各街道总工会)"
    )
    assert owned(tasks(text, "plan")) == [
        ("办好职工讲堂12场", "宣教部"),
        ("建设职工书屋4家", "宣教部"),
        ("培训技师30名", "经济部"),
        ("举办技能比武2场", "经济部"),
    ]


def test_a_person_in_charge_is_the_owner_where_no_body_is_named(tasks: Tasks) -> None:
    text = "一、阵地\n1.建设职工书屋4家。\n(责任领导:冉启明)\n2.培训技师30名。\n(责任人:贺小满)"
    assert [owner for _, owner in owned(tasks(text, "plan"))] == ["冉启明", "贺小满"]


def test_a_date_of_everything_holds_for_every_task_of_the_sentence(tasks: Tasks) -> None:
    text = "1.新增驿站10个,改造书屋6家,8月底前全部投用。\n2.新增书屋2家,培训技师5名,8月底前完成。"
    assert dated(tasks(text, "plan")) == [
        ("新增驿站10个", "8月底前"),
        ("改造书屋6家", "8月底前"),
        ("新增书屋2家", None),
        ("培训技师5名", "8月底前"),
    ]


def test_who_takes_on_the_whole_sentence_is_owner_of_its_tasks(tasks: Tasks) -> None:
    text = "1.举办职工亲子运动会1场,预算控制在8000元以内,由阮青承办。"
    assert {owner for _, owner in owned(tasks(text, "plan"))} == {"阮青"}


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("会议要求,邬长河负责拟定选址方案。", "邬长河"),
        ("会议要求,由乡镇(街道)工会就近吸收司机入会。", "乡镇(街道)工会"),
        ("会议要求,新闻媒体要开设专栏。", "新闻媒体"),
        ("会议要求,新馆全部建成开放。", None),
        ("会议要求,15分钟工会服务圈建成30个。", None),
        ("会议要求,现有驿站要延长开放时间。", None),
        ("工会要抓住两件事:一是把困难职工档案过一遍,二是走访慰问20户。", "工会"),
    ],
)
def test_who_is_owner_and_who_is_not(tasks: Tasks, text: str, owner: str | None) -> None:
    assert {found for _, found in owned(tasks(text))} == {owner}


def test_a_report_demands_under_a_heading_of_work_to_come(tasks: Tasks) -> None:
    text = (
        "一、过去五年的工作\n新建驿站40个。\n二、今后五年的目标任务\n——到2027年,会员达到150万人。\n"
        "——每年培训技师200名,创建工作室累计50家。"
    )
    assert [one.text for one in tasks(text, "speech")] == [
        "会员达到150万人",
        "每年培训技师200名",
        "创建工作室累计50家",
    ]


def test_stages_and_calls_in_brackets_demand_what_follows(tasks: Tasks) -> None:
    text = (
        "二、抓什么\n(一)抓学习。每周五集中学习不少于2小时。\n(二)抓下沉。机关干部每月到基层不少于5天。\n"
        "三、怎么抓\n活动分三个阶段:3月底前学习动员,4月至10月查摆整改。"
    )
    assert [one.text for one in tasks(text, "speech")] == [
        "每周五集中学习不少于2小时",
        "每月到基层不少于5天",
        "3月底前学习动员",
        "4月至10月查摆整改",
    ]


def test_a_topic_goes_before_the_first_demand_of_a_sentence(tasks: Tasks) -> None:
    text = "同志们:\n下面讲三点意见。\n二、明确任务\n就业上,联合人社部门举办招聘会4场。"
    assert [one.text for one in tasks(text, "speech")] == ["联合人社部门举办招聘会4场"]


def test_a_plan_that_a_notice_gives_out_is_read_as_a_plan(tasks: Tasks) -> None:
    text = (
        "各乡镇总工会:\n现将工作安排印发给你们。\n沙柳县总工会2023年下半年重点工作安排\n"
        "一、维权帮扶。“金秋助学”资助学生120名。\n二、阵地。改造职工之家10个。"
    )
    assert [one.text for one in tasks(text, "notice")] == ["“金秋助学”资助学生120名", "改造职工之家10个"]


def test_attachments_are_no_tasks(tasks: Tasks) -> None:
    text = "各单位:\n一、有关要求\n1.按时报送总结。\n附件:1.“送清凉”活动统计表\n2.疗休养人员报名表\n3月1日"
    assert [one.text for one in tasks(text, "notice")] == ["按时报送总结"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议决定7月下旬召开行业集体协商会议。", ["7月下旬召开行业集体协商会议"]),
        ("全会确定今年建设书屋20家。", ["今年建设书屋20家"]),
        ("会议要求,协商前,要向会员征求意见。", ["向会员征求意见"]),
        ("会议要求,列支3.6万元,用于添置急救箱。", ["列支3.6万元,用于添置急救箱"]),
        ("会议要求,建立书屋5家,强基工程方面,培训技师20名。", ["建立书屋5家", "培训技师20名"]),
    ],
)
def test_where_a_demand_begins_and_ends(tasks: Tasks, text: str, expected: list[str]) -> None:
    assert [one.text for one in tasks(text)] == expected


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("会议要求,举办比武,奖励前三名。", []),
        ("会议要求,年底前12个分工会完成换届。", [12]),
        ("会议要求,把体检标准从每人300元提高到500元。", [500]),
    ],
)
def test_what_counts(tasks: Tasks, text: str, amounts: list[float]) -> None:
    assert [one.value for found in tasks(text) for one in found.quantities] == amounts


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("会议要求,帮扶资金到账后15日内发放到位。", "到账后15日内"),
        ("会议要求,2021年聘请辅导员80名。", "2021年"),
        ("会议要求,暑假前建好哺乳室。", "暑假前"),
        ("会议要求,“六一”前举办亲子运动会。", "“六一”前"),
        ("会议要求,制定数据标准,7月份印发。", "7月份"),
        ("会议要求,建设书屋,全年不少于60场。", "全年"),
    ],
)
def test_by_when(tasks: Tasks, text: str, when: str) -> None:
    assert [one.deadline.value for one in tasks(text) if one.deadline] == [when]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("会议要求,巩固“县级工会加强年”成果。", "task"),
        ("会议要求,持续巩固“五个年”成果。", "slogan"),
        ("会议要求,大力推进“劳模工匠助企行”。", "task"),
        ("会议要求,要把准改革方向。", "slogan"),
        ("会议要求,要把工会工作摆上重要议事日程。", "slogan"),
        ("会议要求,要学技术、降消耗、保安全。", "slogan"),
    ],
)
def test_task_or_slogan(tasks: Tasks, text: str, kind: str) -> None:
    assert [one.kind for one in tasks(text)] == [kind]
