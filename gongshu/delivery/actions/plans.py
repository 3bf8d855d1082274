"""Making a plan of a confirmed draft, filing it away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import refuse_if
from gongshu.core.flow import actions as flow
from gongshu.delivery import rules
from gongshu.delivery.enums import Permission
from gongshu.delivery.models import Plan, Programme, ProgrammeItem, Target, Task
from gongshu.delivery.rules.drafts import PlanDraft, TaskDraft

CENT = Decimal("0.01")


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
    return plan


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


def close_plan(plan: Plan, *, by: Actor, at: datetime) -> Plan:
    """File a plan away; refused while assignments are open."""
    return flow.advance(plan, "close", by=by, at=at)


def reopen_plan(plan: Plan, *, by: Actor, at: datetime) -> Plan:
    """Take a plan out of the files."""
    return flow.advance(plan, "reopen", by=by, at=at)
