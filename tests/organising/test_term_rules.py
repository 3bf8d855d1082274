"""What stands in the way of a term, a departure, a postponement; what a union lacks; when to warn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongshu.core.base.problems import Problem
from gongshu.core.statutes.lookup import clause
from gongshu.organising.enums import Body, Leaving, Post, Tie
from gongshu.organising.rules import terms
from gongshu.organising.rules.founding import Nominee
from gongshu.organising.rules.terms import Around, Departure, TermFacts, TermLaw, add_months
from tests.organising.samples import HOLDERS

ON = date(2026, 3, 2)
ART = "《中华人民共和国工会法》（2021年修正）第{}条"
LAW = TermLaw(
    term=clause("trade-union-law", "16", on=ON),
    relatives=clause("trade-union-law", "10", on=ON),
    size=clause("base-union-elections", "8", on=ON),
    years=(3, 5),
)
RECALL = clause("trade-union-law", "18", on=ON)
FACTS = TermFacts(Body.UNION, ON, 3, HOLDERS)
AROUND = Around(on=ON, before_on=date(2023, 3, 2), members=30)


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.message, problem.clause.label if problem.clause else "") for problem in problems]


def test_a_lawful_term_is_not_in_the_way() -> None:
    assert terms.electing(FACTS, AROUND, LAW) == []
    assert terms.electing(replace(FACTS, years=5), replace(AROUND, before_on=None, members=0), LAW) == []
    alone = replace(FACTS, holders=(Nominee("何立", Post.ORGANISER),))
    assert terms.electing(alone, AROUND, LAW) == []
    women = replace(FACTS, body=Body.WOMEN, holders=(Nominee("王二", Post.HEAD),))
    assert terms.electing(women, AROUND, LAW) == []
    upper = replace(FACTS, holders=(Nominee("赵四", Post.CHAIR, Tie.RELATIVE),))
    assert terms.electing(upper, replace(AROUND, is_base=False), LAW) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"years": 4}, [("每届任期应为3年或者5年，现为4年", ART.format("十六"))]),
        ({"began_on": date(2026, 3, 3)}, [("选举日期晚于今天，选出后再登记", "")]),
        ({"began_on": date(2023, 3, 2)}, [("选举日期应当晚于上一届的选举日期", "")]),
        ({"holders": HOLDERS[:2]}, [("会员30人，委员应为3至7人，现为2人", LAW.size.label)]),
        ({"holders": (*HOLDERS, HOLDERS[2])}, [("同一人只能有一个职务：王二", "")]),
        (
            {"holders": (replace(HOLDERS[0], post=Post.MEMBER), *HOLDERS[1:])},
            [("工会委员会应有一名主席", "")],
        ),
        ({"body": Body.AUDIT}, [("经费审查委员会应有一名主任", "")]),
        (
            {"holders": (*HOLDERS, Nominee("赵四", Post.MEMBER, Tie.RELATIVE))},
            [("赵四是企业主要负责人的近亲属，不得作为委员会成员的人选", ART.format("十"))],
        ),
    ],
)
def test_a_term_is_refused_with_its_clause(changes: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert said(terms.electing(replace(FACTS, **changes), AROUND, LAW)) == expected


def left(post: str, **told: object) -> list[str]:
    departure = replace(Departure(Leaving.RETIRED, ON), **told)
    return [problem.message for problem in terms.leaving(post, departure, since=date(2024, 1, 1), on=ON, law=RECALL)]


def test_chairs_are_not_transferred_without_consent_nor_recalled_by_half() -> None:
    assert left(Post.CHAIR) == []
    assert left(Post.MEMBER, why=Leaving.TRANSFER) == []
    assert left(Post.MEMBER, why=Leaving.RECALLED) == []
    consent = ["主席、副主席任期未满调动工作，应当征得本级工会委员会和上一级工会的同意"]
    assert left(Post.VICE, why=Leaving.TRANSFER) == consent
    assert left(Post.CHAIR, why=Leaving.TRANSFER, has_consents=True) == []
    half = ["罢免主席、副主席，须经全体会员或者全体代表过半数通过；现有票数不够"]
    assert left(Post.CHAIR, why=Leaving.RECALLED, votes=50, voters=100) == half
    assert left(Post.CHAIR, why=Leaving.RECALLED) == half
    assert left(Post.CHAIR, why=Leaving.RECALLED, votes=51, voters=100) == []
    assert left(Post.MEMBER, on=date(2023, 12, 31)) == ["离任日期应当在任职之后、不晚于今天"]
    assert left(Post.MEMBER, on=date(2026, 3, 3)) == ["离任日期应当在任职之后、不晚于今天"]


def test_an_election_is_put_off_by_half_a_year_at_most() -> None:
    rule = clause("base-union-elections", "late-election", on=ON)
    ends = date(2026, 8, 31)
    assert terms.postponing(ends, date(2027, 2, 28), rule) == []
    late = terms.postponing(ends, date(2027, 3, 1), rule)
    assert said(late) == [("延期一般不超过6个月，最晚到2027年2月28日", rule.label)]
    assert said(terms.postponing(ends, ends, rule)) == [("延期的日期应当晚于任期届满日", "")]


def test_a_vacancy_is_filled_by_somebody_between_the_departure_and_today() -> None:
    since = date(2026, 2, 1)
    assert terms.filling("赵四", since, since=since, on=ON) == []
    assert said(terms.filling(" ", date(2026, 1, 31), since=since, on=ON)) == [
        ("请填写补选的人", ""),
        ("补选日期应当在出缺之后、不晚于今天", ""),
    ]


def test_what_a_union_lacks_is_said_by_region_and_number() -> None:
    women = clause("trade-union-charter", "women-committee", on=ON)
    audit = clause("trade-union-law", "45", on=ON)
    assert said(terms.lacking({Body.UNION}, 9, women, audit)) == [("没有登记经费审查委员会", ART.format("四十五"))]
    assert said(terms.lacking({Body.UNION, Body.AUDIT}, 10, women, audit)) == [
        ("女会员10人，满10人的应当建立女职工委员会", women.label)
    ]
    assert terms.lacking({Body.UNION, Body.AUDIT, Body.WOMEN}, 10, women, audit) == []
    assert said(terms.lacking({Body.AUDIT}, 10, women, audit)) == [("没有登记在任的工会委员会，请登记选举结果", "")]
    chongqing = clause("trade-union-charter", "women-committee", on=ON, region="500000")
    assert (women.needs_checking, chongqing.needs_checking) == (True, False)


@pytest.mark.parametrize(
    ("on", "warned", "expected"),
    [
        (date(2026, 2, 28), None, None),
        (date(2026, 3, 1), None, 6),
        (date(2026, 3, 2), 6, None),
        (date(2026, 6, 1), 6, 3),
        (date(2026, 6, 1), None, 3),
        (date(2026, 9, 2), 3, None),
    ],
)
def test_a_warning_is_given_six_and_three_months_before_and_once(
    on: date, warned: int | None, expected: int | None
) -> None:
    assert terms.to_warn(date(2026, 9, 1), warned, on, (6, 3)) == expected


def test_months_are_added_to_the_last_day_there_is() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert add_months(date(2024, 2, 29), 36) == date(2027, 2, 28)
