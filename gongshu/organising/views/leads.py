"""Pages of leads for founding unions."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem
from gongshu.core.exports.handing import download
from gongshu.core.flow import actions as flow
from gongshu.core.flow.shown import way
from gongshu.core.trail.shown import lines
from gongshu.organising.actions import leads as actions
from gongshu.organising.enums import OPEN_LEADS, Permission
from gongshu.organising.models import Lead
from gongshu.organising.queries import coverage as queries
from gongshu.organising.tables import LEADS, lead_pill
from gongshu.organising.views.shared import Take, on_page, step_taken

STEPS: dict[str, Take[Lead]] = {
    "visit": lambda lead, note, by, at: actions.visit(lead, note=note, by=by, at=at),
    "unfit": lambda lead, note, by, at: actions.unfit(lead, note=note, by=by, at=at),
    "reopen": lambda lead, note, by, at: actions.reopen(lead, note=note, by=by, at=at),
}


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List the leads within reach; `?export=xlsx` downloads them."""
    table = LEADS.over(queries.leads_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "建会线索")
    return render(request, "organising/leads.html", {"table": table})


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a lead: what is known, what may be done, the trail."""
    return _page(request, queries.lead_for(request.actor, pk))


def _page(request: Request, lead: Lead, problems: Sequence[Problem] = (), status: int = 200) -> HttpResponse:
    actor, org = request.actor, lead.organisation
    founding_url = f"{reverse('organising:new_founding')}?at={org.pk}&lead={lead.pk}"
    context = {
        "lead": lead,
        "pill": lead_pill(lead),
        "way": way(lead, aside=("unfit",)),
        "problems": on_page(problems),
        "in_home": queries.workers_in_home(lead),
        "rule": queries.visit_rule(timezone.localdate(), org),
        "steps": [step for step in flow.steps_for(lead, actor) if step.name in STEPS],
        "founding_url": founding_url if lead.state in OPEN_LEADS and can(actor, Permission.EDIT, at=org) else "",
        "trail": lines(lead),
        "crumbs": org_links(actor, org),
    }
    return render(request, "organising/lead.html", context, status=status)


@needs(Permission.EDIT)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Take a step of a lead."""
    lead = queries.lead_for(request.actor, pk)

    def again(why: Sequence[Problem]) -> HttpResponse:
        return _page(request, queries.lead_for(request.actor, pk), why, status=422)

    return step_taken(request, lead, STEPS, name, again)
