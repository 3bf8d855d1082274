"""Work reports written from live figures; every version is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongshu.core.files.models import Attachment
from gongshu.core.orgs.models import Organisation
from gongshu.delivery.enums import ReportKind
from gongshu.delivery.models.plans import Plan


class WorkReport(models.Model):
    """A half-year or year report: which period and plans, when its figures were counted, and the documents."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reports", verbose_name="组织"
    )
    kind = models.CharField("报告类别", max_length=8, choices=ReportKind.choices)
    year = models.PositiveSmallIntegerField("报告年度")
    version = models.PositiveSmallIntegerField("版次")
    title = models.CharField("报告标题", max_length=200)
    plans = models.ManyToManyField(Plan, related_name="+", verbose_name="所报部署")
    until = models.DateField("统计截止")
    counted_at = models.DateTimeField("统计时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="起草人"
    )
    docx = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+", verbose_name="公文")
    pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="版式文件")

    class Meta:
        verbose_name = "工作报告"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "year", "version"], name="report_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}稿）"

    @property
    def period(self) -> str:
        """Return the period in words: 2026年上半年."""
        return f"{self.year}年上半年" if self.kind == ReportKind.HALF else f"{self.year}年度"

    def get_absolute_url(self) -> str:
        """Return the page of the report."""
        return reverse("delivery:report_made", args=[self.pk])
