"""The part of the dispatch benchmark that works on one database, in a process of its own."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date, timedelta

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks._databases import start  # noqa: E402
from benchmarks._federation import build, officer_at  # noqa: E402
from gongshu.core.access.actor import Actor  # noqa: E402
from gongshu.core.flow.models import OpenItem  # noqa: E402
from gongshu.core.jobs.models import Job  # noqa: E402
from gongshu.core.jobs.worker import Worker  # noqa: E402
from gongshu.delivery import actions, jobs  # noqa: E402
from gongshu.delivery.actions import DispatchOrder, PlanDraft, TaskDraft  # noqa: E402
from gongshu.delivery.enums import Receivers  # noqa: E402
from gongshu.delivery.models import Assignment, Dispatch, Task  # noqa: E402

PAUSE = 0.02


def begin(task: Task, by: Actor) -> Dispatch:
    """Give the task to everybody below, as the page does: the writing is left to a job."""
    last = task.plan.ends_on
    order = DispatchOrder(Receivers.ALL, last, token=f"bench-{task.pk}")
    return actions.give(task, order, by=by, at=timezone.now(), background=jobs.enqueue_dispatch)


def written(dispatch: Dispatch) -> int:
    """Return how many assignments of a dispatch are there."""
    return Assignment.objects.filter(dispatch=dispatch).count()


def kill_halfway(dispatch: Dispatch, size: int, *, wait: float) -> int:
    """Start a worker, kill it without warning in the middle of a batch after half, return how many were there then."""
    worker = start("benchmarks._dispatching", os.environ["GONGSHU_DATABASE_URL"], "work")
    while written(dispatch) < size // 2 and worker.poll() is None:
        time.sleep(PAUSE)
    time.sleep(wait)
    worker.kill()
    worker.wait()
    Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
    return written(dispatch)


def measure(size: int) -> dict[str, float]:
    """Time one dispatch, then kill and finish another."""
    top = build(size)
    by = officer_at(top)
    year = timezone.localdate().year
    days = (date(year, 1, 1), date(year + 1, 12, 31))
    tasks = [TaskDraft("任务一"), TaskDraft("任务二")]
    plan = actions.make_plan(PlanDraft("测量", top, year, *days, tasks=tasks), by=by, at=timezone.now())
    first, second = plan.tasks.all()
    begun = time.perf_counter()
    begin(first, by)
    Worker().drain()
    seconds = time.perf_counter() - begun
    dispatch = begin(second, by)
    at_kill = kill_halfway(dispatch, size, wait=seconds / 25)
    Worker().drain()
    mine = Assignment.objects.filter(dispatch=dispatch)
    items = OpenItem.objects.filter(kind=Assignment._meta.label_lower, object_id__in=mine.values("pk")).count()
    receivers = mine.values("organisation").distinct().count()
    outcome = {"seconds": seconds, "at_kill": at_kill, "assignments": mine.count(), "items": items}
    return {**outcome, "receivers": receivers if receivers == size else -1}


if __name__ == "__main__":
    if sys.argv[1] == "work":
        Worker().drain()
    else:
        print(json.dumps(measure(int(sys.argv[1]))))
    connection.close()
