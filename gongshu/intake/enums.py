"""What may be done to documents received, and the codes of what is read from them."""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """What may be done to documents received."""

    SEE = "intake.see"
    EDIT = "intake.edit"
    CONFIRM = "intake.confirm"


class TaskKind(models.TextChoices):
    """Whether a demand can be ticked off, or is an aim kept with the meeting only."""

    TASK = "task", "任务"
    SLOGAN = "slogan", "原则要求"


class DocumentKind(models.TextChoices):
    """What sort of text it is."""

    NEWS = "news", "报道"
    SPEECH = "speech", "讲话"
    NOTICE = "notice", "通知"
    PLAN = "plan", "要点"
    OTHER = "other", "其他"
