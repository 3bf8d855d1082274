"""Long lists somebody asked for as a file."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongshu.core.base import sealing
from gongshu.core.jobs.models import Job
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.protected import ring


class Export(models.Model):
    """A list being written, or written, as an .xlsx file for the one who asked; removed with its file when it is old.

    The file is sealed on disk (`core.base.sealing`); `size` is that of the plain one.

    `address`, `query` and `posted` are what was asked for; the job asks again, with the rights the account has then.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports", verbose_name="导出人")
    seat_id = models.BigIntegerField("所在岗位", null=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="exports", verbose_name="所属工会"
    )
    title = models.CharField("名称", max_length=120)
    address = models.CharField("地址", max_length=300)
    query = models.TextField("条件", blank=True)
    posted = models.TextField("所填内容", blank=True)
    needs = models.JSONField("所需权限", default=list)
    is_sensitive = models.BooleanField("含完整号码", default=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+", verbose_name="后台任务")
    count = models.PositiveBigIntegerField("行数", null=True)
    size = models.PositiveBigIntegerField("字节数", null=True)
    asked_at = models.DateTimeField("提出时间")
    ready_at = models.DateTimeField("完成时间", null=True)
    kept_until = models.DateTimeField("保存至")

    class Meta:
        verbose_name = "导出"
        indexes = [
            models.Index(fields=["account", "-asked_at"], name="exports_mine"),
            models.Index(fields=["kept_until"], name="exports_old"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return where the file is handed out."""
        return reverse("exports:file", args=[self.pk])

    @property
    def location(self) -> Path:
        """Where the file is on this machine once it is ready, sealed."""
        return Path(settings.EXPORTS_ROOT) / f"{self.pk}{sealing.SUFFIX}"

    @property
    def sealed_name(self) -> str:
        """Return the name the file is sealed under, so that no other one can stand in its place."""
        return f"{self._meta.label}:{self.pk}"

    def opened(self) -> BinaryIO:
        """Open the plain file; raises FileNotFoundError, KeyMissing or Tampered."""
        return sealing.opened(self.location.open("rb"), ring(), self.sealed_name)
