"""The same facts in other words: each rule meets at least two ways of saying it."""

import pytest

from gongshu.reading import read
from gongshu.reading.assemble import Record, assemble

HEAD = (
    "样例县总工会召开全县工会工作会议\n发布时间:2023-04-29 来源:样例县总工会\n"
    "4月28日,样例县总工会在县会议中心召开全县工会工作会议。"
)


def meeting(words: str) -> Record:
    return dict(assemble(read(f"{HEAD}{words}\n会议要求,各级工会要在6月底前建成驿站12处。"))["meeting"])


def elected(words: str) -> list[tuple[str, str]]:
    return [(person["name"], person["post"]) for person in meeting(words)["elected"]]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("选举产生县总工会新一届委员会。沈怀远任工会主席,李若兰任副主席。", ["沈怀远:工会主席", "李若兰:副主席"]),
        ("选举结果:主席沈怀远,副主席李若兰、王大勇。", ["沈怀远:主席", "李若兰:副主席", "王大勇:副主席"]),
        ("新一届工会主席由沈怀远担任,舒曼任经审委主任。", ["沈怀远:工会主席", "舒曼:经审委主任"]),
        ("大会推选沈怀远为职工董事,舒曼为职工监事。", ["沈怀远:职工董事", "舒曼:职工监事"]),
        ("随后,舒曼以全票当选县总工会主席。", ["舒曼:县总工会主席"]),
        ("会议选举沈怀远同志担任工会主席,李若兰同志担任副主席。", ["沈怀远:工会主席", "李若兰:副主席"]),
        ("李若兰(女)、王大勇(兼职)当选为副主席。", ["李若兰:副主席", "王大勇:副主席"]),
        ("会议选举产生:\n主席:沈怀远\n副主席:李若兰、王大勇", ["沈怀远:主席", "李若兰:副主席", "王大勇:副主席"]),
        ("沈怀远当选主席,陈飞、古月当选副主席(以姓氏笔画为序)。", ["沈怀远:主席", "陈飞:副主席", "古月:副主席"]),
        ("会议号召全体代表当好表率,争当先锋。", []),
    ],
)
def test_who_was_elected_to_what(words: str, names: list[str]) -> None:
    assert [f"{name}:{post}" for name, post in elected(words)] == names


@pytest.mark.parametrize(
    ("words", "awards"),
    [
        (
            "请获得“五一劳动奖状”的8家单位、获得“五一劳动奖章”的20名同志上台领奖。",
            ["8家单位“五一劳动奖状”", "20名同志“五一劳动奖章”"],
        ),
        ("为荣获“五一先锋岗”的5个班组颁奖。", ["5个班组“五一先锋岗”"]),
        (
            "大会授予建工集团“模范职工之家”称号、李若兰“优秀工会工作者”称号。",
            ["建工集团“模范职工之家”", "李若兰“优秀工会工作者”"],
        ),
        (
            "会上授予12个单位县五一劳动奖状,授予25名职工县五一劳动奖章。",
            ["12个单位县五一劳动奖状", "25名职工县五一劳动奖章"],
        ),
        ("大会表彰了10个先进集体和20名先进个人。", ["10个先进集体", "20名先进个人"]),
        ("大会对15名“样例工匠”和8个“工人先锋号”予以通报表扬。", ["15名“样例工匠”", "8个“工人先锋号”"]),
        ("县供电公司代表队获得一等奖。", ["县供电公司代表队一等奖"]),
        ("沈怀远为获奖单位颁奖。", []),
    ],
)
def test_who_was_honoured(words: str, awards: list[str]) -> None:
    assert meeting(words)["awards"] == awards


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("来自各条战线的230名代表和35名特邀代表参加了大会。", ["各条战线的230名代表", "35名特邀代表"]),
        ("各市总工会主要负责人以视频形式参加会议。", ["各市总工会主要负责人"]),
        ("县总工会机关干部参加会议,各乡镇工会干部在分会场收听收看。", ["县总工会机关干部", "各乡镇工会干部"]),
        ("\n三、参加人员\n1.各乡镇工会主席;\n2.24家试点企业工会主席。", ["各乡镇工会主席", "24家试点企业工会主席"]),
        ("\n参会人员\n(一)各乡镇工会主席;\n(二)县直机关工会主席。", ["各乡镇工会主席", "县直机关工会主席"]),
        ("各单位工会主席、女工主任近百人参会。", ["各单位工会主席、女工主任"]),
    ],
)
def test_who_was_there_in_groups(words: str, groups: list[str]) -> None:
    assert meeting(words)["attendee_groups"] == groups


@pytest.mark.parametrize(
    ("words", "heard", "speakers"),
    [
        ("大会听取了公司总经理方叔平题为《稳中求进》的行政工作报告。", ["行政工作报告"], ["方叔平"]),
        ("会议听取了县总工会副主席沈怀远关于财务工作的汇报。", ["关于财务工作的汇报"], ["沈怀远"]),
        ("县总工会主席沈怀远作了题为《实干争先》的工作报告。", [], ["沈怀远"]),
        ("县总工会主席沈怀远代表常委会作工作报告。", [], ["沈怀远"]),
        ("县总工会副主席沈怀远作工作情况通报。", ["工作情况通报"], ["沈怀远"]),
    ],
)
def test_what_was_heard_and_from_whom(words: str, heard: list[str], speakers: list[str]) -> None:
    found = meeting(words)
    assert (found["heard"], [person["name"] for person in found["speakers"]]) == (heard, speakers)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("装卸一队班长铁小山、拖轮公司水手长关海潮先后发言。", ["铁小山", "关海潮"]),
        ("县医院护士长孙巧云、理货班班长苗青分别发言。", ["孙巧云", "苗青"]),
    ],
)
def test_any_chief_of_something_bears_a_title(words: str, names: list[str]) -> None:
    assert [person["name"] for person in meeting(words)["speakers"]] == names


@pytest.mark.parametrize("mark", ["﹡﹡", "xx", "**", "××", "某"])
def test_a_body_without_its_name_organises_nothing(mark: str) -> None:
    words = f"{mark}市工会第七次代表大会开幕\n同志们:\n{mark}市工会第七次代表大会今天开幕了。要建成驿站5处。"
    assert assemble(read(words))["meeting"]["organizer"] is None


@pytest.mark.parametrize(
    "words",
    [
        "全区安全生产工作会议召开\n2月21日,全区安全生产工作会议召开。区应急局、区总工会、团区委负责同志参加会议。"
        "区总工会要组织职工开展隐患排查。区总工会、区教育局要抓好落实。",
        "全市防汛工作会议召开\n6月1日,全市防汛工作会议召开。市水利局、市总工会、市住建局参加。市总工会要慰问一线职工。",
    ],
)
def test_a_meeting_of_a_government_that_also_gives_a_union_work_is_no_union_meeting(words: str) -> None:
    record = assemble(read(words))
    assert (record["is_union_meeting"], record["in_scope"], record["meeting"]["name"]) == (False, False, None)


def test_a_notice_gives_the_day_it_calls_for_and_the_full_name() -> None:
    words = (
        "关于召开样例县总工会五届三次全委会的通知\n各乡镇工会:\n定于3月8日召开县总工会五届三次全委会。"
        "请于3月5日前报送名单。\n样例县总工会办公室\n2024年3月1日"
    )
    found = assemble(read(words))["meeting"]
    assert (found["name"], found["date"]) == ("样例县总工会五届三次全委会", "2024-03-08")


def test_work_points_of_a_year_name_no_body_with_the_year_in_it() -> None:
    found = assemble(read("样例县2024年工会工作要点\n一、新建驿站5个。\n二、走访职工300人。"))["meeting"]
    assert found["organizer"] is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("致全县职工的倡议书\n全县广大职工:\n县总工会倡议:坚守岗位。", "other"),
        ("慰问信\n全县职工同志们:\n县总工会向大家致以节日问候。", "other"),
        ("样例市总工会关于2023年度经费收缴情况的通报\n各县区总工会:\n各单位要于5月底前整改。", "notice"),
        ("样例县总工会关于加强建会入会工作的意见\n各乡镇工会:\n要在5月底前建会20家。", "plan"),
        ("样例厂有个“工会小灶”\n来源:样例工人报 记者 古月\n样例厂工会主席老张说,大家吃得香了。", "news"),
    ],
)
def test_what_a_paper_is(words: str, kind: str) -> None:
    assert read(words).doc_type == kind


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("县委召开工会工作会议\n3月8日,县委工会工作会议在县会议中心召开。县总工会主席沈怀远主持。", "县委"),
        ("市委召开工会工作会议\n3月8日,市委工会工作会议召开。市总工会主席沈怀远主持会议。", "市委"),
        ("中共样例县总工会党组2024年工作要点\n一、新建驿站5个。", "中共样例县总工会党组"),
    ],
)
def test_a_party_committee_may_be_the_one_that_convenes(words: str, body: str) -> None:
    assert assemble(read(words))["meeting"]["organizer"] == body
