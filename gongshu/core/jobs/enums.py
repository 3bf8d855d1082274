"""The states a job lives through."""

from django.db.models import TextChoices


class JobState(TextChoices):
    """Where a piece of background work stands."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未能完成"
    CANCELLED = "cancelled", "已取消"


KEPT = (JobState.QUEUED, JobState.RUNNING, JobState.DONE)
FINISHED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
