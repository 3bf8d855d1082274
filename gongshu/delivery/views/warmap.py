"""The war-map, its table, and the page of one cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.exports.handing import download
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import crumbs
from gongshu.core.ui.links import with_params
from gongshu.core.ui.shapes import HeatCell, HeatRow, Link
from gongshu.delivery import queries
from gongshu.delivery.enums import Permission, Status
from gongshu.delivery.models import Assignment, Plan, Programme, Task
from gongshu.delivery.queries import supervision, warmap
from gongshu.delivery.queries.standing import standing
from gongshu.delivery.queries.warmap import REST, REST_LABEL, Cell, Strand, WarMap
from gongshu.delivery.rules.warmap import RULE
from gongshu.delivery.tables import CellRow, cell_table, notice_pill, status_pill
from gongshu.delivery.views.matters import code_of, left_out, matters_of
from gongshu.delivery.views.supervision import ask

ACROSS = 14  # more organisations than this stand below each other
DEPTHS = {"1": 1, "2": 2, "0": 0}
OFF_THE_MAP = (Status.NOT_GIVEN, Status.LEFT)  # a plan whose time is over is not on it
LEGEND: list[tuple[str, str]] = [(status.tone, status.label) for status in Status if status not in OFF_THE_MAP]
LEGEND.append(("", Status.NOT_GIVEN.label))


@needs(Permission.SEE)
def show(request: Request) -> HttpResponse:
    """Show the map below the desk, or below `at`, as a picture or as a table; a ticked row may be supervised."""
    at = _at(request)
    over = list(warmap.plans_over(request.actor, at))
    chosen = [plan for plan in over if str(plan.pk) == request.GET.get("plan")] or over
    code = request.GET.get("depth", "1")
    found = warmap.warmap(chosen, at, on=timezone.localdate(), depth=DEPTHS.get(code, 1))
    counts = found.counts()
    as_table = request.GET.get("view") == "table" or request.GET.get("export")
    context = {
        "at": at,
        "found": found,
        "counts": [(status, counts[status]) for status in Status if counts[status]],
        "plans": _chips(request, "plan", [("", "全部部署"), *((str(plan.pk), plan.title) for plan in over)]),
        "depths": _chips(request, "depth", _depths(at)),
        "views": _chips(request, "view", [("", "作战图"), ("table", "列表")]),
        "rule": RULE,
        "legend": LEGEND,
        "crumbs": _crumbs(request, at),
    }
    if not as_table:
        return render(request, "delivery/warmap.html", context | _picture(request, found, at))
    may_supervise = bool(request.actor.desk and can(request.actor, Permission.SUPERVISE, at=request.actor.desk))
    table = cell_table(may_supervise=may_supervise).over(_rows(found), request.GET)
    if table.wants_export:
        return download(request, table, f"{at.short_name}作战图")
    if request.method == "POST" and may_supervise:
        ticked = request.POST.getlist("rows")
        codes = [row.pk for row in table.narrowed] if request.POST.get("all") else ticked
        matters = matters_of(request.actor, codes)
        return ask(request, matters, None, left_out(codes)) if matters else redirect(request.get_full_path())
    return render(request, "delivery/warmap.html", context | {"table": table})


def _at(request: Request) -> Organisation:
    named = request.GET.get("at", "")
    rows = warmap.places_for(request.actor)
    pk = int(named) if named.isdecimal() and len(named) < 19 else request.actor.organisation_id
    found: Organisation = get_object_or_404(rows, pk=pk)
    return found


def _chips(request: Request, name: str, choices: list[tuple[str, str]]) -> list[Link]:
    default = "1" if name == "depth" else ""
    current = request.GET.get(name, default)
    return [
        Link(label, with_params(request.GET, {name: code, "page": None, "export": None}), active=code == current)
        for code, label in choices
    ]


def _depths(at: Organisation) -> list[tuple[str, str]]:
    """Return the levels to choose between, by the names of those that stand below."""
    order = list(Level)
    place = order.index(Level(at.level))
    names = [level.label for level in order[place + 1 : place + 3]]
    return [("1", "直接下级"), ("2", "再下一级"), ("0", "两级")] if names else []


def _crumbs(request: Request, at: Organisation) -> list[Link]:
    return [
        Link(org.short_name, with_params(request.GET, {"at": org.pk}))
        if can(request.actor, Permission.SEE, at=org)
        else Link(org.short_name)
        for org in crumbs(at)
    ]


def cell_url(strand: Strand, org: Organisation) -> str:
    """Return the page of a cell."""
    plan, programme = strand.key
    return reverse("delivery:cell", args=[plan, programme, org.pk])


def _picture(request: Request, found: WarMap, at: Organisation) -> dict[str, object]:
    """Return heads and rows: programmes downwards, or organisations downwards where there are many."""
    head, _, _ = reverse("delivery:cell", args=[1, 1, 1]).rpartition("1/1/1/")
    strands = [(strand, f"{head}{strand.key[0]}/{strand.key[1]}/") for strand in found.strands]
    places = [(org, _zoom(request, org, at)) for org in found.organisations]
    if len(places) <= ACROSS:
        rows = [HeatRow(s.label, [_cell(found.cell(s, o), s, o, lead) for o, _ in places]) for s, lead in strands]
        return {"heads": [link for _, link in places], "rows": rows, "corner": "专项", "tall": False}
    rows = [
        HeatRow(link.label, [_cell(found.cell(s, o), s, o, lead) for s, lead in strands], link.url)
        for o, link in places
    ]
    return {"heads": [Link(s.label) for s, _ in strands], "rows": rows, "corner": "单位", "tall": True}


def _zoom(request: Request, org: Organisation, at: Organisation) -> Link:
    if org.pk == at.pk:
        return Link(f"{org.short_name}（本级）")
    lead = "　" if org.depth > at.depth + 1 and request.GET.get("depth") == "0" else ""
    url = with_params(request.GET, {"at": org.pk, "depth": None}) if org.numchild else ""
    return Link(lead + org.short_name, url)


def _cell(cell: Cell, strand: Strand, org: Organisation, lead: str) -> HeatCell:
    status = cell.status
    title = f"{org.short_name} · {strand.label}：{cell.why}"
    if status is Status.NOT_GIVEN:
        return HeatCell("—", title=title)
    return HeatCell(f"{cell.done}/{cell.total}", status.tone, f"{lead}{org.pk}/", title)


def _rows(found: WarMap) -> list[CellRow]:
    return [
        CellRow(code_of(org.pk, *strand.key), org, strand, cell, cell_url(strand, org))
        for org in found.organisations
        for strand in found.strands
        if (cell := found.cell(strand, org)).total
    ]


@dataclass(frozen=True)
class CellTask:
    """A task in a cell: how it stands there, and the assignment by which it was given if it was."""

    task: Task
    line: queries.Line | None
    status: Status
    code: str


@needs(Permission.SEE)
def cell(request: Request, plan: int, programme: int, org: int) -> HttpResponse:
    """Show one programme at one organisation: its tasks there, the notices about it, and a way to supervise it."""
    found = queries.plan_for(request.actor, plan)
    at: Organisation = get_object_or_404(warmap.places_for(request.actor), pk=org)
    named = Programme.objects.filter(plan=found, pk=programme).first()
    if programme != REST and named is None:
        raise Http404
    today = timezone.localdate()
    tasks = _cell_tasks(request, found, named, at, on=today)
    pill = _cell_pill(tasks, found, named, at, on=today)
    notices = supervision.notices_for(request.actor).filter(plan=found, organisation=at)
    about = notices.filter(programme=named) if named else notices.filter(programme=None)
    supervises = _may_supervise(request, found, at)
    context = {
        "plan": found,
        "label": named.name if named else REST_LABEL,
        "programme": named,
        "at": at,
        "pill": status_pill(pill.status),
        "cell": pill,
        "rule": RULE,
        "tasks": [(each, status_pill(each.status)) for each in tasks],
        "below": _below(found, named, at, on=today) if pill.is_from_below else [],
        "notices": [(notice, notice_pill(notice)) for notice in about[:50]],
        "may_supervise": supervises and bool(tasks),
        "whole": code_of(at.pk, found.pk, programme) if named else "",
        "crumbs": _cell_crumbs(found, at),
    }
    return render(request, "delivery/cell.html", context)


def _cell_crumbs(plan: Plan, at: Organisation) -> list[Link]:
    return [
        Link("作战图", f"{reverse('delivery:warmap')}?plan={plan.pk}"),
        Link(plan.title, plan.get_absolute_url()),
        Link(at.short_name, f"{reverse('delivery:warmap')}?plan={plan.pk}&at={at.pk}"),
    ]


def _may_supervise(request: Request, plan: Plan, at: Organisation) -> bool:
    desk = request.actor.desk
    if desk is None or plan.state != "active" or not can(request.actor, Permission.SUPERVISE, at=desk):
        return False
    return desk.holds(at) and desk.pk != at.pk and plan.organisation.holds(desk)


def _cell_tasks(
    request: Request, plan: Plan, programme: Programme | None, at: Organisation, *, on: date
) -> list[CellTask]:
    statuses = standing([plan], [at], on=on)
    rows = queries.tasks_of(request.actor, plan).filter(programme=programme)
    tasks = [task for task in rows if (task.pk, at.pk) in statuses]
    given = Assignment.objects.filter(task__in=tasks, organisation=at, department__isnull=True)
    given = given.exclude(state="withdrawn").select_related("task__plan", "organisation", "department", "issuer")
    lines = {line.assignment.task_id: line for line in queries.assignment_lines(list(given), on=on)}
    code = programme.pk if programme else REST
    return [
        CellTask(task, lines.get(task.pk), statuses[task.pk, at.pk], code_of(at.pk, plan.pk, code, task.pk))
        for task in tasks
    ]


def _cell_pill(tasks: list[CellTask], plan: Plan, programme: Programme | None, at: Organisation, *, on: date) -> Cell:
    counts = warmap.EMPTY.__class__(task.status for task in tasks)
    if counts:
        return Cell(counts)
    total = warmap.EMPTY.__class__()
    for _, below in _below_cells(plan, programme, at, on=on):
        total += below.counts
    return Cell(total, is_from_below=bool(total))


def _below_cells(
    plan: Plan, programme: Programme | None, at: Organisation, *, on: date
) -> list[tuple[Organisation, Cell]]:
    found = warmap.warmap([plan], at, on=on, depth=1)
    key = (plan.pk, programme.pk if programme else REST)
    return [(org, cell) for org in found.organisations if (cell := found.cells.get((key, org.pk)))]


def _below(plan: Plan, programme: Programme | None, at: Organisation, *, on: date) -> list[dict[str, object]]:
    code = programme.pk if programme else REST
    return [
        {
            "org": org,
            "pill": status_pill(cell.status),
            "why": cell.why,
            "url": reverse("delivery:cell", args=[plan.pk, code, org.pk]),
        }
        for org, cell in _below_cells(plan, programme, at, on=on)
    ]
