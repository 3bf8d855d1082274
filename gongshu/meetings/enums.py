"""Kinds of meetings, roles of people in them, and what may be done to their records."""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """What may be done to meeting records."""

    SEE = "meetings.see"
    EDIT = "meetings.edit"


class MeetingKind(models.TextChoices):
    """What sort of meeting it was; when several fit, the first one here."""

    CONGRESS = "congress", "代表大会"
    PLENARY = "plenary", "全委会"
    JOINT = "joint", "联席会议"
    PROGRESS = "progress", "推进会"
    DEPLOYMENT = "deployment", "部署会"
    SYMPOSIUM = "symposium", "座谈会"
    OTHER = "other", "其他"


class Part(models.TextChoices):
    """What a person named in the record did there."""

    CHAIR = "chair", "主持"
    SPEAKER = "speaker", "讲话和报告"
    ATTENDEE = "attendee", "出席"
    ELECTED = "elected", "当选"


class PointKind(models.TextChoices):
    """What a line of the record says."""

    GROUP = "group", "参会范围"
    ADOPTED = "adopted", "审议通过"
    HEARD = "heard", "听取"
    AWARD = "award", "表彰"
