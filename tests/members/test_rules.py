"""What stands in the way, boundary by boundary."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from gongshu.core.statutes.lookup import clause
from gongshu.members import rules
from gongshu.members.rules import MembershipFacts, Place

TODAY = date(2026, 3, 2)


def words(problems) -> list[str]:
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("name", "form", "told"),
    [
        ("何立", "truck", []),
        ("　", "truck", ["请填写姓名"]),
        ("", "pilot", ["请填写姓名", "请选择就业形态"]),
    ],
)
def test_joining_needs_a_name_and_a_known_form(name: str, form: str, told: list[str]) -> None:
    assert words(rules.joining(MembershipFacts(name, form), ("truck", "rider"))) == told


@pytest.mark.parametrize(("born", "count"), [(None, 0), (TODAY, 0), (date(2026, 3, 3), 1)])
def test_nobody_born_after_today_is_approved(born: date | None, count: int) -> None:
    assert len(rules.approving(MembershipFacts("何立", "truck", "m", born), on=TODAY)) == count


def test_a_move_needs_another_union() -> None:
    assert words(rules.moving(3, None)) == ["请选择要转入的工会"]
    stands = {"name": "碧江区总工会", "ended_on": None}
    assert words(rules.moving(3, SimpleNamespace(pk=3, **stands))) == ["会籍已在这个工会，不需要转会"]
    assert rules.moving(3, SimpleNamespace(pk=4, **stands)) == []
    ended = SimpleNamespace(pk=4, name="碧江区总工会", ended_on=TODAY)
    assert words(rules.moving(3, ended)) == ["碧江区总工会已经撤销，请选择承继它的工会或者上级工会"]


@pytest.mark.parametrize(
    ("was", "to", "count"), [(True, True, 0), (False, False, 0), (True, False, 1), (False, True, 1)]
)
def test_a_move_that_fails_ends_where_it_began(was: bool, to: bool, count: int) -> None:
    assert len(rules.returning(was_parked=was, to_parked=to)) == count


@pytest.mark.parametrize(("months", "count"), [(0, 0), (1, 0)])
def test_six_months_are_enough(months: int, count: int) -> None:
    law = clause("membership", "automatic-leaving", on=TODAY)
    assert len(rules.lapsing(law["months"] + months, law)) == count
    assert [problem.clause for problem in rules.lapsing(law["months"] - 1, law)] == [law]


def test_a_reason_must_be_more_than_blanks() -> None:
    assert words(rules.reason_problems(" \n")) == ["请写明原因"]
    assert rules.reason_problems("退休") == []


def test_the_home_is_the_nearest_of_the_first_level_there_is() -> None:
    village, town, county = Place(3, "village", "111"), Place(2, "town", "11"), Place(1, "county", "1")
    assert rules.home_for([village, town, county], ("town", "county")) == town
    assert rules.home_for([village, county], ("town", "county")) == county
    assert rules.home_for(iter([village]), ("town", "county")) is None
