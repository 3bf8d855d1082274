"""The worked examples of the labelling rules."""

from tests.reading.tasks.conftest import Schemes, Tasks


def told(found):
    return [(task.kind, task.text) for task in found]


def test_insurance_homes_and_services_are_three_tasks_with_two_quantities(tasks: Tasks):
    found = tasks(
        "会议强调,要着力抓好维权服务。为10万名新就业形态劳动者购买意外伤害保险,建立200个“司机之家”,"
        "推动工会优质服务资源进一步向新就业形态劳动者覆盖延伸。"
    )
    assert told(found)[1:] == [
        ("task", "为10万名新就业形态劳动者购买意外伤害保险"),
        ("task", "建立200个“司机之家”"),
        ("task", "推动工会优质服务资源进一步向新就业形态劳动者覆盖延伸"),
    ]
    assert [(one.value, one.unit) for task in found for one in task.quantities] == [
        (100000, "名"),
        (200, "个"),
    ]


def test_a_tail_that_says_what_is_solved_is_a_result(tasks: Tasks):
    found = tasks(
        "会议要求,联动开展区域性职工技术交流,有序构建跨区域、跨行业、跨企业的劳模创新工作室联盟,"
        "推动解决跨行业跨领域关键共性技术问题。"
    )
    assert told(found) == [
        ("task", "联动开展区域性职工技术交流"),
        ("task", "有序构建跨区域、跨行业、跨企业的劳模创新工作室联盟"),
    ]


def test_three_verbs_between_enumeration_commas_are_three_tasks(tasks: Tasks):
    found = tasks("会议要求,更大力度促进稳岗就业、扶持职工创业、帮扶困难职工。")
    assert told(found) == [
        ("task", "更大力度促进稳岗就业"),
        ("task", "扶持职工创业"),
        ("task", "帮扶困难职工"),
    ]


def test_objects_that_share_a_verb_stay_together(tasks: Tasks):
    found = tasks("会议要求,开展导游讲解、酒店服务、厨师烹饪和文化创意等方面的劳动和技能竞赛。")
    assert told(found) == [("task", "开展导游讲解、酒店服务、厨师烹饪和文化创意等方面的劳动和技能竞赛")]


SIX_AND_ONE = (
    "会议明确,全省工会2023年要突出做好大抓职工职业技能大赛与职工创新系列活动、大抓劳模(工匠)评宣系列活动、"
    "大抓最美劳动者选树宣传系列活动、大抓户外劳动者综合服务系列活动、大抓强基层固根基系列活动、"
    "大抓新就业形态劳动者建会入会系列活动、开好某省工会第十五次代表大会“6+1”重点工作。"
)


def test_six_and_one_are_seven_tasks_and_no_quantity(tasks: Tasks):
    found = tasks(SIX_AND_ONE)
    assert [task.kind for task in found] == ["task"] * 7
    assert found[-1].text == "开好某省工会第十五次代表大会"
    assert [task.quantities for task in found] == [()] * 7


def test_six_and_one_is_one_scheme_with_seven_items(schemes: Schemes):
    (scheme,) = schemes(SIX_AND_ONE)
    assert scheme.name == "“6+1”重点工作"
    assert scheme.items[0].value == "职工职业技能大赛与职工创新系列活动"
    assert len(scheme.items) == 7


def test_a_slogan_is_not_cut_at_enumeration_commas(tasks: Tasks):
    found = tasks("会议指出,各级工会要始终在政治上高站位、坚定不移把加强党的全面领导作为首要原则。")
    assert told(found) == [("slogan", "始终在政治上高站位、坚定不移把加强党的全面领导作为首要原则")]


def test_the_subject_owns_both_clauses(tasks: Tasks):
    found = tasks("王某某要求,全省政府系统要把支持保障工会工作作为义不容辞的责任,加强与工会组织的沟通衔接。")
    assert told(found) == [
        ("slogan", "把支持保障工会工作作为义不容辞的责任"),
        ("task", "加强与工会组织的沟通衔接"),
    ]
    assert [task.owner.value for task in found if task.owner] == ["全省政府系统", "全省政府系统"]


def test_a_ratio_is_no_quantity(tasks: Tasks):
    (task,) = tasks("会议要求,财政部门要按不低于1:1比例配套竞赛经费。")
    assert (task.text, task.quantities) == ("按不低于1:1比例配套竞赛经费", ())
    assert task.owner is not None
    assert task.owner.value == "财政部门"


def test_of_which_stays_with_its_whole(tasks: Tasks):
    (task,) = tasks(
        "2024年重点任务表\n序号\t重点任务\t责任部门\t完成时限\n1\t新发展会员2万人,其中新就业形态劳动者6000人\t基层工作部\t12月底",
        "plan",
    )
    assert [(one.value, one.unit) for one in task.quantities] == [(20000, "人"), (6000, "人")]
    assert task.owner is not None
    assert task.deadline is not None
    assert (task.owner.value, task.deadline.value) == ("基层工作部", "12月底")


def test_results_before_the_demand_are_left_out(tasks: Tasks):
    found = tasks("前八个月全市骑手入会4380人,仅完成年度计划的六成。各地要与平台站长逐一见面,9月25日前交回用工名册。")
    assert [task.text for task in found] == ["与平台站长逐一见面", "9月25日前交回用工名册"]
    assert [task.deadline.value for task in found if task.deadline] == ["9月25日前"]
    assert [task.quantities for task in found] == [(), ()]
