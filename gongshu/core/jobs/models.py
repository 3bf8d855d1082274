"""The ledger of background work: one row a job, held by a lease."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongshu.core.jobs.enums import FINISHED, KEPT, JobState
from gongshu.core.orgs.models import Organisation


class Job(models.Model):
    """A piece of background work.

    `lease_token` grows by one at every claim: a worker may write only while its token is still the row's (fencing).
    `cursor` is where the work had got to, so that a killed job goes on instead of starting again.
    """

    name = models.CharField("任务", max_length=80)
    key = models.CharField("唯一标识", max_length=200, blank=True)
    args = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveBigIntegerField("已处理", default=0)
    total = models.PositiveBigIntegerField("总数", default=0)
    note = models.CharField("说明", max_length=200, blank=True)
    cursor = models.JSONField("断点", null=True)
    result = models.JSONField("结果", null=True)
    problem = models.TextField("问题", blank=True)
    tries = models.PositiveIntegerField("已试次数", default=0)
    max_tries = models.PositiveIntegerField("最多次数", default=5)
    lease_until = models.DateTimeField("租约至", null=True)
    lease_token = models.PositiveBigIntegerField("租约号", default=0)
    heartbeat_at = models.DateTimeField("最近心跳", null=True)
    cancel_requested = models.BooleanField("请求取消", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="发起人"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name="所属工会")
    run_after = models.DateTimeField("不早于", default=timezone.now)
    created_at = models.DateTimeField("发起时间", default=timezone.now)
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "后台任务"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=Q(state__in=[state.value for state in KEPT]) & ~Q(key=""),
                name="jobs_one_per_key",
            )
        ]
        indexes = [
            models.Index(fields=["name", "key"], name="jobs_name_key"),
            models.Index(fields=["run_after", "id"], condition=Q(state="queued"), name="jobs_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="jobs_leased"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINISHED

    @property
    def percent(self) -> int | None:
        """Whole percent done, or None where the total is not known."""
        if self.state == JobState.DONE:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else None

    def get_absolute_url(self) -> str:
        """Where its progress is shown."""
        return reverse("jobs:job", args=[self.pk])
