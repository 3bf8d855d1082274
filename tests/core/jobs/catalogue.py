"""Jobs for the tests of the worker; listed like a line of work lists its own."""

from __future__ import annotations

import time
from datetime import timedelta

from gongshu.core.base.problems import Refused
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.core.people.models import Person


@job("test.fill", label="写入", max_tries=3, lease=timedelta(seconds=2))
def fill(run: Run, *, count: int, pause: float = 0.0, word: str = "人") -> dict[str, int]:
    """Write `count` persons, one a step, pausing between the write and the commit."""
    for number in range(run.cursor or 0, count):
        with run.step():
            Person.objects.create(name=f"{word}{number}")
            time.sleep(pause)
            run.cursor = number + 1
            run.progress(number + 1, count)
    return {"written": count}


@job("test.silent", label="久无声息", lease=timedelta(seconds=2))
def silent(run: Run, *, seconds: float) -> None:
    """Say nothing for longer than the lease, then write."""
    time.sleep(seconds)
    with run.step():
        Person.objects.create(name="一次")


@job("test.meddle", label="中途有变")
def meddle(run: Run, *, changes: dict[str, object]) -> None:
    """Have the row changed under the run, as others would, then take a step."""
    Job.objects.filter(pk=run.job.pk).update(**changes)
    with run.step():
        Person.objects.create(name="不应存在")


@job("test.stumble", label="出错", max_tries=2)
def stumble(run: Run) -> None:
    """Write, then fail within the step."""
    with run.step():
        Person.objects.create(name="不应存在")
        raise ValueError("broken")


@job("test.refuse", label="拒绝")
def refuse(run: Run) -> None:
    """Say no."""
    raise Refused.because("下级工会不存在，请重新选择")


share = job("test.share", label="分担")(fill.work)  # the usual lease: no worker is silent for so long

JOBS = (fill, silent, share, meddle, stumble, refuse)
SCHEDULES: tuple[Schedule, ...] = ()
METRICS = ()
