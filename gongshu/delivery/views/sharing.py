"""Sharing a target out over organisations below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children
from gongshu.delivery import actions, queries, rules
from gongshu.delivery.enums import Permission
from gongshu.delivery.forms import SplitForm
from gongshu.delivery.models import Target
from gongshu.delivery.queries import HAND, Pot, Weighing
from gongshu.delivery.rules import SplitOrder
from gongshu.delivery.views import paths
from gongshu.delivery.views.sharing_many import BELOW, Many, split_many
from gongshu.delivery.views.tasks import task_page


def _desk(request: Request) -> Organisation:
    desk = request.actor.desk
    if desk is None or not can(request.actor, Permission.DISPATCH, at=desk):
        raise Http404
    return desk


def _units(request: Request, target: Target, desk: Organisation) -> tuple[list[Organisation], list[Organisation]]:
    """Return whom the target may be shared out over, and those of them that are ticked (all at first)."""
    is_below_only = request.GET.get("only") == BELOW
    offered = list(children(desk)) if is_below_only else queries.units_for(target, desk)
    keys = set(request.GET.getlist("unit"))
    if not keys:
        return offered, offered
    return offered, [unit for unit in offered if str(unit.pk) in keys]


@needs(Permission.DISPATCH)
def split(request: Request, pk: int) -> HttpResponse:
    """Choose units and weight, look at the shares, change them by hand, confirm."""
    target = queries.target_for(request.actor, pk)
    desk = _desk(request)
    try:
        pot = queries.pot_of(target, desk)
        way = queries.weighing_of(request.POST.get("weighing") or request.GET.get("weighing", queries.EQUAL.code))
    except Refused as refusal:
        return task_page(request, queries.task_for(request.actor, target.task_id), problems=refusal.problems)
    offered, units = _units(request, target, desk)
    weights = queries.weigh(way, units)
    if len(units) > settings.SPLIT_BY_HAND:
        return split_many(request, Many(target, pot, way, units, weights))
    proposed, problems = _proposed(pot, weights)
    if request.method == "POST":
        form = SplitForm(request.POST, units=units)
        if form.is_valid():
            try:
                order = _order(form, units, weights, proposed, way)
                actions.split(target, order, by=request.actor, at=timezone.now())
                return redirect(target.task)
            except Refused as refusal:
                problems = refusal.problems
        return _page(request, target, form, offered, way, pot, weights=weights, problems=problems, status=422)
    initial: dict[str, Any] = {f"share_{unit.pk}": share for unit, share in zip(units, proposed, strict=False)}
    form = SplitForm(initial={**initial, "weighing": way.code}, units=units)
    return _page(request, target, form, offered, way, pot, weights=weights, problems=problems)


def _proposed(pot: Pot, weights: list[int]) -> tuple[list[int], list[Problem]]:
    problems = rules.split_problems(pot.amount, weights)
    return ([], problems) if problems else (rules.share_out(int(pot.amount), weights), [])


def _order(
    form: SplitForm, units: Sequence[Organisation], weights: list[int], proposed: list[int], way: Weighing
) -> SplitOrder:
    amounts = form.amounts()
    as_proposed = list(amounts.values()) == proposed
    rule = way.rule if as_proposed else HAND.label
    keys = [unit.pk for unit in units]
    return SplitOrder(amounts, rule, dict(zip(keys, weights, strict=True)) if as_proposed else {})


def _page(
    request: Request, target: Target, form: SplitForm, offered: list[Organisation], way: Weighing, pot: Pot, **more: Any
) -> HttpResponse:
    weights = {unit.pk: weight for unit, weight in zip(form.units, more["weights"], strict=True)}
    chosen = {unit.pk for unit in form.units}
    problems = more["problems"]
    context = {
        "target": target,
        "task": target.task,
        "form": form,
        "rows": [(unit, weights[unit.pk], bound) for unit, bound in form.rows()],
        "offered": [(unit, unit.pk in chosen) for unit in offered],
        "ways": queries.weighings(),
        "way": way,
        "pot": pot,
        "problems": problems,
        "crumbs": paths.to_task(target.task, "分解指标"),
        "post_url": request.get_full_path(),
    }
    return render(request, "delivery/split.html", context, status=more.get("status", 422 if problems else 200))


@needs(Permission.DISPATCH)
@require_POST
def unsplit(request: Request, pk: int) -> HttpResponse:
    """Take back how the desk shared a target out."""
    target = queries.target_for(request.actor, pk)
    try:
        actions.unsplit(target, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return task_page(request, queries.task_for(request.actor, target.task_id), problems=refusal.problems)
    return redirect(target.task)
