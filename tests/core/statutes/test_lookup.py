"""Finding the clause that holds."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.checks.registry import registry

from gongshu.core.base.problems import Problem
from gongshu.core.statutes import lookup
from gongshu.core.statutes.checks import check_statutes
from gongshu.core.statutes.model import NoSuchClause, article_words

TODAY = date(2026, 11, 20)


def test_the_union_law_says_twenty_five_members() -> None:
    clause = lookup.clause("trade-union-law", "11", on=TODAY)
    assert clause["members_for_committee"] == 25
    assert clause.label == "《中华人民共和国工会法》（2021年修正）第十一条"
    assert clause.words.startswith("用人单位有会员二十五人以上的，应当建立基层工会委员会")
    assert clause.quoted
    assert not clause.needs_checking


def test_values_are_exact() -> None:
    assert lookup.clause("trade-union-law", "17", on=TODAY)["proposers_share"] == Fraction(1, 3)
    assert lookup.clause("trade-union-law", "43", on=TODAY)["levy_share"] == Decimal("0.02")
    assert lookup.clause("trade-union-law", "16", on=TODAY)["base_term_years"] == (3, 5)


def test_a_clause_is_not_in_force_before_its_day() -> None:
    with pytest.raises(NoSuchClause, match="2021-12-31"):
        lookup.clause("trade-union-law", "11", on=date(2021, 12, 31))
    assert lookup.clause("trade-union-law", "11", on=date(2022, 1, 1)).article == "11"


@pytest.mark.parametrize(
    ("region", "label"),
    [
        ("", "《中华人民共和国工会法》（2021年修正）第三十五条"),
        ("520000", "《中华人民共和国工会法》（2021年修正）第三十五条"),
        ("410100", "《河南省实施〈中华人民共和国工会法〉办法》第二十条"),
        ("500101", "《重庆市工会条例》第十九条"),
    ],
)
def test_the_rule_of_the_narrowest_region_comes_first(region: str, label: str) -> None:
    assert lookup.clause("joint-meeting", "frequency", on=TODAY, region=region).label == label


def test_a_regional_rule_not_yet_in_force_leaves_the_national_one() -> None:
    early = lookup.clause("membership", "no-union", on=date(2019, 1, 1), region="110101")
    late = lookup.clause("membership", "no-union", on=TODAY, region="110101")
    assert (early.region, late.region) == ("", "110000")


@pytest.mark.parametrize(
    ("instrument", "article"), [("no-such-law", "1"), ("trade-union-law", "999"), ("joint-meeting", "x")]
)
def test_what_we_do_not_hold_is_said(instrument: str, article: str) -> None:
    with pytest.raises(NoSuchClause, match=f"“{instrument if instrument == 'no-such-law' else article}”"):
        lookup.clause(instrument, article, on=TODAY)


def test_a_value_we_do_not_hold_is_said() -> None:
    clause = lookup.clause("trade-union-law", "12", on=TODAY)
    with pytest.raises(NoSuchClause, match="第十二条没有名为“members”的数值"):
        clause["members"]


def test_defaults_without_law_show_that_they_need_checking() -> None:
    clause = lookup.clause("defaults", "near-due", on=TODAY)
    assert clause["days"] == 3
    assert clause.label == "《系统默认》：临期提醒"
    assert (clause.grade, clause.needs_checking) == ("M", True)


def test_every_default_needs_checking_and_no_clause_of_the_union_law_does() -> None:
    waiting = {clause.instrument.id for clause in lookup.unchecked()}
    assert "defaults" in waiting
    assert "trade-union-law" not in waiting


def test_a_clause_may_stand_beside_a_problem() -> None:
    clause = lookup.clause("government-supervision", "15", on=TODAY)
    problem = Problem("该单位同一事项已有未办结的督办通知", clause)
    assert str(problem) == ("该单位同一事项已有未办结的督办通知（《政府督查工作条例》（国务院令第733号）第十五条）")


def test_instruments_are_listed_by_title_with_their_clauses() -> None:
    titles = [instrument.title for instrument in lookup.instruments()]
    assert titles == sorted(titles)
    assert lookup.instrument("trade-union-law").title == "中华人民共和国工会法"
    with pytest.raises(NoSuchClause):
        lookup.instrument("nothing")


def test_an_instruments_clauses_are_narrowed_by_day_and_region() -> None:
    everything = lookup.clauses_of("joint-meeting")
    henan = lookup.clauses_of("joint-meeting", on=TODAY, region="410000")
    assert [clause.region for clause in everything] == ["", "410000", "500000"]
    assert [clause.region for clause in henan] == ["", "410000"]
    assert lookup.clauses_of("joint-meeting", on=date(2000, 1, 1)) == []


def test_article_numbers_are_written_the_official_way() -> None:
    assert article_words("11") == "第十一条"
    assert article_words("7.3.3") == "第7.3.3条"
    assert article_words("ban-1") == ""


def test_the_installation_check_reads_every_file_and_finds_no_fault() -> None:
    assert check_statutes in registry.registered_checks
    assert check_statutes() == []
