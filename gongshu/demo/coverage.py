"""Sample employers of 铜仁's counties: some with a union, some without, some given to be visited."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from django.core.files import File
from stdnum.cn import uscc

from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import of_level
from gongshu.demo.stages import Setting
from gongshu.organising.actions import leads, listing
from gongshu.organising.models import Employer
from gongshu.organising.queries.coverage import Places

CITY = "铜仁市总工会"
HEADS = "单位名称,统一社会信用代码,所在地,行业门类,职工人数,联系人,联系电话"
INDUSTRIES = "CFGHE"
FOUNDED, UNFOUNDED = 6, 5  # employers of a county with and without a union
EVERY_LEAD, EVERY_VISITED = 2, 3
PHONE = "13800000001"


def build(setting: Setting) -> str:
    """Take in a list of employers as a county would, and give some to be visited."""
    city = Organisation.objects.get(name=CITY)
    counties = list(of_level(city, Level.COUNTY))
    rows = [row for county in counties for row in _rows(county)]
    listed = [f"{name},{_code(number)},{place},{INDUSTRIES[number % 5]},{20 + number * 7 % 180},演示联系人,{PHONE}"
              for number, (name, place) in enumerate(rows, start=1)]  # fmt: skip
    upload = File(BytesIO("\n".join([HEADS, *listed]).encode()), name="演示·用人单位名单.csv")
    taken = listing.receive(upload, organisation=city, by=setting.by, at=setting.at)
    places = Places(city)
    for batch in listing.batches(taken, after=0):
        listing.write(taken, batch, places, at=setting.at)
    listing.finish(taken, by=setting.by, at=setting.at)
    given = _give(setting)
    return f"用人单位 {taken.new} 家（演示），其中已建会 {taken.matched} 家，交办走访 {given} 家"


def _rows(county: Organisation) -> Iterator[tuple[str, str]]:
    unions = of_level(county, Level.BASE).filter(name__endswith="工会")[:FOUNDED]
    for union in unions:
        yield union.name.removesuffix("工会"), county.name
    for number in range(1, UNFOUNDED + 1):
        yield f"演示·{county.short_name.removesuffix('总')}待建会{number}号企业", county.name


def _code(number: int) -> str:
    body = f"91520600MA6{number:06d}"
    return body + str(uscc.calc_check_digit(body))


def _give(setting: Setting) -> int:
    waiting = Employer.objects.filter(union__isnull=True, place__isnull=False).select_related("place").order_by("pk")
    given = list(waiting)[::EVERY_LEAD]
    for number, employer in enumerate(given):
        assert employer.place is not None
        lead = leads.assign(employer, employer.place, by=setting.by, at=setting.at)
        if number % EVERY_VISITED == 0:
            leads.visit(lead, note="演示：已走访，业主同意建会", by=setting.by, at=setting.at)
    return len(given)
