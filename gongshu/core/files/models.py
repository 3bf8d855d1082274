"""Attachments: one row a kept upload, the bytes on disk under their hash."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import models

from gongshu.core.base import sealing
from gongshu.core.people.protected import ring


def sealed_name(path: str) -> str:
    """Return the name the bytes at a place are sealed under, so that no other file can stand in that place."""
    return f"files.Attachment:{path}"


class Attachment(models.Model):
    """An uploaded file. The same bytes kept twice are two rows and one file.

    A sealed one (`core.base.sealing`) has a file of its own, named by chance; `sha256` and `size` are of plain bytes.
    """

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

    @property
    def is_sealed(self) -> bool:
        """Whether the bytes on disk are sealed."""
        return self.path.endswith(sealing.SUFFIX)

    def opened(self) -> BinaryIO:
        """Open the plain bytes to be read, none of which come to disk.

        Raises FileNotFoundError when they are gone, KeyMissing or Tampered when they cannot be opened.
        """
        file = self.location.open("rb")
        return sealing.opened(file, ring(), sealed_name(self.path)) if self.is_sealed else file
