"""Pages of dissolving and merging unions."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem
from gongshu.core.exports.handing import download
from gongshu.core.flow import actions as flow
from gongshu.core.flow.shown import way
from gongshu.core.orgs.queries import parent
from gongshu.core.trail.shown import lines
from gongshu.organising import jobs
from gongshu.organising.actions import ending as actions
from gongshu.organising.enums import Permission
from gongshu.organising.forms import EndingForm
from gongshu.organising.models import Ending
from gongshu.organising.queries import cases
from gongshu.organising.queries.law import ending_law
from gongshu.organising.rules import ending as rules
from gongshu.organising.tables import ENDINGS, state_pill
from gongshu.organising.views.shared import Take, on_page, settled, step_taken

STEPS: dict[str, Take[Ending]] = {
    "submit": lambda row, note, by, at: actions.submit(row, by=by, at=at),
    "approve": lambda row, note, by, at: jobs.approve_ending(row, by=by, at=at, note=note),
    "send_back": lambda row, note, by, at: actions.send_back(row, reason=note, by=by, at=at),
    "refuse": lambda row, note, by, at: actions.refuse(row, reason=note, by=by, at=at),
    "withdraw": lambda row, note, by, at: actions.withdraw(row, by=by, at=at, note=note),
}


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List applications to dissolve or merge unions within reach; `?export=xlsx` downloads them."""
    table = ENDINGS.over(cases.endings_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "撤并申请")
    return render(request, "organising/endings.html", {"table": table})


@needs(Permission.EDIT)
def new(request: Request) -> HttpResponse:
    """Ask that the union named in the address, else the desk's, be dissolved or merged."""
    org = cases.place_for(request.actor, Permission.EDIT, request.GET.get("at", ""))
    upper = parent(org) or org
    form = EndingForm(request.POST or None, upper=upper)

    def act() -> object:
        return actions.apply(form.order(), organisation=org, by=request.actor, at=timezone.now())

    if done := settled(request, form, act):
        return done
    context = {"form": form, "org": org, "upper": upper, "law": ending_law(timezone.localdate(), org)}
    return render(request, "organising/ending_form.html", context, status=422 if request.method == "POST" else 200)


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show an application to dissolve or merge: what is told, what is in the way, the trail, what may be done now."""
    return _page(request, cases.ending_for(request.actor, pk))


def _page(request: Request, row: Ending, problems: Sequence[Problem] = ()) -> HttpResponse:
    actor = request.actor
    law = ending_law(timezone.localdate(), row.organisation)
    is_open = not row.machine.state(row.state).final
    context = {
        "ending": row,
        "pill": state_pill(row),
        "problems": on_page(problems),
        "law": law,
        "ahead": [] if problems or not is_open else on_page(rules.asking(cases.ending_facts(row), law)),
        "unsettled": cases.unsettled(row.organisation),
        "way": way(row, aside=("refused", "withdrawn")),
        "at_once": [step for step in flow.steps_for(row, actor) if step.name == "submit"],
        "with_note": [step for step in flow.steps_for(row, actor) if step.name != "submit"],
        "trail": lines(row),
        "crumbs": org_links(actor, row.organisation),
    }
    return render(request, "organising/ending.html", context, status=422 if problems else 200)


@needs(Permission.SEE)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Take a step of an application to dissolve or merge."""
    row = cases.ending_for(request.actor, pk)
    return step_taken(request, row, STEPS, name, lambda why: _page(request, cases.ending_for(request.actor, pk), why))
