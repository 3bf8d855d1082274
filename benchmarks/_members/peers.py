"""Our roll beside another's list, and beside the page time hitobito has set itself (0.5 s at half a million people)."""

from __future__ import annotations

from functools import partial

from django.conf import settings

from benchmarks._members.listing import client, deep
from benchmarks._peers.tryton import Figures
from benchmarks._world import median_ms, verdict
from gongshu.core.orgs.models import Organisation
from gongshu.members.models import Membership
from gongshu.members.queries import roll
from gongshu.members.queries.scope import Scope

GOAL_MS, GOAL_PEOPLE = 500.0, 500_000


def run(theirs: Figures | None, imported: int, held: int) -> bool:
    """Print both sides; the target is to be no slower than either, with more rows."""
    settings.ALLOWED_HOSTS = ["testserver"]
    nation = Organisation.objects.get(depth=1)
    scope, people = Scope(nation), Membership.objects.count()
    prefix = roll.Wanted(text=Membership.objects.values_list("name", flat=True).order_by("pk")[0][0])
    ours = (
        median_ms(partial(roll.page, scope, roll.Wanted(), None)),
        median_ms(partial(roll.page, scope, roll.Wanted(), deep(scope, roll.Wanted()))),
        median_ms(partial(roll.page, scope, prefix, None)),
    )
    browser = client(nation)
    page = median_ms(lambda: browser.get("/members/"))
    met = [verdict(f"整页（{people:,} 人）不超过 hitobito 自定的 {GOAL_MS:.0f} ms：{page:.0f} ms", page <= GOAL_MS)]
    met.append(verdict(f"人数不少于 hitobito 目标的 {GOAL_PEOPLE:,}：{people:,}", people >= GOAL_PEOPLE))
    if theirs is None:
        print("Tryton 没有装上（没有联网或没有这个版本），这一项没有比。")
        return all(met)
    rate = imported / theirs.importing
    print(f"Tryton 导入 {imported:,} 条（名称、电话）：每秒 {rate:,.0f} 条；名册导入见 make bench NAME=import")
    for what, mine, other in zip(("第一页", "九成深处", "按名字开头"), ours, theirs[1:], strict=True):
        line = f"{what}：我们 {mine:.1f} ms（{people:,} 人），Tryton {other * 1000:.1f} ms（{held:,} 条）"
        met.append(verdict(line, mine <= other * 1000 * max(1, people / held)))
    return all(met)
