"""Committees in office, terms near their end, an application to found a union. All names are made up."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from stdnum.cn import uscc

from gongshu.core.base.days import add_months
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import of_level
from gongshu.core.trail import actions as trail
from gongshu.demo.members import COUNTY, FIRM, FIRM_WORKERS, HOME
from gongshu.demo.stages import Setting
from gongshu.members.queries.counting import COLUMNS
from gongshu.organising.actions import founding, terms
from gongshu.organising.enums import Asker, Body, Post, Shape
from gongshu.organising.models import Committee, Holding
from gongshu.organising.rules.founding import EmployerFacts, FoundingFacts, Nominee

HOLDERS = (Post.CHAIR, Post.VICE, Post.WOMEN, Post.AUDIT)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = ("建华", "丽娟", "国平", "秀兰", "志刚", "晓燕", "永明", "玉梅", "海涛", "红霞", "立新")
YEARS = 3
LEFT = (2, 20, 10, 30, 14, 9, 26, 33, 17, 29)  # months a committee has left, over and over
OVER_EVERY = 40  # every fortieth has outlived its term
CODE_BODY = "91520628MA0DEM001"


def build(setting: Setting) -> str:
    """Seat committees in unions with members, remind those near their end, put a founding before the county."""
    province = Organisation.objects.get(name="贵州省总工会")
    unions = [org for org in of_level(province, Level.BASE).select_related("tally") if _has_members(org)]
    county = Organisation.objects.get(name=COUNTY)
    count = _seat([county, *unions], setting)
    reminded, _ = terms.remind_some(at=setting.at, most=10_000)
    home = Organisation.objects.get(name=HOME)
    row = founding.apply(_founding(), organisation=home, by=setting.by, at=setting.at)
    founding.submit(row, by=setting.by, at=setting.at)
    near = founding.apply(_near_county(), organisation=county, by=setting.by, at=setting.at)
    founding.submit(near, by=setting.by, at=setting.at)
    told = f"委员会 {count} 个，其中 {reminded} 个临近或者已过换届期限；2 件建会申请待批"
    trail.record("build", county, by=setting.by, at=setting.at, summary=told)
    return told


def _has_members(org: Organisation) -> bool:
    tally = getattr(org, "tally", None)
    return tally is not None and any(getattr(tally, column) for column in COLUMNS)


def _seat(orgs: list[Organisation], setting: Setting) -> int:
    on = timezone.localdate(setting.at)
    rows = [_committee(org, place, on, setting) for place, org in enumerate(orgs)]
    Committee.objects.bulk_create(rows, batch_size=500)
    Holding.objects.bulk_create(
        [
            Holding(committee=row, name=_name(place * len(HOLDERS) + n), post=post, from_on=row.began_on)
            for place, row in enumerate(rows)
            for n, post in enumerate(HOLDERS)
        ],
        batch_size=500,
    )
    trail.record_many(
        [
            trail.entry(
                "start", row, by=setting.by, at=setting.at, summary=f"登记选举结果：{row.organisation.short_name}{row}",
                organisation_id=row.organisation_id,
            )
            for row in rows
        ]
    )  # fmt: skip
    return len(rows)


def _committee(org: Organisation, place: int, on: date, setting: Setting) -> Committee:
    years = YEARS if org.level == Level.BASE else 5
    left = -2 if place % OVER_EVERY == OVER_EVERY - 1 else LEFT[place % len(LEFT)]
    ends_on = add_months(on, left)
    return Committee(
        organisation=org, body=Body.UNION, number=1, began_on=add_months(ends_on, -12 * years), years=years,
        ends_on=ends_on, due_on=ends_on, state="sitting", state_since=setting.at - timedelta(days=1),
    )  # fmt: skip


def _name(place: int) -> str:
    """Return a made-up name, another one for each of the next few hundred places."""
    return f"演示·{SURNAMES[place % len(SURNAMES)]}{GIVEN[place // 3 % len(GIVEN)]}"


def _founding() -> FoundingFacts:
    """Return the union asked for by the workers of the firm in the catch-all home."""
    return FoundingFacts(
        name=f"{FIRM}工会",
        shape=Shape.COMMITTEE,
        members=FIRM_WORKERS,
        asker=Asker.WORKERS,
        years=YEARS,
        industry="C",
        employers=(EmployerFacts(FIRM, CODE_BODY + uscc.calc_check_digit(CODE_BODY)),),
        nominees=tuple(Nominee(_name(901 + n), post) for n, post in enumerate(HOLDERS)),
    )


def _near_county() -> FoundingFacts:
    """Return a union of a trade asked for at the county."""
    return FoundingFacts(
        name="演示·松桃县快递行业工会联合会",
        shape=Shape.TRADE,
        members=0,
        asker=Asker.UPPER,
        years=5,
        industry="G",
        employers=(),
        nominees=tuple(Nominee(_name(931 + n), post) for n, post in enumerate(HOLDERS)),
    )
