"""Background work on messages: forgetting one-time codes."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.run import Run
from gongshu.core.messages import codes


@job("messages.forget_codes", label="清除过期的验证码")
def forget_codes(run: Run) -> dict[str, int]:
    """Delete one-time codes and the texts they were sent in once they are a day old."""
    with run.step():
        count = codes.forget(at=timezone.now())
    return {"rows": count}


JOBS = (forget_codes,)
SCHEDULES = (Schedule(forget_codes, every=timedelta(hours=1)),)
