"""Foundings and ends of unions for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from django.core.files import File
from stdnum.cn import uscc

from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.organising.actions import ending, founding, guiding, leads, listing, moving, terms
from gongshu.organising.actions.ending import EndingOrder
from gongshu.organising.enums import Body, Ground, Post, Shape, Way
from gongshu.organising.models import (
    Committee,
    Employer,
    EmployerList,
    Ending,
    Founding,
    Guidance,
    Lead,
    Relocation,
)
from gongshu.organising.queries.coverage import Places
from gongshu.organising.rules.founding import EmployerFacts, FoundingFacts, Nominee
from gongshu.organising.rules.terms import TermFacts
from tests.worlds import BUILDER, NOW, World

COUNTY, CITY, SISTER = "松桃苗族自治县总", "铜仁市总", "贵阳市总"
BASE, OTHER, FAR = "松桃苗族自治县1号企业", "松桃苗族自治县2号企业", "碧江区1号企业"
CODE, SECOND_CODE = "91350100M000100Y43", "91110000600037341L"
FACTS = FoundingFacts(
    name="梵净制衣有限公司工会",
    shape=Shape.COMMITTEE,
    members=30,
    years=3,
    industry="C",
    employers=(EmployerFacts("梵净制衣有限公司", CODE),),
    nominees=(
        Nominee("何立", Post.CHAIR),
        Nominee("张一", Post.VICE),
        Nominee("王二", Post.WOMEN),
        Nominee("李三", Post.AUDIT),
    ),
)


def applied(world: World, at: str = COUNTY, **changes: object) -> Founding:
    """Return an application to found a union."""
    return founding.apply(replace(FACTS, **changes), organisation=world.org(at), by=BUILDER, at=NOW)


def founded(world: World, at: str = COUNTY, **changes: object) -> Organisation:
    """Return a union founded today."""
    row = founding.submit(applied(world, at, **changes), by=BUILDER, at=NOW)
    return founding.approve(row, by=BUILDER, at=NOW)


TRAFFIC_UNION: dict[str, object] = {
    "name": "铜仁市交通产业工会",
    "shape": Shape.INDUSTRIAL,
    "members": 0,
    "years": 5,
    "industry": "G",
    "employers": (),
}


def merging(world: World, org: str = BASE, into: str = OTHER) -> Ending:
    """Return an application to merge a union into another."""
    order = EndingOrder(Way.MERGE, Ground.EMPLOYERS_MERGED, "两家企业合并", world.org(into))
    return ending.apply(order, organisation=world.org(org), by=BUILDER, at=NOW)


def dissolving(world: World, org: str = BASE) -> Ending:
    """Return an application to dissolve a union."""
    order = EndingOrder(Way.DISSOLVE, Ground.EMPLOYER_ENDED, "企业注销")
    return ending.apply(order, organisation=world.org(org), by=BUILDER, at=NOW)


def ended(row: Ending) -> Ending:
    """Return the application, submitted and approved, its members carried over."""
    ending.submit(row, by=BUILDER, at=NOW)
    ending.approve(row, by=BUILDER, at=NOW)
    while ending.settle(row, at=NOW):
        continue
    return row


def moving_away(world: World, org: str = BASE, to: str = "碧江区总") -> Relocation:
    """Return an application to put a union under another one."""
    return moving.apply(world.org(org), world.org(to), reason="区划调整", by=BUILDER, at=NOW)


def moved(world: World, org: str = BASE, to: str = "碧江区总") -> Relocation:
    """Return the application, agreed to by both uppers and carried out."""
    row = moving.submit(moving_away(world, org, to), by=BUILDER, at=NOW)
    moving.release(row, by=BUILDER, at=NOW)
    moving.accept(row, by=BUILDER, at=NOW)
    for each in world.orgs.values():
        each.refresh_from_db()
    return row


def industrial(world: World, name: str = "铜仁市交通产业工会", at: str = CITY, level: str = Level.CITY) -> Organisation:
    """Return a new industrial union, known to the world by its name."""
    world.orgs[name] = add(NewOrganisation(name, level, Kind.INDUSTRIAL), under=world.org(at))
    return world.org(name)


def guiding_asked(world: World, org: str = BASE, by: str = "铜仁市交通产业工会") -> Guidance:
    """Return a tie asked for by the union's side."""
    guide = world.orgs.get(by) or industrial(world, by)
    return guiding.ask(world.org(org), guide, by=BUILDER, at=NOW)


def guided(world: World, org: str = BASE, by: str = "铜仁市交通产业工会", at: datetime = NOW) -> Guidance:
    """Return a tie in force."""
    return guiding.agree(guiding_asked(world, org, by), by=BUILDER, at=at)


HOLDERS = (Nominee("何立", Post.CHAIR), Nominee("张一", Post.VICE), Nominee("王二", Post.MEMBER))


def elected(world: World, org: str = BASE, began: date = date(2024, 3, 1), **changes: object) -> Committee:
    """Return a committee in office."""
    told = replace(TermFacts(Body.UNION, began, 3, HOLDERS), **changes)
    return terms.elect(told, organisation=world.org(org), by=BUILDER, at=NOW)


HEADS = ("单位名称", "统一社会信用代码", "所在地", "行业门类", "职工人数", "联系人", "联系电话")


def code_of(number: int) -> str:
    """Return a valid unified social credit code."""
    body = f"91520628MA6{number:06d}"
    return body + uscc.calc_check_digit(body)


def csv_of(rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> File:
    """Return rows as an uploaded .csv file."""
    lines = [",".join(map(str, row)) for row in (heads, *rows)]
    return File(BytesIO("\n".join(lines).encode()), name="名单.csv")


def taken(world: World, rows: Sequence[Sequence[object]], at: str = COUNTY, upload: File | None = None) -> EmployerList:
    """Return a list that was read to its end."""
    row = listing.receive(upload or csv_of(rows), organisation=world.org(at), by=BUILDER, at=NOW)
    places = Places(world.org(at))
    for batch in listing.batches(row, after=0):
        listing.write(row, batch, places, at=NOW)
    listing.finish(row, by=BUILDER, at=NOW)
    return row


def employer(world: World, name: str = "梵净制衣有限公司", number: int = 1, at: str = COUNTY) -> Employer:
    """Return an employer of a list, without a union."""
    taken(world, [(name, code_of(number), "", "C", 40, "赵老板", "13800001111")], at)
    return Employer.objects.select_related("place").get(code=code_of(number))


def lead(world: World) -> Lead:
    """Return a lead given to the county."""
    return leads.assign(employer(world), world.org(COUNTY), by=BUILDER, at=NOW)
