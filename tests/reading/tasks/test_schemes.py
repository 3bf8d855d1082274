"""Numbered schemes, and parts listed below a caption."""

import pytest

from gongshu.reading.repair import repair
from gongshu.reading.tasks import find_initiatives
from gongshu.reading.tasks.schemes import counted_value
from tests.reading.tasks.conftest import Schemes


def told(found):
    return [(scheme.name, [item.value for item in scheme.items]) for scheme in found]


def test_the_theme_column_below_a_caption_lists_the_parts():
    text = (
        "2025年“工会服务月月行”任务清单\n月份\t服务主题\t具体任务\t牵头部门\n"
        "3月\t就业暖春\t举办招聘会\t服务中心\n4月\t匠心筑梦\t评选大工匠\t经济部\n"
    )
    assert told(find_initiatives(repair(text))) == [("“工会服务月月行”", ["就业暖春", "匠心筑梦"])]


def test_numbered_lines_as_many_as_the_name_says_are_its_parts(schemes: Schemes):
    text = "县总工会今年办好三件职工实事:\n1.建设职工夜校。开课20门。\n2.送清凉下基层。\n3.资助困难学子:每人3000元。"
    assert told(schemes(text)) == [("三件职工实事", ["建设职工夜校", "送清凉下基层", "资助困难学子"])]


def test_fewer_lines_than_the_name_says_are_not_taken_for_its_parts(schemes: Schemes):
    assert told(schemes("今年办好五件职工实事:\n1.建设夜校。\n2.送清凉。")) == [("五件职工实事", [])]


def test_parts_counted_off_in_the_line_are_taken(schemes: Schemes):
    text = "要实施三大工程:一是强基工程,建会100家;二是暖心工程;三是赋能工程。"
    assert ("三大工程", ["强基工程", "暖心工程", "赋能工程"]) in told(schemes(text))


def test_a_list_that_runs_up_to_a_quoted_number_is_its_parts(schemes: Schemes):
    text = "要实施思想引领、建功立业、维权服务、强基固本“四大工程”,提高参保率。"
    assert told(schemes(text)) == [("“四大工程”", ["思想引领", "建功立业", "维权服务", "强基固本"])]


def test_schemes_carried_out_one_by_one_are_the_parts_of_the_number(schemes: Schemes):
    text = "在全市实施“两大行动”。\n(一)实施思想领航行动。组建宣讲队。\n(二)实施暖心关爱行动。建立驿站。"
    assert told(schemes(text)) == [("“两大行动”", ["思想领航行动", "暖心关爱行动"])]


def test_a_bracket_lists_the_parts_over_a_comma(schemes: Schemes):
    text = "以“两建两提升”行动(建组织、建阵地,提升服务力、提升战斗力)为抓手,带领职工。"
    assert told(schemes(text)) == [("“两建两提升”行动", ["建组织", "建阵地", "提升服务力", "提升战斗力"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("常态化开展“安全头盔进站点”活动。", ["“安全头盔进站点”活动"]),
        ("要深入开展“当主人、献良策、保增长”合理化建议活动。", ["“当主人、献良策、保增长”合理化建议活动"]),
        ("要开展“筑人才强省会”主题活动。", []),
        ("要开展“五小”活动。", []),
    ],
)
def test_called_activities_with_a_full_name_are_schemes(schemes: Schemes, text: str, expected: list[str]):
    assert [scheme.name for scheme in schemes(text)] == expected


def test_straight_quotes_hold_names_too(schemes: Schemes):
    assert [scheme.name for scheme in schemes('深入实施"暖蜂行动",新建驿站10个。')] == ['"暖蜂行动"']


@pytest.mark.parametrize(("text", "expected"), [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("8", 8)])
def test_counts_below_a_hundred(text: str, expected: int):
    assert counted_value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报告部署了今年工作:一是打造“索玛花开”职工服务品牌,建设综合体1个;", "“索玛花开”职工服务品牌"),
        ("二是投入800万元实施“暖心驿站”项目。", "“暖心驿站”项目"),
    ],
)
def test_named_projects_and_brands_that_are_carried_out(schemes: Schemes, text: str, expected: str):
    assert [scheme.name for scheme in schemes(text)] == [expected]
