"""Correcting a plan by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.ui.refusals import tell
from gongshu.delivery import actions, queries
from gongshu.delivery.enums import Permission
from gongshu.delivery.forms import ItemForm, ProgrammeForm, TargetForm, TaskForm
from gongshu.delivery.models import Plan, Programme, ProgrammeItem, Target, Task
from gongshu.delivery.queries import bindings
from gongshu.delivery.views import paths
from gongshu.delivery.views.plans import form_page, plan_page
from gongshu.delivery.views.tasks import task_page


def _on_plan(request: Request, plan: Plan, act: Callable[[], Any]) -> HttpResponse:
    """Do something to a plan and go back to its page, or show there why not."""
    try:
        act()
    except Refused as refusal:
        return plan_page(request, plan, problems=refusal.problems)
    return redirect(plan)


@needs(Permission.PLAN)
@require_POST
def add_programme(request: Request, pk: int) -> HttpResponse:
    """Add a programme to a plan."""
    plan = queries.plan_to_edit(request.actor, pk)
    form = ProgrammeForm(request.POST)
    if not form.is_valid():
        return plan_page(request, plan, problems=[Problem("请填写专项名称，不超过 120 字")])
    name, at = form.cleaned_data["name"], timezone.now()
    return _on_plan(request, plan, lambda: actions.add_programme(plan, name, by=request.actor, at=at))


@needs(Permission.PLAN)
@require_POST
def add_item(request: Request, pk: int) -> HttpResponse:
    """Add an item to a programme."""
    programme = queries.part_to_edit(request.actor, Programme, pk)
    form = ItemForm(request.POST)
    if not form.is_valid():
        return plan_page(request, programme.plan, problems=[Problem("请填写子项名称，不超过 200 字")])
    name, at = form.cleaned_data["name"], timezone.now()
    return _on_plan(request, programme.plan, lambda: actions.add_item(programme, name, by=request.actor, at=at))


@needs(Permission.PLAN)
@require_POST
def drop_programme(request: Request, pk: int) -> HttpResponse:
    """Take a programme out of a plan; its tasks stay."""
    programme = queries.part_to_edit(request.actor, Programme, pk)
    return _on_plan(request, programme.plan, lambda: actions.drop(programme, by=request.actor, at=timezone.now()))


@needs(Permission.PLAN)
@require_POST
def drop_item(request: Request, pk: int) -> HttpResponse:
    """Take an item out of a programme; its tasks stay."""
    item = queries.part_to_edit(request.actor, ProgrammeItem, pk, "programme__plan")
    plan = item.programme.plan
    return _on_plan(request, plan, lambda: actions.drop(item, by=request.actor, at=timezone.now()))


@needs(Permission.PLAN)
@require_POST
def drop_task(request: Request, pk: int) -> HttpResponse:
    """Take a task that was not given yet out of a plan."""
    task = queries.part_to_edit(request.actor, Task, pk)
    plan = task.plan
    return _on_plan(request, plan, lambda: actions.drop(task, by=request.actor, at=timezone.now()))


@needs(Permission.PLAN)
def new_task(request: Request, pk: int) -> HttpResponse:
    """Add a task to a plan."""
    plan = queries.plan_to_edit(request.actor, pk)
    form = TaskForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.add_task(plan, form.draft(), by=request.actor, at=timezone.now()))
        except Refused as refusal:
            tell(form, refusal.problems)
    return form_page(request, form, heading="新增任务", back=plan.get_absolute_url(), crumbs=paths.to_plan(plan))


@needs(Permission.PLAN)
def edit_task(request: Request, pk: int) -> HttpResponse:
    """Change a task's words, place, owner and date."""
    task = queries.part_to_edit(request.actor, Task, pk)
    form = TaskForm(request.POST or None, plan=task.plan, initial=TaskForm.initial_of(task))
    if request.method == "POST" and form.is_valid():
        try:
            draft = form.draft(task)
            return redirect(actions.change_task(task, draft, by=request.actor, at=timezone.now()))
        except Refused as refusal:
            tell(form, refusal.problems)
    return form_page(request, form, heading="修改任务", back=task.get_absolute_url(), crumbs=paths.to_task(task))


@needs(Permission.PLAN)
def new_target(request: Request, pk: int) -> HttpResponse:
    """Add a target to a task."""
    task = queries.part_to_edit(request.actor, Task, pk)
    initial: dict[str, Any] = {"starts_on": task.plan.starts_on, "ends_on": task.last_day}
    suggested = bindings.suggest(task.text, "")
    if suggested:
        initial["binding"] = suggested.code
    form = TargetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_target(task, form.draft(), by=request.actor, at=timezone.now())
            return redirect(task)
        except Refused as refusal:
            tell(form, refusal.problems)
    return form_page(request, form, heading="新增指标", back=task.get_absolute_url(), crumbs=paths.to_task(task))


@needs(Permission.PLAN)
def edit_target(request: Request, pk: int) -> HttpResponse:
    """Change a target's amount, unit, metric and dates."""
    target = queries.part_to_edit(request.actor, Target, pk, "task__plan")
    form = TargetForm(request.POST or None, initial=TargetForm.initial_of(target))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_target(target, form.draft(), by=request.actor, at=timezone.now())
            return redirect(target.task)
        except Refused as refusal:
            tell(form, refusal.problems)
    task = target.task
    return form_page(request, form, heading="修改指标", back=task.get_absolute_url(), crumbs=paths.to_task(task))


@needs(Permission.PLAN)
@require_POST
def bind(request: Request, pk: int) -> HttpResponse:
    """Confirm the metric suggested for a target."""
    target = queries.part_to_edit(request.actor, Target, pk, "task__plan")
    try:
        metric, filters = bindings.read(request.POST.get("binding", ""))
        actions.bind(target, metric, filters, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return task_page(request, queries.task_for(request.actor, target.task_id), problems=refusal.problems)
    return redirect(target.task)


@needs(Permission.PLAN)
@require_POST
def drop_target(request: Request, pk: int) -> HttpResponse:
    """Take a target that was not shared out yet off a task."""
    target = queries.part_to_edit(request.actor, Target, pk, "task__plan")
    task = target.task
    try:
        actions.drop(target, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return task_page(request, queries.task_for(request.actor, task.pk), problems=refusal.problems)
    return redirect(task)
