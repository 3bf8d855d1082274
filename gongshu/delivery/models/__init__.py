"""Plans, what is in them, who was given what, and who carries which share."""

from gongshu.delivery.models.assignments import Assignment, Dispatch
from gongshu.delivery.models.plans import Plan, Programme, ProgrammeItem, Task
from gongshu.delivery.models.reports import WorkReport
from gongshu.delivery.models.supervision import SupervisionNotice
from gongshu.delivery.models.targets import Share, Target

__all__ = [
    "Assignment",
    "Dispatch",
    "Plan",
    "Programme",
    "ProgrammeItem",
    "Share",
    "SupervisionNotice",
    "Target",
    "Task",
    "WorkReport",
]
