"""The only place that writes jobs: enqueue and cancel for everybody, claim and settle for workers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gongshu.core.jobs.enums import KEPT, JobState
from gongshu.core.jobs.handles import Handle, Schedule
from gongshu.core.jobs.models import Job
from gongshu.core.orgs.models import Organisation

RETRY_AFTER = timedelta(seconds=5)


class Starter(Protocol):
    """Whoever asks for the work: an Actor."""

    @property
    def account_id(self) -> int | None:
        """The account, or None for the system itself."""
        ...


def enqueue(
    handle: Handle,
    key: str = "",
    by: Starter | None = None,
    organisation: Organisation | None = None,
    run_after: datetime | None = None,
    **args: object,
) -> Job:
    """Put work in the queue, inside the caller's transaction.

    With a `key`, the job of that name and key which is queued, running or done is returned instead of a second one.
    Raises TypeError when `args` do not fit the job's function.
    """
    handle.check(args)
    kept = _kept(handle, key)
    if kept is not None:
        return kept
    job = Job(
        name=handle.name,
        key=key,
        args=args,
        max_tries=handle.max_tries,
        created_by_id=by.account_id if by else None,
        organisation=organisation,
        run_after=run_after or timezone.now(),
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        kept = _kept(handle, key)
        if kept is None:
            raise
        return kept
    return job


def _kept(handle: Handle, key: str) -> Job | None:
    return Job.objects.filter(name=handle.name, key=key, state__in=KEPT).first() if key else None


def cancel(job: Job, *, at: datetime) -> None:
    """Stop a job: at once while it waits, at its next step while it runs, not at all once it has ended."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    if not waiting.update(state=JobState.CANCELLED, cancel_requested=True, finished_at=at):
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()


def enqueue_due(schedules: tuple[Schedule, ...], *, at: datetime) -> list[Job]:
    """Enqueue every scheduled job whose period has begun, exactly once a period however many workers ask."""
    made = []
    for schedule in schedules:
        key = period_key(schedule, at)
        if not Job.objects.filter(name=schedule.handle.name, key=key).exists():
            made.append(enqueue(schedule.handle, key, **schedule.args))
    return made


def period_key(schedule: Schedule, at: datetime) -> str:
    """Name the period that `at` falls in, by local time."""
    local = timezone.localtime(at).replace(tzinfo=None)
    begun = (local - datetime(1970, 1, 1) - schedule.offset) // schedule.every  # noqa: DTZ001 - local wall clock
    return f"every:{schedule.every.total_seconds():.0f}:{begun}"


def claim(leases: Mapping[str, timedelta], *, at: datetime) -> Job | None:
    """Take the next job that waits, or whose worker has gone silent; None when there is nothing to do.

    Only jobs named in `leases` are taken. Two workers never take the same one: rows another worker is taking are
    skipped where the database can lock rows, and the update compares the lease token in any case.
    """
    _bury(at)
    ready = Q(state=JobState.QUEUED, run_after__lte=at) | Q(state=JobState.RUNNING, lease_until__lt=at)
    waiting = Job.objects.filter(ready, name__in=list(leases)).order_by("run_after", "id")
    if not waiting.exists():
        return None  # an idle worker takes no write lock
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is None:
            return None
        taken = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=job.state).update(
            state=JobState.RUNNING,
            tries=F("tries") + 1,
            lease_token=F("lease_token") + 1,
            lease_until=at + leases[job.name],
            heartbeat_at=at,
            started_at=job.started_at or at,
        )
        job.refresh_from_db()
    return job if taken else None


def _bury(at: datetime) -> None:
    """End the jobs of silent workers that were cancelled meanwhile or have been tried often enough."""
    silent = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=at)
    if not silent.exists():
        return
    silent.filter(cancel_requested=True).update(
        state=JobState.CANCELLED, finished_at=at, lease_until=None, lease_token=F("lease_token") + 1
    )
    silent.filter(tries__gte=F("max_tries")).update(
        state=JobState.FAILED,
        finished_at=at,
        lease_until=None,
        lease_token=F("lease_token") + 1,
        problem="处理多次中断，已停止重试，请联系系统管理员",
    )


def beat(job: Job, *, until: datetime, at: datetime) -> bool:
    """Lengthen the lease; False when another worker holds the job by now."""
    return _held(job).update(lease_until=until, heartbeat_at=at) == 1


def save_progress(job: Job, *, until: datetime, at: datetime) -> bool:
    """Write how far the work has got and lengthen the lease; False when another worker holds the job by now."""
    return (
        _held(job).update(
            done=job.done,
            total=job.total,
            note=job.note,
            cursor=job.cursor,
            lease_until=until,
            heartbeat_at=at,
        )
        == 1
    )


def finish(job: Job, result: Mapping[str, object] | None, *, at: datetime) -> bool:
    """Mark the job done with its result; False when another worker holds it by now."""
    return _settle(job, JobState.DONE, at=at, result=result, problem="")


def fail(job: Job, problem: str, *, at: datetime) -> bool:
    """Mark the job failed for good."""
    return _settle(job, JobState.FAILED, at=at, problem=problem)


def stop(job: Job, *, at: datetime) -> bool:
    """Mark the job cancelled, as was asked."""
    return _settle(job, JobState.CANCELLED, at=at)


def retry(job: Job, problem: str, *, at: datetime) -> bool:
    """Put the job back for another try, waiting twice as long each time; failed for good after `max_tries`."""
    if job.tries >= job.max_tries:
        return fail(job, problem, at=at)
    return _requeue(job, tries=job.tries, problem=problem, run_after=at + RETRY_AFTER * 2 ** (job.tries - 1))


def release(job: Job, *, at: datetime) -> bool:
    """Put the job back because its worker was asked to end; this try does not count."""
    return _requeue(job, tries=job.tries - 1, problem=job.problem, run_after=at)


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token)


def _settle(job: Job, state: JobState, *, at: datetime, **fields: object) -> bool:
    values = {"done": job.done, "total": job.total, "note": job.note, "cursor": job.cursor, **fields}
    return _held(job).update(state=state, finished_at=at, lease_until=None, **values) == 1


def _requeue(job: Job, *, tries: int, problem: str, run_after: datetime) -> bool:
    return (
        _held(job).update(
            state=JobState.QUEUED,
            tries=tries,
            problem=problem,
            run_after=run_after,
            lease_until=None,
            cursor=job.cursor,
        )
        == 1
    )
