"""Background work: giving a task to very many, and closing what is reached."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.delivery import actions
from gongshu.delivery.models import Dispatch


@job("delivery.dispatch", label="部署下发")
def write_dispatch(run: Run, *, dispatch_id: int) -> dict[str, object]:
    """Write a dispatch batch by batch; a later run goes on after the last batch that was committed."""
    dispatch = Dispatch.objects.select_related("task", "issuer").get(pk=dispatch_id)
    state = run.cursor if isinstance(run.cursor, dict) else {"last": 0, "looked_at": 0, "written": 0}
    is_over = False
    while not is_over:
        with run.step():
            batch = actions.write_batch(dispatch, after=state["last"], at=timezone.now())
            if batch:
                looked_at, written = state["looked_at"] + batch.looked_at, state["written"] + batch.written
                state = {"last": batch.last, "looked_at": looked_at, "written": written}
                run.cursor = state
                run.progress(looked_at, dispatch.total, f"已下发 {written} 件")
            else:
                actions.finish_dispatch(dispatch, at=timezone.now())
                is_over = True
    return {
        "承办单位": dispatch.total,
        "本次下发": state["written"],
        "原已有此任务": state["looked_at"] - state["written"],
    }


def enqueue_dispatch(dispatch: Dispatch, by: Actor | None = None) -> Job:
    """Put a dispatch in the queue, once."""
    return enqueue(
        write_dispatch, f"dispatch:{dispatch.pk}", by=by, organisation=dispatch.issuer, dispatch_id=dispatch.pk
    )


@job("delivery.close_reached", label="指标完成自动办结")
def close_reached(run: Run) -> dict[str, object]:
    """Close the assignments whose shares are reached."""
    return {"办结": actions.close_reached(at=timezone.now(), tell=run.progress)}


JOBS = (write_dispatch, close_reached)
SCHEDULES = (Schedule(close_reached, every=timedelta(hours=1)),)
