"""Rules drawn from the second sample of documents, each in two phrasings of our own."""

import pytest

from gongshu.reading import read
from gongshu.reading.model import Page
from gongshu.reading.tasks import find_initiatives
from tests.reading.tasks.conftest import Tasks


def texts(found):
    return [task.text for task in found]


@pytest.mark.parametrize("header", ["工作举措及目标", "具体内容和指标"])
def test_a_column_of_measures_and_aims_holds_the_tasks(header: str):
    lines = ["序号", "重点任务", header, "牵头部门", "完成时间"]
    rows = ["1", "阵地建设", "新建驿站12个", "权益部", "6月底", "2", "技能提升", "举办培训3期", "经济部", "9月底"]
    found = read("青杉市总工会2023年重点任务推进表\n" + "\n".join(lines + rows)).tasks
    assert [(task.text, task.owner and task.owner.value) for task in found] == [
        ("新建驿站12个", "权益部"),
        ("举办培训3期", "经济部"),
    ]


@pytest.mark.parametrize("name", ["“暖蜂进站·骑手关爱行动”", "“书香润心·职工阅读行动”"])
def test_a_dot_inside_quotes_does_not_make_a_menu_of_a_cell(name: str):
    page = read(
        "青杉市总工会2023年重点任务推进表\n序号\n重点任务\n具体措施\n牵头部门\n完成时限\n1\n"
        f"开展{name}\n走访骑手300户,赠送书籍\n权益部\n3月底\n注:各部门每月28日前填报进度,年底前完成。"
    ).page
    assert name in page.text


@pytest.mark.parametrize(
    ("clause", "task"),
    [
        ("各科室要逐条梳理职工意见建议", "逐条梳理职工意见建议"),
        ("各分会要及时收集会员代表建议", "及时收集会员代表建议"),
    ],
)
def test_to_gather_delegates_proposals_is_a_demand_and_not_a_speech(tasks: Tasks, clause: str, task: str):
    assert texts(tasks(f"会议要求,{clause},5月底前建立台账。")) == [task, "5月底前建立台账"]


@pytest.mark.parametrize("opening", ["对受训会员提出两点要求", "向新任职工代表提出三点希望"])
def test_hopes_put_to_delegates_are_demands(tasks: Tasks, opening: str):
    assert texts(tasks(f"邵某在讲话中{opening}:一是建立学习台账;二是每季度开展一次走访。")) == [
        "建立学习台账",
        "每季度开展一次走访",
    ]


@pytest.mark.parametrize("opening", ["职工代表向公司提出两点希望", "学员代表对学校提出几点建议"])
def test_hopes_of_delegates_are_none(tasks: Tasks, opening: str):
    assert tasks(f"{opening}:一是建立学习台账;二是每季度开展一次走访。") == []


@pytest.mark.parametrize("subject", ["暖心助困工程", "“求学圆梦”行动"])
def test_a_scheme_before_the_modal_is_the_topic_and_no_part_of_the_task(tasks: Tasks, subject: str):
    assert texts(tasks(f"会议要求,{subject}要分类建立帮扶台账20份。")) == ["分类建立帮扶台账20份"]


@pytest.mark.parametrize("topic", ["做好下半年的工作", "抓好全年工会工作"])
def test_the_whole_of_the_work_before_the_modal_is_only_a_topic(tasks: Tasks, topic: str):
    assert texts(tasks(f"会议强调,{topic},要新建驿站30个。")) == ["新建驿站30个"]


@pytest.mark.parametrize("quoted", ["少数企业“不想要”现象明显", "个别单位“推脱要”苗头抬头"])
def test_a_modal_inside_quotes_asks_nothing(tasks: Tasks, quoted: str):
    assert tasks(f"同志们:也要看到,{quoted}。", "speech") == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("会议要求,各校要开设公益课18个班次。", [(18, "个班次")]),
        ("会议要求,要开设网课60门次,力争排名前移3个位次。", [(60, "门次"), (3, "个位次")]),
        ("会议要求,每个支部要申报一项创新项目。", [(1, "项")]),
        ("会议要求,要印制维权手册人手一册。", [(1, "册")]),
        ("会议要求,学员要提交一篇不少于1500字的报告。", [(1, "篇"), (1500, "字")]),
        ("会议要求,要把普法作为一项长期任务,建立工作台账。", []),
    ],
)
def test_amounts_with_long_units_and_single_pieces(tasks: Tasks, text: str, amounts: list[tuple[int, str]]):
    assert [(one.value, one.unit) for task in tasks(text) for one in task.quantities] == amounts


@pytest.mark.parametrize("wording", ["落实每人每月150元补贴", "发放每名网格员每月80元通讯补助"])
def test_money_a_month_is_no_deadline(tasks: Tasks, wording: str):
    assert [task.deadline for task in tasks(f"会议要求,要{wording}。")] == [None]


@pytest.mark.parametrize(
    "line",
    ["附件【任务清单.docx】已下载35次", "附件【分工表.xls】累计下载次数:12次"],
)
def test_counters_of_downloads_go(line: str):
    page = read(f"青杉市总工会召开推进会\n3月2日,青杉市总工会召开推进会,会议要求各县新建驿站10个。\n{line}").page
    assert "下载" not in page.text


@pytest.mark.parametrize(
    "line",
    ["您好,欢迎访问青杉市总工会网站! 今天是: 设为首页 加入收藏", "今天是:星期三 | 设为首页 | 收藏本站"],
)
def test_a_bar_of_bookmarks_goes(line: str):
    page = read(f"{line}\n青杉市总工会召开推进会\n3月2日,青杉市总工会召开推进会,会议要求各县新建驿站10个。").page
    assert "设为首页" not in page.text


@pytest.mark.parametrize("label", ["最新更新", "近期上传"])
def test_links_to_the_newest_samples_go(label: str):
    page = read(f"同志们:\n要新建驿站10个,年底前全部开放。\n{label}:团委换届致辞 | 述职报告 | 年终总结").page
    assert "述职报告" not in page.text


@pytest.mark.parametrize(
    ("clause", "deadline"),
    [
        ("两年内将班组长兼职工会组长轮训一遍", "两年内"),
        ("三个月内将新任工会主席走访一遍", "三个月内"),
    ],
)
def test_a_post_before_a_verb_is_no_official_with_a_name(tasks: Tasks, clause: str, deadline: str):
    found = tasks(f"会议要求,各县总工会要把培训向一线延伸,{clause}。")
    assert [(task.text, task.deadline.value) for task in found if task.deadline] == [(clause, deadline)]


@pytest.mark.parametrize("group", ["各分会会长", "各分厂厂长"])
def test_heads_of_units_are_the_owner_before_the_modal(tasks: Tasks, group: str):
    found = tasks(f"会议要求,{group}要在两周内向职工传达会议内容。")
    assert [(task.text, task.owner.value) for task in found if task.owner] == [("在两周内向职工传达会议内容", group)]


@pytest.mark.parametrize("asked", ["新任委员", "参训学员"])
def test_those_whom_hopes_are_put_to_own_every_item(tasks: Tasks, asked: str):
    found = tasks(f"邵某对{asked}提出两点希望:一是建立联系点2个;二是每季度走访职工30人。")
    assert [task.owner.value for task in found if task.owner] == [asked, asked]


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("集中建成一批在全市叫", ["5月底前申报创新项目20个"]),
        ("组织职工代表开展安全巡", ["5月底前申报创新项目20个"]),
        ("集中建成驿站30个。", ["5月底前申报创新项目20个", "集中建成驿站30个"]),
    ],
)
def test_a_task_the_page_breaks_off_is_left_out(tasks: Tasks, last: str, kept: list[str]):
    opening = "邵某就贯彻会议精神提出要求。各级工会要迅速把会议精神传达到每一个班组和每一名职工中去。"
    assert texts(tasks(f"{opening}各县总工会要5月底前申报创新项目20个,{last}"))[-len(kept) :] == kept


@pytest.mark.parametrize(
    ("counted", "listed"),
    [
        ("抓好三项重点工作", "实施强基工程、暖心工程、赋能工程"),
        ("推进四大行动", "开展建会行动、帮扶行动、普法行动、练兵行动"),
    ],
)
def test_a_number_of_works_gives_way_to_what_they_are(tasks: Tasks, counted: str, listed: str):
    assert texts(tasks(f"会议要求,今年要{counted},即{listed}。")) == [listed]


@pytest.mark.parametrize("wording", ["上线“云工惠”三期", "建设“智慧驿站”二期"])
def test_the_phase_of_a_named_thing_is_no_amount(tasks: Tasks, wording: str):
    assert [task.quantities for task in tasks(f"会议要求,要{wording}。")] == [()]


@pytest.mark.parametrize("crumb", ["信息公开 > 公示公告", "工会要闻 >> 通知公告"])
def test_a_trail_of_two_pages_does_not_make_a_notice(crumb: str):
    items = "一、新建驿站50个。(责任部门:权益部)\n二、举办夜校20期。(责任部门:宣教部)"
    found = read(f"{crumb}\n青杉市总工会2024年服务职工八件实事\n{items}")
    assert (found.doc_type, crumb in found.page.text) == ("plan", False)


@pytest.mark.parametrize("line", ["出席人员:邵青山、岑一鸣、鲁小溪", "缺席人员:乔木、池玉白"])
def test_those_present_in_minutes_are_no_task(tasks: Tasks, line: str):
    assert (
        tasks(f"会议纪要\n{line}\n现将议定事项纪要如下:\n一、会议同意举办夜校3期。", "other")[0].text == "举办夜校3期"
    )


@pytest.mark.parametrize("wording", ["测评结果作为评先评优依据", "完成情况纳入年度考核内容"])
def test_what_results_count_for_is_told(tasks: Tasks, wording: str):
    assert texts(tasks(f"会议要求,要每季度开展督查,{wording}。")) == ["每季度开展督查"]


@pytest.mark.parametrize("event", ["结业前提交调研报告1篇", "换届前提交调研报告1篇"])
def test_an_event_before_handing_in_is_the_deadline(tasks: Tasks, event: str):
    assert [task.deadline.value for task in tasks(f"会议要求,要{event}。") if task.deadline] == [event[:3]]


@pytest.mark.parametrize(
    ("text", "name", "items"),
    [
        (
            "今年要抓好三项重点工作,即实施强基工程、暖心工程、赋能工程。",
            "三项重点工作",
            ["强基工程", "暖心工程", "赋能工程"],
        ),
        ("要推进两大行动,分别是建会行动、普法行动。", "两大行动", ["建会行动", "普法行动"]),
    ],
)
def test_a_number_of_works_spelled_out_is_one_scheme(text: str, name: str, items: list[str]):
    found = find_initiatives(Page(text, text, (), ()))
    assert [(one.name, [part.value for part in one.items]) for one in found] == [(name, items)]


@pytest.mark.parametrize("threat", ["逾期未交的予以督办", "逾期不改的一律通报"])
def test_what_follows_a_missed_date_is_a_demand(tasks: Tasks, threat: str):
    assert texts(tasks(f"会议要求,各部门要每月25日前填报台账,{threat}。")) == ["每月25日前填报台账", threat]


@pytest.mark.parametrize("work", ["会同行政方成立评审组", "5月底前完成初选20项"])
def test_primary_unions_beside_other_levels_own_their_part(tasks: Tasks, work: str):
    found = tasks(f"会议要求,各市总工会要开展复评。基层工会要{work}。")
    assert [task.owner and task.owner.value for task in found][-1] == "基层工会"


@pytest.mark.parametrize("work", ["牵头开展建会攻坚", "牵头制定活动方案"])
def test_the_body_a_meeting_charges_is_named_without_its_preposition(tasks: Tasks, work: str):
    found = tasks(f"会议决定由组织部{work}。")
    assert [(task.text, task.owner.value) for task in found if task.owner] == [(work, "组织部")]


@pytest.mark.parametrize("clause", ["每家企业至少提出1条整改建议", "每个车间提出不少于3条改进建议"])
def test_a_number_of_proposals_to_make_is_a_demand(tasks: Tasks, clause: str):
    assert texts(tasks(f"会议要求,各县要开展检查20家,{clause}。")) == ["开展检查20家", clause]
