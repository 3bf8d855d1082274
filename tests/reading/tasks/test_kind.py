"""Task or slogan."""

import pytest

from gongshu.reading.tasks.kind import kind_of


@pytest.mark.parametrize(
    "words",
    [
        "健全工会干部联系基层制度",
        "劝导女职工较多的企业设哺乳室",
        "扎实推进党风廉政建设",
        "加强工会机关党的建设",
        "深化“第一议题”制度",
        "开展“喜迎二十大”主题活动",
        "全面推动新修改的《工会法》进入执法",
        "持续加强职业技能培训",
        "推动百人以上企业建会全覆盖",
        "解决好欠薪问题",
    ],
)
def test_what_can_be_shown_or_is_a_standing_line_is_a_task(words: str):
    assert kind_of(words)[0] == "task"


@pytest.mark.parametrize(
    "words",
    [
        "提高政治站位",
        "大力弘扬劳模精神、劳动精神、工匠精神",
        "积极推动构建和谐劳动关系",
        "纵深推进工会改革",
        "充分认识联席会议制度的重要意义",
        "不断开创工会工作新局面",
        "把推进工会改革创新作为重大政治任务",
        "增强做好工会工作的责任感",
        "切实维护职工合法权益",
        "注重加强自身建设",
        "深入学习宣传贯彻党的二十大精神",
        "当好职工的“娘家人”",
    ],
)
def test_study_attitude_and_aim_are_slogans(words: str):
    assert kind_of(words)[0] == "slogan"


def test_a_number_makes_a_task_of_it():
    assert kind_of("提高政治站位", counted=True) == ("task", "kind.counted")


@pytest.mark.parametrize(
    "words",
    [
        "推进集体协商提质增效",
        "加强职工之家创建",
        "深化“中国梦·劳动美”主题教育",
        "深化“六好”街道工会创建",
        "深入推进清廉工会建设",
        "加强工会财务监管",
        "深入实施职工思想政治引领“润心行动”",
        "强化跟踪督办",
    ],
)
def test_named_schemes_and_standing_lines_stay_tasks_in_general_words(words: str):
    assert kind_of(words)[0] == "task"


@pytest.mark.parametrize(
    "words",
    ["扛牢主体责任", "把思想和行动统一到部署上来", "不断夯实基层基础", "争当“金牌班组长”", "抓好大会精神的传达学习"],
)
def test_duty_mood_and_foundations_are_slogans(words: str):
    assert kind_of(words)[0] == "slogan"
