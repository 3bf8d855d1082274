"""A plan with its programmes, their items, and its tasks."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongshu.core.flow.models import Stateful
from gongshu.core.jobs.enums import FINISHED
from gongshu.core.jobs.models import Job
from gongshu.core.orgs.models import Organisation
from gongshu.delivery.machine import OPEN_STATES, PLAN
from gongshu.meetings.models import Meeting

DISPATCH_JOB = "delivery.dispatch"


def dispatch_key(pk: int) -> str:
    """Return the key of the job that writes a dispatch."""
    return f"dispatch:{pk}"


class Plan(Stateful):
    """What an organisation sets out to do in a year, with its programmes, tasks and targets."""

    machine = PLAN

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans", verbose_name="组织")
    title = models.CharField("名称", max_length=200)
    year = models.PositiveSmallIntegerField("年度")
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("结束日期")
    source = models.CharField("来源", max_length=300, blank=True)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="plans", verbose_name="来源会议"
    )

    class Meta:
        verbose_name = "部署"
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_ends_after_start")]
        indexes = [models.Index(fields=["organisation", "-year"], name="plan_org_year")]

    def __str__(self) -> str:
        return self.title

    def open_title(self) -> str:
        """Return what the trail and the inbox show."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the plan."""
        return reverse("delivery:plan", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Tell whether its time is over or it is filed: what is undone then is left over and no longer late."""
        return self.state != "active"

    def count_open(self) -> int:
        """Return how many assignments of its tasks still wait for somebody."""
        return self.tasks.filter(assignments__state__in=OPEN_STATES).count()

    def count_queued(self) -> int:
        """Return how many dispatches of its tasks a job is still to write: their assignments are not there yet."""
        unfinished = self.tasks.filter(dispatches__finished_at__isnull=True).values_list("dispatches__pk", flat=True)
        keys = [dispatch_key(pk) for pk in unfinished if pk]
        return Job.objects.filter(name=DISPATCH_JOB, key__in=keys).exclude(state__in=FINISHED).count() if keys else 0


class Programme(models.Model):
    """A named programme of a plan, e.g. “6+1”重点工作."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="programmes", verbose_name="部署")
    name = models.CharField("名称", max_length=120)
    order = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "专项"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="programme_once")]

    def __str__(self) -> str:
        return self.name


class ProgrammeItem(models.Model):
    """One part of a programme, e.g. one of the seven items of “6+1”."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items", verbose_name="专项")
    name = models.CharField("名称", max_length=200)
    order = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "子项"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="programme_item_once")]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """A piece of work still to be done, in the words of its source."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks", verbose_name="部署")
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name="专项"
    )
    item = models.ForeignKey(
        ProgrammeItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="子项",
    )
    text = models.TextField("任务")
    is_doable = models.BooleanField("可检查", default=True)
    order = models.PositiveIntegerField("顺序", default=0)
    owner_text = models.CharField("责任单位（原文）", max_length=200, blank=True)
    deadline_text = models.CharField("时限（原文）", max_length=100, blank=True)
    due_on = models.DateField("完成期限", null=True, blank=True)
    source_quote = models.TextField("原文", blank=True)

    class Meta:
        verbose_name = "任务"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["plan", "order"], name="task_plan_order")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Return the page of the task."""
        return reverse("delivery:task", args=[self.pk])

    @property
    def last_day(self) -> date:
        """Return the day it should be done by: its own date, else the plan's end."""
        return self.due_on or self.plan.ends_on

    @property
    def needs_report(self) -> bool:
        """Tell whether a line must be reported: only where no metric shows the whole of it."""
        targets = list(self.targets.all())
        return not targets or any(not target.metric for target in targets)
