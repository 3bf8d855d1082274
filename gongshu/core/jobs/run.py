"""What a job's function holds while it runs: progress, steps that only the lease's owner can commit, and a cursor."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from gongshu.core.jobs import actions
from gongshu.core.jobs.models import Job

PROGRESS_EVERY = 0.5  # seconds between two writes of the progress
LONGEST_BREATH = 0.03  # seconds between two steps on SQLite, whose waiting writers look again ten times a second


class Cancelled(BaseException):
    """Somebody asked for the job to be cancelled. Let it pass: the worker settles the job."""


class LeaseLost(BaseException):
    """Another worker has taken the job over. Let it pass: nothing of this run may be written any more."""


class Stopping(BaseException):
    """The worker was asked to end. Let it pass: the job goes back into the queue."""


class Run:
    """One attempt at a job.

    `cursor` is any JSON value; it is kept with every step, so a later attempt starts from where this one got to.
    """

    def __init__(self, job: Job, lease: timedelta, is_stopping: Callable[[], bool]) -> None:
        self.job = job
        self.lease = lease
        self.is_stopping = is_stopping
        self._in_step = False
        self._written = time.monotonic()

    @property
    def cursor(self) -> object:
        """Where the work has got to: None at first."""
        return self.job.cursor

    @cursor.setter
    def cursor(self, value: object) -> None:
        self.job.cursor = value

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Say how far the work is; written twice a second at most.

        Raises Cancelled, LeaseLost or Stopping, which end this attempt. Within a step the figures are written with it.
        """
        self.job.done = done
        self.job.total = self.job.total if total is None else total
        self.job.note = note[:200]
        if not self._in_step and time.monotonic() - self._written >= PROGRESS_EVERY:
            self._write()
            self._look()

    @contextmanager
    def step(self) -> Iterator[None]:
        """Open a transaction that commits only while this worker still holds the lease.

        The cursor and the progress are written in it, last: so either the step's rows and the cursor are both there, or
        neither is, and a worker that was taken over commits nothing. Raises Cancelled, LeaseLost or Stopping.
        """
        self._look()
        started = time.monotonic()
        with transaction.atomic():
            self._in_step = True
            try:
                yield
            finally:
                self._in_step = False
            self._write()
        if connection.vendor == "sqlite":  # one writer at a time there: let people's writes in between two steps
            time.sleep(min(time.monotonic() - started, LONGEST_BREATH))

    def _write(self) -> None:
        now = timezone.now()
        self._written = time.monotonic()
        if not actions.save_progress(self.job, until=now + self.lease, at=now):
            raise LeaseLost

    def _look(self) -> None:
        held = Job.objects.filter(pk=self.job.pk, lease_token=self.job.lease_token)
        is_cancelled = held.values_list("cancel_requested", flat=True).first()
        if is_cancelled is None:
            raise LeaseLost
        if is_cancelled:
            raise Cancelled
        if self.is_stopping():
            raise Stopping
