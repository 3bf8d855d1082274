"""Leads for founding unions, and the lists of employers they come from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.organising import machine
from gongshu.organising.enums import OPEN_LEADS, LeadSource
from gongshu.organising.models.unions import Employer


class Lead(Stateful):
    """An employer without a union that a county or town is to visit; it closes by itself when its union is founded.

    `workers` is how many workers are known of: those of the list, or those in the catch-all home.
    """

    machine = machine.LEAD

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="走访的工会", db_index=False
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="leads", verbose_name="用人单位"
    )
    name = models.CharField("单位名称", max_length=120)  # a catch-all home knows the name alone
    source = models.CharField("来源", max_length=8, choices=LeadSource.choices)
    workers = models.PositiveIntegerField("已知职工人数", null=True, blank=True)
    due_on = models.DateField("走访期限", null=True, blank=True)
    note = models.CharField("走访情况", max_length=200, blank=True)
    union = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建立的工会"
    )

    class Meta:
        verbose_name = "建会线索"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(state__in=OPEN_LEADS), name="lead_once"
            ),
            models.UniqueConstraint(fields=["employer"], condition=Q(state__in=OPEN_LEADS), name="lead_employer_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "id"], name="lead_desk"),
            models.Index(fields=["name"], name="lead_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the lead's page."""
        return reverse("organising:lead", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        known = f"（{self.workers}人）" if self.workers else ""
        return f"建会线索：{self.name}{known}"


class EmployerList(models.Model):
    """A list of employers taken in: what came of its rows, why some were refused, and the file until it is read."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="导入的工会"
    )
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="名单文件")
    file_name = models.CharField("文件名", max_length=120)
    made_at = models.DateTimeField("导入时间")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    problem = models.CharField("读不了的原因", max_length=300, blank=True)
    new = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("更新", default=0)
    same = models.PositiveIntegerField("没有变化", default=0)
    refused = models.PositiveIntegerField("未采用", default=0)
    matched = models.PositiveIntegerField("按名称对上工会", default=0)
    reasons = models.JSONField("未采用的原因", default=list)  # [row, sentence], the first thousand

    class Meta:
        verbose_name = "用人单位名单"

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the page of the result."""
        return reverse("organising:employer_list", args=[self.pk])
