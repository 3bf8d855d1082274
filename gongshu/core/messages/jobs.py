"""Background work on messages: forgetting one-time codes."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.run import Run
from gongshu.core.messages import codes, texts


@job("messages.forget_codes", label="清除过期的验证码")
def forget_codes(run: Run) -> dict[str, int]:
    """Delete one-time codes and the texts they were sent in once they are a day old."""
    with run.step():
        count = codes.forget(at=timezone.now()) + texts.forget(at=timezone.now())
    return {"rows": count}


@job("messages.tell", label="发送告知短信")
def send_texts(run: Run) -> dict[str, int]:
    """Hand the texts that wait to the supplier, one by one."""
    sent = tried = after = 0
    while keys := texts.waiting(after):
        for key in keys:
            with run.step():
                sent += texts.send(key, at=timezone.now())
            tried += 1
            run.progress(tried)
        after = keys[-1]
    return {"sent": sent, "not_sent": tried - sent}


JOBS = (forget_codes, send_texts)
SCHEDULES = (
    Schedule(forget_codes, every=timedelta(hours=1)),
    Schedule(send_texts, every=timedelta(minutes=1)),
)
