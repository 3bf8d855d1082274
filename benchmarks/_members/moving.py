"""Moving a union of about five thousand unions under another one, there and back, while another process reads."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from benchmarks._databases import start
from benchmarks._world import median_ms, verdict
from gongshu.core.access.actor import system_actor
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, parent, subtree
from gongshu.members.actions import tallies
from gongshu.members.models import Summary
from gongshu.members.queries.counting import headcount, headcounts
from gongshu.organising.actions import moving

UNIONS, SECONDS, TURNS, ROUNDS, SLOWER = 5_000, 1.0, 5, 5, 1.5
BY = system_actor("测量")


def largest() -> Organisation:
    """Return the city whose number of unions is nearest to what the target names."""
    cities = Organisation.objects.filter(depth=3).order_by("-numchild", "path")[:30]
    return min(cities, key=lambda org: (abs(subtree(org).count() - UNIONS), org.pk))


def figures(top: Organisation, uppers: list[Organisation]) -> dict[str, float]:
    """Return the median milliseconds of head counts: what the pages show, and both provinces summed now, together.

    Together, because one of them is larger after the move and the other smaller; the quietest of several rounds.
    """
    for org in (top, *uppers):
        org.refresh_from_db()
    asked: dict[str, Callable[[], object]] = {
        "全国人数": partial(headcount, top),
        "两省人数": lambda: [headcount(org) for org in uppers],
        "全国人数（当下求和）": partial(headcount, top, live=True),
        "两省人数（当下求和）": lambda: [headcount(org, live=True) for org in uppers],
        "两省各市人数": lambda: [headcounts(list(children(org))) for org in uppers],
    }
    rounds = [{what: median_ms(work, 7) for what, work in asked.items()} for _ in range(ROUNDS)]
    return {what: min(each[what] for each in rounds) for what in asked}


def moved(org: Organisation, upper: Organisation) -> float:
    """Move through the actions, agreed by both sides; return the seconds of the last step, which moves."""
    at = timezone.now()
    row = moving.apply(org, upper, reason="测量", by=BY, at=at)
    moving.release(moving.submit(row, by=BY, at=at), by=BY, at=at)
    started = time.perf_counter()
    moving.accept(row, by=BY, at=at)
    seconds = time.perf_counter() - started
    org.refresh_from_db()
    upper.refresh_from_db()
    return seconds


def sums_are_right(orgs: list[Organisation]) -> bool:
    """Tell whether what is shown of unions equals what is summed now and the counters equal the rows."""
    fresh = [Organisation.objects.get(pk=org.pk) for org in orgs]
    shown = all(headcount(org).counters == headcount(org, live=True).counters for org in fresh)
    return shown and tallies.differing() == []


def run() -> bool:
    """Measure there and back."""
    org = largest()
    old = parent(org)
    assert old is not None
    other = Organisation.objects.filter(~Q(pk=old.pk), depth=2).order_by("path")[0]
    tallies.refresh_summaries(at=timezone.now())
    print(f"全部组织 {Organisation.objects.count():,} 个；划转：工会 {subtree(org).count():,} 个、"
          f"会员 {headcount(org, live=True).members:,} 人；汇总表 {Summary.objects.count()} 行")  # fmt: skip
    top, uppers = Organisation.objects.filter(depth=1)[0], [old, other]
    before = figures(top, uppers)
    with tempfile.TemporaryDirectory() as folder:
        stop = Path(folder) / "stop"
        keys = [str(each.pk) for each in (org, old, other)]
        reader = start("benchmarks._watching", os.environ["GONGSHU_DATABASE_URL"], *keys, str(stop))
        assert reader.stdout
        assert reader.stdout.readline() == "ready\n"
        seconds = [moved(org, upper) for _ in range(TURNS) for upper in (other, old)]
        stop.touch()
        seen = json.loads(reader.stdout.readline())
    seconds.append(moved(org, other))
    right = sums_are_right([old, other, org])
    after = figures(top, uppers)
    moved(org, old)
    for what in before:
        print(f"{what}：划转前 {before[what]:.2f} ms，划转后 {after[what]:.2f} ms")
    print("每次划转（秒）：" + "、".join(f"{each:.2f}" for each in seconds))
    slower = max(after[what] / max(before[what], 1.0) for what in before)
    return all(
        [
            verdict(f"划转不超过 {SECONDS:.0f} 秒（最慢 {max(seconds):.2f} 秒）", max(seconds) <= SECONDS),
            verdict(
                f"其间读 {seen['looks']} 次，看到半途的 {seen['wrong']} 次（最长一次 {seen['longest']:.2f} 秒）",
                seen["wrong"] == 0 and seen["looks"] > 0,
            ),
            verdict(f"划转后的数字与划转前一样快（最多 {slower:.1f} 倍）", slower <= SLOWER),
            verdict("汇总、计数与名册一致", right),
        ]
    )
