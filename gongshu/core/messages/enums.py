"""What may be done to messages, and what a one-time code is for."""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """Permissions of the kernel."""

    OUTBOX = "messages.outbox"


class Purpose(models.TextChoices):
    """What a one-time code opens; a code for one thing opens no other."""

    ENTER = "enter", "登录或入会"
    NEW_PHONE = "new", "更换手机号码"
