"""What stands in the way of founding and of ending a union, with the clause for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongshu.core.base.problems import Problem
from gongshu.core.statutes.lookup import clause
from gongshu.organising.enums import Ground, Post, Shape, Tie, Way
from gongshu.organising.rules import ending, founding
from gongshu.organising.rules.ending import EndingFacts, Successor
from gongshu.organising.rules.founding import EmployerFacts, FoundingFacts, Nominee
from gongshu.organising.rules.law import EndingLaw, FoundingLaw
from tests.organising.samples import CODE, FACTS, SECOND_CODE

ON = date(2026, 3, 2)
LAW = FoundingLaw(
    relatives=clause("trade-union-law", "10", on=ON),
    form=clause("trade-union-law", "11", on=ON),
    approval=clause("trade-union-law", "12", on=ON),
    term=clause("trade-union-law", "16", on=ON),
    size=clause("base-union-elections", "8", on=ON),
    chair=clause("base-union-elections", "chair-barred", on=ON),
    industrial=clause("defaults", "industrial-founding", on=ON),
)
END_LAW = EndingLaw(grounds=clause("trade-union-law", "13", on=ON), approval=LAW.approval)
NEAR = Successor(is_ended=False, is_within=False, is_near=True)
ORGANISER = (Nominee("何立", Post.ORGANISER),)
TWO = (EmployerFacts("甲厂", CODE), EmployerFacts("乙厂", SECOND_CODE))


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.message, problem.clause.label if problem.clause else "") for problem in problems]


def asked(facts: FoundingFacts = FACTS, **changes: object) -> list[tuple[str, str]]:
    return said(founding.asking(replace(facts, **changes), LAW))


ART_10, ART_11, ART_12, ART_13 = (f"《中华人民共和国工会法》（2021年修正）第十{n}条" for n in ("", "一", "二", "三"))
SIZE = LAW.size.label
CHAIR = "《企业工会主席产生办法（试行）》第六条"


def test_what_the_law_allows_is_not_in_the_way() -> None:
    assert asked() == []
    assert asked(shape=Shape.ORGANISER, members=24, nominees=ORGANISER) == []
    assert asked(shape=Shape.COMMITTEE, members=24) == []
    assert asked(shape=Shape.JOINT, employers=TWO) == []
    assert asked(name="城北工业园工会联合会", shape=Shape.AREA, members=0, employers=()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "梵净制衣有限公司"}, ("工会名称应当以“工会”“工会委员会”或者“工会联合会”结尾", "")),
        ({"years": 4}, ("每届任期应为3年或者5年，现为4年", "《中华人民共和国工会法》（2021年修正）第十六条")),
        ({"members": 0}, ("还没有会员，请先发展会员", ART_11)),
        (
            {"shape": Shape.ORGANISER, "members": 25, "nominees": ORGANISER},
            ("会员25人，满25人的应当建立基层工会委员会", ART_11),
        ),
        ({"shape": Shape.JOINT}, ("联合基层工会由两个以上单位的会员联合建立，请填写各单位", ART_11)),
        ({"employers": TWO}, ("单独建立的，请填写一个用人单位；两个以上单位的请选联合建立", ART_11)),
        (
            {"employers": (EmployerFacts("甲厂", "91350100M000100Y44"),)},
            ("甲厂：统一社会信用代码校验位不符，请核对是否录错", ""),
        ),
        (
            {"shape": Shape.JOINT, "employers": (TWO[0], EmployerFacts("丙厂", CODE))},
            ("同一用人单位填了两次：丙厂、甲厂", ""),
        ),
        ({"nominees": FACTS.nominees[1:]}, ("请提出一名主席人选", "")),
        ({"nominees": (*FACTS.nominees, *ORGANISER)}, ("同一人只能有一个职务：何立", "")),
        ({"nominees": (*FACTS.nominees, Nominee("赵四", Post.ORGANISER))}, ("建立委员会的不设组织员", ART_11)),
        ({"nominees": FACTS.nominees[:2]}, ("会员30人，委员应为3至7人，现为2人", SIZE)),
        (
            {"shape": Shape.ORGANISER, "members": 9},
            ("选举组织员的，人选为一名组织员", ART_11),
        ),
        (
            {"nominees": (*FACTS.nominees, Nominee("赵四", Post.MEMBER, Tie.RELATIVE))},
            ("赵四是企业主要负责人的近亲属，不得作为委员会成员的人选", ART_10),
        ),
        (
            {"nominees": (Nominee("赵四", Post.CHAIR, Tie.MANAGER), *FACTS.nominees[1:])},
            (f"赵四是{Tie.MANAGER.label}，不得作为主席人选", CHAIR),
        ),
    ],
)
def test_a_founding_is_refused_with_its_clause(changes: dict[str, object], expected: tuple[str, str]) -> None:
    assert expected in asked(**changes)


def test_a_manager_may_be_a_member_of_the_committee() -> None:
    assert asked(nominees=(*FACTS.nominees, Nominee("赵四", Post.MEMBER, Tie.MANAGER))) == []


@pytest.mark.parametrize(
    ("members", "least", "most"),
    [(24, 3, 5), (25, 3, 7), (200, 3, 7), (201, 7, 15), (1000, 7, 15), (50000, 29, 37), (50001, 37, 45)],
)
def test_the_size_of_a_committee_follows_its_members(members: int, least: int, most: int) -> None:
    fits = [seats for seats in range(1, 60) if not founding.size_problems(members, seats, LAW.size)]
    assert (fits[0], fits[-1], len(fits)) == (least, most, most - least + 1)


def test_no_union_is_placed_under_a_base_union_nor_an_ended_one_nor_twice() -> None:
    free = {"is_base": False, "is_ended": False, "is_taken": False}
    assert founding.placing("甲工会", **free, law=LAW.approval) == []
    every = founding.placing("甲工会", is_base=True, is_ended=True, is_taken=True, law=LAW.approval)
    assert said(every) == [
        ("基层工会之下不再建立工会，请由它的上一级工会审批", ART_12),
        ("上级工会已经撤销，不能审批", ""),
        ("同一上级工会之下已有“甲工会”", ""),
    ]


TRAFFIC_FACTS: dict[str, object] = {
    "name": "铜仁市交通产业工会", "shape": Shape.INDUSTRIAL, "members": 0, "years": 5, "industry": "G", "employers": (),
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"years": 3}, [("每届任期应为5年，现为3年", "《中华人民共和国工会法》（2021年修正）第十六条")]),
        ({"industry": ""}, [("建立产业工会的，请选择所属行业", ART_11)]),
        ({"employers": TWO[:1]}, [("产业工会不由用人单位组成，用人单位不填", ART_11)]),
        ({"nominees": ()}, [("请提出一名主席人选", "")]),
    ],
)
def test_an_industrial_union_has_an_industry_and_neither_employers_nor_a_least_of_members(
    changes: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert asked(**{**TRAFFIC_FACTS, **changes}) == expected


def test_an_industrial_union_is_placed_under_a_local_federation_of_the_default_levels_once_an_industry() -> None:
    def placed(level: str, kind: str, *taken: str) -> list[tuple[str, str]]:
        return said(founding.placing_industrial("甲", level=level, kind=kind, taken=taken, law=LAW))

    rule = LAW.industrial.label
    assert LAW.industrial.needs_checking
    assert [placed(level, "local") for level in ("nation", "province", "city", "county")] == [[], [], [], []]
    too_low = [("产业工会建在全国、省、市、县级总工会之下，不能建在甲之下", rule)]
    assert (placed("town", "local"), placed("city", "industrial")) == (too_low, too_low)
    assert placed("city", "local", "乙工会") == [("甲之下已有这个行业的产业工会：乙工会", rule)]


def test_a_covered_employer_and_a_missing_reason_are_named() -> None:
    assert said(founding.covering([("甲厂", "甲厂工会")])) == [
        ("甲厂已由“甲厂工会”覆盖，不能重复建会；需要变动的请办理合并", "")
    ]
    assert [problem.field for problem in founding.saying_why(" ")] == ["note"]
    assert founding.saying_why("材料不全") == []


def ending_said(**changes: object) -> list[tuple[str, str]]:
    facts = replace(EndingFacts(Way.MERGE, Ground.EMPLOYERS_MERGED, NEAR), **changes)
    return said(ending.asking(facts, END_LAW))


def test_a_merger_and_a_dissolution_that_the_law_allows_are_not_in_the_way() -> None:
    assert ending_said() == []
    assert ending_said(ground=Ground.REORGANISED) == []
    assert ending_said(way=Way.DISSOLVE, ground=Ground.EMPLOYER_ENDED, successor=None) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"way": Way.DISSOLVE, "ground": Ground.OTHER, "successor": None},
            ("不得随意撤销工会组织：撤销限于用人单位终止或者被撤销，不能以“其他”办理", ART_13),
        ),
        (
            {"ground": Ground.EMPLOYER_ENDED},
            (
                "不得随意合并工会组织：合并限于用人单位合并、行政区划或者工会组织体系调整，"
                "不能以“用人单位终止或者被撤销”办理",
                ART_13,
            ),
        ),
        ({"way": Way.DISSOLVE, "ground": Ground.EMPLOYER_ENDED}, ("撤销没有承继的工会；并入其他工会的请选合并", "")),
        ({"successor": None}, ("请选择合并后承继的工会", "")),
        ({"successor": replace(NEAR, is_within=True)}, ("不能并入自己或者自己的下级", "")),
        ({"successor": replace(NEAR, is_ended=True)}, ("承继的工会已经撤销", "")),
        ({"successor": replace(NEAR, is_near=False)}, ("承继的工会应当在审批的上级工会范围之内", "")),
        ({"is_ended": True}, ("这个工会已经撤销", "")),
        ({"has_upper": False}, ("没有上一级工会，不能审批", ART_12)),
        ({"below": 3}, ("尚有下级工会3个，请先办理它们的归属", "")),
        ({"pending": 2}, ("尚有入会申请2件没有办结，请先办理", "")),
        ({"moving": 1}, ("尚有转会1件没有办结，请先办理", "")),
    ],
)
def test_an_end_is_refused_with_its_clause(changes: dict[str, object], expected: tuple[str, str]) -> None:
    assert ending_said(**changes) == [expected]
