"""Who was there, where, and by when, in forms the first pages did not have."""

import pytest

from gongshu.reading import read

NEWS = (
    "样例市总工会召开全市工会工作会议\n发布时间:2024-03-17\n3月15日,样例市总工会在市会议中心召开全市工会工作会议,{}。"
)


def groups_of(page: str) -> list[str]:
    return [found.value for found in read(page).meeting.attendee_groups]


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        (
            "9个县(市、区)总工会分管副主席和6家平台企业工会负责人参加会议",
            ["9个县(市、区)总工会分管副主席", "6家平台企业工会负责人"],
        ),
        ("各县(市、区)总工会主席、部分职工代表参加会议", ["各县(市、区)总工会主席", "部分职工代表"]),
        ("市委副书记***同志出席会议", []),
    ],
)
def test_a_bracket_in_a_name_parts_no_groups(words: str, groups: list[str]) -> None:
    assert groups_of(NEWS.format(words)) == groups


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("大会应到代表212人,实到198人", ["应到代表212人,实到198人"]),
        ("会议应到委员45名,因事请假3人,实到42名", ["应到委员45名,因事请假3人,实到42名"]),
        ("会议应到代表212人,实到代表198人", ["代表198人"]),
    ],
)
def test_those_due_and_those_present_are_one_group(words: str, groups: list[str]) -> None:
    assert groups_of(NEWS.format(f"研究全年任务。{words}")) == groups


def test_a_term_is_no_place() -> None:
    page = "主持词\n同志们:\n现在开会。会后,要在两周内召开专题会,在家政行业举办培训2期。样例市总工会工作会议散会。"
    assert read(page).meeting.place is None


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("今年新增爱心托管班60个", "今年"),
        ("今年完成12家企业改制", "今年"),
        ("今后三年培育工匠500名", "今后三年"),
        ("未来五年内建成驿站30处", "未来五年内"),
    ],
)
def test_a_year_that_opens_a_demand_is_its_deadline(words: str, when: str) -> None:
    found = read(NEWS.format(f"会议要求,各级工会要加强阵地建设,{words}")).tasks
    assert [task.deadline.value for task in found if task.deadline] == [when]


def test_a_table_with_aims_and_measures_gives_tasks_of_both_and_names_who_filled_it_in() -> None:
    page = (
        "2024年度重点工作任务清单\n单位(盖章):样例区总工会\n序号\t重点项目\t年度目标任务\t工作措施\t责任人\t完成时限\n"
        "1\t劳模服务\t建成劳模工作室4家。\t逐户走访在册劳模。\t方舟\t2024.09\n"
        "2\t法律援助\t受理援助案件20件。\t举办普法讲座2场。\t林海\t2024.12\n"
    )
    found = read(page)
    assert found.meeting.organizer is not None
    assert found.meeting.organizer.value == "样例区总工会"
    assert [task.text for task in found.tasks] == [
        "建成劳模工作室4家",
        "逐户走访在册劳模",
        "受理援助案件20件",
        "举办普法讲座2场",
    ]
    assert [task.owner.value for task in found.tasks if task.owner] == ["方舟", "方舟", "林海", "林海"]
    assert [task.quantities[0].value for task in found.tasks if task.quantities] == [4, 20, 2]


@pytest.mark.parametrize(
    "lead", ["他对全年工作作了安排:", "县总工会对下半年重点工作进行了部署:", "会上,主席就四项任务作出具体安排:"]
)
def test_a_paragraph_that_is_announced_as_the_year_s_work_is_demanded(lead: str) -> None:
    page = NEWS.format("总结去年工作") + f"\n{lead}\n一季度,开展送温暖活动;二季度,举办技能大赛2场。\n会场座无虚席。"
    found = read(page).tasks
    assert [task.text for task in found] == ["开展送温暖活动", "举办技能大赛2场"]
    assert [task.deadline.value for task in found if task.deadline] == ["一季度", "二季度"]


def test_a_pair_of_mottoes_is_one_slogan_and_a_pair_of_works_two_tasks() -> None:
    found = read(NEWS.format("会议要求,各级工会要转变作风、沉到基层,要走访慰问、登记造册")).tasks
    assert (found[0].text, found[0].kind) == ("转变作风、沉到基层", "slogan")
    assert {task.kind for task in found[1:]} == {"task"}
