"""Organisations divided by industrial union: the whole page, and what keeps its figures."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from benchmarks._members.listing import client
from benchmarks._world import median_ms, verdict
from gongshu.core.metrics.refreshed import listed_sums
from gongshu.core.orgs.actions import NewOrganisation, add_many
from gongshu.core.orgs.enums import Industry, Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import of_level, subtree, within
from gongshu.members.management.commands.tallies import differing_of
from gongshu.organising.models import Guidance
from gongshu.organising.queries.guiding import along, guide_on
from gongshu.organising.queries.sharing import parted

SLOWEST_MS, ADDRESS = 300.0, "/organising/lines/"
INDUSTRIES, ONE_IN = 13, 9  # industrial unions of the nation and of each province; base unions guided, one in so many


@transaction.atomic
def ensure() -> int:
    """Tie base unions to industrial unions of their province, and those to the nation's; return how many ties."""
    nation = Organisation.objects.get(depth=1)
    names = [Industry(code).label for code in Industry.values[:INDUSTRIES]]
    if not Guidance.objects.filter(state="standing").exists():
        provinces = list(of_level(nation, Level.PROVINCE).filter(kind=Kind.LOCAL))
        tops = _unions(nation, names, "全国", Level.NATION)
        for province in provinces:
            unions = _unions(province, names, province.short_name, Level.PROVINCE)
            _tie(list(zip(unions, tops, strict=True)), province)
            _tie_base_unions(province, unions)
    return Guidance.objects.filter(state="standing").count()


def _unions(upper: Organisation, names: list[str], lead: str, level: str) -> list[Organisation]:
    news = [NewOrganisation(f"{lead}{name}产业工会", level, Kind.INDUSTRIAL, is_demo=True) for name in names]
    return add_many(news, under=upper)


def _tie_base_unions(province: Organisation, unions: list[Organisation]) -> None:
    rows = Organisation.objects.filter(within(province, ""), kind=Kind.BASE).order_by("path")
    chance = Random(province.pk)
    found = [org for org in rows.only("pk", "path") if not chance.randrange(ONE_IN)]
    _tie([(org, chance.choice(unions)) for org in found], province)


def _tie(pairs: list[tuple[Organisation, Organisation]], upper: Organisation) -> None:
    at = timezone.now()
    common = {"upper": upper, "state": "standing", "state_since": at, "from_on": timezone.localdate(at)}
    rows = [Guidance(organisation=org, guide=guide, **common) for org, guide in pairs]
    Guidance.objects.bulk_create(rows, batch_size=2_000)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def pages(places: dict[str, Organisation]) -> dict[str, float]:
    """Return the median milliseconds of the whole page in HTML at each place, and print them beside this moment's."""
    found = {}
    for label, org in places.items():
        browser = client(org)
        address = f"{ADDRESS}?at={org.pk}"
        assert browser.get(address).status_code == 200
        found[label] = median_ms(partial(browser.get, address))
        live = median_ms(partial(browser.get, f"{address}&live=1"), 5)
        print(f"{label}（{subtree(org).count():,} 个组织）：整个网页 {found[label]:.0f} ms，此刻的数 {live:.0f} ms")
    return found


def equal(org: Organisation) -> bool:
    """Tell whether the kept parts of an organisation are those of this moment, each once."""
    kept, live = (parted(org, timezone.localdate(), most=1_000, live=live) for live in (False, True))
    assert kept.as_at
    return (kept.parts, kept.total) == (live.parts, live.total)


def run() -> bool:
    """Measure the pages of a nation, its widest province and city, and an industrial union, and what is refreshed."""
    settings.ALLOWED_HOSTS = ["testserver"]
    ties, today = ensure(), timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    nation = Organisation.objects.get(depth=1)
    local = Organisation.objects.filter(kind=Kind.LOCAL).order_by("-numchild", "path")
    places = {"全国": nation, "省": local.filter(depth=2)[0], "市": local.filter(depth=3)[0]}
    industrial = Organisation.objects.filter(depth=2, kind=Kind.INDUSTRIAL).order_by("path")[0]
    ranges = len(along(industrial, today).ranges)
    print(f"组织 {Organisation.objects.count():,} 个，指导关系 {ties:,} 条；一个产业工会 {ranges:,} 段")
    for each in listed_sums():
        print(f"刷新{each.label}：{seconds(partial(each.refresh, at=timezone.now())):.2f} 秒")
    found = pages({**places, "产业工会": industrial})
    base = Organisation.objects.filter(depth=7).order_by("path")[0]
    print(f"一个基层工会由谁指导：{median_ms(partial(guide_on, base, today)):.1f} ms")
    same = all(equal(places[label]) for label in ("全国", "省"))
    slowest = max(found.values())
    return all(
        [
            verdict(f"按产业看的网页不超过 {SLOWEST_MS:.0f} ms（最慢 {slowest:.0f} ms）", slowest <= SLOWEST_MS),
            verdict("汇总与此刻的数相等", same),
            verdict("各项汇总与名册一致（tallies check）", not any(differing_of(each) for each in listed_sums())),
        ]
    )
