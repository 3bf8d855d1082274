"""What may be done in 部署落实, and how receivers of a task are chosen."""

from __future__ import annotations

from enum import Enum, StrEnum

from django.db import models

from gongshu.core.ui.shapes import Tone


class Permission(StrEnum):
    """Permissions of 部署落实. `SIGN` is also for carrying out and reporting a task, `SUPERVISE` for accepting it."""

    SEE = "delivery.see"
    PLAN = "delivery.plan"
    DISPATCH = "delivery.dispatch"
    SIGN = "delivery.sign"
    SUPERVISE = "delivery.supervise"
    ANSWER = "delivery.answer"
    REPORT = "delivery.report"


class Receivers(models.TextChoices):
    """How the receivers of a dispatch are chosen."""

    DEPARTMENTS = "departments", "本级部门"
    CHILDREN = "children", "全部直接下级"
    LEVEL = "level", "某一层级全部"
    ALL = "all", "全部下级"
    HAND = "hand", "逐个选择"


class ReportKind(models.TextChoices):
    """Which period a work report is about."""

    HALF = "half", "半年"
    YEAR = "year", "年度"


class Status(Enum):
    """How a piece of work stands, computed from dates and progress, never typed: code, label, tone of the pill."""

    NOT_GIVEN = ("not_given", "未部署", "stopped")
    NORMAL = ("normal", "正常", "todo")
    NEAR = ("near", "临期", "near")
    BEHIND = ("behind", "滞后", "late")
    OVERDUE = ("overdue", "逾期", "overdue")
    DONE = ("done", "完成", "done")
    LEFT = ("left", "期满未完", "stopped")

    __hash__ = object.__hash__  # each is itself alone; a war-map counts thousands of them

    def __init__(self, code: str, label: str, tone: Tone) -> None:
        self.code = code
        self.label = label
        self.tone = tone
