"""Committees, posts and the clock of terms on a small federation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.messages.models import Message
from gongshu.core.metrics.queries import by_child, value
from gongshu.core.trail.models import Entry
from gongshu.organising.actions import terms
from gongshu.organising.actions.terms import Filling
from gongshu.organising.enums import Body, Leaving, Post, Shape
from gongshu.organising.jobs import remind_terms
from gongshu.organising.metrics import TERM_OVERDUE
from gongshu.organising.models import Committee, Holding, Vacancy
from gongshu.organising.queries.terms import bodies_of, holdings_of, overdue_below
from gongshu.organising.rules.founding import Nominee
from gongshu.organising.rules.terms import Departure
from tests.members import samples as people
from tests.organising.samples import (
    BASE,
    CITY,
    COUNTY,
    FAR,
    HOLDERS,
    OTHER,
    SISTER,
    dissolving,
    elected,
    ended,
    founded,
)  # fmt: skip
from tests.worlds import BUILDER, NOW, World

TODAY = NOW.date()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def names(committee: Committee) -> list[tuple[str, str, date | None]]:
    return [(row.name, row.post, row.until_on) for row in holdings_of(committee)]


def test_a_term_ends_after_its_years_and_the_next_one_replaces_it(world: World) -> None:
    first = elected(world, began=date(2023, 2, 28))
    assert (first.number, first.ends_on, first.due_on, first.state) == (
        1, date(2026, 2, 28), date(2026, 2, 28), "sitting",
    )  # fmt: skip
    second = elected(world, began=date(2026, 2, 20), years=5)
    first.refresh_from_db()
    assert (second.number, second.ends_on) == (2, date(2031, 2, 20))
    assert (first.state, first.over_on) == ("replaced", date(2026, 2, 20))
    assert names(first) == [(each.name, each.post, date(2026, 2, 20)) for each in HOLDERS]
    assert {row.until_on for row in second.holdings.all()} == {None}
    assert Committee.objects.filter(state="sitting").count() == 1


def test_who_held_which_post_when_is_kept_and_a_vacancy_waits_three_months(world: World) -> None:
    committee = elected(world)
    vice = committee.holdings.get(post=Post.VICE)
    vacancy = terms.leave(vice, Departure(Leaving.RETIRED, date(2026, 2, 1)), by=BUILDER, at=NOW)
    item = OpenItem.objects.get()
    assert (item.organisation, item.due_on, item.title) == (
        world.org(BASE), date(2026, 5, 1), "松桃苗族自治县1号企业工会委员会副主席出缺，请补选",
    )  # fmt: skip
    with pytest.raises(Refused, match="已经离任"):
        terms.leave(vice, Departure(Leaving.RETIRED, TODAY), by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="已在本届委员会任职"):
        terms.fill(vacancy, Filling("何立", TODAY), by=BUILDER, at=NOW)
    terms.fill(vacancy, Filling("赵四", TODAY), by=world.actor(BASE, "base_officer"), at=NOW)
    assert OpenItem.objects.count() == 0
    assert names(committee) == [
        ("何立", "chair", None), ("王二", "member", None), ("赵四", "vice", None), ("张一", "vice", date(2026, 2, 1)),
    ]  # fmt: skip
    assert Vacancy.objects.get().filled_by == Holding.objects.get(name="赵四")
    with pytest.raises(Refused, match="不能再"):
        terms.fill(vacancy, Filling("钱五", TODAY), by=BUILDER, at=NOW)


def test_a_chair_is_transferred_only_with_the_consents_of_article_18(world: World) -> None:
    chair = elected(world).holdings.get(post=Post.CHAIR)
    with pytest.raises(Refused, match="第十八条"):
        terms.leave(chair, Departure(Leaving.TRANSFER, TODAY), by=BUILDER, at=NOW)
    assert Vacancy.objects.count() == 0
    terms.leave(chair, Departure(Leaving.TRANSFER, TODAY, has_consents=True), by=BUILDER, at=NOW)
    assert Vacancy.objects.get().state == "open"


def test_a_vacancy_ends_with_the_term(world: World) -> None:
    committee = elected(world)
    terms.leave(committee.holdings.get(post=Post.VICE), Departure(Leaving.DIED, TODAY), by=BUILDER, at=NOW)
    elected(world, began=TODAY)
    assert (Vacancy.objects.get().state, OpenItem.objects.count()) == ("lapsed", 0)


def test_local_unions_sit_five_years_and_strangers_write_down_nothing(world: World) -> None:
    with pytest.raises(Refused, match="每届任期应为5年"):
        elected(world, COUNTY)
    assert elected(world, COUNTY, years=5).ends_on == date(2029, 3, 1)
    committee = elected(world)
    with pytest.raises(Refused, match="没有在"):
        terms.elect(
            terms.TermFacts(Body.AUDIT, TODAY, 3, (Nominee("李三", Post.HEAD),)),
            organisation=world.org(BASE),
            by=world.actor(SISTER),
            at=NOW,
        )
    with pytest.raises(Refused, match="没有在"):
        terms.leave(
            committee.holdings.get(post=Post.VICE),
            Departure(Leaving.RETIRED, TODAY),
            by=world.actor(SISTER),
            at=NOW,
        )
    assert Committee.objects.count() == 2


def test_the_size_follows_the_members_the_ledger_knows(world: World) -> None:
    people.member(world)
    six = tuple(Nominee(f"委员{n}", Post.MEMBER) for n in range(5))
    with pytest.raises(Refused, match="会员1人，委员应为3至5人，现为6人"):
        elected(world, holders=(HOLDERS[0], *six))


def test_the_clock_reminds_at_six_and_three_months_once_each_and_says_when_it_is_over(world: World) -> None:
    officer = world.account(BASE, "base_officer")
    committee = elected(world, began=date(2023, 9, 10))
    for day, expected in (
        (date(2026, 3, 9), 0), (date(2026, 3, 10), 1), (date(2026, 3, 11), 0),
        (date(2026, 6, 10), 1), (date(2026, 9, 11), 0),
    ):  # fmt: skip
        assert terms.remind_some(at=noon(day))[0] == expected
    item = OpenItem.objects.get()
    assert (item.organisation, item.due_on) == (world.org(BASE), date(2026, 9, 10))
    assert item.title == "松桃苗族自治县1号企业第1届工会委员会任期届满，准备换届"
    assert [row.account for row in Message.objects.all()] == [officer, officer]
    assert list(Entry.objects.filter(verb__in=("remind", "warn")).order_by("pk").values_list("summary", flat=True)) == [
        "提醒换届：松桃苗族自治县1号企业第1届工会委员会任期届满，准备换届（2026年9月10日任期届满）",
        "再次提醒换届：松桃苗族自治县1号企业第1届工会委员会（2026年9月10日任期届满）",
    ]
    elected(world, began=NOW.date())
    committee.refresh_from_db()
    assert (committee.state, OpenItem.objects.count()) == ("replaced", 0)


def test_the_job_goes_through_all_terms(world: World) -> None:
    for org in (BASE, OTHER, FAR):
        elected(world, org, began=date(2023, 2, 1))
    enqueue(remind_terms)
    Worker().drain()
    assert Job.objects.get(name="organising.terms", key="").result == {"提醒": 3}
    assert Committee.objects.filter(state="due").count() == 3


def test_reminding_asks_no_more_questions_for_the_unions_already_reminded(
    world: World, django_assert_num_queries
) -> None:
    for org in (BASE, OTHER, FAR):
        elected(world, org, began=date(2023, 2, 1))
        terms.remind_some(at=NOW)
        with django_assert_num_queries(2):
            assert terms.remind_some(at=NOW)[0] == 0


def test_only_the_union_above_agrees_to_a_later_election_and_the_clock_follows(world: World) -> None:
    committee = elected(world, began=date(2023, 3, 20))
    terms.remind_some(at=NOW)
    committee.refresh_from_db()
    late = date(2026, 9, 20)
    with pytest.raises(Refused, match="没有在"):
        terms.put_off(committee, late, reason="企业搬迁", by=world.actor(BASE, "base_officer"), at=NOW)
    with pytest.raises(Refused, match="不超过6个月"):
        terms.put_off(committee, late + timedelta(days=1), reason="企业搬迁", by=world.actor(COUNTY), at=NOW)
    with pytest.raises(Refused, match="请写明原因"):
        terms.put_off(committee, late, reason="", by=world.actor(COUNTY), at=NOW)
    terms.put_off(committee, late, reason="企业搬迁", by=world.actor(COUNTY), at=NOW)
    assert (committee.due_on, committee.ends_on, OpenItem.objects.get().due_on) == (late, date(2026, 3, 20), late)
    nation = elected(world, "中华全国总", years=5)
    with pytest.raises(Refused, match="没有上一级工会"):
        terms.put_off(nation, late, reason="会议冲突", by=BUILDER, at=NOW)


def test_overdue_terms_roll_up_along_the_tree(world: World, django_assert_num_queries) -> None:
    past = timezone.localdate() - timedelta(days=4 * 365)
    for org in (BASE, OTHER, FAR):
        elected(world, org, began=past)
    elected(world, "碧江区2号企业", began=TODAY)
    elected(world, BASE, body=Body.AUDIT, began=past, holders=(Nominee("李三", Post.HEAD),))
    assert value(TERM_OVERDUE, world.org(CITY)) == 3
    assert by_child(TERM_OVERDUE, world.org(CITY)) == {world.org(COUNTY).pk: 2, world.org("碧江区总").pk: 1}
    assert [(each.org, each.overdue) for each in overdue_below(world.org("贵州省总"))] == [(world.org(CITY), 3)]
    with django_assert_num_queries(2):
        assert len(overdue_below(world.org(CITY))) == 2


def test_a_union_is_told_which_committees_it_lacks(world: World) -> None:
    org = world.org(BASE)
    assert [problem.message for problem in bodies_of(org, on=TODAY).lacking] == [
        "没有登记在任的工会委员会，请登记选举结果"
    ]
    elected(world)
    for n in range(10):
        people.member(world, f"女工{n}", order=n + 1)
    said = [problem.message for problem in bodies_of(org, on=TODAY).lacking]
    assert said == ["没有登记经费审查委员会"]
    from_women = [people.facts(f"女工{n}", 20 + n, woman=True) for n in range(10)]
    for n, told in enumerate(from_women):
        people.joining.approve(
            people.joining.apply(people.joining.NewMember(told, "staff"), organisation=org, by=BUILDER, at=NOW),
            by=BUILDER,
            at=NOW + timedelta(minutes=n),
        )
    said = [problem.message for problem in bodies_of(org, on=TODAY).lacking]
    assert said == ["女会员10人，满10人的应当建立女职工委员会", "没有登记经费审查委员会"]


def test_a_founded_unions_first_committee_is_seated_and_goes_with_the_union(world: World) -> None:
    world.orgs["新"] = founded(world)
    committee = Committee.objects.get()
    assert (committee.organisation, committee.began_on, committee.ends_on) == (
        world.org("新"), TODAY, date(2029, 3, 2),
    )  # fmt: skip
    assert [name for name, _, _ in names(committee)] == ["何立", "张一", "王二", "李三"]
    ended(dissolving(world, "新"))
    committee.refresh_from_db()
    assert (committee.state, committee.over_on) == ("closed", TODAY)
    assert {until for _, _, until in names(committee)} == {TODAY}
    with pytest.raises(Refused, match="已经撤销"):
        elected(world, "新", began=TODAY)


def test_an_organiser_is_seated_alone(world: World) -> None:
    founded(world, shape=Shape.ORGANISER, members=9, nominees=(Nominee("何立", Post.ORGANISER),))
    assert names(Committee.objects.get()) == [("何立", "organiser", None)]
