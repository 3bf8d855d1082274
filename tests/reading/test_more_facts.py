"""Facts of a meeting in further writings: titles, dates, bodies, speakers, elections, honours."""

import pytest

from gongshu.reading import Reading, read

NEWS = "样例市总工会召开全市工会工作会议\n发布时间:2024-03-17\n3月15日,样例市总工会在市会议中心召开全市工会工作会议。{}"


def news(words: str) -> Reading:
    return read(NEWS.format(words))


def test_a_meeting_that_is_simply_held() -> None:
    found = read("全市骑手入会调度会提出“站站见面”\n9月6日下午,样例市总工会在市文化宫小剧场开骑手入会调度会。").meeting
    assert found.name is not None
    assert found.name.value == "全市骑手入会调度会"
    assert found.place is not None
    assert found.place.value == "市文化宫小剧场"


def test_a_meeting_to_come_is_no_meeting_of_the_page() -> None:
    page = "关于印发《样例县总工会重点工作安排》的通知\n各乡镇总工会:\n一、深化产改。7月底前召开产改领导小组会议。"
    assert not read(page).is_union_meeting


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("样例公司工会2024年项目清单\n编制单位:样例公司工会 编制日期:2024年3月1日\n1.建书屋4家。", "2024-03-01"),
        ("样例区总工会2025年工作要点\n1.建书屋4家。\n样例区总工会办公室 2025年1月20日印发", "2025-01-20"),
        ("样例区总工会2025年工作要点\n1.建书屋4家。\n样例区总工会办公室 2025年2月30日印发", None),
    ],
)
def test_the_day_a_plan_was_given_out(page: str, day: str | None) -> None:
    found = read(page).meeting.date
    assert (found.value if found else None) == day


def test_the_year_stands_in_the_number_of_minutes() -> None:
    page = "样例市总工会全体会议纪要\n〔2023〕第14期\n8月21日,样例市总工会主席权景行主持召开全体会议。"
    found = read(page).meeting.date
    assert found is not None
    assert found.value == "2023-08-21"


@pytest.mark.parametrize(
    ("words", "speakers"),
    [
        ("市委书记梁弘毅出席大会并讲话。", ["梁弘毅"]),
        (
            "样例县总工会主席麦青介绍了船员之家进港的做法,样例区总工会主席苗雨生反映了预警平台运行情况。",
            ["麦青", "苗雨生"],
        ),
        ("市委副书记归海涛致闭幕词。", ["归海涛"]),
        ("后勤集团职工苗壮等先后发言。", ["苗壮"]),
    ],
)
def test_who_speaks(words: str, speakers: list[str]) -> None:
    assert [one.name for one in news(words).meeting.speakers] == speakers


def test_two_elected_in_one_sentence() -> None:
    found = news("会议选举王文彬为主席、李小满为副主席。").meeting.elected
    assert [(one.name, one.title) for one in found] == [("王文彬", "主席"), ("李小满", "副主席")]


@pytest.mark.parametrize(
    ("words", "honours"),
    [
        ("薛冬青等15人被聘为“产业导师”。", ["薛冬青等15人“产业导师”"]),
        ("市燃气公司调压班荣获全国工人先锋号。", ["市燃气公司调压班全国工人先锋号"]),
        ("五年来,全市建书屋20家,18名职工荣获全国五一劳动奖章。", []),
        ("会上对2012年度先进集体和个人进行表彰。", []),
        ("会上为暨工会工作会议“五一”先进20个单位颁奖。", []),
    ],
)
def test_honours(words: str, honours: list[str]) -> None:
    assert [one.value for one in news(words).meeting.awards] == honours


def test_a_decision_on_honours_gives_them() -> None:
    page = (
        "样例省总工会关于表彰五一劳动奖的决定\n各市总工会:\n省总工会决定:授予样例医院等38个单位“样例省五一劳动奖状”。\n"
        "样例省总工会\n2020年4月27日"
    )
    found = read(page).meeting
    assert [one.value for one in found.awards] == ["样例医院等38个单位“样例省五一劳动奖状”"]


def test_what_is_heard_and_adopted_at_once_is_adopted() -> None:
    found = news("会议听取并审议通过了《工作报告》,听取了财务部关于经费收支情况的报告。").meeting
    assert [one.value for one in found.adopted] == ["《工作报告》"]
    assert [one.value for one in found.heard] == ["关于经费收支情况的报告"]


@pytest.mark.parametrize(
    ("page", "body"),
    [
        (
            "样例钢铁公司炼铁厂六届二次职工代表大会召开\n1月30日,样例钢铁公司炼铁厂六届二次职工代表大会召开。",
            "样例钢铁公司炼铁厂",
        ),
        ("样例建设工会召开部分省区工会主席座谈会\n9月3日,样例建设工会召开部分省区工会主席座谈会。", "样例建设工会"),
    ],
)
def test_the_body_that_met(page: str, body: str) -> None:
    found = read(page).meeting.organizer
    assert found is not None
    assert found.value == body


def test_a_call_for_offers_is_out_of_scope() -> None:
    assert not read("样例市工人文化宫审计服务竞争性磋商公告\n采购人:样例市总工会。供应商须具备证书。").in_scope
