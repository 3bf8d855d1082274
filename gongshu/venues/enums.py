"""What may be done to venues, and how an inspection ended."""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """Permissions of this line of work."""

    SEE = "venues.see"
    EDIT = "venues.edit"
    INSPECT = "venues.inspect"


class Result(models.TextChoices):
    """How an inspection ended."""

    SOUND = "sound", "正常"
    FAULTY = "faulty", "发现问题"
