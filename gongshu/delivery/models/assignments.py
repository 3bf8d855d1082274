"""Tasks given to organisations and departments."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Department, Organisation
from gongshu.delivery.enums import Receivers
from gongshu.delivery.machine import ASSIGNMENT
from gongshu.delivery.models.plans import Task

SYSTEM = "系统"


class Dispatch(models.Model):
    """One giving of a task to many receivers. The form's `token` makes the same form posted twice one dispatch."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="dispatches", verbose_name="任务")
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="交办单位")
    parent = models.ForeignKey(
        "Assignment", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="上级交办"
    )
    token = models.CharField("表单号", max_length=40, unique=True)
    receivers = models.CharField("承办范围", max_length=12, choices=Receivers.choices)
    level = models.CharField("层级", max_length=10, blank=True)
    under = models.JSONField("所属单位", default=list)
    due_on = models.DateField("交办期限")
    instructions = models.TextField("要求", blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="交办人"
    )
    given_at = models.DateTimeField("交办时间")
    total = models.PositiveIntegerField("承办单位数")
    finished_at = models.DateTimeField("下发完成", null=True)

    class Meta:
        verbose_name = "任务下发"
        indexes = [models.Index(fields=["task", "issuer"], name="dispatch_task")]

    def __str__(self) -> str:
        return f"{self.task} → {self.total}"

    @property
    def account_id(self) -> int | None:
        """Return the account that gave it, as the trail's author."""
        return self.given_by_id

    @property
    def display_name(self) -> str:
        """Return the giver's name, as the trail's author."""
        return self.given_by.person.name if self.given_by else SYSTEM

    @property
    def organisation_id(self) -> int:
        """Return the issuer, as the trail's author."""
        return self.issuer_id


class Assignment(Stateful):
    """A task given to an organisation, or to one of the issuer's own departments."""

    machine = ASSIGNMENT

    # no index of their own: those below begin with them, and every index is written 100,000 times in a dispatch
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, related_name="assignments", db_index=False, verbose_name="任务"
    )
    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.PROTECT, related_name="assignments", db_index=False, verbose_name="任务下发"
    )
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="交办单位")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assignments", db_index=False, verbose_name="承办单位"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="承办部门"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="parts", verbose_name="上级交办"
    )
    due_on = models.DateField("要求完成日期")
    given_on = models.DateField("交办日期")
    report = models.CharField("完成情况", max_length=300, blank=True)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="附件"
    )

    class Meta:
        verbose_name = "交办单"
        constraints = [
            models.UniqueConstraint(
                fields=["task", "organisation"],
                condition=Q(department__isnull=True) & ~Q(state="withdrawn"),
                name="assignment_org_once",
            ),
            models.UniqueConstraint(
                fields=["task", "organisation", "department"],
                condition=Q(department__isnull=False) & ~Q(state="withdrawn"),
                name="assignment_department_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="assignment_desk"),
            models.Index(fields=["task", "issuer", "organisation"], name="assignment_task"),
            models.Index(fields=["dispatch", "organisation"], name="assignment_dispatch"),
        ]

    def __str__(self) -> str:
        return self.task.text

    @property
    def waits_until(self) -> date | None:
        """Return the day its open item is due: none once its plan's time is over, when nobody is pressed any more."""
        return None if self.task.plan.state == "ended" else self.due_on

    @property
    def receiver(self) -> str:
        """Return who carries it out: the department, else the organisation."""
        return self.department.name if self.department else self.organisation.short_name

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return self.task.text

    def get_absolute_url(self) -> str:
        """Return the page of the assignment."""
        return reverse("delivery:assignment", args=[self.pk])
