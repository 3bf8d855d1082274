"""Jobs of the kernels themselves."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from gongshu.core.base.keyring import KeyMissing, Tampered
from gongshu.core.files import actions as files
from gongshu.core.files.queries import sealed_files
from gongshu.core.jobs.enums import FINISHED
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.core.people import resealing
from gongshu.core.trail import actions as trail

logger = logging.getLogger(__name__)
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


@job("keys.reseal", label="以新密钥重新加密", max_tries=20)
def reseal(run: Run) -> dict[str, int]:
    """Seal every value and attachment under the active key, a batch a transaction; a later try goes on from there."""
    columns = resealing.columns()
    place, after, written = _where_left(run.cursor)
    while place < len(columns):
        with run.step():
            last, count = resealing.reseal(columns[place], after)
            written += count
            place, after = (place, last) if last is not None else (place + 1, 0)
            run.cursor = [place, after, written]
            run.progress(written, note=columns[min(place, len(columns) - 1)].label)
    told = _reseal_files(run)
    left = sum(number for _, number in resealing.stale_columns())
    return {"resealed": written, **told, "left": left}


def _reseal_files(run: Run) -> dict[str, int]:
    """Seal the attachments anew; a later try passes those by that are done. Exports go by themselves within days."""
    done = unreadable = 0
    for place in sealed_files():
        try:
            done += files.reseal_file(place)
        except (KeyMissing, Tampered):
            logger.exception("%s cannot be sealed anew", place)
            unreadable += 1
        run.progress(run.job.done, note=f"附件 {done} 份")
    return {"files": done, "unreadable": unreadable}


def _where_left(cursor: object) -> tuple[int, int, int]:
    if isinstance(cursor, list):
        place, after, written = cursor
        return int(place), int(after), int(written)
    return 0, 0, 0


JOBS = (tidy_files, forget_periods, forget_sessions, seal_trail, reseal)
SCHEDULES = (
    Schedule(seal_trail, every=timedelta(minutes=10)),
    Schedule(tidy_files, every=timedelta(days=1), offset=timedelta(hours=3)),
    Schedule(forget_periods, every=timedelta(days=1), offset=timedelta(hours=3)),
    Schedule(forget_sessions, every=timedelta(days=1), offset=timedelta(hours=3)),
)
