"""Correcting a plan by hand: programmes, items, tasks, targets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.metrics.queries import filter_problems, metric_of
from gongshu.core.trail import actions as trail
from gongshu.delivery import rules
from gongshu.delivery.actions.plans import CENT, settle, targets_of, task_fields
from gongshu.delivery.enums import Permission
from gongshu.delivery.models import (
    Assignment,
    Plan,
    Programme,
    ProgrammeItem,
    Share,
    SupervisionNotice,
    Target,
    Task,
)
from gongshu.delivery.rules.drafts import PlanDraft, TargetDraft, TaskDraft


def _open(plan: Plan, by: Actor) -> None:
    """Hold the plan for this transaction; raise `Refused` unless it may be changed by them and now."""
    state = _held(plan, by)
    if state == "ended":
        raise Refused.because("此部署已经期满；还要继续的，请先按“修改”改结束日期")


def _held(plan: Plan, by: Actor) -> str:
    """Hold the plan for this transaction and return its state; raise `Refused` where they may not, or it is filed."""
    require(by, Permission.PLAN, at=plan.organisation)
    state = Plan.objects.select_for_update().get(pk=plan.pk).state
    if state == "closed":
        raise Refused.because("此部署已归档，不能再改；需要时请先重新启用")
    return state


def _note(subject: models.Model, plan: Plan, summary: str, *, by: Actor, at: datetime) -> None:
    trail.record("edit", subject, by=by, at=at, summary=summary, organisation_id=plan.organisation_id)


def _next(rows: models.QuerySet[Any]) -> int:
    last: int | None = rows.aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


@transaction.atomic
def change_plan(plan: Plan, draft: PlanDraft, *, by: Actor, at: datetime) -> Plan:
    """Change a plan's title, year and dates; the rest of the draft is not looked at."""
    plan.state = _held(plan, by)
    problems = rules.plan_problems(
        PlanDraft(draft.title, plan.organisation, draft.year, draft.starts_on, draft.ends_on)
    )
    latest = plan.tasks.aggregate(latest=Max("due_on"))["latest"]
    if latest and latest > draft.ends_on:
        problems += rules.task_problems("有任务", latest, draft.ends_on)
    refuse_if(problems)
    _move_targets(plan, draft.starts_on, draft.ends_on)
    plan.title, plan.year = draft.title.strip()[:200], draft.year
    plan.starts_on, plan.ends_on = draft.starts_on, draft.ends_on
    plan.save(update_fields=["title", "year", "starts_on", "ends_on"])
    _note(plan, plan, f"修改部署：{plan.title}", by=by, at=at)
    return settle(plan, by=by, at=at)


def _move_targets(plan: Plan, starts_on: date, ends_on: date) -> None:
    """Let targets counted from the plan's first day, or to its last, keep to the plan's new days."""
    moved = []
    for target in Target.objects.filter(task__plan=plan):
        first = starts_on if target.starts_on == plan.starts_on else target.starts_on
        last = ends_on if target.ends_on == plan.ends_on else target.ends_on
        if first <= last and (first, last) != (target.starts_on, target.ends_on):
            target.starts_on, target.ends_on = first, last
            moved.append(target)
    Target.objects.bulk_update(moved, ["starts_on", "ends_on"])


@transaction.atomic
def add_programme(plan: Plan, name: str, *, by: Actor, at: datetime) -> Programme:
    """Add a programme at the end of a plan."""
    _open(plan, by)
    name = _name(name, 120)
    if plan.programmes.filter(name=name).exists():
        raise Refused.because(f"专项“{name}”已经有了", field="name")
    row = Programme.objects.create(plan=plan, name=name, order=_next(plan.programmes.all()))
    _note(plan, plan, f"新增专项：{name}", by=by, at=at)
    return row


@transaction.atomic
def add_item(programme: Programme, name: str, *, by: Actor, at: datetime) -> ProgrammeItem:
    """Add an item at the end of a programme."""
    _open(programme.plan, by)
    name = _name(name, 200)
    if programme.items.filter(name=name).exists():
        raise Refused.because(f"“{programme.name}”中已有“{name}”", field="name")
    row = ProgrammeItem.objects.create(programme=programme, name=name, order=_next(programme.items.all()))
    _note(programme.plan, programme.plan, f"新增子项：{programme.name}／{name}", by=by, at=at)
    return row


def _name(name: str, length: int) -> str:
    name = name.strip()
    if not name:
        raise Refused.because("请填写名称", field="name")
    if len(name) > length:
        raise Refused.because(f"名称请写在 {length} 字以内", field="name")
    return name


@transaction.atomic
def add_task(plan: Plan, draft: TaskDraft, *, by: Actor, at: datetime) -> Task:
    """Add a task with its targets at the end of a plan."""
    _open(plan, by)
    refuse_if(rules.task_problems(draft.text, draft.due_on, plan.ends_on))
    task = Task(plan=plan, order=_next(plan.tasks.all()), **_place(plan, draft), **task_fields(draft))
    task.save(force_insert=True)
    Target.objects.bulk_create(targets_of(draft, task))
    _note(task, plan, f"新增任务：{task.text}", by=by, at=at)
    return task


@transaction.atomic
def change_task(task: Task, draft: TaskDraft, *, by: Actor, at: datetime) -> Task:
    """Change a task's words, owner, date and place in the plan; its targets are changed one by one."""
    _open(task.plan, by)
    refuse_if(rules.task_problems(draft.text, draft.due_on, task.plan.ends_on))
    for name, value in {**_place(task.plan, draft), **task_fields(draft)}.items():
        setattr(task, name, value)
    task.save()
    flow.retitle(task.assignments.all(), Assignment(task=task).open_title())
    flow.retitle(task.notices.all(), SupervisionNotice(task=task).open_title())
    _note(task, task.plan, f"修改任务：{task.text}", by=by, at=at)
    return task


def _place(plan: Plan, draft: TaskDraft) -> dict[str, Any]:
    programme = plan.programmes.filter(name=draft.programme).first() if draft.programme else None
    if draft.programme and programme is None:
        raise Refused.because(f"没有“{draft.programme}”这个专项", field="programme")
    item = programme.items.filter(name=draft.item).first() if programme and draft.item else None
    if draft.item and item is None:
        raise Refused.because(f"没有“{draft.item}”这项子项", field="item")
    return {"programme": programme, "item": item}


@transaction.atomic
def add_target(task: Task, draft: TargetDraft, *, by: Actor, at: datetime) -> Target:
    """Add a target to a task."""
    _open(task.plan, by)
    target = _filled(Target(task=task), draft)
    target.save(force_insert=True)
    _note(task, task.plan, f"新增指标：{target}", by=by, at=at)
    return target


@transaction.atomic
def set_target(target: Target, draft: TargetDraft, *, by: Actor, at: datetime) -> Target:
    """Change a target's amount, unit, metric and dates; refused once it is shared out and the amount would change."""
    _open(target.task.plan, by)
    before, amount = str(target), Target.objects.select_for_update().get(pk=target.pk).amount
    _filled(target, draft)
    if target.amount != amount and target.shares.exists():
        raise Refused.because("此指标已经分解，改数量前请先撤销分解", field="amount")
    target.save()
    _note(target.task, target.task.plan, f"修改指标：{before} → {target}", by=by, at=at)
    return target


def _filled(target: Target, draft: TargetDraft) -> Target:
    plan = target.task.plan
    starts_on, ends_on = draft.starts_on or plan.starts_on, draft.ends_on or plan.ends_on
    refuse_if([*_target_problems(draft.amount, starts_on, ends_on), *_binding_problems(draft.metric, draft.filters)])
    target.amount, target.unit = Decimal(str(draft.amount)).quantize(CENT), draft.unit.strip()[:40]
    target.metric, target.filters = draft.metric, dict(draft.filters)
    target.starts_on, target.ends_on = starts_on, ends_on
    return target


def _target_problems(amount: Decimal | int, starts_on: date, ends_on: date) -> list[Problem]:
    problems = [] if amount > 0 else [Problem("指标数须大于 0", field="amount")]
    return problems + ([Problem("统计止早于统计起", field="ends_on")] if ends_on < starts_on else [])


def _binding_problems(metric: str, filters: Any) -> list[Problem]:
    return filter_problems(metric_of(metric), filters) if metric else []


@transaction.atomic
def bind(target: Target, metric: str, filters: dict[str, Any], *, by: Actor, at: datetime) -> Target:
    """Bind a target to a metric, or loosen it with an empty code. Progress is computed from then on."""
    _open(target.task.plan, by)
    refuse_if(_binding_problems(metric, filters))
    target.metric, target.filters = metric, filters if metric else {}
    target.save(update_fields=["metric", "filters"])
    text = f"指标“{target}”按“{metric_of(metric).label}”自动统计" if metric else f"指标“{target}”不再自动统计"
    _note(target.task, target.task.plan, text, by=by, at=at)
    return target


@transaction.atomic
def drop(thing: Programme | ProgrammeItem | Task | Target, *, by: Actor, at: datetime) -> None:
    """Take a part out of a plan. Tasks of a dropped programme stay in the plan; a given task cannot be dropped."""
    plan = _plan_of(thing)
    _open(plan, by)
    if isinstance(thing, Task) and thing.dispatches.exists():
        raise Refused.because("此任务已经交办，不能删除；可以撤回交办")
    if isinstance(thing, Task | Target) and _is_shared_out(thing):
        which = "此任务的指标" if isinstance(thing, Task) else "此指标"
        raise Refused.because(f"{which}已经分解，删除前请先撤销分解")
    if isinstance(thing, Task | Programme) and thing.notices.exists():
        raise Refused.because("此项有督办记录，不能删除；督办历史要保留")
    label = thing._meta.verbose_name
    _note(plan, plan, f"删除{label}：{thing}", by=by, at=at)
    thing.delete()


def _is_shared_out(thing: Task | Target) -> bool:
    """Tell whether shares hang on it; its targets are held, so that none is shared out meanwhile."""
    rows = thing.targets.all() if isinstance(thing, Task) else Target.objects.filter(pk=thing.pk)
    return Share.objects.filter(target__in=list(rows.select_for_update())).exists()


def _plan_of(thing: Programme | ProgrammeItem | Task | Target) -> Plan:
    if isinstance(thing, ProgrammeItem):
        return thing.programme.plan
    return thing.task.plan if isinstance(thing, Target) else thing.plan
