"""Background work on memberships: sums, overdue moves, forgetting what need not be kept."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.run import Run
from gongshu.members.actions import finding, moving, retention, tallies, unmerging
from gongshu.members.queries import pairs

MOVES_A_LOOK = 500


@job("members.summaries", label="刷新会员汇总")
def refresh_summaries(run: Run) -> dict[str, int]:
    """Sum up the high organisations anew."""
    with run.step():
        count = tallies.refresh_summaries(at=timezone.now())
    return {"organisations": count}


@job("members.follow_through", label="办理逾期的转会")
def follow_through(run: Run) -> dict[str, int]:
    """Carry on every move that nobody answered in time."""
    at, done, after = timezone.now(), 0, 0
    while found := list(moving.overdue(timezone.localdate(at)).filter(pk__gt=after).order_by("pk")[:MOVES_A_LOOK]):
        for membership in found:
            with run.step():
                done += moving.follow_through(membership, at=at)
            run.progress(done)
        after = found[-1].pk
    return {"moved": done}


@job("members.forget", label="清除到期的个人信息")
def forget_ended(run: Run) -> dict[str, int]:
    """Clear the columns of persons whose memberships ended longer ago than privacy.toml allows."""
    cleared = 0
    for rule in retention.rules_of_persons():
        while True:
            with run.step():
                count = retention.clear(rule, on=timezone.localdate())
            cleared += count
            run.progress(cleared)
            if not count:
                break
    return {"cleared": cleared}


@job("members.rebuild", label="重算会员计数")
def rebuild_tallies(run: Run) -> dict[str, int]:
    """Count everything anew."""
    with run.step():
        count = tallies.rebuild()
    return {"organisations": count}


@job("members.duplicates", label="查找重复登记", lease=timedelta(minutes=10))
def find_duplicates(run: Run) -> dict[str, object]:
    """Find registrations that may be of one person, and take those off the list that are no longer alike."""
    found = pairs.candidates()
    new, after = 0, -1 if pairs.is_whole(found) else 0
    keys = sorted(found)
    for start in range(0, len(keys), finding.BATCH):
        part = {key: found[key] for key in keys[start : start + finding.BATCH]}
        with run.step():
            new += finding.write(part, at=timezone.now())
        run.progress(start + len(part), len(keys), note=f"新发现 {new} 对")
    while after:
        with run.step():
            gone, after = finding.stale(found, after=after)
            finding.vanish(gone, at=timezone.now())
    return {"summary": f"相符 {len(keys)} 对，其中新发现 {new} 对", "url": reverse("members:pairs"), "new": new}


@job("members.close_merges", label="清除已不能撤销的合并留下的号码")
def close_merges(run: Run) -> dict[str, int]:
    """Erase what was kept for undoing merges whose days are over."""
    closed = 0
    while True:
        with run.step():
            count = unmerging.close_some(at=timezone.now(), most=MOVES_A_LOOK)
        closed += count
        if not count:
            return {"closed": closed}


JOBS = (refresh_summaries, follow_through, forget_ended, rebuild_tallies, find_duplicates, close_merges)
SCHEDULES = (
    Schedule(refresh_summaries, every=timedelta(minutes=5)),
    Schedule(follow_through, every=timedelta(hours=1)),
    Schedule(forget_ended, every=timedelta(days=1), offset=timedelta(hours=3)),
    Schedule(find_duplicates, every=timedelta(days=1), offset=timedelta(hours=2)),
    Schedule(close_merges, every=timedelta(days=1), offset=timedelta(hours=4)),
)
