"""Organisations divided by industrial union: kept shares with their time, and of this moment."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.organising.actions import guiding, sharing
from gongshu.organising.jobs import refresh_shares
from gongshu.organising.models import LineShare
from gongshu.organising.queries.sharing import parted
from gongshu.organising.rules.sharing import Figures, Node, divided, total_of
from tests.members import samples as people
from tests.organising.samples import BASE, CITY, COUNTY, FAR, OTHER, guided, industrial, moved
from tests.worlds import BUILDER, World, build

TRAFFIC, POST = "铜仁市交通产业工会", "铜仁市邮政产业工会"
NATION, PROVINCE, SISTER = "中华全国总", "贵州省总", "湖北省总"


LINE = "/organising/lines/"


def shown(world: World, name: str, most: int = 100, **asked) -> dict[str, int]:
    """Return members by the name of their industrial union, as a page of today shows them."""
    found = parted(world.org(name), timezone.localdate(), most=most, **asked)
    if not found.more:
        assert total_of(part.figures for part in found.parts) == found.total
    return {part.org.name if part.org else "": part.figures.members for part in found.parts}


def refreshed(at: datetime | None = None) -> datetime:
    at = at or timezone.now()
    sharing.refresh_shares(at=at)
    return at


def words(response) -> str:
    return response.content.decode()


def test_shares_are_kept_for_nation_and_provinces_and_equal_this_moment(world: World) -> None:
    for org in (BASE, OTHER, FAR):
        people.member(world, f"张{org}", at=org, form="truck", order=3 if org == BASE else None)
    guided(world)
    industrial(world, "贵州省邮政产业工会", PROVINCE, Level.PROVINCE)
    at = refreshed()
    assert set(LineShare.objects.values_list("organisation__short_name", flat=True)) == {NATION, PROVINCE, SISTER}
    for name in (NATION, PROVINCE, SISTER, CITY):
        kept, live = (parted(world.org(name), at.date(), most=100, live=live) for live in (False, True))
        assert (kept.parts, kept.total, kept.more) == (live.parts, live.total, live.more)
        assert (kept.as_at, live.as_at) == (None if name == CITY else at, None)
    parts = {part.org: part.figures for part in parted(world.org(NATION), at.date(), most=100).parts}
    assert parts[world.org(TRAFFIC)] == Figures(2, 1, 1, 1)
    assert list(parts) == [world.org(TRAFFIC), world.org("贵州省邮政产业工会"), None]
    assert sharing.differing_shares() == []


def test_the_largest_are_shown_and_the_rest_is_counted(world: World) -> None:
    people.member(world, "张一")
    people.member(world, "张二", at=FAR)
    guided(world)
    industrial(world, POST)
    for _ in range(2):
        assert shown(world, NATION, most=1) == {TRAFFIC: 1, "": 1}
        assert shown(world, NATION, most=0) == {"": 1}
        found = parted(world.org(NATION), timezone.localdate(), most=1)
        assert (found.more, found.total.members, found.total.unions) == (1, 2, 19)
        refreshed()


def test_a_new_tie_its_end_and_a_move_leave_figures_that_say_as_of_when(world: World) -> None:
    people.member(world, "张一")
    at = refreshed()
    assert shown(world, PROVINCE) == {"": 1}
    row = guided(world)
    assert shown(world, PROVINCE) == {"": 1}
    assert shown(world, PROVINCE, live=True) == {TRAFFIC: 1, "": 0}
    assert parted(world.org(PROVINCE), timezone.localdate(), most=9).as_at == at
    refreshed()
    assert shown(world, PROVINCE) == {TRAFFIC: 1, "": 0}
    guiding.take(row, "release", note="划归他业", by=BUILDER, at=timezone.now())
    assert shown(world, PROVINCE) == {TRAFFIC: 1, "": 0}
    assert shown(world, PROVINCE, live=True) == {TRAFFIC: 0, "": 1}
    refreshed()
    Organisation.objects.filter(pk=world.org(SISTER).pk).update(level=Level.CITY)
    refreshed()
    assert not LineShare.objects.filter(organisation=world.org(SISTER)).exists()


def test_a_county_that_moves_counts_in_the_other_province_after_the_next_refresh(world: World) -> None:
    people.member(world, "张一")
    guided(world)
    world.orgs["武汉市总"] = add(NewOrganisation("武汉市总工会", Level.CITY, Kind.LOCAL), under=world.org(SISTER))
    at = refreshed()
    moved(world, COUNTY, "武汉市总")
    assert (shown(world, PROVINCE), shown(world, SISTER)) == ({TRAFFIC: 1, "": 0}, {"": 0})
    assert {parted(world.org(name), timezone.localdate(), most=9).as_at for name in (PROVINCE, SISTER)} == {at}
    refreshed()
    assert (shown(world, PROVINCE), shown(world, SISTER)) == ({TRAFFIC: 0, "": 0}, {TRAFFIC: 1, "": 0})
    assert sharing.differing_shares() == []


def test_the_page_says_as_of_when_and_leads_to_this_moment_and_to_other_days(world: World, client_of) -> None:
    people.member(world, "张一")
    guided(world)
    officer: Client = client_of(PROVINCE)
    assert "数据截至" not in words(officer.get(LINE))
    refreshed(timezone.now() - timedelta(minutes=4))
    page = words(officer.get(LINE))
    assert "数据截至" in page
    assert "?live=1" in page
    guided(world, FAR)
    people.member(world, "张二", at=FAR)
    assert 'data-label="在籍会员">1<' in words(officer.get(LINE))
    live = words(officer.get(f"{LINE}?live=1"))
    assert ("数据截至" in live, 'data-label="在籍会员">2<' in live) == (False, True)
    day_before = LineShare.objects.first().as_at.date() - timedelta(days=1)
    assert "数据截至" not in words(officer.get(f"{LINE}?on={day_before}"))
    assert "数据截至" not in words(client_of(CITY).get(LINE))


def test_the_page_of_a_nation_costs_the_same_however_many_industrial_unions(
    world: World, django_assert_num_queries
) -> None:
    guided(world)
    for name in (POST, "铜仁市教育产业工会", "铜仁市能源产业工会"):
        refreshed()
        with django_assert_num_queries(4):
            parted(world.org(NATION), timezone.localdate(), most=100)
        guided(world, FAR, name)


def test_the_check_finds_every_share_that_is_wrong(world: World, monkeypatch) -> None:
    people.member(world, "张一")
    guided(world)
    refreshed()
    call_command("tallies", "check", stdout=StringIO())
    high = sorted(world.org(name).pk for name in (NATION, PROVINCE))
    for change in (
        lambda rows: rows.filter(guide=None).update(unions=1),
        lambda rows: rows.filter(guide=None).delete(),
        lambda rows: rows.filter(guide=None).update(guide=world.org(BASE)),
        lambda rows: rows.filter(guide=world.org(TRAFFIC)).update(in_new_forms=1),
    ):
        refreshed()
        change(LineShare.objects.exclude(organisation=world.org(SISTER)))
        assert sharing.differing_shares() == high
    monkeypatch.setattr("gongshu.organising.actions.sharing.divided", lambda *args, **kwargs: {})
    with pytest.raises(CommandError, match="3 个工会的按产业汇总"):
        call_command("tallies", "check", stdout=StringIO())


def test_without_high_organisations_no_share_is_kept(world: World) -> None:
    refreshed()
    Organisation.objects.exclude(level=Level.BASE).update(level=Level.CITY)
    assert sharing.refresh_shares(at=timezone.now()) == LineShare.objects.count() == 0
    assert sharing.differing_shares() == []
    assert shown(world, NATION) == {"": 0}


def test_the_job_and_the_command_refresh(world: World) -> None:
    people.member(world, "张一")
    enqueue(refresh_shares)
    Worker().drain()
    assert Job.objects.get(name="organising.shares", key="").result == {"shares": 3}
    told = StringIO()
    call_command("tallies", "refresh", stdout=told)
    assert told.getvalue().splitlines() == ["已刷新会员汇总 9 行", "已刷新按产业汇总 3 行"]


@pytest.mark.django_db(transaction=True)
def test_two_refreshes_at_once_come_one_after_the_other() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time anyway")
    world = build()
    guided(world)
    faults: list[BaseException] = []

    def refresh_some() -> None:
        try:
            for _ in range(10):
                refreshed()
        except BaseException as fault:
            faults.append(fault)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=refresh_some) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        call_command("tallies", "check", stdout=StringIO())
    for thread in threads:
        thread.join()
    assert faults == []
    assert sharing.differing_shares() == []


# dividing, by itself

TREE = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.booleans()), max_size=30)


@given(TREE, st.integers(0, 3))
def test_every_node_counts_once_at_each_holder_above_it(grown: list[tuple[int, int, bool]], above: int) -> None:
    paths, owner_of, holders = ["00001"], {}, {1}
    for n, (place, owner, is_holder) in enumerate(grown, start=2):
        upper = paths[place % len(paths)]
        paths.append(f"{upper}{n:05d}")
        owner_of |= {n: owner} if owner else {}
        holders |= {n} if is_holder else set()
    keys = {path: key for key, path in enumerate(paths, start=1)}
    expected: dict[int, dict[int, Figures]] = {}
    for path, key in keys.items():
        line = [keys[path[:end]] for end in range(5, len(path) + 1, 5)]
        owner = next((owner_of[each] for each in reversed(line) if each in owner_of), above)
        for holder in holders.intersection(line):
            expected.setdefault(holder, {}).setdefault(owner, Figures()).add(Figures(1, 1 << key))
    nodes = [Node(keys[path], path, 1, 1 << keys[path], 0, 0) for path in sorted(paths)]
    found = divided(nodes, owner_of, holders=holders, above=above)
    assert {holder: {key: part for key, part in parts.items() if part.unions} for holder, parts in found.items()} == (
        expected
    )
