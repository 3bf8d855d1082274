"""Named schemes and their parts."""

import pytest

from tests.reading.tasks.conftest import Schemes


def told(found):
    return [(scheme.name, [item.value for item in scheme.items]) for scheme in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "开展“三联三促”活动,即领导联县区、部室联产业、干部联企业,每名干部联系3家企业。",
            [("“三联三促”活动", ["领导联县区", "部室联产业", "干部联企业"])],
        ),
        (
            "打造“四季服务”品牌:春送岗位、夏送清凉、金秋助学、冬送温暖,全年发放慰问金45万元。",
            [("“四季服务”品牌", ["春送岗位", "夏送清凉", "金秋助学", "冬送温暖"])],
        ),
        ("要打造“三型工会”,建设“学习型工会”。", [("“三型工会”", [])]),
        (
            "要打造“两个工会”。奋力打造“红色工会”。奋力打造“实干工会”。",
            [("“两个工会”", ["红色工会", "实干工会"])],
        ),
        (
            "“打造红色工会”“打造实干工会”……会议要求打造“两个工会”。要打造“红色工会”。要打造“实干工会”。",
            [("“两个工会”", ["红色工会", "实干工会"])],
        ),
        ("以“县级工会规范化建设年”为抓手,建好阵地。", [("县级工会规范化建设年", [])]),
        ("深入实施强基工程,创新组织形式。", [("强基工程", [])]),
        ("以工会数字化转型行动为契机,健全制度。", [("工会数字化转型行动", [])]),
        ("全面实施“六大专项行动”。", [("“六大专项行动”", [])]),
        ("创新“省级赛、市级赛、园区赛”三级竞赛体系。", [("三级竞赛体系", ["省级赛", "市级赛", "园区赛"])]),
        (
            "开展“十百千万”行动,即帮扶十个县、建设百个站、培训千名主席、服务万名劳动者。",
            [("“十百千万”行动", ["帮扶十个县", "建设百个站", "培训千名主席", "服务万名劳动者"])],
        ),
    ],
)
def test_schemes_are_found_with_their_parts(schemes: Schemes, text: str, expected):
    assert told(schemes(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "忠诚拥护“两个确立”,坚决做到“两个维护”。",
        "开展工资集体协商“春季要约”行动。",
        "开展“中国梦·劳动美”主题宣讲。",
        "建立200个“司机之家”。",
        "去年实施“六大专项行动”。",
        "持续纠治“四风”。",
    ],
)
def test_set_phrases_events_and_the_past_are_no_schemes(schemes: Schemes, text: str):
    assert schemes(text) == []
