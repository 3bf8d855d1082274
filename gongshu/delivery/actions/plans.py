"""Making a plan of a confirmed draft, filing it away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require, system_actor
from gongshu.core.base.problems import refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.flow.bulk import advance_many
from gongshu.delivery import rules
from gongshu.delivery.enums import Permission
from gongshu.delivery.machine import OPEN_STATES
from gongshu.delivery.models import Assignment, Plan, Programme, ProgrammeItem, Target, Task
from gongshu.delivery.rules.drafts import PlanDraft, TaskDraft

CENT = Decimal("0.01")
CHUNK = 500  # assignments that lapse in one transaction
CLOCK = system_actor("系统")


@transaction.atomic
def make_plan(draft: PlanDraft, *, by: Actor, at: datetime) -> Plan:
    """Make a plan with programmes, items, tasks and targets in a handful of statements.

    Metrics are not bound here: a person confirms what `bindings.suggest` proposes. Raises Refused.
    """
    require(by, Permission.PLAN, at=draft.organisation)
    refuse_if(rules.plan_problems(draft))
    plan = Plan(
        organisation=draft.organisation,
        title=draft.title.strip()[:200],
        year=draft.year,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        source=draft.source[:300],
        meeting=draft.meeting,
    )
    detail = {"programmes": len(draft.programmes), "tasks": len(draft.tasks), "source": draft.source}
    flow.start(plan, by=by, at=at, detail=detail)
    programmes = _add_programmes(plan, draft)
    items = _add_items(programmes, draft)
    _add_tasks(plan, draft.tasks, programmes, items)
    return settle(plan, by=by, at=at)


def _add_programmes(plan: Plan, draft: PlanDraft) -> dict[str, Programme]:
    rows = [Programme(plan=plan, name=p.name[:120], order=order) for order, p in enumerate(draft.programmes, start=1)]
    Programme.objects.bulk_create(rows)
    return {drafted.name: row for drafted, row in zip(draft.programmes, rows, strict=True)}


def _add_items(programmes: dict[str, Programme], draft: PlanDraft) -> dict[tuple[str, str], ProgrammeItem]:
    items = {
        (drafted.name, name): ProgrammeItem(programme=programmes[drafted.name], name=name[:200], order=order)
        for drafted in draft.programmes
        for order, name in enumerate(drafted.items, start=1)
    }
    ProgrammeItem.objects.bulk_create(items.values())
    return items


def _add_tasks(
    plan: Plan,
    drafts: Iterable[TaskDraft],
    programmes: dict[str, Programme],
    items: dict[tuple[str, str], ProgrammeItem],
) -> None:
    rows = [
        (
            draft,
            Task(
                plan=plan,
                programme=programmes.get(draft.programme or ""),
                item=items.get((draft.programme or "", draft.item or "")),
                order=order,
                **task_fields(draft),
            ),
        )
        for order, draft in enumerate(drafts, start=1)
    ]
    Task.objects.bulk_create([task for _, task in rows])
    Target.objects.bulk_create([target for draft, task in rows for target in targets_of(draft, task)])


def task_fields(draft: TaskDraft) -> dict[str, object]:
    """Return the plain fields of a task as its draft has them."""
    return {
        "text": draft.text.strip(),
        "is_doable": draft.is_doable,
        "owner_text": draft.owner_text[:200],
        "deadline_text": draft.deadline_text[:100],
        "due_on": draft.due_on,
        "source_quote": draft.source_quote,
    }


def targets_of(draft: TaskDraft, task: Task) -> list[Target]:
    """Return the unsaved targets of a task's quantities, none for an amount that is not above zero."""
    return [
        Target(
            task=task,
            amount=Decimal(str(amount)).quantize(CENT),
            unit=unit[:40],
            starts_on=task.plan.starts_on,
            ends_on=max(task.last_day, task.plan.starts_on),
        )
        for amount, unit in draft.quantities
        if amount > 0
    ]


@transaction.atomic
def close_plan(plan: Plan, *, by: Actor, at: datetime) -> Plan:
    """File a plan away. While its time runs this is refused where assignments are open; after it they lapse first."""
    require(by, Permission.PLAN, at=plan.organisation)
    while plan.state == "ended" and lapse_some(plan, by=by, at=at):
        continue
    return flow.advance(plan, "close", by=by, at=at)


def lapse_some(plan: Plan, *, by: Actor, at: datetime) -> int:
    """Let the next open assignments of a plan whose time is over lapse, up to `CHUNK`; return how many did."""
    held = Assignment.objects.filter(task__plan=plan, state__in=OPEN_STATES).order_by("pk")
    keys = list(held.values_list("pk", flat=True)[:CHUNK])
    rows = Assignment.objects.filter(pk__in=keys).select_related("task__plan__organisation", "organisation")
    found = advance_many(rows, "lapse", by=by, at=at)
    refuse_if(found.problems)
    return len(found.done)


@transaction.atomic
def reopen_plan(plan: Plan, *, by: Actor, at: datetime) -> Plan:
    """Take a plan out of the files; one whose time is over waits to be filed again, or to be prolonged."""
    return settle(flow.advance(plan, "reopen", by=by, at=at), by=by, at=at)


@transaction.atomic
def settle(plan: Plan, *, by: Actor, at: datetime) -> Plan:
    """Let a plan's state follow its last day; `at` says what day it is.

    Once the plan's time is over one item asks its owner to file it, and what is open of it presses nobody any more.
    """
    is_past = plan.ends_on < timezone.localdate(at)
    if is_past == (plan.state == "ended") or plan.state == "closed":
        return plan
    flow.advance(plan, "end" if is_past else "extend", by=by, at=at)
    flow.redate(Assignment.objects.filter(task__plan=plan, state__in=OPEN_STATES), "" if is_past else "due_on")
    return plan


def end_over(*, at: datetime) -> int:
    """Settle every plan whose time is over; return how many there were."""
    rows = list(Plan.objects.filter(state="active", ends_on__lt=timezone.localdate(at)).select_related("organisation"))
    for plan in rows:
        settle(plan, by=CLOCK, at=at)
    return len(rows)
