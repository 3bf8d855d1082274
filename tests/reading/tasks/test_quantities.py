"""Numbers that are work, and numbers that are not."""

import pytest

from gongshu.reading.model import Span
from gongshu.reading.tasks.marks import mask
from gongshu.reading.tasks.quantity import han_value, quantities_in


def values(text: str) -> list[tuple[float, str]]:
    return [(one.value, one.unit) for one in quantities_in(mask(text), Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("为10万名劳动者购买保险", [(100000, "名")]),
        ("发展会员3.5万人", [(35000, "人")]),
        ("发放慰问资金不少于45万元", [(450000, "元")]),
        ("筹集资金1.2亿元", [(120000000, "元")]),
        ("签订率达到90%以上", [(90, "%")]),
        ("签订率达到百分之九十", [(90, "%")]),
        ("每年至少听取两次汇报", [(2, "次")]),
        ("新建驿站二十家", [(20, "家")]),
        ("慰问职工1,500人次", [(1500, "人次")]),
        ("举办焊工、电工3个工种技能比武", [(3, "个工种")]),
        ("筛查比例再提高10个百分点", [(10, "个百分点")]),
        ("联系3至5家企业", [(3, "家")]),
        ("举办竞赛不少于3批150人", [(3, "批"), (150, "人")]),
        ("每年下基层不少于40天", [(40, "天")]),
        ("建立200个“司机之家”", [(200, "个")]),
        ("１２处驿站", [(12, "处")]),
    ],
)
def test_numbers_to_be_reached_are_quantities(text: str, expected: list[tuple[float, str]]):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "抓好“6+1”重点工作",
        "实施六项“百千万行动计划”",
        "创新五级竞赛体系",
        "办好第八届职工运动会",
        "开好第十三次代表大会",
        "推动百人以上企业建会",
        "25人以上企业普遍建会",
        "按1:1比例配套",
        "提前15分钟签到",
        "在2025年3月10日前报送",
        "严格落实中央八项规定精神",
        "从三个方面发力",
        "实行“一对一”结对",
        "打造一支队伍",
        "对35周岁以下青年开展培训",
    ],
)
def test_names_dates_sizes_and_ratios_are_no_quantities(text: str):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("两百三十", 230), ("十二", 12), ("一百零五", 105), ("三点五", 3.5), ("二〇", 20)]
)
def test_numbers_in_chinese_characters(text: str, value: float):
    assert han_value(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每半年专题研究一次工会工作", [(1, "次")]),
        ("为骑手每人赠送一份意外伤害保险", [(1, "份")]),
        ("明确一名联络员", [(1, "名")]),
        ("年内举办一场招聘会", [(1, "场")]),
        ("每个镇街至少申报一个创新项目", [(1, "个")]),
        ("开行返岗专列80趟次", [(80, "趟次")]),
        ("将发言材料控制在1500字以内", [(1500, "字")]),
    ],
)
def test_single_events_papers_and_people_are_quantities(text: str, expected: list[tuple[float, str]]):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "将食堂供应延长至凌晨2点",
        "提交下一次职代会审议",
        "不漏一人、不落一户",
        "发放一次性补贴",
        "关心每一名职工",
        "打好一场硬仗",
        "办好十件职工实事",
        "用好16字工作方针",
    ],
)
def test_hours_figures_of_speech_and_everyone_are_no_quantities(text: str):
    assert values(text) == []
