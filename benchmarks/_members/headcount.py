"""Head count at every level, beside counting the rows."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

from django.db.models import Count
from django.utils import timezone

from benchmarks._world import median_ms, verdict
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import within
from gongshu.members.actions import tallies
from gongshu.members.enums import ACTIVE_STATES
from gongshu.members.management.commands.tallies import differing_of
from gongshu.members.models import Membership
from gongshu.members.queries.counting import headcount

SLOWEST_MS, TIMES_FASTER, EACH = 20.0, 100.0, 3


def counted(org: Organisation) -> Mapping[tuple[str, str], int]:
    """Return the head count by counting the rows."""
    rows = Membership.objects.filter(within(org), state__in=ACTIVE_STATES).order_by()
    groups = rows.values("form", "gender").annotate(number=Count("pk"))
    return {(form, gender): number for form, gender, number in groups.values_list("form", "gender", "number")}


def run() -> bool:
    """Measure every level; the widest organisation of each level is one of those measured."""
    print(f"会员 {Membership.objects.count():,} 人，组织 {Organisation.objects.count():,} 个")
    print(f"{'层级':<8}{'计数 ms':>10}{'当下求和 ms':>12}{'逐行数 ms':>12}{'倍数':>8}")
    slowest, ratios = 0.0, {}
    for depth in range(1, 8):
        orgs = Organisation.objects.filter(depth=depth).order_by("-numchild", "path")[:EACH]
        for org in orgs:
            shown, live = median_ms(partial(headcount, org)), median_ms(partial(headcount, org, live=True), 5)
            by_rows = median_ms(partial(counted, org), 3)
            assert sum(counted(org).values()) == headcount(org, live=True).members
            slowest = max(slowest, shown)
            ratios.setdefault(depth, by_rows / shown)
            print(f"{org.get_level_display():<8}{shown:>10.2f}{live:>12.2f}{by_rows:>12.1f}{by_rows / shown:>8.0f}")
    started = time.perf_counter()
    kept = tallies.refresh_summaries(at=timezone.now())
    print(f"刷新县以上 {kept:,} 个组织的汇总：{time.perf_counter() - started:.2f} 秒（每 5 分钟一次）")
    same = tallies.differing() == [] == differing_of(tallies.SUMMARIES)
    return all(
        [
            verdict(f"各级人数中位数不超过 {SLOWEST_MS:.0f} ms（最慢 {slowest:.2f} ms）", slowest <= SLOWEST_MS),
            verdict(f"最高一级比逐行数快 {TIMES_FASTER:.0f} 倍以上（{ratios[1]:.0f} 倍）", ratios[1] >= TIMES_FASTER),
            verdict("计数、汇总与名册一致（tallies check）", same),
        ]
    )
