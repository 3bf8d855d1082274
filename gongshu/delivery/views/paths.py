"""The path above a page: organisation, plan, task."""

from __future__ import annotations

from django.urls import reverse

from gongshu.core.ui.shapes import Link
from gongshu.delivery.models import Plan, Task


def to_plan(plan: Plan) -> list[Link]:
    """Return the path down to a plan."""
    return [Link("部署", reverse("delivery:plans")), Link(plan.organisation.short_name), _plan(plan)]


def to_task(task: Task, *more: str) -> list[Link]:
    """Return the path down to a task, and the words of a page below it."""
    return [*to_plan(task.plan), Link(_short(task.text), task.get_absolute_url()), *(Link(word) for word in more)]


def _plan(plan: Plan) -> Link:
    return Link(_short(plan.title), plan.get_absolute_url())


def _short(text: str, length: int = 24) -> str:
    return text if len(text) <= length else text[:length] + "…"
