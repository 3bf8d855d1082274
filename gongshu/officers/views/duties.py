"""Pages of the ledger of Party building and integrity."""

from __future__ import annotations

from datetime import date

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.files.actions import keep
from gongshu.core.files.responses import serve
from gongshu.core.flow.shown import way
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import within
from gongshu.core.trail.shown import lines
from gongshu.core.ui.refusals import tell
from gongshu.officers.actions import duties as actions
from gongshu.officers.enums import OPEN_DUTIES, Permission
from gongshu.officers.forms import DoneForm, DutyForm
from gongshu.officers.models import Duty
from gongshu.officers.queries import duties as queries
from gongshu.officers.tables import duty_pill, duty_table
from gongshu.organising.queries.cases import any_place_for, place_for

POSTED_BADLY = 422


@needs(Permission.LEDGER)
def listing(request: Request) -> HttpResponse:
    """List the duties of an organisation and of those below it, those due first."""
    return _listing(request)


def _listing(request: Request, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    org, on = any_place_for(request.actor, Permission.LEDGER, request.GET.get("at", "")), timezone.localdate()
    rows = queries.duties_for(request.actor).filter(within(org))
    table = duty_table(on, queries.years_of(org)).over(rows, request.GET)
    if table.wants_export:
        return download(request, table, "党建和廉政台账")
    context = {
        "org": org,
        "table": table,
        "may_keep": org.ended_on is None and can(request.actor, Permission.KEEP, at=org),
        "years": [(year, f"列出{year}年台账") for year in _years(org, on)],
        "open_url": f"{reverse('officers:open_year')}?at={org.pk}",
        "problems": problems,
        "crumbs": org_links(request.actor, org),
    }
    return render(request, "officers/duties.html", context, status=POSTED_BADLY if problems else 200)


def _years(org: Organisation, on: date) -> list[int]:
    """Return the years whose ledger may still be opened: this one, and from December on the next."""
    held = set(queries.years_of(org))
    near = [on.year] + ([on.year + 1] if on.month == 12 else [])
    return [year for year in near if year not in held]


@needs(Permission.KEEP)
@require_POST
def open_year(request: Request) -> HttpResponse:
    """Write down what a year asks of the organisation."""
    org = place_for(request.actor, Permission.KEEP, request.GET.get("at", ""))
    on = timezone.localdate()
    asked = request.POST.get("year", "")
    if asked not in (str(on.year), str(on.year + 1)):
        return _listing(request, (Problem("只能列出今年和明年的台账"),))
    try:
        actions.open_year(int(asked), organisation=org, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _listing(request, tuple(refusal.problems))
    return redirect(f"{reverse('officers:duties')}?at={org.pk}")


@needs(Permission.KEEP)
def new(request: Request) -> HttpResponse:
    """Write down a duty the data file does not know."""
    org = place_for(request.actor, Permission.KEEP, request.GET.get("at", ""))
    form = DutyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add(form.told(), organisation=org, by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(row)
    context = {
        "form": form,
        "heading": "登记其他事项",
        "lead": f"{org.name}。每年固定要办的事由系统列出，这里只登记另外安排的。",
        "back_url": f"{reverse('officers:duties')}?at={org.pk}",
    }
    return render(request, "officers/form.html", context, status=POSTED_BADLY if request.method == "POST" else 200)


@needs(Permission.LEDGER)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a duty: due when, who answers for it, done how."""
    return _page(request, queries.duty_for(request.actor, pk))


def _page(
    request: Request, duty: Duty, *, form: DoneForm | None = None, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    on = timezone.localdate()
    may = can(request.actor, Permission.KEEP, at=duty.organisation)
    is_refused = bool(problems) or (form is not None and bool(form.errors))
    steps = [step for step in duty.machine.steps_from(duty.state) if step.name in ("reopen", "drop")]
    context = {
        "duty": duty,
        "pill": duty_pill(duty, on),
        "way": way(duty, aside=("dropped",)),
        "source": queries.source_of(duty),
        "answerable": queries.answerable(duty),
        "form": form or DoneForm(takes_file=duty.takes_file, initial={"done_on": on}),
        "may_finish": may and duty.state in OPEN_DUTIES,
        "steps": steps if may else [],
        "problems": problems,
        "trail": lines(duty),
        "crumbs": org_links(request.actor, duty.organisation),
    }
    return render(request, "officers/duty.html", context, status=POSTED_BADLY if is_refused else 200)


@needs(Permission.KEEP)
@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    """Say that a duty is done."""
    duty = queries.duty_for(request.actor, pk)
    form = DoneForm(request.POST, request.FILES, takes_file=duty.takes_file)
    if not form.is_valid():
        return _page(request, duty, form=form)
    try:
        upload = form.cleaned_data.get("attachment")
        file = keep(upload, by=request.actor) if upload else None
        actions.finish(duty, form.doing(), attachment=file, by=request.actor, at=timezone.now())
    except Refused as refusal:
        tell(form, refusal.problems)
        return _page(request, queries.duty_for(request.actor, pk), form=form)
    return redirect(duty)


@needs(Permission.KEEP)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Take back that a duty is done, or say why it does not apply."""
    duty = queries.duty_for(request.actor, pk)
    act = {"reopen": actions.reopen, "drop": actions.drop}.get(name)
    if act is None:
        raise Http404
    try:
        act(duty, reason=request.POST.get("note", "").strip(), by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, queries.duty_for(request.actor, pk), problems=tuple(refusal.problems))
    return redirect(duty)


@needs(Permission.LEDGER)
def attachment(request: Request, pk: int) -> FileResponse:
    """Hand out the file that came with a duty done."""
    duty = queries.duty_for(request.actor, pk)
    if duty.attachment is None:
        raise Http404
    return serve(duty.attachment)
