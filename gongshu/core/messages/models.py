"""Messages to people, and the outbox of texts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongshu.core.base.identity import mask_mobile
from gongshu.core.messages.enums import Purpose
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Person
from gongshu.core.people.protected import BlindIndexField, SealedField


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


class PhoneText(models.Model):
    """A text to a mobile number, whether or not an account has it; both are sealed, and gone after a day."""

    phone = SealedField("手机号码", mask=mask_mobile)
    text = SealedField("短信正文")
    at = models.DateTimeField("时间")
    sent_at = models.DateTimeField("发出时间", null=True)

    class Meta:
        verbose_name = "待发手机短信"
        indexes = [models.Index(fields=["at"], name="messages_phone_text")]

    def __str__(self) -> str:
        return str(self.phone)


class PersonText(models.Model):
    """A text that tells a person what was decided about a thing of theirs; `failure` says why it has not gone out.

    The number is looked up when it goes out and is not kept here.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    kind = models.CharField("类别", max_length=60)
    object_id = models.BigIntegerField("对象")
    text = models.CharField("短信内容", max_length=300)
    at = models.DateTimeField("时间")
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True)
    failure = models.CharField("没有发出的原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "告知短信"
        indexes = [
            models.Index(fields=["kind", "object_id", "-at"], name="messages_person_about"),
            models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="messages_person_unsent"),
            models.Index(fields=["at"], name="messages_person_age"),
        ]

    def __str__(self) -> str:
        return self.text[:30]


class PhoneCode(models.Model):
    """A one-time code sent to a mobile number: only keyed digests of number, code and network address are kept.

    `slot` is the minute it was asked for in, so that one number gets one code a minute however fast it is asked.
    """

    phone_index = BlindIndexField("手机号码盲索引")
    address_index = BlindIndexField("网络地址盲索引")
    purpose = models.CharField("用途", max_length=8, choices=Purpose.choices)
    digest = models.BinaryField("验证码摘要", max_length=32)
    slot = models.BigIntegerField("分钟")
    made_at = models.DateTimeField("时间")
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = "手机验证码"
        constraints = [models.UniqueConstraint(fields=["phone_index", "slot"], name="phone_code_a_minute")]
        indexes = [
            models.Index(fields=["address_index", "made_at"], name="phone_code_address"),
            models.Index(fields=["made_at"], name="phone_code_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.made_at:%F %T}"
