"""Measures rolled up the tree, against counting by hand; the rows are messages, which stand at organisations."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.messages.models import Message
from gongshu.core.metrics import queries
from gongshu.core.metrics.many import Ask, Slice, grid, measure, measure_where
from gongshu.core.metrics.metric import Dim, Metric
from gongshu.core.metrics.queries import Period
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, within

SHANGHAI = ZoneInfo("Asia/Shanghai")
KINDS = (("a", "甲类"), ("b", "乙类"))
DIMS = {"kind": Dim("类别", KINDS, field="subject")}
COUNTED = Metric("test.read", "已读", "条", rows=Message.objects.all, on="read_at", dims=DIMS)
WEIGHED = Metric("test.weight", "编号和", "", rows=Message.objects.all, on="read_at", dims=DIMS, total_of="account_id")


@pytest.fixture
def rows(world) -> list[Message]:
    """Two hundred rows strewn over the tree and two years, the year's edges among them."""
    chance = random.Random(20261120)
    orgs = list(world.orgs.values())
    accounts = [world.account(name) for name in ("铜仁市总", "贵阳市总", "贵州省总")]
    edges = [datetime(2026, 1, 1, 0, 30, tzinfo=SHANGHAI), datetime(2026, 12, 31, 23, 30, tzinfo=SHANGHAI)]
    start = datetime(2025, 1, 1, tzinfo=SHANGHAI)
    made = [
        Message(
            account=chance.choice(accounts),
            organisation=chance.choice(orgs),
            subject=chance.choice("ab"),
            at=start,
            read_at=edges[n] if n < 2 else start + timedelta(minutes=chance.randrange(2 * 365 * 24 * 60)),
        )
        for n in range(200)
    ]
    return Message.objects.bulk_create(made)


def by_hand(rows, org, *, since=None, until=None, kinds="ab", weight=lambda row: 1) -> int:
    def counts(row: Message) -> bool:
        day = timezone.localtime(row.read_at).date()
        in_time = (since is None or day >= since) and (until is None or day <= until)
        return org.holds(row.organisation) and in_time and row.subject in kinds

    return sum(weight(row) for row in rows if counts(row))


def days(chance: random.Random) -> tuple:
    first = datetime(2025, 1, 1, tzinfo=SHANGHAI).date() + timedelta(days=chance.randrange(600))
    return chance.choice([(None, None), (first, None), (None, first), (first, first + timedelta(days=90))])


def test_value_is_what_counting_by_hand_gives(world, rows):
    chance = random.Random(1)
    for org in world.orgs.values():
        since, until = days(chance)
        kinds = chance.choice(["a", "b", "ab"])
        found = queries.value(COUNTED, org, since=since, until=until, filters={"kind": list(kinds)})
        assert found == by_hand(rows, org, since=since, until=until, kinds=kinds)


def test_sums_are_what_adding_by_hand_gives(world, rows):
    for org in world.orgs.values():
        assert queries.value(WEIGHED, org) == by_hand(rows, org, weight=lambda row: row.account_id)


def test_a_sum_of_nothing_is_nought(world):
    assert queries.value(WEIGHED, world.org("贵州省总")) == 0


def test_each_child_gets_its_subtree(world, rows):
    chance = random.Random(2)
    for org in world.orgs.values():
        since, until = days(chance)
        found = queries.by_child(COUNTED, org, since=since, until=until, filters={"kind": "a"})
        assert found == {child.pk: by_hand(rows, child, since=since, until=until, kinds="a") for child in children(org)}


def test_children_with_no_rows_are_there_with_nought(world):
    province, sister = world.org("贵州省总"), world.org("湖北省总")

    assert queries.by_child(COUNTED, world.org("中华全国总")) == {province.pk: 0, sister.pk: 0}


def test_any_organisations_of_any_levels_are_measured_at_once(world, rows):
    chance = random.Random(3)
    for size in (1, 2, 5, len(world.orgs)):
        orgs = chance.sample(list(world.orgs.values()), size)
        assert queries.by_organisations(COUNTED, orgs) == {org.pk: by_hand(rows, org) for org in orgs}


def test_no_organisations_are_no_query(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.by_organisations(COUNTED, []) == {}


def test_more_organisations_than_fit_a_query_are_picked_here(world, rows, monkeypatch):
    monkeypatch.setattr(queries, "NAMED_IN_QUERY", 1)
    orgs = [world.org("松桃苗族自治县总"), world.org("南明区总")]

    assert queries.by_organisations(COUNTED, orgs) == {org.pk: by_hand(rows, org) for org in orgs}


def test_organisations_cost_one_query_a_level(world, rows, django_assert_num_queries):
    orgs = list(Organisation.objects.filter(depth__in=[3, 4]))
    with django_assert_num_queries(2):
        queries.by_organisations(COUNTED, orgs)


def test_children_cost_two_queries_and_values_one(world, rows, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.by_child(COUNTED, world.org("贵州省总"))
    with django_assert_num_queries(1):
        queries.value(COUNTED, world.org("贵州省总"))
    with django_assert_num_queries(1):
        queries.by_month(COUNTED, world.org("贵州省总"), 2026)


def test_months_are_local_and_the_years_edges_belong_to_it(world, rows):
    nation = world.org("中华全国总")
    for year in (2025, 2026, 2027):
        expected = [0] * 12
        for row in rows:
            local = timezone.localtime(row.read_at)
            if local.year == year:
                expected[local.month - 1] += 1
        assert queries.by_month(COUNTED, nation, year) == expected
    assert sum(queries.by_month(COUNTED, nation, 2026)) == queries.value(
        COUNTED, nation, since=date(2026, 1, 1), until=date(2026, 12, 31)
    )


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"colour": "red"}, "指标“已读”不能按“colour”筛选"),
        ({"kind": "z"}, "“类别”没有“z”这一项"),
        ({"kind": ["a", "z"]}, "“类别”没有“z”这一项"),
    ],
)
def test_filters_not_declared_are_refused(world, filters, sentence):
    for ask in (
        lambda: queries.value(COUNTED, world.org("贵州省总"), filters=filters),
        lambda: queries.by_child(COUNTED, world.org("贵州省总"), filters=filters),
        lambda: queries.by_month(COUNTED, world.org("贵州省总"), 2026, filters=filters),
    ):
        with pytest.raises(Refused) as refusal:
            ask()
        assert [problem.message for problem in refusal.value.problems] == [sentence]


def test_a_metric_the_catalogue_does_not_list_is_refused(db):
    with pytest.raises(Refused, match=r"没有“test\.none”这项指标"):
        queries.metric_of("test.none")


def test_many_figures_of_one_place_and_of_several_are_what_counting_by_hand_gives(world, rows):
    since = date(2025, 6, 1)
    here = [Ask(COUNTED, world.org("铜仁市总"), Period(since, None), {"kind": kind}) for kind in "ab"]
    mixed = [*here, Ask(COUNTED, world.org("贵阳市总")), Ask(WEIGHED, world.org("铜仁市总"), Period(None, since))]
    assert measure(here) == [by_hand(rows, ask.organisation, since=since, kinds=ask.filters["kind"]) for ask in here]
    assert measure(mixed) == [
        *measure(here),
        by_hand(rows, world.org("贵阳市总")),
        by_hand(rows, world.org("铜仁市总"), until=since, weight=lambda row: row.account_id),
    ]


def test_different_metrics_over_the_same_rows_are_one_query(world, rows, django_assert_num_queries):
    asks = [Ask(metric, world.org("铜仁市总")) for metric in (COUNTED, WEIGHED)]
    with django_assert_num_queries(1):
        figures = measure(asks)
    assert figures == [
        by_hand(rows, world.org("铜仁市总")),
        by_hand(rows, world.org("铜仁市总"), weight=lambda row: row.account_id),
    ]
    with pytest.raises(Refused):
        measure([Ask(COUNTED, world.org("铜仁市总"), Period(), {"level": "a"})])


def only(subject: str):
    return lambda: Q(subject=subject)


ALL_OF_THEM = Message.objects.all
OF_KIND = {kind: Metric(f"test.{kind}", kind, "条", rows=ALL_OF_THEM, on="read_at", only=only(kind)) for kind in "ab"}
LIKE_THEM = Metric("test.all", "全部", "条", rows=ALL_OF_THEM, on="read_at")


def test_metrics_that_share_rows_count_their_own_in_one_query(world, rows, django_assert_num_queries):
    of_a, of_b, city = OF_KIND["a"], OF_KIND["b"], world.org("铜仁市总")
    expected = {org.pk: [by_hand(rows, org, kinds=kinds) for kinds in ("a", "b", "ab")] for org in world.orgs.values()}
    for org in world.orgs.values():
        assert [queries.value(each, org) for each in (of_a, of_b, LIKE_THEM)] == expected[org.pk]
    with django_assert_num_queries(1):
        assert measure([Ask(each, city) for each in (of_a, of_b, LIKE_THEM)]) == expected[city.pk]
    with django_assert_num_queries(1):
        assert measure_where([of_a, of_b, LIKE_THEM], partial(within, city)) == expected[city.pk]
    assert measure([Ask(of_b, city)]) == measure_where([of_b], partial(within, city)) == [expected[city.pk][1]]
    assert measure_where([], partial(within, city)) == []
    asks = [Ask(of_a, org) for org in world.orgs.values()]
    assert measure(asks) == [expected[ask.organisation.pk][0] for ask in asks]
    below = {org.pk: expected[org.pk][1] for org in children(city)}
    assert (queries.by_child(of_b, city), grid([Slice(of_b)], children(city))) == (below, [below])
    assert sum(queries.by_month(of_a, city, 2026)) == by_hand(rows, city, since=date(2026, 1, 1), kinds="a")
