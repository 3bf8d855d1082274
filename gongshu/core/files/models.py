"""Attachments: one row a kept upload, the bytes on disk under their hash."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models


class Attachment(models.Model):
    """An uploaded file. The same bytes kept twice are two rows and one file."""

    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    name = models.CharField("文件名", max_length=120)
    media_type = models.CharField("类型", max_length=100)
    path = models.CharField("存放位置", max_length=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    created_at = models.DateTimeField("上传时间")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="所替换的附件")

    class Meta:
        verbose_name = "附件"
        indexes = [models.Index(fields=["sha256"], name="files_sha256")]

    def __str__(self) -> str:
        return self.name

    @property
    def location(self) -> Path:
        """Where the bytes are on this machine."""
        return Path(settings.MEDIA_ROOT) / self.path
