"""Messages to people, and the outbox of texts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongshu.core.orgs.models import Organisation


class Message(models.Model):
    """A notice to one account, shown in the system."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages", verbose_name="收件人"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name="发出组织")
    subject = models.CharField("标题", max_length=120)
    body = models.TextField("内容", blank=True)
    url = models.CharField("链接", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True)

    class Meta:
        verbose_name = "消息"
        indexes = [
            models.Index(fields=["account", "-at", "-id"], name="messages_of_account"),
            models.Index(fields=["account"], condition=Q(read_at__isnull=True), name="messages_unread"),
        ]

    def __str__(self) -> str:
        return self.subject


class Outbox(models.Model):
    """A text waiting for a way out of the house: an operator's gateway reads it here."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="收件人")
    text = models.CharField("短信内容", max_length=500)
    at = models.DateTimeField("时间")
    sent_at = models.DateTimeField("发出时间", null=True)

    class Meta:
        verbose_name = "待发短信"
        indexes = [models.Index(fields=["at"], condition=Q(sent_at__isnull=True), name="messages_unsent")]

    def __str__(self) -> str:
        return self.text[:30]
