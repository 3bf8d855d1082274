"""The roll page by page: every member once, in order, whatever the filter."""

from __future__ import annotations

import random

import pytest
from django.http import Http404

from gongshu.members.actions import lasting, moving
from gongshu.members.enums import Form, Permission
from gongshu.members.models import Membership
from gongshu.members.queries import roll
from gongshu.members.queries.scope import Scope, member_for, scope_for
from tests.members.samples import BASE, CITY, COUNTY, FAR, OTHER, applied, id_number, member
from tests.worlds import BUILDER, NOW, World

SURNAMES = ("王", "李", "张", "欧阳")


@pytest.fixture
def crowd(world: World) -> World:
    """Sixty people in five unions, some kept, some applying, some gone."""
    chance = random.Random(7)
    for n in range(60):
        at = chance.choice((BASE, BASE, BASE, OTHER, FAR, COUNTY))
        name = f"{chance.choice(SURNAMES)}{'甲乙丙丁'[n % 4]}{n % 10}"
        make = applied if n % 7 == 0 else member
        row = make(world, name, at, form=chance.choice(Form.values))
        if n % 7 == 1:
            lasting.keep(row, reason="退休", by=BUILDER, at=NOW)
        if n % 7 == 2:
            lasting.finish(row, "leave", reason="本人申请", by=BUILDER, at=NOW)
        if n % 11 == 3 and row.state == "active":
            moving.ask(row, world.org("云岩区1号企业"), by=BUILDER, at=NOW)
    return world


def walk(scope: Scope, wanted: roll.Wanted, size: int) -> list[int]:
    """Return the keys met page by page, each cursor having gone through its address."""
    found: list[int] = []
    after = None
    for _ in range(100):
        page = roll.page(scope, wanted, after, size)
        found += [row.pk for row in page.rows]
        if page.following is None:
            return found
        assert len(page.rows) == size
        after = roll.Cursor.read(str(page.following))
        assert after == page.following
    raise AssertionError("the pages never end")


@pytest.mark.parametrize("size", [1, 3, 7, 100])
@pytest.mark.parametrize("standing", [code for code, _ in roll.STANDINGS])
@pytest.mark.parametrize("form", ["", "truck"])
def test_pages_union_by_union_meet_each_once_in_order(crowd: World, standing: str, form: str, size: int) -> None:
    scope, wanted = Scope(crowd.org(CITY)), roll.Wanted(standing, form)
    rows = Membership.objects.filter(scope.within(), wanted.rows)
    order = ("-ended_on", "-pk") if standing == "ended" else ("organisation__path", "name", "pk")
    assert walk(scope, wanted, size) == list(rows.order_by(*order).values_list("pk", flat=True))


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize("text", ["王", "欧阳", "张甲", "没有"])
def test_the_beginning_of_a_name_finds_by_name(crowd: World, monkeypatch, few: int, text: str) -> None:
    monkeypatch.setattr(roll, "FEW_UNIONS", few)
    for name in ("中华全国总", COUNTY, BASE):
        scope = Scope(crowd.org(name))
        expected = Membership.objects.filter(scope.within(), state__in=("active", "leaving", "arriving"))
        keys = [row.pk for row in sorted(expected, key=lambda row: (row.name, row.pk)) if row.name.startswith(text)]
        assert walk(scope, roll.Wanted(text=text), 4) == keys


def test_applications_come_by_union_and_due_day(crowd: World) -> None:
    wanted = roll.Wanted("pending", sort="due_on")
    rows = Membership.objects.filter(state="applied").order_by("organisation__path", "due_on", "pk")
    assert walk(Scope(crowd.org("中华全国总")), wanted, 2) == list(rows.values_list("pk", flat=True))


def test_a_narrow_scope_holds_the_union_alone(crowd: World) -> None:
    own = Membership.objects.filter(organisation=crowd.org(COUNTY), state__in=("active", "leaving", "arriving"))
    found = walk(Scope(crowd.org(COUNTY), is_wide=False), roll.Wanted(), 3)
    assert sorted(found) == sorted(own.values_list("pk", flat=True))
    assert len(found) > 0


def test_a_whole_number_finds_its_person_within_reach_only(world: World) -> None:
    row = member(world, order=8, phone="13800001111")
    for text in (id_number(8), "13800001111"):
        wanted = roll.Wanted(text=text)
        assert [found.pk for found in roll.page(Scope(world.org(CITY)), wanted, None).rows] == [row.pk]
        assert roll.page(Scope(world.org("贵阳市总")), wanted, None).rows == []
    assert roll.page(Scope(world.org(CITY)), roll.Wanted(text="13800001112"), None).rows == []


@pytest.mark.parametrize("text", ["", "x", "W10=", "WzEsMiwzXQ==", "WyIxJyIsICIiLCAxXQ==", "WyIwMSIsICJhIiwgMTdl"])
def test_a_cursor_made_up_by_somebody_is_none(text: str) -> None:
    assert roll.Cursor.read(text) is None


def test_a_scope_out_of_reach_is_not_found_and_an_own_reach_is_narrow(world: World) -> None:
    sister = world.actor("贵阳市总")
    with pytest.raises(Http404):
        scope_for(sister, Permission.SEE, str(world.org(BASE).pk))
    assert scope_for(world.actor(BASE, "base_officer"), Permission.SEE) == Scope(world.org(BASE), is_wide=False)
    assert scope_for(world.actor(CITY), Permission.SEE, str(world.org(BASE).pk)) == Scope(world.org(BASE))


def test_a_member_asked_for_is_seen_by_both_unions(world: World) -> None:
    row = member(world)
    with pytest.raises(Http404):
        member_for(world.actor("碧江区总"), Permission.SEE, row.pk)
    moving.ask(row, world.org(FAR), by=world.actor(COUNTY), at=NOW)
    assert member_for(world.actor("碧江区总"), Permission.SEE, row.pk) == row
    assert member_for(world.actor(COUNTY), Permission.SEE, row.pk) == row


@pytest.mark.parametrize("wanted", [roll.Wanted(), roll.Wanted(text="张"), roll.Wanted("ended"), roll.Wanted("kept")])
def test_a_page_asks_as_many_questions_at_one_row_as_at_many(
    world: World, django_assert_max_num_queries, wanted: roll.Wanted
) -> None:
    for n in range(12):
        row = member(world, f"张{n}", at=(BASE, OTHER, FAR)[n % 3])
        if wanted.standing == "kept":
            lasting.keep(row, reason="退休", by=BUILDER, at=NOW)
        if wanted.standing == "ended":
            lasting.finish(row, "leave", reason="本人申请", by=BUILDER, at=NOW)
        with django_assert_max_num_queries(4):
            assert len(roll.page(Scope(world.org(CITY)), wanted, None).rows) == n + 1
