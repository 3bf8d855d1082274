"""Putting a union under another one: agreed by both sides, at one moment, the past kept."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.access.actor import can
from gongshu.core.access.enums import Permission as Access
from gongshu.core.base.problems import Refused
from gongshu.core.base.snapshot import snapshot
from gongshu.core.flow.models import OpenItem
from gongshu.core.metrics.queries import value
from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.enums import LEVEL_ORDER, Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.moving import move
from gongshu.core.orgs.queries import children, find_by_name, parent, subtree
from gongshu.core.statutes.lookup import clause
from gongshu.core.trail.models import Entry
from gongshu.members.actions import tallies
from gongshu.members.metrics import ACTIVE
from gongshu.members.models import Summary
from gongshu.members.queries.counting import headcount
from gongshu.organising.actions import moving
from gongshu.organising.models import Relocation, Standing
from gongshu.organising.queries import history
from gongshu.organising.queries.moving import preview
from gongshu.organising.rules import moving as rules
from gongshu.organising.rules.law import MovingLaw
from gongshu.organising.rules.moving import MoveFacts, Place
from tests.members import samples as people
from tests.organising.samples import BASE, CITY, COUNTY, OTHER, SISTER, founded, merging, moved, moving_away
from tests.processes import ROOT, database_url
from tests.worlds import BUILDER, NOW, World, build, union

TODAY = NOW.date()
BEFORE = TODAY - timedelta(days=1)
NEAR, PROVINCE = "碧江区总", "贵州省总"


def shape() -> list[tuple[str, int, int]]:
    return list(Organisation.objects.order_by("path").values_list("path", "depth", "numchild"))


def whole() -> bool:
    """Tell whether every organisation but the roots has a parent, right depths and right counts of children."""
    rows = {org.path: org for org in Organisation.objects.all()}
    below = dict.fromkeys(rows, 0)
    for path in rows:
        if path[:-5]:
            below[path[:-5]] += 1
    return all(org.depth * 5 == len(path) and org.numchild == below[path] for path, org in rows.items())


def test_a_county_moves_with_all_below_it_and_its_members(world: World) -> None:
    people.member(world, "张一")
    people.member(world, "张二", at=OTHER)
    tallies.refresh_summaries(at=NOW)
    below = set(subtree(world.org(COUNTY)).values_list("pk", flat=True))
    moved(world, COUNTY, SISTER)
    county, old, new = world.org(COUNTY), world.org(CITY), world.org(SISTER)
    assert (parent(county), whole()) == (new, True)
    assert set(subtree(county).values_list("pk", flat=True)) == below
    assert (county in children(old), county in children(new)) == (False, True)
    assert [headcount(org).members for org in (old, new, world.org(PROVINCE), county)] == [0, 2, 2, 2]
    assert [headcount(org, live=True).members for org in (old, new, county)] == [0, 2, 2]
    assert [value(ACTIVE, org) for org in (old, new)] == [0, 2]
    assert Summary.objects.count() == 9
    assert tallies.differing() == []


def test_the_trail_says_what_moved_and_by_which_clause(world: World) -> None:
    people.member(world, "张一")
    moved(world, COUNTY, SISTER)
    entry = Entry.objects.get(verb="move")
    assert (entry.object_id, entry.organisation_id) == (world.org(COUNTY).pk, world.org(COUNTY).pk)
    assert entry.summary == "划转：松桃苗族自治县总工会由铜仁市总划转贵阳市总，工会3个、会员1人"
    assert entry.detail == {"from": world.org(CITY).pk, "to": world.org(SISTER).pk, "unions": 3, "members": 1}
    assert "第十二条" in entry.clause
    assert not OpenItem.objects.exists()


def test_the_tree_as_of_a_day_stays_true(world: World) -> None:
    city, sister, county = world.org(CITY), world.org(SISTER), world.org(COUNTY)
    moved(world, COUNTY, SISTER)
    assert (history.parent_on(county, BEFORE), history.parent_on(county, TODAY)) == (city, sister)
    assert [org.short_name for org in history.children_on(city, BEFORE)] == [COUNTY, NEAR]
    assert [org.short_name for org in history.children_on(city, TODAY)] == [NEAR]
    assert county not in history.children_on(sister, BEFORE)
    assert county in history.children_on(sister, TODAY)
    assert world.org(BASE) in history.children_on(county, BEFORE)
    assert world.org(BASE) in history.children_on(county, TODAY)
    assert [(row.parent, row.from_on, row.until_on) for row in history.standings_of(county)] == [
        (sister, TODAY, None), (city, None, TODAY),
    ]  # fmt: skip


def test_a_union_founded_moved_and_moved_back_has_one_open_row(world: World) -> None:
    world.orgs["新"] = founded(world)
    moved(world, "新", NEAR)
    moved(world, "新", COUNTY)
    rows = Standing.objects.filter(organisation=world.org("新")).order_by("pk")
    assert [(row.parent.short_name, row.until_on) for row in rows] == [(COUNTY, TODAY), (NEAR, TODAY), (COUNTY, None)]
    assert (history.parent_on(world.org("新"), TODAY), whole()) == (world.org(COUNTY), True)


def test_who_reaches_what_follows_the_tree_at_once(world: World) -> None:
    moved(world, COUNTY, SISTER)
    base = world.org(BASE)
    assert can(world.actor(SISTER), Access.SEE_TREE, at=base)
    assert not can(world.actor(CITY), Access.SEE_TREE, at=base)


def test_each_side_answers_in_turn_within_its_days(world: World) -> None:
    row = moving.submit(moving_away(world), by=world.actor(BASE, "base_officer"), at=NOW)
    item = OpenItem.objects.get()
    assert (item.organisation, item.due_on, row.awaited) == (
        world.org(COUNTY),
        TODAY + timedelta(days=15),
        world.org(COUNTY),
    )
    for stranger in (world.actor(NEAR), world.actor(SISTER), world.actor(BASE, "base_officer")):
        with pytest.raises(Refused, match="没有在"):
            moving.release(row, by=stranger, at=NOW)
    moving.release(row, by=world.actor(COUNTY), at=NOW, note="同意")
    assert (OpenItem.objects.get().organisation, row.awaited) == (world.org(NEAR), world.org(NEAR))
    with pytest.raises(Refused, match="没有在"):
        moving.accept(row, by=world.actor(COUNTY), at=NOW)
    assert parent(world.org(BASE)) == world.org(COUNTY)
    moving.accept(row, by=world.actor(NEAR), at=NOW)
    with pytest.raises(Refused, match="可能已由他人办理"):
        moving.accept(row, by=world.actor(NEAR), at=NOW)
    assert parent(Organisation.objects.get(pk=world.org(BASE).pk)) == world.org(NEAR)


def test_the_union_above_both_decides_alone_and_nobody_lower(world: World) -> None:
    row = moving_away(world)
    for lower in (COUNTY, NEAR):
        with pytest.raises(Refused, match="没有在"):
            moving.decide(row, by=world.actor(lower), at=NOW)
    moving.decide(row, by=world.actor(CITY), at=NOW)
    assert (row.state, whole()) == ("moved", True)


def test_under_different_roots_both_must_agree(world: World) -> None:
    world.orgs["另一总"] = add(union("另一总工会", Level.NATION))
    row = moving_away(world, PROVINCE, "另一总")
    with pytest.raises(Refused, match="没有共同的上级"):
        moving.decide(row, by=BUILDER, at=NOW)
    moving.submit(row, by=BUILDER, at=NOW)
    moving.release(row, by=BUILDER, at=NOW)
    moving.accept(row, by=BUILDER, at=NOW)
    assert whole()


def test_it_can_be_sent_back_refused_withdrawn_and_asked_for_again(world: World) -> None:
    row = moving.submit(moving_away(world), by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="正在办理"):
        moving_away(world, BASE, SISTER)
    moving.send_back(row, reason="请附文件", by=BUILDER, at=NOW)
    assert (row.state, row.due_on, row.note) == ("applied", None, "请附文件")
    moving.submit(row, by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="写明原因"):
        moving.refuse(row, reason=" ", by=BUILDER, at=NOW)
    moving.refuse(row, reason="不合适", by=BUILDER, at=NOW)
    moving.withdraw(moving_away(world), by=BUILDER, at=NOW)
    assert [each.state for each in Relocation.objects.order_by("pk")] == ["refused", "withdrawn"]
    assert not Standing.objects.exists()


@pytest.mark.parametrize(
    ("org", "to", "words"),
    [
        (COUNTY, BASE, "不能划转到自己或者自己的下级之下.*第十条"),
        (COUNTY, COUNTY, "不能划转到自己或者自己的下级之下.*第十条"),
        (COUNTY, CITY, "已经隶属铜仁市总工会"),
        (COUNTY, NEAR, "县级.*第十条"),
        (SISTER, COUNTY, "市级.*第十条"),
        ("中华全国总", PROVINCE, "没有上一级工会.*第十二条"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_clause(world: World, org: str, to: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        moving_away(world, org, to)
    assert not Relocation.objects.exists()


def test_kinds_ended_unions_same_names_and_open_endings_stand_in_the_way(world: World) -> None:
    trade = add(NewOrganisation("铜仁货运行业工会联合会", Level.COUNTY, Kind.TRADE), under=world.org(CITY))
    town = add(NewOrganisation("孟溪镇总工会", Level.TOWN, Kind.LOCAL), under=world.org(COUNTY))
    world.orgs |= {"行业": trade, "镇": town}
    with pytest.raises(Refused, match=r"地方总工会应当隶属地方总工会，.*第十一条"):
        moving_away(world, "镇", "行业")
    add(union(world.org(BASE).name, Level.BASE, Kind.BASE), under=world.org(NEAR))
    with pytest.raises(Refused, match="请先更名"):
        moving_away(world)
    merging(world)
    with pytest.raises(Refused, match="正在办理撤并"):
        moving_away(world, BASE, "行业")
    Organisation.objects.filter(pk=world.org(NEAR).pk).update(ended_on=TODAY)
    world.org(NEAR).refresh_from_db()
    with pytest.raises(Refused, match="碧江区总工会已经撤销"):
        moving_away(world, OTHER, NEAR)


def test_only_who_may_edit_the_union_asks(world: World) -> None:
    for stranger in (world.actor(SISTER), world.actor(NEAR), world.actor(COUNTY, "leader")):
        with pytest.raises(Refused, match="没有在"):
            moving.apply(world.org(BASE), world.org(NEAR), reason="调整", by=stranger, at=NOW)
    with pytest.raises(Refused, match="写明原因"):
        moving.apply(world.org(BASE), world.org(NEAR), reason=" ", by=BUILDER, at=NOW)


def test_what_came_in_the_way_meanwhile_is_found_at_the_last_step(world: World) -> None:
    row = moving.submit(moving_away(world), by=BUILDER, at=NOW)
    moving.release(row, by=BUILDER, at=NOW)
    Organisation.objects.filter(pk=world.org(NEAR).pk).update(ended_on=TODAY)
    before = shape()
    with pytest.raises(Refused, match="已经撤销"):
        moving.accept(row, by=BUILDER, at=NOW)
    assert (shape(), Relocation.objects.get().state) == (before, "receiving")


def test_the_preview_says_what_the_move_then_does(world: World) -> None:
    people.member(world, "张一")
    people.applied(world, "张二")
    world.account(COUNTY)
    tallies.refresh_summaries(at=NOW)
    shown = preview(world.org(COUNTY), world.org(SISTER))
    assert (shown.unions, shown.members) == (3, 1)
    assert [(each.organisation.short_name, each.before, each.after) for each in shown.figures] == [
        (CITY, 1, 0), (SISTER, 0, 1),
    ]  # fmt: skip
    assert [(each.label, each.number) for each in shown.effects] == [
        ("待办事项", 1), ("任职人员", 1), ("上级交办的任务", 0), ("上级分解的指标", 0),
    ]  # fmt: skip
    assert shown.hints == []
    Organisation.objects.filter(pk=world.org(COUNTY).pk).update(division_code="520628")
    world.org(COUNTY).refresh_from_db()
    assert "520628" in preview(world.org(COUNTY), world.org(SISTER)).hints[0]
    moved(world, COUNTY, SISTER)
    assert [headcount(world.org(name)).members for name in (CITY, SISTER)] == [0, 1]


def test_the_preview_costs_the_same_however_much_moves(world: World, django_assert_num_queries) -> None:
    for n in range(2):
        with django_assert_num_queries(11):
            preview(world.org(COUNTY), world.org(SISTER))
        founded(world, name=f"第{n}车间工会", employers=(), shape="area", members=0)
        people.member(world, f"张{n}")


def test_moving_below_itself_is_an_error_of_the_program(world: World) -> None:
    with pytest.raises(ValueError, match="at or below"):
        move(world.org(COUNTY), under=world.org(BASE))


def test_a_full_union_takes_nobody_more(world: World) -> None:
    last = children(world.org(NEAR)).last()
    Organisation.objects.filter(pk=last.pk).update(path=f"{world.org(NEAR).path}99999")
    row = moving_away(world)
    with pytest.raises(Refused, match="已满"):
        moving.decide(row, by=BUILDER, at=NOW)
    assert parent(world.org(BASE)) == world.org(COUNTY)


def test_a_name_is_looked_for_among_higher_levels_only(world: World) -> None:
    assert [org.short_name for org in find_by_name("县", levels=LEVEL_ORDER[:4])] == [COUNTY]


# rules


LAW = MovingLaw(*(clause("trade-union-law", article, on=TODAY) for article in ("10", "11", "12")))
PLACES = st.builds(Place, st.just("某工会"), st.sampled_from(Level.values), st.sampled_from(Kind.values), st.booleans())


@given(PLACES, PLACES)
def test_no_union_ever_stands_under_one_of_its_own_level_or_lower(one: Place, other: Place) -> None:
    both = (rules.asking(MoveFacts(one, other), LAW), rules.asking(MoveFacts(other, one), LAW))
    assert both[0] or both[1]
    if LEVEL_ORDER.index(one.level) <= LEVEL_ORDER.index(other.level):
        assert both[0]


# at the same time


KILLED = """
import os, signal, sys
import django
django.setup()
from gongshu.organising.actions import history, moving
from gongshu.organising.models import Relocation
from tests.worlds import BUILDER, NOW
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(moving.{where}, "{what}", die)
moving.accept(Relocation.objects.get(), by=BUILDER, at=NOW)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("where", "what"), [("history", "moved"), ("tallies", "resum"), ("trail", "record")])
def test_killed_in_the_middle_nothing_moved_and_it_can_be_done_again(where: str, what: str, tmp_path) -> None:
    world = build()
    row = moving.submit(moving_away(world, COUNTY, SISTER), by=BUILDER, at=NOW)
    moving.release(row, by=BUILDER, at=NOW)
    before = shape()
    script = KILLED.format(where=where, what=what)
    surroundings = os.environ | {
        "GONGSHU_DATABASE_URL": database_url(), "GONGSHU_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=surroundings, check=False)
    assert done.returncode == -9
    assert (shape(), Relocation.objects.get().state, Standing.objects.count()) == (before, "receiving", 0)
    moving.accept(Relocation.objects.get(), by=BUILDER, at=NOW)
    assert (whole(), Standing.objects.count()) == (True, 2)


def elsewhere(work) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer at a time")
def test_a_union_founded_while_its_upper_moves_moves_along() -> None:
    world = build()
    county = world.org(COUNTY)
    with transaction.atomic():
        move(county, under=world.org(SISTER))
        stale = Organisation.objects.get(pk=county.pk)
        thread = elsewhere(lambda: add(union("新建工会", Level.BASE, Kind.BASE), under=stale))
        thread.join(0.3)
        assert thread.is_alive()
    thread.join()
    assert (whole(), parent(Organisation.objects.get(name="新建工会"))) == (True, county)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="snapshots are PostgreSQL's")
def test_a_page_begun_before_the_move_shows_the_tree_before_it(client) -> None:
    world = build()
    people.member(world, "张一")
    seen = []
    with snapshot():
        county = Organisation.objects.get(pk=world.org(COUNTY).pk)
        elsewhere(lambda: move(world.org(COUNTY), under=world.org(SISTER))).join()
        seen.append((headcount(county, live=True).members, parent(county).short_name))
    county.refresh_from_db()
    seen.append((headcount(county, live=True).members, parent(county).short_name))
    assert seen == [(1, CITY), (1, SISTER)]
