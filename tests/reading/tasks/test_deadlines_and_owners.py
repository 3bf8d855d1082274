"""By when, and by whom."""

import pytest

from gongshu.reading.model import Span
from gongshu.reading.tasks.deadline import deadline_in
from tests.reading.tasks.conftest import Tasks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在6月底前建成驿站", "6月底前"),
        ("9月25日前交回名册", "9月25日前"),
        ("于3月3日下班前报送", "3月3日下班前"),
        ("5月10日17:00前报名", "5月10日17:00前"),
        ("每月25日前报送进展", "每月25日前"),
        ("年底前增设驿站", "年底前"),
        ("三季度末前结束换届", "三季度末前"),
        ("全年发放慰问金", "全年"),
        ("每年听取汇报", "每年"),
        ("在一周内召开会议", "一周内"),
        ("力争三年内新建工会", "三年内"),
        ("春节前发放到位", "春节前"),
        ("8月上旬举办培训班", "8月上旬"),
        ("比武定于10月举行", "10月"),
        ("每周五通报进度", "每周五"),
    ],
)
def test_deadlines_as_they_stand(text: str, expected: str):
    found = deadline_in(text, Span(0, len(text)))
    assert found is not None
    assert found.value == expected


@pytest.mark.parametrize("text", ["按季调度", "2024年工作", "在目前形势下", "开展会前学习以外的活动", "建立年度计划"])
def test_no_deadline_where_none_stands(text: str):
    assert deadline_in(text, Span(0, len(text))) is None


def test_a_clause_of_nothing_but_a_date_goes_to_the_task_before(tasks: Tasks):
    (task,) = tasks("会议要求,要建立新业态工会联合会,6月底前挂牌运行。")
    assert task.deadline is not None
    assert (task.text, task.deadline.value) == ("建立新业态工会联合会", "6月底前")


def test_a_date_before_a_comma_goes_to_the_task_after(tasks: Tasks):
    (task,) = tasks("会议要求,各县要加快进度,年底前,建成驿站20个。")[1:]
    assert task.deadline is not None
    assert (task.text, task.deadline.value) == ("建成驿站20个", "年底前")


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("人社部门要牵头建立机制", "人社部门"),
        ("市政府督查室要建立台账", "市政府督查室"),
        ("各级党委要听取汇报", "各级党委"),
        ("住建、交通部门要增设驿站30个", "住建、交通部门"),
        ("全市各级工会要建好台账", None),
        ("全省各级工会组织和工会干部要建好台账", None),
        ("省总工会要建好台账", None),
        ("下半年,要建好台账", None),
        ("由市财政局负责落实改造资金", "市财政局"),
        ("财政局每年安排专项经费", "财政局"),
        ("举办技能比武(经济技术部牵头)", "经济技术部"),
        ("举办技能比武(责任单位:经济技术部、宣教部)", "经济技术部、宣教部"),
    ],
)
def test_owners_are_those_named_and_not_everybody(tasks: Tasks, sentence: str, owner: str | None):
    (task,) = tasks(f"会议要求,{sentence}。")
    assert (task.owner.value if task.owner else None) == owner


def test_the_meetings_own_body_owns_only_beside_others(tasks: Tasks):
    found = tasks("市长强调,市总工会要拿出方案,财政局要安排经费。")
    assert [task.owner.value for task in found if task.owner] == ["市总工会", "财政局"]


def test_the_audience_of_a_notice_owns_what_is_asked_without_subject(tasks: Tasks):
    (task,) = tasks(
        "关于印发方案的通知\n机关各部室,各县总工会:\n请对照分工制定实施方案,于3月10日前报市总工会办公室。",
        "notice",
    )
    assert task.owner is not None
    assert task.deadline is not None
    assert (task.owner.value, task.deadline.value) == ("机关各部室,各县总工会", "3月10日前")


def test_labels_after_an_item_own_the_whole_item(tasks: Tasks):
    found = tasks(
        "工作要点\n一、建功\n1.评选工匠10名,新建工作室5个。牵头单位:经济部;完成时限:11月底前。\n2.发展会员400名。(责任单位:基层部)",
        "plan",
    )
    assert [(task.owner.value if task.owner else None) for task in found] == ["经济部", "经济部", "基层部"]
    assert [(task.deadline.value if task.deadline else None) for task in found] == [
        "11月底前",
        "11月底前",
        None,
    ]


def test_a_table_gives_owner_deadline_and_target(tasks: Tasks):
    found = tasks(
        "建设项目清单\n序号\t项目\t建设内容\t目标值(个)\t责任单位\t完成时限\n1\t司机之家\t在物流园区新建司机之家\t60\t基层工作部\t11月底\n"
        "2\t智慧平台\t完成平台开发\t—\t网络中心\t6月底前",
        "plan",
    )
    assert [task.text for task in found] == ["在物流园区新建司机之家", "完成平台开发"]
    assert [[(one.value, one.unit) for one in task.quantities] for task in found] == [[(60, "个")], []]
    assert [task.owner.value for task in found if task.owner] == ["基层工作部", "网络中心"]
    assert [task.deadline.value for task in found if task.deadline] == ["11月底", "6月底前"]
