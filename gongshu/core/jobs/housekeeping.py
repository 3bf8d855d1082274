"""Jobs of the kernels themselves."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from gongshu.core.files import actions as files
from gongshu.core.jobs.enums import FINISHED
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.core.trail import actions as trail

KEEP_PERIODS = timedelta(days=30)


@job("files.tidy", label="清理无主附件")
def tidy_files(run: Run) -> dict[str, int]:
    """Remove attachments that nothing refers to and files that no row names."""
    removed = files.remove_orphans(at=timezone.now())
    return {"removed": removed}


@job("jobs.forget", label="清理过期的定时任务记录")
def forget_periods(run: Run) -> dict[str, int]:
    """Remove the rows of scheduled jobs that ended long ago; jobs somebody asked for stay, their keys still count."""
    old = Job.objects.filter(
        key__startswith="every:", state__in=FINISHED, finished_at__lt=timezone.now() - KEEP_PERIODS
    )
    with run.step():
        count, _ = old.delete()
    return {"removed": count}


@job("access.forget", label="清理过期的登录")
def forget_sessions(run: Run) -> dict[str, int]:
    """Remove the sessions that have run out."""
    with run.step():
        count, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return {"removed": count}


@job("trail.seal", label="封存留痕")
def seal_trail(run: Run) -> dict[str, int]:
    """Seal every trail entry written since the last time."""
    return {"sealed": trail.seal_all(at=timezone.now())}


JOBS = (tidy_files, forget_periods, forget_sessions, seal_trail)
SCHEDULES = (
    Schedule(seal_trail, every=timedelta(minutes=10)),
    Schedule(tidy_files, every=timedelta(days=1), offset=timedelta(hours=3)),
    Schedule(forget_periods, every=timedelta(days=1), offset=timedelta(hours=3)),
    Schedule(forget_sessions, every=timedelta(days=1), offset=timedelta(hours=3)),
)
