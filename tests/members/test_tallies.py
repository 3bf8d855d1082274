"""The counters equal counting rows, whatever happens to members."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.models import F

from gongshu.core.base.problems import Refused
from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Person
from gongshu.members.actions import joining, lasting, moving, tallies
from gongshu.members.enums import ACTIVE_STATES, Form
from gongshu.members.management.commands import tallies as command
from gongshu.members.models import Membership, Summary, Tally
from gongshu.members.queries.counting import headcount, headcounts
from tests.members.samples import BASE, CITY, COUNTY, FAR, OTHER, applied, member
from tests.worlds import BUILDER, NOW, World, build


def by_hand(world: World, name: str) -> int:
    return sum(
        world.org(name).holds(row.organisation) and row.state in ACTIVE_STATES
        for row in Membership.objects.select_related("organisation")
    )


def test_any_run_of_steps_leaves_counters_equal_to_rows(world: World) -> None:
    chance = random.Random(20261121)
    rows = [
        member(world, f"张{n}", chance.choice((BASE, OTHER, FAR)), order=n % 3 and n, form=chance.choice(Form.values))
        for n in range(1, 25)
    ]
    rows += [applied(world, f"王{n}", chance.choice((BASE, FAR))) for n in range(6)]
    acts = (
        lambda row: moving.ask(row, world.org(chance.choice((BASE, FAR))), by=BUILDER, at=NOW),
        lambda row: moving.accept(row, by=BUILDER, at=NOW),
        lambda row: moving.send_back(row, reason="不收", by=BUILDER, at=NOW),
        lambda row: moving.park(row, reason="撤销", by=BUILDER, at=NOW),
        lambda row: lasting.keep(row, reason="退休", by=BUILDER, at=NOW),
        lambda row: lasting.resume(row, by=BUILDER, at=NOW),
        lambda row: lasting.finish(row, "leave", reason="本人申请", by=BUILDER, at=NOW),
        lambda row: joining.review(row, by=BUILDER, at=NOW),
        lambda row: joining.approve(row, by=BUILDER, at=NOW),
    )
    taken = refused = 0
    for _ in range(150):
        row = chance.choice(rows)
        row.refresh_from_db()
        try:
            chance.choice(acts)(row)
            taken += 1
        except Refused:
            refused += 1
    assert min(taken, refused) > 30
    assert tallies.differing() == []
    assert {name: headcount(world.org(name), live=True).members for name in (BASE, COUNTY, CITY, FAR)} == {
        name: by_hand(world, name) for name in (BASE, COUNTY, CITY, FAR)
    }


def test_the_check_names_whatever_differs_and_the_rebuild_puts_it_right(world: World) -> None:
    member(world)
    Tally.objects.filter(organisation=world.org(BASE)).update(n_staff_m=F("n_staff_m") + 1)
    Tally.objects.create(organisation=world.org(FAR), kept=1)
    applied(world, "张一", at=OTHER)
    Tally.objects.filter(organisation=world.org(OTHER)).delete()
    assert tallies.differing() == sorted(world.org(name).pk for name in (BASE, FAR, OTHER))
    with pytest.raises(CommandError, match="3 个工会"):
        call_command("tallies", "check")
    told = StringIO()
    call_command("tallies", "rebuild", stdout=told)
    assert told.getvalue().splitlines()[0] == "已重算 2 个工会的会员计数"
    call_command("tallies", "check", stdout=told)
    assert told.getvalue().splitlines()[-3:] == ["会员计数与名册一致", "会员汇总与名册一致", "按产业汇总与名册一致"]


def test_high_organisations_read_a_small_table_with_its_time(world: World) -> None:
    member(world, order=3)
    assert headcount(world.org(CITY)).as_at is None  # not refreshed yet: summed now
    assert tallies.refresh_summaries(at=NOW) == 9
    member(world, "张一")
    for name in (COUNTY, CITY, "中华全国总"):
        head = headcount(world.org(name))
        assert (head.members, head.as_at) == (1, NOW)
        assert (headcount(world.org(name), live=True).members, headcount(world.org(name), live=True).as_at) == (2, None)
    base = headcount(world.org(BASE))
    assert (base.members, base.as_at) == (2, None)
    tallies.refresh_summaries(at=NOW)
    assert headcount(world.org("中华全国总")).members == 2
    assert Summary.objects.count() == 9


def test_sums_equal_the_counters_wherever_high_organisations_stand(world: World) -> None:
    industry = add(NewOrganisation("产业工会", Level.CITY, Kind.INDUSTRIAL), under=world.org(BASE))
    world.orgs["产业"], world.orgs["自治州"] = industry, add(NewOrganisation("自治州总工会", Level.CITY, Kind.LOCAL))
    for place in (BASE, FAR, "产业", COUNTY, "自治州"):
        member(world, f"张{place}", at=place)
    assert tallies.refresh_summaries(at=NOW) == 11
    assert tallies.differing_summaries() == []
    places = ("产业", "自治州", COUNTY, CITY, "贵阳市总", "中华全国总")
    assert [headcount(world.org(name)).members for name in places] == [1, 1, 3, 4, 0, 4]


def test_no_sums_are_kept_where_nothing_is_high_and_they_go_with_their_level(world: World) -> None:
    tallies.refresh_summaries(at=NOW)
    Organisation.objects.filter(short_name=COUNTY).update(level=Level.TOWN)
    assert tallies.refresh_summaries(at=NOW) == 8
    Organisation.objects.update(level=Level.TOWN)
    assert tallies.refresh_summaries(at=NOW) == 0
    assert tallies.differing_summaries() == []


def test_a_wrong_or_missing_sum_is_found(world: World, monkeypatch) -> None:
    member(world)
    tallies.refresh_summaries(at=NOW)
    Summary.objects.filter(organisation=world.org(COUNTY)).update(phones=7)
    Summary.objects.filter(organisation=world.org("湖北省总")).delete()
    assert tallies.differing_summaries() == sorted(world.org(name).pk for name in (COUNTY, "湖北省总"))
    broken = replace(tallies.SUMMARIES, refresh=lambda *, at: 0)
    monkeypatch.setattr(command, "listed_sums", lambda: (broken,))
    with pytest.raises(CommandError, match="2 个工会的会员汇总"):
        call_command("tallies", "check")


@pytest.mark.parametrize(("state", "tries"), [("40001", 5), ("40P01", 5), ("53300", 1)])
def test_the_check_begins_again_where_somebody_wrote_the_same_sums(world: World, state: str, tries: int) -> None:
    error, begun = OperationalError("could not serialize access"), list[object]()
    error.__cause__ = type("Cause", (Exception,), {"sqlstate": state})()

    def refresh(*, at: object) -> int:
        begun.append(at)
        raise error

    with pytest.raises(OperationalError):
        command.differing_of(replace(tallies.SUMMARIES, refresh=refresh))
    assert len(begun) == tries


def test_counts_of_children_equal_each_ones_own(world: World, django_assert_num_queries) -> None:
    member(world), member(world, "张一", at=FAR)
    for level, queries in ((Level.BASE, 1), (Level.COUNTY, 2), (Level.CITY, 2)):
        orgs = [org for org in world.orgs.values() if org.level == level]
        expected = {org.pk: headcount(org, live=True).counters for org in orgs}
        with django_assert_num_queries(queries):
            found = headcounts(orgs)
        assert {pk: head.counters for pk, head in found.items()} == expected
    tallies.refresh_summaries(at=NOW)
    with django_assert_num_queries(1):
        assert {head.as_at for head in headcounts([world.org(CITY)]).values()} == {NOW}
    with django_assert_num_queries(1):
        assert {head.as_at for head in headcounts([world.org(CITY)], live=True).values()} == {None}
    assert headcounts([]) == {}


@pytest.mark.django_db(transaction=True)
def test_joins_at_the_same_time_lose_no_count() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time anyway")
    world = build()
    faults: list[BaseException] = []

    def join_some(first: int) -> None:
        try:
            for n in range(first, first + 10):
                member(world, f"张{n}")
        except BaseException as fault:
            faults.append(fault)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=join_some, args=(n * 10,)) for n in range(4)]
    for thread in threads:
        thread.start()
    tallies.rebuild()
    for thread in threads:
        thread.join()
    assert faults == []
    assert headcount(world.org(BASE)).members == 40
    assert tallies.differing() == []


@pytest.mark.django_db(transaction=True)
def test_one_of_two_officers_wins() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time anyway")
    world = build()
    keys = [applied(world, f"张{n}").pk for n in range(40)]
    done: list[int] = []
    told: list[str] = []

    def decide() -> None:
        outcome = joining.decide_many(keys, "approve", by=BUILDER, at=NOW)
        done.append(outcome.done)
        told.extend(problem.message for problem in outcome.problems)
        connection.close()

    threads = [threading.Thread(target=decide) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 40]
    assert len(told) == 40
    assert all(message.endswith("可能已由他人办理") for message in told)
    assert tallies.differing() == []


@pytest.mark.django_db(transaction=True)
def test_the_same_person_twice_at_the_same_time_becomes_one() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time anyway")
    world = build()
    outcomes: list[str] = []

    def apply_once(at: str) -> None:
        try:
            applied(world, at=at, order=9)
            outcomes.append("ok")
        except Refused:
            outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=apply_once, args=(at,)) for at in (BASE, FAR)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ok", "refused"]
    assert (Membership.objects.count(), Person.objects.exclude(id_index=None).count()) == (1, 1)
    assert tallies.differing() == []
