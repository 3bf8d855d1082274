"""Trail entries and the seals over batches of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongshu.core.orgs.models import Organisation


class Seal(models.Model):
    """A batch of entries made tamper-evident.

    `manifest` is 40 bytes an entry (its number as 8 bytes big-endian, then the SHA-256 of its content), in order of
    number. `digest` is SHA-256 over the digest before it and the manifest, so seals form a chain.
    """

    number = models.PositiveBigIntegerField("序号", unique=True)
    previous = models.BinaryField("上一封印", max_length=32)
    manifest = models.BinaryField("清单")
    digest = models.BinaryField("封印", max_length=32)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "封印"

    def __str__(self) -> str:
        return f"封印 {self.number}"


class Entry(models.Model):
    """Who did what to which thing, when, for which organisation, by which clause. Written once, never changed."""

    at = models.DateTimeField("时间")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="账号"
    )
    who = models.CharField("何人", max_length=80)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="组织", db_index=False
    )
    verb = models.CharField("动作", max_length=60)
    kind = models.CharField("对象类别", max_length=60)
    object_id = models.BigIntegerField("对象")
    summary = models.CharField("摘要", max_length=400)
    detail = models.JSONField("详情", default=dict)
    clause = models.CharField("依据", max_length=200, blank=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, related_name="entries", verbose_name="封印")

    class Meta:
        verbose_name = "留痕"
        indexes = [
            models.Index(fields=["kind", "object_id", "id"], name="entry_subject"),
            models.Index(fields=["organisation", "-id"], name="entry_org"),
            models.Index(fields=["id"], name="entry_unsealed", condition=models.Q(seal__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.summary}"
