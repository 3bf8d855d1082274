"""What may be done about officers, and what training is about."""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """Permissions of this line of work."""

    SEE = "officers.see"
    TRAIN = "officers.train"
    LEDGER = "officers.ledger"
    KEEP = "officers.keep"


class Topic(models.TextChoices):
    """What a course is about; the rules on who needs one name these codes."""

    INDUCTION = "induction", "新任职上岗培训"
    WORK = "work", "工会业务培训"
    AUDIT = "audit", "经费审查业务培训"
    WOMEN = "women", "女职工工作培训"
    THOUGHT = "thought", "政治理论学习"
    OTHER = "other", "其他培训"


OTHER_DUTY = "other"
OPEN_DUTIES = ("ahead", "due")
