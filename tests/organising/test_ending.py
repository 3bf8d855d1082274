"""Dissolving and merging: decided one level up, members carried over, the past kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, find_by_name, subtree
from gongshu.core.trail.models import Entry
from gongshu.members.actions import joining, lasting, moving, tallies
from gongshu.members.models import Membership, PastHome
from gongshu.members.queries.counting import headcount
from gongshu.organising import jobs
from gongshu.organising.actions import ending
from gongshu.organising.actions.ending import EndingOrder
from gongshu.organising.enums import Ground, Way
from gongshu.organising.models import Employer, Ending
from gongshu.organising.queries import history
from tests.members import samples as people
from tests.organising.samples import BASE, CITY, COUNTY, FAR, OTHER, SISTER, dissolving, ended, founded, merging
from tests.worlds import BUILDER, NOW, World

TODAY = NOW.date()
BEFORE = TODAY - timedelta(days=1)


def states(world: World, at: str) -> list[tuple[str, str]]:
    rows = Membership.objects.filter(organisation=world.org(at)).order_by("name")
    return list(rows.values_list("name", "state"))


def test_a_merged_unions_members_are_at_the_successor_as_what_they_were(world: World) -> None:
    people.member(world, "丁在籍")
    lasting.keep(people.member(world, "丙退休"), reason="退休", by=BUILDER, at=NOW)
    moving.park(people.member(world, "乙暂存", at=OTHER), reason="停工", by=BUILDER, at=NOW)
    ended(merging(world))
    assert states(world, OTHER) == [("丁在籍", "active"), ("丙退休", "kept")]
    assert (states(world, BASE), states(world, COUNTY)) == ([], [("乙暂存", "parked")])
    assert {home.organisation for home in PastHome.objects.filter(membership__name="丁在籍")} == {world.org(BASE)}
    assert tallies.differing() == []
    assert headcount(world.org(COUNTY), live=True).members == 1


def test_a_dissolved_unions_members_are_kept_at_the_catch_all_home(world: World) -> None:
    people.member(world, "丁在籍")
    lasting.keep(people.member(world, "丙退休"), reason="退休", by=BUILDER, at=NOW)
    ended(dissolving(world))
    assert states(world, COUNTY) == [("丁在籍", "parked"), ("丙退休", "kept")]
    assert tallies.differing() == []


def test_members_parked_at_a_merged_union_stay_parked_at_the_successor(world: World) -> None:
    row = people.member(world, "乙暂存")
    moving.park(row, reason="停工", by=BUILDER, at=NOW)
    Membership.objects.filter(pk=row.pk).update(organisation=world.org(BASE))
    tallies.rebuild()
    ended(merging(world))
    assert states(world, OTHER) == [("乙暂存", "parked")]
    assert tallies.differing() == []


def test_the_approval_and_the_job_that_carries_members_over_belong_together(world: World) -> None:
    for name in ("张一", "张二", "张三"):
        people.member(world, name)
    row = ending.submit(merging(world), by=BUILDER, at=NOW)
    assert (OpenItem.objects.get().organisation, OpenItem.objects.get().due_on) == (
        world.org(COUNTY),
        date(2026, 3, 17),
    )
    jobs.approve_ending(row, by=world.actor(COUNTY), at=NOW, note="同意")
    assert OpenItem.objects.count() == 0
    assert len(states(world, BASE)) == 3
    Worker().drain()
    assert Job.objects.get(name="organising.settle").result == {"接转": 3}
    assert (len(states(world, BASE)), len(states(world, OTHER))) == (0, 3)
    assert ending.settle(row, at=NOW) == 0


def test_an_ended_union_is_offered_nowhere_but_its_figures_and_history_stay(world: World) -> None:
    org = world.org(BASE)
    row = ended(merging(world))
    assert (row.state, Organisation.objects.get(pk=org.pk).ended_on) == ("ended", TODAY)
    assert org not in children(world.org(COUNTY))
    assert find_by_name(org.name) == []
    assert org in subtree(world.org(COUNTY))
    entry = Entry.objects.get(verb="end")
    assert (entry.summary, entry.clause) == (
        f"并入{world.org(OTHER).name}：{org.name}", "《中华人民共和国工会法》（2021年修正）第十三条",
    )  # fmt: skip
    fresh = Organisation.objects.get(pk=org.pk)
    with pytest.raises(Refused, match="已经撤销"):
        joining.apply(joining.NewMember(people.facts("何立"), "staff"), organisation=fresh, by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="已经撤销"):
        moving.ask(people.member(world, "张一", at=FAR), fresh, by=BUILDER, at=NOW)


def test_the_tree_is_seen_as_of_any_day(world: World) -> None:
    county = world.org(COUNTY)
    union = founded(world)
    ended(merging(world))
    names = lambda on: [org.short_name for org in history.children_on(county, on)]  # noqa: E731
    assert names(BEFORE) == [BASE, OTHER]
    assert names(TODAY) == [OTHER, union.short_name]
    [gone] = [org for org in history.children_on(county, BEFORE) if org.pk == world.org(BASE).pk]
    assert (gone.began_on, gone.over_on, gone.heir) == (None, TODAY, OTHER)
    assert (history.parent_on(union, TODAY), history.parent_on(union, BEFORE)) == (county, None)
    assert (history.stood_on(union, BEFORE), history.stood_on(world.org(BASE), BEFORE)) == (False, True)
    assert history.stood_on(world.org(BASE), TODAY) is False
    assert history.parent_on(world.org(OTHER), BEFORE) == county
    assert history.heir_of(world.org(BASE)).successor == world.org(OTHER)
    assert [row.organisation for row in history.forebears_of(world.org(OTHER))] == [world.org(BASE)]
    assert [row.until_on for row in history.standings_of(world.org(BASE))] == [TODAY]


def test_a_union_founded_and_ended_again_is_described_by_its_own_rows(world: World) -> None:
    union = founded(world)
    world.orgs["新"] = union
    ended(dissolving(world, "新"))
    [row] = history.standings_of(union)
    assert (row.from_on, row.until_on) == (TODAY, TODAY)
    assert union not in history.children_on(world.org(COUNTY), TODAY)
    assert Employer.objects.get().union is None


def test_the_employers_of_a_merged_union_are_covered_by_the_successor(world: World) -> None:
    world.orgs["新"] = founded(world)
    ended(merging(world, "新", OTHER))
    assert Employer.objects.get().union == world.org(OTHER)


def test_the_tree_of_a_day_asks_one_question(world: World, django_assert_num_queries) -> None:
    for n in range(3):
        founded(world, name=f"第{n}车间工会", employers=(), shape="area", members=0)
        with django_assert_num_queries(1):
            assert len(history.children_on(world.org(COUNTY), TODAY)) == 3 + n


def test_unfinished_business_and_wrong_grounds_stand_in_the_way(world: World) -> None:
    people.applied(world)
    with pytest.raises(Refused, match="入会申请1件"):
        merging(world)
    with pytest.raises(Refused, match="下级工会2个"):
        merging(world, COUNTY, "碧江区总")
    moving.ask(people.member(world, "张一", at=OTHER), world.org(FAR), by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="转会1件"):
        dissolving(world, OTHER)
    with pytest.raises(Refused, match="转会1件"):
        dissolving(world, FAR)
    order = EndingOrder(Way.DISSOLVE, Ground.OTHER, "人太少")
    with pytest.raises(Refused, match="第十三条"):
        ending.apply(order, organisation=world.org("碧江区2号企业"), by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="没有上一级工会"):
        dissolving(world, "中华全国总")
    assert Ending.objects.count() == 0


def test_only_the_union_above_approves_and_only_once(world: World) -> None:
    row = ending.submit(merging(world), by=world.actor(BASE, "base_officer"), at=NOW)
    for stranger in (world.actor(BASE, "base_officer"), world.actor(SISTER)):
        with pytest.raises(Refused, match="没有在"):
            ending.approve(row, by=stranger, at=NOW)
    assert Organisation.objects.get(pk=world.org(BASE).pk).ended_on is None
    ending.approve(row, by=world.actor(CITY), at=NOW)
    with pytest.raises(Refused, match="可能已由他人办理"):
        ending.approve(row, by=world.actor(COUNTY), at=NOW)


def test_it_can_be_sent_back_refused_or_withdrawn_and_asked_for_again(world: World) -> None:
    row = ending.submit(merging(world), by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="正在办理"):
        dissolving(world)
    ending.send_back(row, reason="请附会员大会决议", by=BUILDER, at=NOW)
    assert (row.state, row.note) == ("applied", "请附会员大会决议")
    ending.submit(row, by=BUILDER, at=NOW)
    ending.refuse(row, reason="暂不合并", by=BUILDER, at=NOW)
    again = dissolving(world)
    ending.withdraw(again, by=BUILDER, at=NOW)
    assert [each.state for each in Ending.objects.order_by("pk")] == ["refused", "withdrawn"]
    assert timezone.localdate(again.state_since) == TODAY
