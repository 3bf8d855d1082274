"""Plans, what is in them, who was given what, and who carries which share."""

from gongshu.delivery.models.assignments import Assignment, Dispatch
from gongshu.delivery.models.plans import Plan, Programme, ProgrammeItem, Task
from gongshu.delivery.models.targets import Share, Target

__all__ = ["Assignment", "Dispatch", "Plan", "Programme", "ProgrammeItem", "Share", "Target", "Task"]
