"""The list of plans, and a plan with its programmes, items and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.trail.shown import lines as trail_lines
from gongshu.core.ui.links import with_params
from gongshu.core.ui.refusals import tell
from gongshu.core.ui.shapes import Link
from gongshu.delivery import actions, queries
from gongshu.delivery.enums import Permission, Status
from gongshu.delivery.forms import ItemForm, PlanForm, ProgrammeForm
from gongshu.delivery.jobs import enqueue_filing
from gongshu.delivery.models import Plan, Programme, ProgrammeItem
from gongshu.delivery.queries import TaskLine
from gongshu.delivery.tables import plan_pill, plan_table
from gongshu.delivery.views import paths

STEPS = {"close": actions.close_plan, "reopen": actions.reopen_plan}


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List the plans one may see."""
    plans = queries.plans_for(request.actor)
    years = sorted(set(plans.order_by().values_list("year", flat=True)), reverse=True)
    table = plan_table(years).over(queries.with_counts(plans), request.GET)
    if table.wants_export:
        return download(request, table, "部署")
    desk = request.actor.desk
    may_plan = desk is not None and can(request.actor, Permission.PLAN, at=desk)
    return render(request, "delivery/plans.html", {"table": table, "may_plan": may_plan})


@needs(Permission.PLAN)
def new(request: Request) -> HttpResponse:
    """Make an empty plan for the desk's organisation; its contents are added on its page, or come from a document."""
    desk = request.actor.desk
    if desk is None:
        raise Http404
    today = timezone.localdate()
    initial = {"year": today.year, "starts_on": date(today.year, 1, 1), "ends_on": date(today.year, 12, 31)}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.make_plan(form.draft(desk), by=request.actor, at=timezone.now()))
        except Refused as refusal:
            tell(form, refusal.problems)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "heading": "新建部署", "lead": f"由{desk.name}部署"}
    return render(request, "delivery/form.html", context, status=status)


@needs(Permission.PLAN)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a plan's title, year and dates."""
    plan = queries.plan_to_edit(request.actor, pk)
    initial = {"title": plan.title, "year": plan.year, "starts_on": plan.starts_on, "ends_on": plan.ends_on}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            draft = form.draft(plan.organisation)
            return redirect(actions.change_plan(plan, draft, by=request.actor, at=timezone.now()))
        except Refused as refusal:
            tell(form, refusal.problems)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "heading": "修改部署", "back": plan.get_absolute_url(), "crumbs": paths.to_plan(plan)}
    return render(request, "delivery/form.html", context, status=status)


@needs(Permission.PLAN)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """File a plan away, or take it out of the files."""
    plan = queries.plan_to_edit(request.actor, pk)
    if name not in STEPS:
        raise Http404
    if name == "close" and plan.state == "ended" and plan.count_open() > actions.SMALL:
        return redirect(enqueue_filing(plan, by=request.actor))
    try:
        STEPS[name](plan, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return plan_page(request, plan, problems=refusal.problems)
    return redirect(plan)


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a plan: programmes, their items, the tasks with targets, progress and colours."""
    return plan_page(request, queries.plan_for(request.actor, pk))


@dataclass(frozen=True)
class Part:
    """An item of a programme with its tasks; no item for tasks that belong to the programme as a whole."""

    item: ProgrammeItem | None
    lines: list[TaskLine]


@dataclass(frozen=True)
class Section:
    """A programme with its parts; no programme for tasks outside of all."""

    programme: Programme | None
    parts: list[Part]
    count: int


def plan_page(request: Request, plan: Plan, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """Return the page of a plan; with problems it answers 422."""
    at = queries.viewpoint(request.actor, plan.organisation)
    tasks = list(queries.tasks_of(request.actor, plan))
    for task in tasks:
        task.plan = plan
    lines = queries.task_lines(tasks, at=at, on=timezone.localdate())
    may_plan = can(request.actor, Permission.PLAN, at=plan.organisation)
    shown = [line for line in lines if request.GET.get("status", "") in ("", line.status.code)]
    context = {
        "plan": plan,
        "at": at,
        "problems": problems,
        "sections": _sections(plan, shown, is_whole=may_plan and len(shown) == len(lines)),
        "counts": _counts(lines, OF_ENDED if plan.is_over else OF_ACTIVE),
        "task_count": len(lines),
        "colours": _colours(request, lines),
        "may_plan": may_plan,
        "may_edit": may_plan and plan.state == "active",
        "plan_pill": plan_pill(plan),
        "left_open": plan.count_open() if plan.state == "ended" else 0,
        "programme_form": ProgrammeForm(),
        "item_form": ItemForm(),
        "crumbs": paths.to_plan(plan),
        "trail": trail_lines(plan, limit=12),
    }
    return render(request, "delivery/plan.html", context, status=422 if problems else 200)


OF_ENDED = (Status.NOT_GIVEN, Status.LEFT, Status.DONE)
OF_ACTIVE = tuple(status for status in Status if status is not Status.LEFT)


def _counts(lines: Iterable[TaskLine], shown: Sequence[Status]) -> dict[Status, int]:
    counted = queries.status_counts(lines)
    return {status: counted.get(status, 0) for status in shown}


def _colours(request: Request, lines: list[TaskLine]) -> list[Link]:
    chosen = request.GET.get("status", "")
    links = [Link("全部", with_params(request.GET, {"status": None}), active=not chosen, count=len(lines))]
    for status, count in queries.status_counts(lines).items():
        url = with_params(request.GET, {"status": status.code})
        links.append(Link(status.label, url, active=chosen == status.code, count=count))
    return links


def _sections(plan: Plan, lines: list[TaskLine], *, is_whole: bool) -> list[Section]:
    """Group lines by programme and item in the plan's order; empty ones only where the whole plan is shown."""
    by_place: dict[tuple[int | None, int | None], list[TaskLine]] = {}
    for line in lines:
        by_place.setdefault((line.task.programme_id, line.task.item_id), []).append(line)
    sections = []
    for programme in plan.programmes.prefetch_related("items"):
        parts = [Part(None, by_place.get((programme.pk, None), []))]
        parts += [Part(item, by_place.get((programme.pk, item.pk), [])) for item in programme.items.all()]
        section = _section(programme, parts, is_whole=is_whole)
        if is_whole or section.count:
            sections.append(section)
    rest = by_place.get((None, None), [])
    return [*sections, Section(None, [Part(None, rest)], len(rest))] if rest else sections


def _section(programme: Programme, parts: list[Part], *, is_whole: bool) -> Section:
    kept = [part for part in parts if part.lines or (is_whole and part.item)]
    return Section(programme, kept, sum(len(part.lines) for part in kept))


def form_page(request: Request, form: Any, **context: Any) -> HttpResponse:
    """Return a page that is one form; after a failed attempt it answers 422."""
    status = 422 if request.method == "POST" else 200
    return render(request, "delivery/form.html", {"form": form, **context}, status=status)
