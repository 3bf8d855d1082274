"""Where a demand is cut, and what is taken off."""

import pytest

from tests.reading.tasks.conftest import Tasks


def texts(found):
    return [task.text for task in found]


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        ("建立台账、按季调度、跟踪问效", ["建立台账", "按季调度", "跟踪问效"]),
        ("建立问题台账、实行销号管理", ["建立问题台账", "实行销号管理"]),
        (
            "深入开展支持职工就业创业、助力职工消费等专项行动",
            ["深入开展支持职工就业创业、助力职工消费等专项行动"],
        ),
        ("推动工会法进入执法、融入司法、列入普法", ["推动工会法进入执法、融入司法、列入普法"]),
        ("健全服务体系、提升服务质量", ["健全服务体系"]),
        ("4月底前完成食堂改造、一线班组全部配齐饮水机", ["4月底前完成食堂改造", "一线班组全部配齐饮水机"]),
        ("督促企业落实高温津贴、发放防暑用品", ["督促企业落实高温津贴、发放防暑用品"]),
        ("向乡镇(街道)、开发区(工业园区)派出指导员", ["向乡镇(街道)、开发区(工业园区)派出指导员"]),
    ],
)
def test_enumeration_commas_cut_only_what_stands_alone(tasks: Tasks, demand: str, expected: list[str]):
    assert texts(tasks(f"会议要求,要{demand}。")) == expected


@pytest.mark.parametrize(
    "tail",
    [
        "为高质量发展作出贡献",
        "让职工有更多的获得感",
        "形成齐抓共管的局面",
        "提高工会工作水平",
        "推动工会工作迈上新台阶",
        "确保议定事项落地见效",
        "以优异成绩迎接大会召开",
        "团结引领广大职工听党话、跟党走",
    ],
)
def test_results_are_taken_off(tasks: Tasks, tail: str):
    assert texts(tasks(f"会议要求,要建好职工书屋,{tail}。")) == ["建好职工书屋"]


@pytest.mark.parametrize(
    "opening", ["围绕重点产业", "聚焦助力文旅经济", "按照省总工会部署", "以数字化转型为契机", "在市委领导下"]
)
def test_openings_cut_off_by_a_comma_are_taken_off(tasks: Tasks, opening: str):
    assert texts(tasks(f"会议要求,要{opening},举办首届技能大赛。")) == ["举办首届技能大赛"]


def test_an_opening_without_a_comma_stays(tasks: Tasks):
    assert texts(tasks("会议要求,要围绕县域重点产业开展技能竞赛。")) == ["围绕县域重点产业开展技能竞赛"]


def test_a_result_with_a_number_is_a_task(tasks: Tasks):
    found = tasks("会议要求,要抓好集体协商,推动集体合同签订率达到90%以上。")
    assert texts(found) == ["抓好集体协商", "推动集体合同签订率达到90%以上"]


def test_a_share_for_each_stays_with_its_task(tasks: Tasks):
    (task,) = tasks("会议要求,各县总工会要把保费纳入预算,每人每年不低于120元。")
    assert task.text == "把保费纳入预算,每人每年不低于120元"


def test_a_case_is_joined_to_what_is_done_in_it(tasks: Tasks):
    assert texts(tasks("会议要求,凡是没有设立工资专户的,一律停工整改。")) == ["凡是没有设立工资专户的,一律停工整改"]


def test_parts_of_a_scheme_are_not_tasks(tasks: Tasks):
    assert texts(tasks("会议要求,要推行“井口三件事”,即量体温、查装备、问情绪。")) == ["推行“井口三件事”"]
