"""Moving to another union: two sides, a day for each, and by itself afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.messages.models import Message
from gongshu.core.orgs.actions import add
from gongshu.core.orgs.enums import Level
from gongshu.core.people.models import Account
from gongshu.core.trail.models import Entry
from gongshu.members.actions import moving, tallies
from gongshu.members.actions.steps import for_oneself
from gongshu.members.jobs import follow_through
from gongshu.members.models import Membership, PastHome
from gongshu.members.queries.counting import headcount
from gongshu.members.queries.law import catch_all_home
from tests.members.samples import BASE, COUNTY, FAR, OTHER, member
from tests.worlds import BUILDER, NOW, World, union


def counts(world: World) -> tuple[int, int]:
    return headcount(world.org(BASE)).members, headcount(world.org(FAR)).members


def test_the_old_union_offers_and_the_new_one_accepts(world: World) -> None:
    row, officer = member(world), world.account(BASE, "base_officer")
    moving.ask(row, world.org(FAR), by=world.actor(COUNTY), at=NOW)
    item = OpenItem.objects.get()
    assert (row.state, item.organisation, item.due_on) == ("arriving", world.org(FAR), date(2026, 3, 9))
    assert counts(world) == (1, 0)
    moving.accept(row, by=world.actor("碧江区总"), at=NOW + timedelta(days=1))
    assert (row.state, row.organisation, row.destination, row.since_on) == (
        "active", world.org(FAR), None, date(2026, 3, 3),
    )  # fmt: skip
    assert counts(world) == (0, 1)
    assert row.joined_on == NOW.date()
    home = PastHome.objects.get()
    assert (home.organisation, home.from_on, home.until_on) == (world.org(BASE), NOW.date(), date(2026, 3, 3))
    assert [(told.account_id, told.subject) for told in Message.objects.all()] == [(officer.pk, "何立的会籍已转出")]
    assert tallies.differing() == []


def test_the_new_union_asks_and_the_old_one_must_answer_first(world: World) -> None:
    row = member(world)
    moving.ask(row, world.org(FAR), by=world.actor("碧江区总"), at=NOW)
    assert (row.state, OpenItem.objects.get().organisation) == ("leaving", world.org(BASE))
    with pytest.raises(Refused, match="不能再"):
        moving.accept(row, by=world.actor("碧江区总"), at=NOW)
    moving.release(row, by=world.actor(COUNTY), at=NOW)
    assert (row.state, OpenItem.objects.get().organisation) == ("arriving", world.org(FAR))
    assert headcount(world.org(BASE)).counters["moving"] == 1


def test_a_stranger_to_both_unions_cannot_ask_and_nothing_is_written(world: World) -> None:
    row = member(world)
    with pytest.raises(Refused, match="可以提出转会"):
        moving.ask(row, world.org(FAR), by=world.actor("贵阳市总"), at=NOW)
    assert Membership.objects.get().destination is None


def test_letting_go_or_taking_over_somebody_who_does_not_move_is_refused(world: World) -> None:
    row = member(world)
    for act in (moving.release, moving.accept, moving.stop):
        with pytest.raises(Refused, match="现为“在籍”"):
            act(row, by=BUILDER, at=NOW)


def test_moving_to_where_one_is_is_refused(world: World) -> None:
    row = member(world)
    with pytest.raises(Refused, match="已在这个工会"):
        moving.ask(row, world.org(BASE), by=BUILDER, at=NOW)


def test_what_is_not_released_or_not_accepted_stays_as_it_was(world: World) -> None:
    row = member(world)
    moving.ask(row, world.org(FAR), by=world.actor("碧江区总"), at=NOW)
    moving.keep_here(row, reason="仍在本单位工作", by=BUILDER, at=NOW)
    assert (row.state, row.destination, row.reason) == ("active", None, "仍在本单位工作")
    moving.ask(row, world.org(FAR), by=world.actor(COUNTY), at=NOW)
    moving.send_back(row, reason="查无此人", by=world.actor("碧江区总"), at=NOW)
    assert (row.state, row.organisation) == ("active", world.org(BASE))
    assert counts(world) == (1, 0)
    assert PastHome.objects.count() == 0


def test_a_member_asks_for_oneself_and_for_nobody_else(world: World) -> None:
    row, other = member(world, "何立"), member(world, "张一")
    account = Account.objects.create_account("heli", "何立", "gongshu-2026")
    Account.objects.filter(pk=account.pk).update(person=row.person)
    worker = world.actor(COUNTY)
    mine = type(worker)(account.pk, "何立")
    moving.ask(row, world.org(FAR), by=for_oneself(mine, row), at=NOW)
    assert row.state == "arriving"
    assert Entry.objects.get(verb="offer_move").account_id == account.pk
    with pytest.raises(Refused, match="本人"):
        for_oneself(mine, other)


def test_a_parked_membership_that_is_not_taken_is_parked_again(world: World) -> None:
    row = member(world)
    moving.park(row, reason="单位撤销", by=BUILDER, at=NOW)
    assert (row.state, row.organisation) == ("parked", world.org(COUNTY))
    assert headcount(world.org(COUNTY)).counters["parked"] == 1
    moving.ask(row, world.org(FAR), by=BUILDER, at=NOW)
    moving.send_back(row, reason="材料不全", by=BUILDER, at=NOW)
    assert row.state == "parked"
    assert tallies.differing() == []


def test_overdue_moves_go_on_by_themselves_step_by_step(world: World) -> None:
    row = member(world)
    moving.ask(row, world.org(FAR), by=world.actor("碧江区总"), at=NOW)
    assert row.due_on == date(2026, 3, 5)
    assert list(moving.overdue(date(2026, 3, 5))) == []
    late = datetime(2026, 3, 6, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    [found] = moving.overdue(late.date())
    assert moving.follow_through(found, at=late)
    found.refresh_from_db()
    assert (found.state, found.due_on) == ("arriving", date(2026, 3, 13))
    later = late + timedelta(days=9)
    [found] = moving.overdue(later.date())
    assert moving.follow_through(found, at=later)
    assert counts(world) == (0, 1)
    entry = Entry.objects.get(verb="accept")
    assert entry.who == "转会逾期自动办理"
    assert "逾期未答复" in entry.summary


def test_somebody_quicker_than_the_clock_is_left_alone(world: World) -> None:
    row = member(world)
    moving.ask(row, world.org(FAR), by=world.actor(COUNTY), at=NOW)
    stale = Membership.objects.select_related("organisation", "destination").get()
    moving.accept(row, by=BUILDER, at=NOW)
    assert not moving.follow_through(stale, at=NOW + timedelta(days=30))
    assert counts(world) == (0, 1)


def test_the_job_carries_on_all_that_is_overdue(world: World) -> None:
    for name in ("张一", "张二", "张三"):
        moving.ask(member(world, name), world.org(FAR), by=world.actor(COUNTY), at=NOW - timedelta(days=400))
    enqueue(follow_through)
    Worker().drain()
    assert Job.objects.get(name=follow_through.name, key="").result == {"moved": 3}
    assert counts(world) == (0, 3)


def test_the_catch_all_home_is_the_towns_union_else_the_countys(world: World) -> None:
    on = NOW.date()
    assert catch_all_home(world.org(OTHER), on=on) == world.org(COUNTY)
    town = add(union("蓼皋街道总工会", Level.TOWN), under=world.org(COUNTY))
    village = add(union("城北社区工会", Level.VILLAGE), under=town)
    assert catch_all_home(village, on=on) == town
    assert catch_all_home(town, on=on) == town
    assert catch_all_home(world.org("铜仁市总"), on=on) is None
