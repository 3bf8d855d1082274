"""Background work of 接口: telling other systems, and forgetting what was kept for them."""

from __future__ import annotations

import time
from datetime import timedelta

from django.utils import timezone

from gongshu.api.actions import delivering, following, repeating
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.run import Run

LONGEST = 30.0  # seconds of telling in one go, so that other work gets its turn


@job("api.tell", label="推送事件")
def tell(run: Run) -> dict[str, int]:
    """Read on in the trail and tell what is in line, until nothing is left or the time is over."""
    started, read, done = time.monotonic(), 0, 0
    while time.monotonic() - started < LONGEST:
        with run.step():
            count = following.follow(at=timezone.now())
        read += count
        with run.step():
            taken = delivering.claim(at=timezone.now())
        if taken:
            told = delivering.tell(taken, at=timezone.now())
            with run.step():
                done += delivering.settle(taken, told, at=timezone.now())
        if not taken and count < following.PATCH:
            break
    return {"read": read, "told": done}


@job("api.forget", label="清理接口应答和推送记录")
def forget(run: Run) -> dict[str, int]:
    """Remove kept answers after a day, and the log of what was told after a month."""
    with run.step():
        answers = repeating.forget(at=timezone.now())
    with run.step():
        told = delivering.forget(at=timezone.now())
    return {"answers": answers, "deliveries": told}


JOBS = (tell, forget)
SCHEDULES = (Schedule(tell, every=timedelta(minutes=1)), Schedule(forget, every=timedelta(hours=1)))
