"""Single facts in sentences of our own: what is read, and what is not."""

import pytest

from gongshu.reading import read
from gongshu.reading.assemble import Record, assemble

HELD = "样例市总工会召开工作会议\n3月8日,样例市总工会工作会议在市工人文化宫召开。"


def meeting(words: str) -> Record:
    return dict(assemble(read(f"{HELD}{words}"))["meeting"])


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("中工网样例3月9日电 今天,样例市总工会工作会议在市工人文化宫召开。", "--03-09"),
        ("中工网样例3月9日电 昨天,样例市总工会工作会议在市工人文化宫召开。", "--03-08"),
        ("12月28日,样例市总工会工作会议召开,会议部署2025年工作任务。", "2024-12-28"),
        ("2月8日,样例市总工会工作会议召开,会议总结2023年工作。", "2024-02-08"),
        ("2月30日,样例市总工会工作会议召开。", None),
        ("近日,样例市总工会工作会议召开。", None),
        ("二〇二四年三月八日,样例市总工会工作会议召开。", "2024-03-08"),
        ("12月29日,样例市总工会工作会议召开。\n发布时间:2024-01-03", "2023-12-29"),
    ],
)
def test_the_year_comes_from_the_page_only(words: str, date: str | None) -> None:
    assert assemble(read(words))["meeting"]["date"] == date


def test_an_upload_date_gives_no_year() -> None:
    words = "ID:123456\n页数:3页\n时间:2019-06-11\n3月8日,样例市总工会工作会议召开。"
    assert assemble(read(words))["meeting"]["date"] == "--03-08"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("样例市总工会工作会议召开。会议主会场设在市工会大厦,县区设分会场。", "市工会大厦"),
        ("样例市总工会召开年度工作会议。会议地点定在市工会大厦。", "市工会大厦"),
        ("样例市总工会工作会议在新形势下召开。", None),
    ],
)
def test_the_place_is_a_place(words: str, place: str | None) -> None:
    assert assemble(read(words))["meeting"]["place"] == place


@pytest.mark.parametrize(
    ("words", "elected"),
    [
        ("会议选举王大明为市总工会主席。", [("王大明", "市总工会主席")]),
        (
            "王大明当选市总工会主席,李小红、赵文当选副主席。",
            [("王大明", "市总工会主席"), ("李小红", "副主席"), ("赵文", "副主席")],
        ),
        ("会议选举产生主席王大明,副主席李小红、赵文。", [("王大明", "主席"), ("李小红", "副主席"), ("赵文", "副主席")]),
        ("会议选举产生了新一届委员会。王大明讲话。", []),
    ],
)
def test_the_elected_are_read_with_their_posts(words: str, elected: list[tuple[str, str]]) -> None:
    assert [(person["name"], person["post"]) for person in meeting(words)["elected"]] == elected


@pytest.mark.parametrize(
    ("words", "awards"),
    [
        ("会议为王大明等10名同志颁发了荣誉证书。", ["王大明等10名同志"]),
        ("会议授予第一车间等5个班组“工人先锋号”称号。", ["第一车间等5个班组“工人先锋号”"]),
        ("近年来,全市先后有20个集体获得“工人先锋号”称号。", []),
        ("会议对有关事项进行表彰。", []),
    ],
)
def test_honours_are_those_given_here(words: str, awards: list[str]) -> None:
    assert meeting(words)["awards"] == awards


@pytest.mark.parametrize(
    ("words", "heard", "adopted"),
    [
        ("会议听取了王大明所作的工作报告,审议通过了《工作规则》。", ["工作报告"], ["《工作规则》"]),
        ("各级党委要每年听取工会工作汇报。", [], []),
        ("会议听取职工代表意见建议。", [], []),
        (
            "会议审议通过了《甲办法》《乙办法(试行)》和有关人事事项。",
            [],
            ["《甲办法》", "《乙办法(试行)》", "有关人事事项"],
        ),
        ("会议将审议工作报告。", [], []),
    ],
)
def test_what_was_heard_and_adopted(words: str, heard: list[str], adopted: list[str]) -> None:
    found = meeting(words)
    assert (found["heard"], found["adopted"]) == (heard, adopted)


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("各县区总工会主席、机关各部室负责人,共60余人参加会议。", ["各县区总工会主席", "机关各部室负责人"]),
        ("共60余人参加会议。", []),
        ("参加会议的有各县区总工会主席;市直机关工会干部。", ["各县区总工会主席", "市直机关工会干部"]),
        ("各级工会要参加会议。", []),
    ],
)
def test_groups_present_are_people(words: str, groups: list[str]) -> None:
    assert meeting(words)["attendee_groups"] == groups


@pytest.mark.parametrize(
    "words",
    [
        "主席应邀出席会议。",
        "会议代表高度重视。",
        "×××主席讲话。",
        "习近平总书记强调,要办好工会。",
        "方案要求,各级工会抓落实。",
    ],
)
def test_words_that_look_like_names_are_none(words: str) -> None:
    found = meeting(words)
    assert found["chair"] == found["speakers"] == []
    assert found["attendees_named"] == []


def test_names_of_several_peoples_are_read() -> None:
    found = meeting("州总工会主席巴合提·努尔兰主持会议,州委书记扎西多吉讲话,省总工会主席欧阳明致辞。")
    assert [person["name"] for person in found["chair"]] == ["巴合提·努尔兰"]
    assert [person["name"] for person in found["speakers"]] == ["扎西多吉", "欧阳明"]


def test_a_host_named_by_a_label_is_the_organiser() -> None:
    words = "全市职工代表座谈会召开\n3月8日,全市职工代表座谈会召开,会期一天。\n主办单位:样例市总工会"
    assert assemble(read(words))["meeting"]["organizer"] == "样例市总工会"
    assert assemble(read("3月8日,由样例市总工会主办的全市职工座谈会召开。"))["meeting"]["organizer"] == "样例市总工会"
