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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("于每季度末月28日前报送进展", "每季度末月28日前"),
        ("每季度末25日前报送进展", "每季度末25日前"),
        ("9月上旬前完成节目报送", "9月上旬前"),
        ("在每年元旦、春节期间走访慰问", "每年元旦、春节期间"),
        ("明年国庆节前建成投用", "明年国庆节前"),
        ("中秋、国庆前发放慰问品", "中秋、国庆前"),
        ("活动从3月1日至5月31日分批实施", "3月1日至5月31日"),
        ("安排7月至9月分批体检", "7月至9月"),
        ("将于6月、11月组织两次督查", "6月、11月"),
        ("每两年组织一次体检", "每两年"),
        ("每半个月调度一次", "每半个月"),
        ("每学期开展一次家访", "每学期"),
        ("力争今年代收面达到80%", "今年"),
        ("驿站今年要建80个", "今年"),
        ("于8:50前到南门乘车", "8:50前"),
    ],
)
def test_rhythms_and_spans_as_they_stand(text: str, expected: str):
    found = deadline_in(text, Span(0, len(text)))
    assert found is not None
    assert found.value == expected


@pytest.mark.parametrize("text", ["抓好春节前后困难职工走访", "将供应延长至凌晨2点", "以去年为起点"])
def test_no_deadline_around_a_holiday_or_an_hour(text: str):
    assert deadline_in(text, Span(0, len(text))) is None


def test_a_sentence_that_says_only_by_when_dates_the_task_before(tasks: Tasks):
    (task,) = tasks("1.全市新建驿站60座。10月底前完成。", "plan")
    assert task.deadline is not None
    assert (task.text, task.deadline.value) == ("全市新建驿站60座", "10月底前")


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("会议议定,服务中心项目由县自然资源局牵头,12月底前完成用地手续。", "县自然资源局"),
        ("会议议定,技能比武由生产保障部负责,9月份举办三个专业的比武。", "生产保障部"),
        ("会议议定,由经营部牵头,人力资源部配合,9月份举办技能比武。", "经营部"),
        ("会议议定,所需资金由县财政局列入明年预算。", "县财政局"),
        ("会议要求,请生活部5月底前与疗养院签订协议。", "生活部"),
        ("会议要求,民政、医保、残联要和工会共享数据。", "民政、医保、残联"),
        ("会议要求,受表彰的单位和个人要珍惜荣誉。", "受表彰的单位和个人"),
        ("会议希望新一届工会委员会健全提案制度。", "新一届工会委员会"),
        ("会议要求,参会人员原则上不得请假。", "参会人员"),
    ],
)
def test_owners_in_minutes_and_subjects(tasks: Tasks, sentence: str, owner: str):
    assert [task.owner.value if task.owner else None for task in tasks(sentence)] == [owner]


def test_places_own_their_quotas(tasks: Tasks):
    text = "关于建会的通知\n各乡镇:\n一、任务分解\n城关镇新建工会12家、发展会员800人;石岭乡新建工会8家。"
    assert [(task.text, task.owner.value if task.owner else None) for task in tasks(text, "notice")] == [
        ("新建工会12家", "城关镇"),
        ("发展会员800人", "城关镇"),
        ("新建工会8家", "石岭乡"),
    ]


def test_a_new_body_is_no_owner_of_what_is_to_be_set_up(tasks: Tasks):
    (task,) = tasks("关于建会的通知\n各乡镇工会:\n一、目标任务\n全县新建工会组织45家。", "notice")
    assert (task.text, task.owner) == ("全县新建工会组织45家", None)


def test_a_time_before_the_modal_keeps_the_owner_asked(tasks: Tasks):
    found = tasks("会议要求,请住建局抓紧办理手续,年底前必须开工建设。")
    assert [(task.text, task.owner.value if task.owner else None) for task in found] == [
        ("抓紧办理手续", "住建局"),
        ("年底前必须开工建设", "住建局"),
    ]


def test_a_labelled_body_goes_before_a_labelled_person(tasks: Tasks):
    (task,) = tasks("1、新建职工书屋5家。\n责任领导:陶安\n责任部室:宣教部", "plan")
    assert task.owner is not None
    assert (task.owner.value, task.owner.rule) == ("宣教部", "owner.label")


def test_a_body_that_promises_owns_what_it_promises(tasks: Tasks):
    found = tasks("供电公司郑重承诺:年内新建服务站15个,为环卫工人办理一份互助保障。")
    assert [(task.text, task.owner.value if task.owner else None) for task in found] == [
        ("年内新建服务站15个", "供电公司"),
        ("为环卫工人办理一份互助保障", "供电公司"),
    ]


def test_a_report_of_progress_is_a_task_and_a_report_to_somebody_dates_the_task(tasks: Tasks):
    found = tasks("会议要求,各县要挂图作战,每周五报进度。各县要制定方案,3月10日前报市总工会。")
    assert [(task.text, task.deadline.value if task.deadline else None) for task in found] == [
        ("挂图作战", None),
        ("每周五报进度", "每周五"),
        ("制定方案", "3月10日前"),
    ]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("会议明确以下事项:\n1.新签集体合同60份。区总工会牵头,区企联配合。\n2.命名企业15家。", "区总工会"),
        ("会议明确以下事项:\n1.修缮职工浴室3间;后勤处负责。\n2.增设更衣柜。", "后勤处"),
    ],
)
def test_a_sentence_that_says_only_who_leads_owns_the_item(tasks: Tasks, text: str, owner: str):
    first, second = tasks(text, "other")
    assert first.owner is not None
    assert (first.owner.value, second.owner) == (owner, None)


@pytest.mark.parametrize(
    ("text", "expected"), [("4-10月实施", "4-10月"), ("3至5月组织走访", "3至5月"), ("9—11月举办决赛", "9—11月")]
)
def test_spans_of_months(text: str, expected: str):
    found = deadline_in(text, Span(0, len(text)))
    assert found is not None
    assert found.value == expected
