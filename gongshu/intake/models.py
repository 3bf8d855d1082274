"""Documents received, the drafts of what is drawn from them, and versions set aside when two people edit at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.delivery.models import Plan
from gongshu.intake.enums import DocumentKind
from gongshu.intake.machine import DOCUMENT
from gongshu.meetings.models import Meeting


class Document(Stateful):
    """A text received at a desk: as it came, as repaired, and what was read from it.

    `repairs` is a list of `[rule, raw start, raw end, clean start, clean end, note, doubtful]`, `blocks` one of
    `[kind, start, end]` in the clean text; `found` is the record as reading found it and never changes.
    """

    machine = DOCUMENT

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="documents", verbose_name="组织"
    )
    source = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="documents", verbose_name="来源文件")
    sha256 = models.CharField("SHA-256", max_length=64)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("类型", max_length=10, choices=DocumentKind.choices)
    raw_text = models.TextField("原文")
    clean_text = models.TextField("清样")
    repairs = models.JSONField("修复", default=list)
    blocks = models.JSONField("段落", default=list)
    found = models.JSONField("读出的记录", default=dict)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="收文人"
    )
    received_at = models.DateTimeField("收文时间")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="documents", verbose_name="会议"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="documents", verbose_name="计划")

    class Meta:
        verbose_name = "收文"
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256"], name="document_once")]
        indexes = [models.Index(fields=["organisation", "-received_at"], name="document_list")]

    def __str__(self) -> str:
        return self.title

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"校核收文：{self.title}"

    def get_absolute_url(self) -> str:
        """Return the page where it is looked through."""
        return reverse("intake:review", args=[self.pk])


class Draft(models.Model):
    """The record of one document as it stands, typed over by officers; `version` grows by one a save."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="draft", verbose_name="收文")
    record = models.JSONField("记录")
    version = models.PositiveIntegerField("版本", default=1)
    saved_by = models.CharField("保存者", max_length=80)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "校核稿"

    def __str__(self) -> str:
        return f"{self.document_id} 第{self.version}版"


class SetAside(models.Model):
    """What somebody wanted to save after another person had saved first; kept until they decide. One a person."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="set_aside", verbose_name="收文")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="账号"
    )
    record = models.JSONField("记录")
    based_on = models.PositiveIntegerField("所依据的版本")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "未并入的修改"
        constraints = [models.UniqueConstraint(fields=["document", "account"], name="set_aside_once")]

    def __str__(self) -> str:
        return f"{self.document_id} 依据第{self.based_on}版"
