"""What an actor may see: their reach's plans and assignments, and the tasks that were given into their reach."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Case, Count, Exists, Model, OuterRef, Q, QuerySet, When
from django.http import Http404

from gongshu.core.access.actor import Actor, reach, visible
from gongshu.core.orgs.models import Organisation
from gongshu.delivery.enums import Permission
from gongshu.delivery.models import Assignment, Dispatch, Plan, Target, Task

M = TypeVar("M", bound=Model)


def _one(rows: QuerySet[M], pk: int) -> M:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def assignments_for(actor: Actor) -> QuerySet[Assignment]:
    """Return the assignments that lie within reach, or were given by an organisation within reach."""
    mine = reach(actor, Permission.SEE) | reach(actor, Permission.SEE, "issuer")
    return Assignment.objects.filter(mine).select_related("task__plan", "organisation", "department", "issuer")


def assignment_for(actor: Actor, pk: int) -> Assignment:
    """Return the assignment; raise Http404 where the actor must not know of it."""
    return _one(assignments_for(actor).select_related("dispatch", "attachment", "parent"), pk)


def assignments_at(actor: Actor) -> QuerySet[Assignment]:
    """Return what the organisation at whose desk they sit was given: what is done comes last, the rest by date.

    In a department one sees the department's and those of the whole organisation.
    """
    if actor.desk is None:
        return Assignment.objects.none()
    rows = Assignment.objects.filter(organisation=actor.desk).exclude(state="withdrawn")
    if actor.department_id:
        rows = rows.filter(Q(department__isnull=True) | Q(department=actor.department_id))
    rows = rows.select_related("task__plan", "task__programme", "organisation", "department", "issuer")
    return rows.order_by(Case(When(state="done", then=1), default=0), "due_on", "pk")


def _given(actor: Actor, task: str) -> Exists:
    mine = visible(actor, Permission.SEE, Assignment.objects.filter(**{task: OuterRef("pk")}))
    return Exists(mine.exclude(state="withdrawn"))


def plans_for(actor: Actor) -> QuerySet[Plan]:
    """Return the plans within reach and those of which a task was given into it, newest first."""
    rows = Plan.objects.filter(reach(actor, Permission.SEE) | Q(_given(actor, "task__plan")))
    return rows.select_related("organisation").order_by("-year", "-pk")


def with_counts(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Return plans with `task_count`, and `given_count` of the tasks that were given to anybody."""
    given = Count("tasks", filter=Exists(Dispatch.objects.filter(task=OuterRef("tasks"))))
    return plans.annotate(task_count=Count("tasks"), given_count=given)


def plan_for(actor: Actor, pk: int) -> Plan:
    """Return the plan; raise Http404 where the actor must not know of it."""
    return _one(plans_for(actor), pk)


def plan_to_edit(actor: Actor, pk: int) -> Plan:
    """Return a plan the actor may change; raise Http404 for others."""
    return _one(visible(actor, Permission.PLAN, Plan.objects.select_related("organisation")), pk)


def part_to_edit(actor: Actor, model: type[M], pk: int, plan: str = "plan") -> M:
    """Return a part of a plan the actor may change, `plan` being the way to its plan; raise Http404 for others."""
    rows = model._default_manager.select_related(plan)
    return _one(visible(actor, Permission.PLAN, rows, f"{plan}__organisation"), pk)


def tasks_for(actor: Actor) -> QuerySet[Task]:
    """Return the tasks of plans within reach and those given into it."""
    rows = Task.objects.filter(reach(actor, Permission.SEE, "plan__organisation") | Q(_given(actor, "task")))
    return rows.select_related("plan__organisation", "programme", "item").prefetch_related("targets")


def tasks_of(actor: Actor, plan: Plan) -> QuerySet[Task]:
    """Return the tasks of a plan that the actor may see, in order."""
    return tasks_for(actor).filter(plan=plan).order_by("order", "pk")


def task_for(actor: Actor, pk: int) -> Task:
    """Return the task; raise Http404 where the actor must not know of it."""
    return _one(tasks_for(actor), pk)


def target_for(actor: Actor, pk: int) -> Target:
    """Return the target; raise Http404 where the actor must not know of its task."""
    target = _one(Target.objects.select_related("task__plan__organisation"), pk)
    task_for(actor, target.task_id)
    return target


def dispatches_of(actor: Actor, task: Task) -> QuerySet[Dispatch]:
    """Return who sent a task down, as far as it was sent from or into the actor's reach, newest first."""
    into = visible(actor, Permission.SEE, Assignment.objects.filter(dispatch=OuterRef("pk")))
    rows = Dispatch.objects.filter(reach(actor, Permission.SEE, "issuer") | Q(Exists(into)), task=task)
    return rows.select_related("issuer", "given_by__person").order_by("-given_at", "-pk")


def assignments_of(actor: Actor, task: Task, *, issuer: Organisation) -> QuerySet[Assignment]:
    """Return the assignments of a task that an organisation gave, as far as the actor may see them, in tree order."""
    rows = assignments_for(actor).filter(task=task, issuer=issuer)
    return rows.order_by("organisation__path", "department", "pk")
