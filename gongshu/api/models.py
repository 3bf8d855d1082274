"""Keys, how fast they may call, answers kept for repeated calls, addresses told of events, and what they were told."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.api.enums import Event, HookState, Outcome
from gongshu.core.access.roles import roles
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.protected import SealedField


class ApiKey(models.Model):
    """What lets another system in: at an organisation, in a role, narrowed to scopes, until a day.

    Of the secret only the SHA-256 is kept; `prefix` is its public part, by which it is found.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="api_keys", verbose_name="组织"
    )
    name = models.CharField("对接系统", max_length=30)
    role = models.CharField("角色", max_length=40)
    scopes = models.JSONField("用途", default=list)
    prefix = models.CharField("密钥编号", max_length=12, unique=True)
    digest = models.BinaryField("密钥摘要", max_length=32)
    until_on = models.DateField("到期")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="发放人"
    )
    issued_at = models.DateTimeField("发放时间")
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        verbose_name = "接口密钥"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(revoked_at__isnull=True), name="api_key_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the key's page."""
        return reverse("api:key", args=[self.pk])

    @property
    def display_name(self) -> str:
        """Return what the trail shows: which union's connection to which system."""
        room = 80 - len(f"接口（·{self.name}）")
        return f"接口（{self.organisation.short_name[:room]}·{self.name}）"

    @property
    def role_name(self) -> str:
        """Return the role's Chinese name, its code where the roles file has it no longer."""
        role = roles().get(self.role)
        return role.name if role else self.role

    def is_valid_on(self, day: date) -> bool:
        """Tell whether it lets anybody in on a day; `until_on` is the first day it no longer does."""
        return self.revoked_at is None and day < self.until_on and self.organisation.ended_on is None


class Allowance(models.Model):
    """How fast a key may call: `free_at` (microseconds since 1970) is when its bucket is full again."""

    key = models.OneToOneField(
        ApiKey, on_delete=models.CASCADE, primary_key=True, related_name="allowance", verbose_name="密钥"
    )
    free_at = models.BigIntegerField("恢复时刻", default=0)
    used_at = models.DateTimeField("最近使用", null=True)

    class Meta:
        verbose_name = "接口调用限额"

    def __str__(self) -> str:
        return str(self.key_id)


class Answer(models.Model):
    """The answer to a call that wrote something, for whoever makes the same call again within a day."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="answers", verbose_name="密钥")
    token = models.CharField("幂等号", max_length=64)
    call = models.BinaryField("请求摘要", max_length=32)
    status = models.PositiveSmallIntegerField("状态码", default=0)
    headers = models.JSONField("响应头", default=dict)
    body = SealedField("响应", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "接口应答"
        constraints = [models.UniqueConstraint(fields=["key", "token"], name="api_answer_once")]
        indexes = [models.Index(fields=["at"], name="api_answer_at")]

    def __str__(self) -> str:
        return self.token


class Hook(models.Model):
    """An address told of events, as far as its key may read what they are about."""

    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="hooks", verbose_name="密钥")
    url = models.CharField("推送地址", max_length=400)
    events = models.JSONField("事件", default=list)
    secret = SealedField("签名密钥")
    state = models.CharField("状态", max_length=8, choices=HookState.choices, default=HookState.ON)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    made_at = models.DateTimeField("登记时间")
    failing_since = models.DateTimeField("失败起", null=True)

    class Meta:
        verbose_name = "事件推送"
        constraints = [models.UniqueConstraint(fields=["key", "url"], name="api_hook_once")]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        """Return the page of the address."""
        return reverse("api:hook", args=[self.pk])

    @property
    def event_labels(self) -> list[str]:
        """Return the Chinese names of the events."""
        return [Event(event).label for event in self.events]


class Reader(models.Model):
    """How far the trail was read; one row.

    Entries up to `settled` are all there or will never be. `mark` was the newest number seen while `writers` were
    writing; when these have ended, all up to it is settled (PostgreSQL only).
    """

    position = models.BigIntegerField("读到", default=0)
    settled = models.BigIntegerField("已定", default=0)
    mark = models.BigIntegerField("标记", default=0)
    writers = models.JSONField("写入中的事务", default=list)

    class Meta:
        verbose_name = "推送读取位置"

    def __str__(self) -> str:
        return str(self.position)


class Delivery(models.Model):
    """One event told to one address, with how it went; `entry_id` is the trail entry's number, none for a test."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries", verbose_name="推送")
    entry_id = models.BigIntegerField("留痕编号", null=True)
    event = models.CharField("事件", max_length=32)
    message_id = models.CharField("消息编号", max_length=40, unique=True)
    payload = models.JSONField("内容")
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    next_try_at = models.DateTimeField("下次推送", null=True)
    status = models.PositiveSmallIntegerField("对方状态码", null=True)
    note = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("入列时间")
    done_at = models.DateTimeField("送达时间", null=True)

    class Meta:
        verbose_name = "推送记录"
        constraints = [models.UniqueConstraint(fields=["hook", "entry_id"], name="api_delivery_once")]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(outcome="waiting"), name="api_delivery_due"),
            models.Index(fields=["hook", "-id"], name="api_delivery_log"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message_id}"

    @property
    def event_label(self) -> str:
        """Return the event's Chinese name."""
        return dict(Event.choices).get(self.event, "测试")
