"""Background work of the ledger: carrying it on into a new year, and reminding before a duty is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.run import Run
from gongshu.officers.actions import duties


@job("officers.duties", label="党建和廉政事项提醒")
def remind_duties(run: Run) -> dict[str, object]:
    """Carry last year's ledgers on, then bring what is nearly due into the inbox."""
    return {"续列台账": _all(run, duties.carry_on_some), "提醒": _all(run, duties.remind_some)}


def _all(run: Run, some: Callable[..., tuple[int, int]]) -> int:
    done, after = 0, 0
    while True:
        with run.step():
            count, last = some(at=timezone.now(), after=after)
        done += count
        run.progress(done, note=f"已办理 {done} 件")
        if not last:
            return done
        after = last


JOBS = (remind_duties,)
SCHEDULES = (Schedule(remind_duties, every=timedelta(days=1), offset=timedelta(hours=6)),)
