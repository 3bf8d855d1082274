"""What is demanded, and what is only told."""

import pytest

from gongshu.reading.model import Page
from gongshu.reading.tasks import find_tasks
from tests.reading.tasks.conftest import Tasks


def texts(found):
    return [task.text for task in found]


@pytest.mark.parametrize(
    "text",
    [
        "过去一年,全市新建工会46家,发展会员3120人,取得明显成效。",
        "代表们纷纷表示,要把大会精神带回去,立足岗位建功立业。",
        "电焊工老郑说,希望企业多给青年工人上手的机会。公交司机杨梅建议,在终点站修厕所。",
        "会议审议通过了工作报告,听取了经审工作报告。",
        "会议由县总工会副主席田某主持,各乡镇工会主席参加会议。",
        "会议采取视频方式举行,总结上半年工作,部署下半年任务。",
    ],
)
def test_reports_agenda_and_delegates_demand_nothing(tasks: Tasks, text: str):
    assert tasks(text) == []


def test_a_demand_begins_after_a_report_in_the_same_paragraph(tasks: Tasks):
    found = tasks("周某指出,去年全市新建驿站80个。今年,各县要再建驿站60个,年底前全部开放。")
    assert texts(found) == ["再建驿站60个"]
    assert [task.deadline.value for task in found if task.deadline] == ["年底前"]


def test_the_body_promising_is_a_demand_and_delegates_promising_is_not(tasks: Tasks):
    assert texts(tasks("司徒某表示,全市工会将抓好议定事项落实,推动联席会议制度向乡镇延伸。")) == [
        "抓好议定事项落实",
        "推动联席会议制度向乡镇延伸",
    ]
    assert tasks("与会代表表示,将争创更大业绩。") == []


def test_carried_sentences_need_no_modal(tasks: Tasks):
    found = tasks("会议要求,要深化劳动竞赛。举办焊工技能比武,评选工匠10名。")
    assert texts(found) == ["深化劳动竞赛", "举办焊工技能比武", "评选工匠10名"]


def test_housekeeping_of_a_congress_is_no_task_but_rules_of_a_notice_are(tasks: Tasks):
    assert tasks("三天会期里,请各位代表集中精力,严守纪律。", "speech") == []
    found = tasks(
        "关于召开会议的通知\n各县总工会:\n四、参会人员:委员。\n五、有关要求:1.请于3月3日前报送回执。2.不得请假、缺席。",
        "notice",
    )
    assert texts(found) == ["于3月3日前报送回执", "不得请假、缺席"]


def test_a_hosts_script_demands_only_at_its_end(tasks: Tasks):
    found = tasks(
        "主持词\n首先进行第一项,请区总工会主席周某作工作报告。\n下面,请副区长何某宣读表彰决定,大家欢迎。\n"
        "就贯彻会议精神,我再强调两点:一要迅速传达,二要在8月10日前报送贯彻情况。散会。",
        "speech",
    )
    assert texts(found) == ["迅速传达", "在8月10日前报送贯彻情况"]


def test_a_section_that_looks_back_demands_nothing(tasks: Tasks):
    found = tasks(
        "在会上的讲话\n一、去年工作回顾\n开展劳动竞赛120场,帮扶困难职工87户。\n二、今年的任务\n要开展劳动竞赛150场。",
        "speech",
    )
    assert texts(found) == ["开展劳动竞赛150场"]


def test_aims_at_the_head_of_a_plan_are_left_out(tasks: Tasks):
    found = tasks(
        "工作要点\n全年工作的总体要求是:坚持正确方向,团结动员广大职工建功立业。\n一、组织建设\n1.新建基层工会60家。2.评选“最美职工”10名。",
        "plan",
    )
    assert texts(found) == ["新建基层工会60家", "评选“最美职工”10名"]


def test_a_numbered_topic_is_a_heading_when_its_sentences_follow(tasks: Tasks):
    found = tasks("他强调三点:\n二是细化任务。要逐项列出清单,每季度报送进度。", "speech")
    assert texts(found) == ["逐项列出清单", "每季度报送进度"]


def test_a_single_numbered_line_is_an_item(tasks: Tasks):
    found = tasks(
        "工作要点\n二、深化改革\n(一)办好“最美职工”发布活动。\n(二)培育示范企业50家,上半年完成。\n演示省总工会",
        "plan",
    )
    assert texts(found) == ["办好“最美职工”发布活动", "培育示范企业50家"]


def test_parallel_mottoes_are_headings(tasks: Tasks):
    found = tasks(
        "会议指出,要坚守定力讲政治,深化“第一议题”制度。要精准发力促发展,开展劳动竞赛。要凝心聚力重作为,健全帮扶机制。"
    )
    assert texts(found) == ["深化“第一议题”制度", "开展劳动竞赛", "健全帮扶机制"]


def test_resolutions_of_minutes_are_demands(tasks: Tasks):
    found = tasks(
        "纪要\n会议议定:\n一、关于职工服务中心建设。由市国资委牵头,10月底前办理完划转手续。\n二、关于劳模疗养。由市人社局制定劳模疗养管理办法。",
        "other",
    )
    assert [(task.text, task.owner.value if task.owner else None) for task in found] == [
        ("10月底前办理完划转手续", "市国资委"),
        ("制定劳模疗养管理办法", "市人社局"),
    ]


def test_spans_point_at_the_words(tasks: Tasks):
    text = "会议要求,要开展集体协商“春季要约”行动,在6月底前建成驿站12处。"
    found = tasks(text)
    assert [text[task.span.start : task.span.end] for task in found] == texts(found)
    assert texts(found) == ["开展集体协商“春季要约”行动", "在6月底前建成驿站12处"]
    deadline = found[1].deadline
    assert deadline is not None
    assert deadline.span.of(text) == "6月底前"


def test_a_calendar_gives_its_month_to_the_tasks_of_the_line(tasks: Tasks):
    found = tasks("工作安排\n三月：举行趣味运动会；启动教学大赛。\n九月：教师节前完成“教工之家”验收。", "plan")
    assert [(task.text, task.deadline.value if task.deadline else None) for task in found] == [
        ("举行趣味运动会", "三月"),
        ("启动教学大赛", "三月"),
        ("教师节前完成“教工之家”验收", "教师节前"),
    ]


def test_seeing_how_things_are_is_no_demand(tasks: Tasks):
    assert tasks("会议指出,也要看到,小煤窑的参赛面还不到一半,个别企业应付差事。") == []


def test_a_leaders_decisions_after_a_colon_are_demands(tasks: Tasks):
    found = tasks("佟某某逐项拍板:县财政出三百万元,八月开工;工会经费由税务局代收。")
    assert texts(found) == ["县财政出三百万元", "工会经费由税务局代收"]
    assert [task.deadline.value for task in found if task.deadline] == ["八月"]


def test_a_second_date_is_a_second_task(tasks: Tasks):
    found = tasks("会议要求,各县要于10月20日前完成审核,10月25日前上报市总工会。")
    assert [(task.text, task.deadline.value if task.deadline else None) for task in found] == [
        ("于10月20日前完成审核", "10月20日前"),
        ("10月25日前上报市总工会", "10月25日前"),
    ]


def test_a_date_before_the_subject_is_kept(tasks: Tasks):
    (task,) = tasks("会议要求,十一月底前各车间工会要把台账补齐。")
    assert task.owner is not None
    assert task.deadline is not None
    assert (task.text, task.owner.value, task.deadline.value) == ("把台账补齐", "各车间工会", "十一月底前")


def test_pages_without_blocks_and_empty_pages_are_read():
    assert find_tasks(Page("", "", (), ()), "news") == []
    text = "会议要求,要建好职工书屋8个。"
    assert [task.text for task in find_tasks(Page(text, text, (), ()), "news")] == ["建好职工书屋8个"]


@pytest.mark.parametrize(
    "text",
    [
        "一队班长铁小山、理货员苗青先后发言。铁小山提出,夜班补贴应当动态调整;苗青建议在理货楼增设更衣间,配备烘干设备。",
        "司机赵大河、技师钱多参加座谈。赵大河希望公司给青年更多学习机会;钱多反映,连续在船时间要缩短。",
        "今天我们在这里召开表彰会议,表彰先进、部署任务。",
        "会议强调,全市要建成交通枢纽,靠的是实干。",
    ],
)
def test_workers_wishes_and_the_host_demand_nothing(tasks: Tasks, text: str):
    assert tasks(text) == []


def test_a_leader_who_is_named_with_a_post_still_demands(tasks: Tasks):
    text = "班长铁小山发言。工会主席谷雨生主持会议。谷雨生说,要更换老旧衣柜400组。"
    assert texts(tasks(text)) == ["更换老旧衣柜400组"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议要求,要依托“惠工”小程序开通入会通道。", ["依托“惠工”小程序开通入会通道"]),
        ("会议要求,要利用职工夜校举办技能培训。", ["利用职工夜校举办技能培训"]),
        ("会议要求,要突出主责主业,健全预警机制。", ["健全预警机制"]),
        ("会议要求,要突出审计重点,建立整改台账。", ["建立整改台账"]),
        ("会议要求,组织宣讲50场次,覆盖职工1万人次。", ["组织宣讲50场次,覆盖职工1万人次"]),
        ("会议要求,开设夜校20门,服务青年职工400人。", ["开设夜校20门,服务青年职工400人"]),
        ("会议要求,实施思想引领、建功立业、强基固本“三大工程”。", ["实施思想引领、建功立业、强基固本“三大工程”"]),
        ("会议要求,对恶意欠薪的,发现一起、查处一起。", ["对恶意欠薪的,发现一起、查处一起"]),
        ("会议要求,驿站要建80个。", ["驿站要建80个"]),
        ("会议要求,每个县区新建工会不得少于30家。", ["每个县区新建工会不得少于30家"]),
        ("会议要求,对取得高级工证书的职工给予补贴。", ["对取得高级工证书的职工给予补贴"]),
    ],
)
def test_clauses_are_kept_whole_and_openings_dropped(tasks: Tasks, text: str, expected: list[str]):
    assert texts(tasks(text)) == expected


def test_a_growth_in_a_plan_is_a_target_and_in_news_a_result(tasks: Tasks):
    assert texts(tasks("1.全年经费收缴同比增长8%。", "plan")) == ["全年经费收缴同比增长8%"]
    assert tasks("会议指出,全年经费收缴同比增长8%。") == []


def test_promises_in_a_report_are_demands_of_the_body(tasks: Tasks):
    found = tasks("海长川在报告中说,2023年,集团将投资3亿元实施技改项目15项,为职工增设宿舍240间。")
    assert [(task.text, task.owner.value if task.owner else None) for task in found] == [
        ("投资3亿元实施技改项目15项", "集团"),
        ("为职工增设宿舍240间", "集团"),
    ]


def test_a_stage_with_its_dates_is_a_heading(tasks: Tasks):
    text = "关于攻坚的通知\n各乡镇工会:\n一、工作步骤\n(一)摸底阶段(3月1日至3月20日)。各乡镇要逐户摸排,建立台账。"
    assert texts(tasks(text, "notice")) == ["逐户摸排", "建立台账"]


@pytest.mark.parametrize("heading", ["竞赛内容", "活动内容", "帮扶内容"])
def test_what_a_campaign_consists_of_is_work(tasks: Tasks, heading: str):
    text = f"关于开展竞赛的通知\n各工会:\n一、{heading}\n1.评选班组20个。\n2.开展应急演练。"
    assert texts(tasks(text, "notice")) == ["评选班组20个", "开展应急演练"]


@pytest.mark.parametrize("heading", ["会议内容", "培训内容"])
def test_what_a_meeting_consists_of_is_no_work(tasks: Tasks, heading: str):
    text = f"关于召开会议的通知\n各工会:\n一、{heading}\n1.总结上年工作。\n2.部署全年任务。"
    assert tasks(text, "notice") == []


@pytest.mark.parametrize("text", ["会议认为,但快递行业欠薪隐患仍需关注。", "会议指出,基层基础有待加强。"])
def test_what_leaves_to_be_desired_is_no_demand(tasks: Tasks, text: str):
    assert tasks(text) == []
