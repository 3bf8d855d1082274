"""What one's own organisation was given, and one assignment with everything done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem
from gongshu.core.exports.handing import download
from gongshu.core.files.queries import earlier
from gongshu.core.flow.shown import way
from gongshu.core.trail.queries import of
from gongshu.core.trail.shown import lines as trail_lines
from gongshu.core.ui.shapes import Entry, Link
from gongshu.delivery import actions, queries
from gongshu.delivery.enums import Permission
from gongshu.delivery.forms import NoteForm, ReportForm
from gongshu.delivery.models import Assignment, Programme
from gongshu.delivery.queries import Gauge
from gongshu.delivery.tables import mine_table, state_pill, status_pill
from gongshu.delivery.views import paths
from gongshu.delivery.views.shared import file_of, kept, take
from gongshu.venues.enums import Permission as VenuePermission
from gongshu.venues.metrics import VENUES_OPEN

ASIDE = ("lapsed", "withdrawn")


@needs(Permission.SEE)
def mine(request: Request) -> HttpResponse:
    """List what the organisation one works for was given, narrowed by state, colour and programme."""
    rows = queries.assignments_at(request.actor)
    named = Programme.objects.filter(tasks__assignments__in=rows.order_by()).distinct().order_by("name")
    programmes = [(str(pk), name) for pk, name in named.values_list("pk", "name")]

    def of_colour(found: Any, code: str) -> Any:
        computed = queries.assignment_lines(list(found), on=timezone.localdate())
        return found.filter(pk__in=[line.assignment.pk for line in computed if line.status.code == code])

    table = mine_table(programmes, of_colour, timezone.localdate()).over(rows, request.GET)
    if table.wants_export:
        return download(request, table, "本单位任务")
    return render(request, "delivery/mine.html", {"table": table, "desk": request.actor.desk})


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show an assignment: what is asked, how far it is, what may be done now, what was done."""
    return _page(request, queries.assignment_for(request.actor, pk))


def _page(
    request: Request, assignment: Assignment, *, problems: Sequence[Problem] = (), form: ReportForm | None = None
) -> HttpResponse:
    actor, task = request.actor, assignment.task
    line = queries.assignment_lines([assignment], on=timezone.localdate())[0]
    is_receiver = actions.is_receiver(assignment, actor)
    may_sign = is_receiver and can(actor, Permission.SIGN, at=assignment.organisation)
    may_accept = can(actor, Permission.SUPERVISE, at=assignment.issuer)
    can_give_on = is_receiver and assignment.department_id is None and assignment.state == "working"
    is_refused = bool(problems) or (form is not None and bool(form.errors))
    context = {
        "assignment": assignment,
        "task": task,
        "line": line,
        "pill": state_pill(assignment),
        "status": status_pill(line.status),
        "way": way(assignment, aside=ASIDE if line.needs_report else (*ASIDE, "reported")),
        "problems": problems,
        "may_sign": may_sign and assignment.state == "sent",
        "may_report": may_sign and assignment.state == "working" and line.needs_report,
        "may_accept": may_accept and assignment.state == "reported",
        "may_withdraw": can(actor, Permission.DISPATCH, at=assignment.issuer)
        and assignment.state in ("sent", "working"),
        "may_give_on": can_give_on and can(actor, Permission.DISPATCH, at=assignment.organisation),
        "has_share": bool(line.gauges),
        "works": _works(request, line.gauges) if may_sign else [],
        "report_form": form or ReportForm(),
        "note_form": NoteForm(),
        "crumbs": paths.to_task(task, assignment.receiver),
        "earlier": earlier(assignment.attachment),
        "trail": _story(assignment),
    }
    return render(request, "delivery/assignment.html", context, status=422 if is_refused else 200)


def _works(request: Request, gauges: Sequence[Gauge]) -> list[Link]:
    """Return where the work that moves the share is done, for each kind counted."""
    desk = request.actor.desk
    if desk is None or not can(request.actor, VenuePermission.EDIT, at=desk):
        return []
    found = []
    for gauge in gauges:
        if gauge.target.metric == VENUES_OPEN.code:
            kind = gauge.target.filters.get("kind", "")
            label = dict(VENUES_OPEN.dims["kind"].choices).get(kind, "阵地")
            query = f"?kind={kind}" if kind else ""
            found.append(Link(f"新建{label}", reverse("venues:register") + query))
    return found


def _story(assignment: Assignment) -> list[Entry]:
    """Return what was done about an assignment, down to how it was given."""
    given = of(assignment.dispatch).filter(verb="dispatch")[:1]
    return [*trail_lines(assignment), *(Entry(row.at, row.who, row.summary) for row in given)]


def _take(request: Request, assignment: Assignment, act: Callable[[], Any]) -> HttpResponse:
    """Take a step and show the assignment again, or why not."""

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return _page(request, queries.assignment_for(request.actor, assignment.pk), problems=problems)

    return take(assignment, act, again)


def _note(request: Request) -> str:
    form = NoteForm(request.POST)
    return str(form.cleaned_data["note"]) if form.is_valid() else ""


@needs(Permission.SIGN)
@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign for an assignment."""
    found = queries.assignment_for(request.actor, pk)
    return _take(request, found, lambda: actions.sign(found, by=request.actor, at=timezone.now()))


@needs(Permission.SIGN)
@require_POST
def report(request: Request, pk: int) -> HttpResponse:
    """Report in one line."""
    found = queries.assignment_for(request.actor, pk)
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form=form)

    def act() -> None:
        file = kept(request, form)
        actions.report(found, form.cleaned_data["report"], attachment=file, by=request.actor, at=timezone.now())

    return _take(request, found, act)


@needs(Permission.SUPERVISE)
@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    """Send a report back."""
    found = queries.assignment_for(request.actor, pk)
    note = _note(request)
    return _take(request, found, lambda: actions.send_back(found, note, by=request.actor, at=timezone.now()))


@needs(Permission.SUPERVISE)
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """Accept a report."""
    found = queries.assignment_for(request.actor, pk)
    return _take(request, found, lambda: actions.accept(found, by=request.actor, at=timezone.now()))


@needs(Permission.DISPATCH)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take an assignment back."""
    found = queries.assignment_for(request.actor, pk)
    note = _note(request)
    return _take(request, found, lambda: actions.withdraw(found, note, by=request.actor, at=timezone.now()))


@needs(Permission.SEE)
def attachment(request: Request, pk: int) -> FileResponse:
    """Hand out the file that came with a report, or one it replaced."""
    return file_of(request, queries.assignment_for(request.actor, pk))
