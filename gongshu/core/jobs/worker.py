"""The worker: claims jobs, keeps their leases alive, settles how they ended."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.jobs import actions
from gongshu.core.jobs.catalogue import listed_jobs, listed_schedules
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Cancelled, LeaseLost, Run, Stopping

logger = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
IDLE_SECONDS = 0.5
SCHEDULES_EVERY = 10.0  # seconds between two looks at the schedules


class Worker:
    """Does jobs one after another until it is asked to stop."""

    def __init__(self) -> None:
        self.handles = listed_jobs()
        self.schedules = listed_schedules()
        self.leases = {name: handle.lease for name, handle in self.handles.items()}
        self._stopping = threading.Event()
        self._next_look = 0.0

    def stop(self) -> None:
        """End politely: the job in hand goes back at its next step or progress call."""
        self._stopping.set()

    def work(self) -> None:
        """Work until stopped; a database that is away for a while is waited for."""
        while not self._stopping.is_set():
            try:
                is_busy = self.work_once()
            except AWAY:
                logger.exception("The database cannot be reached; trying again")
                connection.close()
                is_busy = False
            if not is_busy:
                self._stopping.wait(IDLE_SECONDS)

    def drain(self) -> int:
        """Do what is ready now and return how many jobs were taken."""
        count = 0
        while not self._stopping.is_set() and self.work_once():
            count += 1
        return count

    def work_once(self) -> bool:
        """Take one job and see it through; False when nothing was ready."""
        self._look_at_schedules()
        job = actions.claim(self.leases, at=timezone.now())
        if job is None:
            return False
        run = Run(job, self.leases[job.name], self._stopping.is_set)
        with Attempt(run), Heartbeat(run):
            result = self.handles[job.name].work(run, **job.args)
            actions.finish(job, result, at=timezone.now())
        return True

    def _look_at_schedules(self) -> None:
        if time.monotonic() >= self._next_look:
            actions.enqueue_due(self.schedules, at=timezone.now())
            self._next_look = time.monotonic() + SCHEDULES_EVERY


class Attempt:
    """The border between a job's code and the worker: settles whatever the job's code raised."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        job, at = self.run.job, timezone.now()
        settle = ENDINGS.get(kind) if kind else None
        if settle:
            settle(job, at)
        elif isinstance(error, Refused):
            actions.fail(job, "\n".join(problem.message for problem in error.problems), at=at)
        elif isinstance(error, Exception):
            logger.error("Job %s (%s) failed", job.pk, job.name, exc_info=error)
            actions.retry(job, f"处理时出错（{type(error).__name__}），未完成的部分没有写入", at=at)
        else:
            return kind is None
        return True


def _leave(job: Job, at: datetime) -> None:
    logger.warning("Job %s (%s) was taken over by another worker", job.pk, job.name)


def _stop(job: Job, at: datetime) -> None:
    actions.stop(job, at=at)


def _release(job: Job, at: datetime) -> None:
    actions.release(job, at=at)


ENDINGS: dict[type[BaseException], Callable[[Job, datetime], None]] = {
    Cancelled: _stop,
    LeaseLost: _leave,
    Stopping: _release,
}


class Heartbeat:
    """A thread that lengthens the lease while the job's code is busy and silent."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{run.job.pk}", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _beat(self) -> None:
        every = max(self.run.lease / 3, timedelta(seconds=0.1)).total_seconds()
        while not self._done.wait(every):
            self._lengthen()
        connection.close()

    def _lengthen(self) -> None:
        now = timezone.now()
        try:
            actions.beat(self.run.job, until=now + self.run.lease, at=now)
        except AWAY:  # or a long step of this very job holds the write lock: the step itself renews the lease
            logger.info("Job %s: heartbeat skipped", self.run.job.pk)
        close_old_connections()
