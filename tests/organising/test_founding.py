"""Founding a union: applied for, decided one level up, then in the tree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.metrics.queries import value
from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.queries import children, parent
from gongshu.core.trail.models import Entry
from gongshu.organising.actions import founding
from gongshu.organising.actions.renaming import called, rename
from gongshu.organising.enums import Post, Shape, Tie
from gongshu.organising.metrics import FOUNDED
from gongshu.organising.models import Employer, Founding, NomineeRow
from gongshu.organising.queries import guiding
from gongshu.organising.rules.founding import EmployerFacts, Nominee
from tests.organising.samples import (
    BASE,
    CITY,
    CODE,
    COUNTY,
    FACTS,
    SISTER,
    TRAFFIC_UNION,
    applied,
    dissolving,
    ended,
    founded,
    guided,
)
from tests.worlds import BUILDER, NOW, World


def test_an_approved_union_stands_in_the_tree_and_covers_its_employer(world: World) -> None:
    row = applied(world)
    item = OpenItem.objects.get()
    assert (item.organisation, item.title) == (world.org(COUNTY), "申请建立梵净制衣有限公司工会")
    founding.submit(row, by=world.actor(COUNTY), at=NOW)
    assert OpenItem.objects.get().due_on == date(2026, 3, 17)
    union = founding.approve(row, by=world.actor(COUNTY), at=NOW)
    assert (union.name, union.short_name, union.level, union.kind, union.industry) == (
        "梵净制衣有限公司工会", "梵净制衣有限公司工会", "base", "base", "C",
    )  # fmt: skip
    assert parent(union) == world.org(COUNTY)
    assert union in children(world.org(COUNTY))
    assert (row.state, row.union, row.decided_on) == ("founded", union, NOW.date())
    assert Employer.objects.get(code=CODE).union == union
    assert OpenItem.objects.count() == 0
    assert Entry.objects.get(verb="found").clause == "《中华人民共和国工会法》（2021年修正）第十二条"
    assert value(FOUNDED, world.org(CITY), since=date(2026, 1, 1), until=date(2026, 12, 31)) == 1


def test_who_has_no_right_there_can_neither_apply_nor_approve(world: World) -> None:
    with pytest.raises(Refused, match="没有在"):
        founding.apply(FACTS, organisation=world.org(COUNTY), by=world.actor(SISTER), at=NOW)
    row = founding.submit(applied(world), by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="没有在"):
        founding.approve(row, by=world.actor(COUNTY, "member_officer"), at=NOW)
    assert Founding.objects.get().state == "submitted"


def test_what_the_law_forbids_is_refused_on_the_way_up_with_its_clause(world: World) -> None:
    nominees = (*FACTS.nominees, Nominee("赵四", Post.MEMBER, Tie.RELATIVE))
    row = applied(world, nominees=nominees)
    with pytest.raises(Refused, match="第十条"):
        founding.submit(row, by=BUILDER, at=NOW)
    assert Founding.objects.get().state == "applied"


def test_what_became_impossible_meanwhile_is_refused_at_the_approval(world: World) -> None:
    first, second = applied(world), applied(world, name="梵净制衣工会")
    for row in (first, second):
        founding.submit(row, by=BUILDER, at=NOW)
    founding.approve(first, by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="已由“梵净制衣有限公司工会”覆盖"):
        founding.approve(second, by=BUILDER, at=NOW)
    assert children(world.org(COUNTY)).count() == 3


def test_an_approval_happens_once(world: World) -> None:
    row = founding.submit(applied(world), by=BUILDER, at=NOW)
    stale = Founding.objects.get()
    founding.approve(row, by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="可能已由他人办理"):
        founding.approve(stale, by=BUILDER, at=NOW)
    assert children(world.org(COUNTY)).count() == 3


def test_the_same_union_is_not_applied_for_twice(world: World) -> None:
    applied(world)
    with pytest.raises(Refused, match="正在办理"):
        applied(world, employers=())
    founding.withdraw(Founding.objects.get(), by=BUILDER, at=NOW, note="材料重报")
    founded(world)
    with pytest.raises(Refused, match="之下已有"):
        applied(world, employers=())


def test_no_union_is_applied_for_below_a_base_union(world: World) -> None:
    with pytest.raises(Refused, match="基层工会之下不再建立工会"):
        applied(world, at=BASE)


def test_an_application_sent_back_is_changed_and_submitted_again(world: World) -> None:
    row = founding.submit(applied(world), by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="不能再改"):
        founding.change(row, FACTS, by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="请写明原因"):
        founding.send_back(row, reason="", by=BUILDER, at=NOW)
    founding.send_back(row, reason="请补一名女职工委员", by=BUILDER, at=NOW)
    assert (row.state, row.due_on, row.note) == ("applied", None, "请补一名女职工委员")
    told = replace(FACTS, members=31, nominees=(*FACTS.nominees, Nominee("赵四", Post.MEMBER)))
    changed = founding.change(row, told, by=BUILDER, at=NOW)
    assert (changed.members, NomineeRow.objects.count()) == (31, 5)
    assert changed.facts == told
    assert founding.submit(changed, by=BUILDER, at=NOW).state == "submitted"


def test_a_refused_application_founds_nothing(world: World) -> None:
    row = founding.submit(applied(world), by=BUILDER, at=NOW)
    founding.refuse(row, reason="用人单位尚在筹建", by=BUILDER, at=NOW)
    assert (row.state, row.note, row.union, row.decided_on) == ("refused", "用人单位尚在筹建", None, NOW.date())
    assert children(world.org(COUNTY)).count() == 2
    assert Employer.objects.get().union is None


def test_a_joint_union_covers_all_its_employers(world: World) -> None:
    two = (EmployerFacts("甲厂", CODE), EmployerFacts("乙厂", "91110000600037341L"))
    union = founded(world, name="甲乙联合工会", shape=Shape.JOINT, employers=two)
    assert union.kind == "joint"
    assert [row.union for row in Employer.objects.all()] == [union, union]


def test_a_city_founds_an_industrial_union_at_its_own_level_which_then_guides(world: World) -> None:
    union = founded(world, CITY, **TRAFFIC_UNION)
    assert (union.kind, union.level, union.industry) == ("industrial", "city", "G")
    assert parent(union) == world.org(CITY)
    assert union.committees.get().years == 5
    world.orgs[union.name] = union
    guided(world)
    assert guiding.owner_at(world.org(BASE), NOW.date()) == union.pk


def test_one_industrial_union_of_an_industry_stands_in_a_place(world: World) -> None:
    late = founding.submit(applied(world, CITY, **{**TRAFFIC_UNION, "name": "铜仁市航运产业工会"}), by=BUILDER, at=NOW)
    world.orgs["交通"] = founded(world, CITY, **TRAFFIC_UNION)
    with pytest.raises(Refused, match="已有这个行业的产业工会：铜仁市交通产业工会"):
        founding.approve(late, by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="已有这个行业的产业工会"):
        applied(world, CITY, **{**TRAFFIC_UNION, "name": "铜仁市邮政产业工会"})
    building = founded(world, CITY, **{**TRAFFIC_UNION, "name": "铜仁市建筑产业工会", "industry": "E"})
    with pytest.raises(Refused, match="已有这个行业的产业工会"):
        rename(building, replace(called(building), industry="G"), by=BUILDER, at=NOW)
    assert founded(world, SISTER, **TRAFFIC_UNION).industry == "G"
    ended(dissolving(world, "交通"))
    assert founding.approve(late, by=BUILDER, at=NOW).level == "city"


def test_no_industrial_union_is_founded_under_another_kind_of_union_or_below_the_county(world: World) -> None:
    world.orgs["交通"] = founded(world, CITY, **TRAFFIC_UNION)
    with pytest.raises(Refused, match="不能建在铜仁市交通产业工会之下"):
        applied(world, "交通", **{**TRAFFIC_UNION, "name": "铜仁市邮政产业工会"})
    world.orgs["镇总"] = add(NewOrganisation("第1镇总工会", Level.TOWN, Kind.LOCAL), under=world.org(COUNTY))
    with pytest.raises(Refused, match="不能建在第1镇总工会之下"):
        applied(world, "镇总", **TRAFFIC_UNION)
    assert founded(world, **TRAFFIC_UNION).level == "county"
