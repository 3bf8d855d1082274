"""Who receives a dispatch."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.orgs.queries import everywhere, subtree, within, within_any
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Assignment, Dispatch, Task

OFFERED = 800  # boxes to tick on one page


def held_by(task: Task, org: Organisation) -> Assignment | None:
    """Return the assignment by which an organisation as a whole carries a task, None when it has none."""
    rows = task.assignments.filter(organisation=org, department__isnull=True).exclude(state="withdrawn")
    return rows.first()


def receivers_of(dispatch: Dispatch) -> QuerySet[Any]:
    """Return the organisations, or the issuer's departments, that a dispatch goes to; never the issuer itself.

    What does not stand below the issuer is left out; `outside` names it.
    """
    issuer = dispatch.issuer
    if dispatch.receivers == Receivers.DEPARTMENTS:
        return Department.objects.filter(organisation=issuer, pk__in=dispatch.under)
    below = subtree(issuer).filter(ended_on__isnull=True).exclude(pk=issuer.pk)
    if dispatch.receivers == Receivers.HAND:
        return below.filter(pk__in=dispatch.under)
    tops = list(everywhere().filter(pk__in=dispatch.under)) if dispatch.under else [issuer]
    if dispatch.receivers == Receivers.CHILDREN:
        return below.filter(_children(tops))
    found = below.filter(within_any(tops, "")).exclude(pk__in=[top.pk for top in tops])
    return found.filter(level=dispatch.level) if dispatch.receivers == Receivers.LEVEL else found


def _children(tops: list[Organisation]) -> Q:
    found = Q(pk__in=[])
    for top in tops:
        found |= within(top, "") & Q(depth=top.depth + 1)
    return found


def outside(dispatch: Dispatch) -> list[str]:
    """Return the names of what was chosen but does not stand below the issuer."""
    if dispatch.receivers == Receivers.DEPARTMENTS:
        strangers = Department.objects.filter(pk__in=dispatch.under).exclude(organisation=dispatch.issuer)
        return list(strangers.values_list("name", flat=True))
    chosen = everywhere().filter(pk__in=dispatch.under)
    return [org.short_name for org in chosen if org == dispatch.issuer or not dispatch.issuer.holds(org)]


def not_yet_given(dispatch: Dispatch) -> QuerySet[Any]:
    """Return the receivers that do not have the task yet."""
    is_department = dispatch.receivers == Receivers.DEPARTMENTS
    receiver = Q(organisation=OuterRef("pk"), department__isnull=True)
    mine = Q(department=OuterRef("pk")) if is_department else receiver
    given = Assignment.objects.filter(mine, task=dispatch.task_id).exclude(state="withdrawn")
    return receivers_of(dispatch).filter(~Exists(given))


def choices_below(issuer: Organisation) -> tuple[list[Organisation], bool]:
    """Return the organisations to two levels below `issuer` that a page offers to tick, and whether there are more."""
    rows = subtree(issuer).filter(ended_on__isnull=True, depth__gt=issuer.depth, depth__lte=issuer.depth + 2)
    found = list(rows[: OFFERED + 1])
    return found[:OFFERED], len(found) > OFFERED
