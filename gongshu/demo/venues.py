"""Sample venues of 贵州's counties, opened over the past months, some with something to be put right."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice

from django.utils import timezone

from gongshu.core.flow import actions as flow
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import of_level
from gongshu.demo.stages import Setting
from gongshu.venues import actions
from gongshu.venues.models import Venue
from gongshu.venues.rules import hours
from gongshu.venues.rules.checks import Finding, VenueFacts
from gongshu.venues.rules.kinds import kinds

ORDER = ("driver_home", "rest_stop", "service_centre", "rest_stop", "reading_room", "driver_home", "workers_home")
HOURS = "每天 8:00-20:00"
PER_COUNTY = 2
DUE_WITHIN, FOUND_DAYS = 40, 12  # some are overdue already
EVERY_PREPARING, EVERY_SUSPENDED, EVERY_INSPECTED, EVERY_FAULTY = 9, 23, 2, 10
STEP_DAYS = 2


def build(setting: Setting) -> str:
    """Write down, open and inspect sample venues; the same ones each time."""
    province = Organisation.objects.get(name="贵州省总工会")
    counties = list(of_level(province, Level.COUNTY))
    wanted = [county for county in counties for _ in range(PER_COUNTY)]
    codes = islice(cycle(ORDER), len(wanted))
    for number, (county, code) in enumerate(zip(wanted, codes, strict=True), start=1):
        _venue(county, code, number, setting)
    return f"阵地 {len(wanted)} 处（演示），分布在贵州 {len(counties)} 个县"


def _venue(county: Organisation, code: str, number: int, setting: Setting) -> None:
    kind = kinds()[code]
    place = county.short_name.removesuffix("总")
    facts = VenueFacts(
        code,
        f"演示·{place}第{number}号{kind.label}",
        address=f"{place}演示路{number}号",
        hours=[vars(span) for span in hours.parse(HOURS)],
        equipment=[*kind.required, *list(kind.optional)[: number % 3]],
    )
    begun = setting.at - timedelta(days=STEP_DAYS * number + 10)
    venue = actions.register(facts, organisation=county, by=setting.by, at=begun)
    if number % EVERY_PREPARING:
        flow.advance(venue, "open", by=setting.by, at=begun + timedelta(days=7))
        _later(venue, number, setting)


def _later(venue: Venue, number: int, setting: Setting) -> None:
    at = setting.at - timedelta(days=number % 60)
    if number % EVERY_FAULTY == 0:
        first = next(iter(venue.kind_of.required))
        findings = [Finding(code, code != first) for code in venue.equipment]
        due = timezone.localdate(setting.at + timedelta(days=number % DUE_WITHIN - DUE_WITHIN // 4))
        found_at = setting.at - timedelta(days=FOUND_DAYS)
        note = f"{venue.kind_of.required[first]}不能用"
        actions.inspect(venue, findings, note=note, due_on=due, by=setting.by, at=found_at)
    elif number % EVERY_INSPECTED == 0:
        findings = [Finding(code, True) for code in venue.equipment]
        actions.inspect(venue, findings, note="", due_on=None, by=setting.by, at=at)
    if number % EVERY_SUSPENDED == 0:
        flow.advance(venue, "suspend", by=setting.by, at=at, facts={"note": "演示：内部维修"})
