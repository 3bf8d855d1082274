"""Background work of organising: carrying over the members of an ended union, and the clock of terms."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.run import Run
from gongshu.organising.actions import ending as actions
from gongshu.organising.actions import terms
from gongshu.organising.models import Ending


@job("organising.settle", label="接转撤并工会的会籍", lease=timedelta(minutes=2))
def settle_members(run: Run, *, ending_id: int) -> dict[str, object]:
    """Carry the members of an ended union over batch by batch; a later run goes on with those still there."""
    ending = Ending.objects.select_related("organisation", "upper", "successor").get(pk=ending_id)
    done, is_over = 0, False
    while not is_over:
        with run.step():
            count = actions.settle(ending, at=timezone.now())
        done, is_over = done + count, count == 0
        run.progress(done, note=f"已接转 {done} 人")
    return {"接转": done}


def approve_ending(ending: Ending, *, by: Actor, at: datetime, note: str = "") -> Ending:
    """Approve the end of a union and put the carrying over of its members into the queue, both or neither."""
    with transaction.atomic():
        actions.approve(ending, by=by, at=at, note=note)
        enqueue(settle_members, key=f"settle:{ending.pk}", by=by, ending_id=ending.pk)
    return ending


@job("organising.terms", label="任期提醒")
def remind_terms(run: Run) -> dict[str, object]:
    """Remind every union whose term nears its end or is over, once for each warning."""
    done, after = 0, 0
    while True:
        with run.step():
            count, last = terms.remind_some(at=timezone.now(), after=after)
        done += count
        run.progress(done, note=f"已提醒 {done} 家")
        if not last:
            return {"提醒": done}
        after = last


JOBS = (settle_members, remind_terms)
SCHEDULES = (Schedule(remind_terms, every=timedelta(days=1), offset=timedelta(hours=6)),)
