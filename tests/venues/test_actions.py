"""A venue's life: what is written, refused, and what waits for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files import File

from gongshu.core.base.problems import Refused
from gongshu.core.files.actions import keep
from gongshu.core.flow import actions as flow
from gongshu.core.flow.queries import inbox
from gongshu.core.metrics.queries import by_child, value
from gongshu.core.trail.queries import of
from gongshu.venues import actions, queries
from gongshu.venues.metrics import VENUES_OPEN
from gongshu.venues.models import Venue
from gongshu.venues.rules.checks import Finding
from tests.venues.samples import FULL, opened, prepared
from tests.worlds import NOW, World

COUNTY, CITY = "松桃苗族自治县总", "铜仁市总"
BROKEN = [Finding("shower", False), Finding("laundry", True)]


def waiting(world: World, name: str) -> list[str]:
    return [item.title for item in inbox(world.actor(name))]


def test_a_new_venue_waits_at_its_desk_and_takes_its_division_from_above(world: World):
    venue = prepared(world)
    assert venue.state == "preparing"
    assert venue.division_code == "520600"
    assert waiting(world, COUNTY) == ["平头服务区司机之家"]
    assert waiting(world, CITY) == []


def test_the_inbox_names_the_kind_only_where_the_name_does_not(world: World):
    assert prepared(world).open_title() == "平头服务区司机之家"
    assert prepared(world, name="平头一号").open_title() == "司机之家“平头一号”"


def test_an_open_venue_waits_for_nobody_and_knows_since_when_it_is_open(world: World):
    venue = opened(world)
    assert (venue.state, venue.opened_on) == ("open", NOW.date())
    assert waiting(world, COUNTY) == []


def test_a_venue_without_what_its_kind_requires_does_not_open(world: World):
    venue = prepared(world, equipment=["parking"])
    with pytest.raises(Refused, match="司机之家还缺：休息场所、热水供应、饭菜加热、淋浴、洗衣"):
        flow.advance(venue, "open", by=world.actor(COUNTY), at=NOW)
    assert Venue.objects.get().state == "preparing"


def test_pressing_open_twice_opens_once(world: World):
    venue = opened(world)
    with pytest.raises(Refused, match="现为“开放”"):
        flow.advance(venue, "open", by=world.actor(COUNTY), at=NOW)
    assert of(venue).filter(verb="open").count() == 1


def test_the_same_name_is_registered_once_until_it_is_closed(world: World):
    venue = prepared(world)
    with pytest.raises(Refused, match="已经登记过同名"):
        prepared(world)
    assert Venue.objects.count() == 1
    actions.close(venue, reason="选址不合适", by=world.actor(COUNTY), at=NOW)
    assert prepared(world).pk != venue.pk


def test_nobody_registers_for_a_sister_union(world: World):
    with pytest.raises(Refused, match="没有在“碧江区总”办理此事的权限"):
        actions.register(FULL, organisation=world.org("碧江区总"), by=world.actor(COUNTY), at=NOW)
    assert Venue.objects.count() == 0


def test_an_open_venue_keeps_what_opening_asked(world: World):
    venue = opened(world)
    fewer = [code for code in FULL.equipment if code != "shower"]
    with pytest.raises(Refused, match="还缺：淋浴"):
        actions.change(venue, replace(FULL, equipment=fewer), by=world.actor(COUNTY), at=NOW)
    actions.change(venue, replace(FULL, name="新名", kind="rest_stop"), by=world.actor(COUNTY), at=NOW)
    venue.refresh_from_db()
    assert (venue.name, venue.kind) == ("新名", "driver_home")
    assert of(venue)[0].detail == {"name": "新名"}


def test_a_change_to_a_taken_name_is_refused_and_one_that_changes_nothing_leaves_no_trace(world: World):
    venue = prepared(world)
    prepared(world, name="另一处")
    with pytest.raises(Refused, match="同名"):
        actions.change(venue, replace(FULL, name="另一处"), by=world.actor(COUNTY), at=NOW)
    actions.change(venue, FULL, by=world.actor(COUNTY), at=NOW)
    assert [entry.verb for entry in of(venue)] == ["start"]


def test_a_suspended_venue_opens_again_with_its_first_day(world: World):
    venue = opened(world)
    county = world.actor(COUNTY)
    with pytest.raises(Refused, match="请写明原因"):
        flow.advance(venue, "suspend", by=county, at=NOW, facts={"note": ""})
    flow.advance(venue, "suspend", by=county, at=NOW, facts={"note": "停水"})
    assert (venue.state_reason, waiting(world, COUNTY)) == ("停水", ["平头服务区司机之家"])
    flow.advance(venue, "resume", by=county, at=NOW + timedelta(days=3))
    assert (venue.opened_on, venue.state_reason, waiting(world, COUNTY)) == (NOW.date(), "", [])


def test_a_closed_venue_is_neither_changed_nor_inspected(world: World):
    venue = opened(world)
    actions.close(venue, reason="拆迁", by=world.actor(COUNTY), at=NOW)
    assert (venue.closed_on, venue.state_reason) == (NOW.date(), "拆迁")
    with pytest.raises(Refused, match="已关闭"):
        actions.change(venue, FULL, by=world.actor(COUNTY), at=NOW)
    with pytest.raises(Refused, match="已关闭"):
        actions.inspect(venue, [], note="", due_on=None, by=world.actor(CITY), at=NOW)


def test_a_sound_inspection_leaves_nothing_to_do(world: World):
    venue = opened(world)
    row = actions.inspect(venue, [Finding("shower", True)], note="", due_on=None, by=world.actor(CITY), at=NOW)
    assert (row.result, row.faults, waiting(world, COUNTY)) == ("sound", [], [])
    assert Venue.objects.get().inspected_on == NOW.date()


def test_a_bad_finding_waits_at_the_venues_desk_until_it_is_put_right(world: World):
    venue = opened(world)
    due = NOW.date() + timedelta(days=10)
    row = actions.inspect(venue, BROKEN, note="淋浴坏了", due_on=due, by=world.actor(CITY), at=NOW)
    assert row.faults == ["淋浴"]
    assert [(item.title, item.due_on) for item in inbox(world.actor(COUNTY))] == [("平头服务区司机之家：淋浴坏了", due)]
    assert list(Venue.objects.filter(queries.needing_repair())) == [venue]
    with pytest.raises(Refused, match="怎样整改"):
        flow.advance(row.remedy, "finish", by=world.actor(COUNTY), at=NOW)
    flow.advance(row.remedy, "finish", by=world.actor(COUNTY), at=NOW, facts={"note": "已修好"})
    assert (row.remedy.done_note, waiting(world, COUNTY)) == ("已修好", [])
    assert list(Venue.objects.filter(queries.needing_repair())) == []


def test_closing_ends_what_was_still_to_be_put_right(world: World):
    venue = opened(world)
    row = actions.inspect(venue, BROKEN, note="淋浴坏了", due_on=None, by=world.actor(CITY), at=NOW)
    actions.close(venue, reason="拆迁", by=world.actor(COUNTY), at=NOW)
    row.remedy.refresh_from_db()
    assert (row.remedy.state, waiting(world, COUNTY)) == ("lapsed", [])


def test_a_finding_about_equipment_of_another_kind_is_refused(world: World):
    with pytest.raises(Refused, match="没有这项设施：counter"):
        actions.inspect(opened(world), [Finding("counter", False)], note="x", due_on=None, by=world.actor(CITY), at=NOW)


def test_an_open_venue_is_flagged_once_half_a_year_passes_without_inspection(world: World):
    venue = opened(world)
    half_a_year = NOW.date().replace(month=9)
    assert list(Venue.objects.filter(queries.idle(half_a_year))) == []
    assert list(Venue.objects.filter(queries.idle(half_a_year + timedelta(days=1)))) == [venue]
    actions.inspect(venue, [], note="", due_on=None, by=world.actor(CITY), at=NOW + timedelta(days=30))
    assert list(Venue.objects.filter(queries.idle(half_a_year + timedelta(days=1)))) == []


def test_a_photo_is_kept_and_taken_away(world: World):
    venue = prepared(world)
    picture = keep(File(BytesIO(b"\x89PNG\r\n\x1a\n0000"), name="门口.png"), by=world.actor(COUNTY))
    actions.set_photo(venue, picture, by=world.actor(COUNTY), at=NOW)
    assert Venue.objects.get().photo == picture
    actions.set_photo(venue, None, by=world.actor(COUNTY), at=NOW)
    assert Venue.objects.get().photo is None
    assert [entry.summary for entry in of(venue)[:2]] == [
        "移除阵地照片：平头服务区司机之家",
        "更换阵地照片：平头服务区司机之家",
    ]


def test_the_measure_moves_with_the_doors(world: World):
    province, city = world.org("贵州省总"), world.org(CITY)
    venue = opened(world)
    opened(world, "碧江区总", kind="reading_room", name="书屋", equipment=["shelves", "seats"])
    prepared(world, name="筹建中")
    assert value(VENUES_OPEN, province) == 2
    assert value(VENUES_OPEN, province, filters={"kind": "driver_home"}) == 1
    assert value(VENUES_OPEN, province, until=NOW.date() - timedelta(days=1)) == 0
    assert by_child(VENUES_OPEN, city) == {world.org(COUNTY).pk: 1, world.org("碧江区总").pk: 1}
    actions.close(venue, reason="拆迁", by=world.actor(COUNTY), at=NOW)
    assert value(VENUES_OPEN, province) == 1
