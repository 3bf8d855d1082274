"""Supervision notices: what was asked of whom about which work, and what was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.delivery.machine import NOTICE, NOTICE_OPEN
from gongshu.delivery.models.plans import Plan, Programme, Task


class SupervisionNotice(Stateful):
    """A question from above about one task, or about a whole programme where `task` is empty."""

    machine = NOTICE

    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="督办单位")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="notices", verbose_name="承办单位"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="notices", verbose_name="部署")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="notices", verbose_name="专项"
    )
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="notices", verbose_name="任务")
    words = models.TextField("督办要求")
    status_then = models.CharField("发出时进度", max_length=12)
    issued_on = models.DateField("发出日期")
    due_on = models.DateField("答复期限")
    answer = models.TextField("答复", blank=True)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="附件"
    )
    answered_on = models.DateField("答复日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    times_returned = models.PositiveSmallIntegerField("退回次数", default=0)

    class Meta:
        verbose_name = "督办通知"
        constraints = [
            models.CheckConstraint(
                condition=Q(task__isnull=False) | Q(programme__isnull=False), name="notice_is_about_something"
            ),
            models.UniqueConstraint(
                fields=["organisation", "task"],
                condition=Q(task__isnull=False, state__in=NOTICE_OPEN),
                name="notice_task_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "programme"],
                condition=Q(task__isnull=True, state__in=NOTICE_OPEN),
                name="notice_programme_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-issued_on"], name="notice_org"),
            models.Index(fields=["issuer", "-issued_on"], name="notice_issuer"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """Return what it is about: the task's words, else the programme's name."""
        return str(self.task or self.programme)

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to act on it."""
        return self.state in NOTICE_OPEN

    @property
    def was_late(self) -> bool:
        """Tell whether it was answered after the day it was due."""
        return bool(self.answered_on and self.answered_on > self.due_on)

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"督办：{self.subject}"

    def get_absolute_url(self) -> str:
        """Return the page of the notice."""
        return reverse("delivery:notice", args=[self.pk])
