"""Pages of the guiding line: who guides whom, and the figures along either line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.flow import actions as flow
from gongshu.core.flow.shown import way
from gongshu.core.metrics.many import Ask, measure
from gongshu.core.orgs.enums import Kind
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import subtree
from gongshu.core.trail.shown import lines
from gongshu.core.ui.links import with_params
from gongshu.core.ui.refusals import tell
from gongshu.members.metrics import ACTIVE, ACTIVE_NEW, REAL_NAME
from gongshu.members.queries.counting import headcount
from gongshu.organising.actions import guiding as actions
from gongshu.organising.enums import Permission
from gongshu.organising.forms import DayForm, GuideForm
from gongshu.organising.metrics import METRICS
from gongshu.organising.models import Guidance
from gongshu.organising.queries import guiding as queries
from gongshu.organising.queries import sharing
from gongshu.organising.queries.cases import any_place_for, place_for
from gongshu.organising.queries.law import founding_law, line_rule
from gongshu.organising.rules.sharing import Figures
from gongshu.organising.tables import GUIDANCES, state_pill
from gongshu.organising.views.shared import Take, on_page, step_taken

ALONG = (ACTIVE, REAL_NAME, ACTIVE_NEW, *METRICS)
SHOWN = 200
STEPS: dict[str, Take[Guidance]] = {
    "agree": lambda row, note, by, at: actions.agree(row, by=by, at=at, note=note),
    **{
        name: lambda row, note, by, at, name=name: actions.take(row, name, note=note, by=by, at=at)  # type: ignore[misc]
        for name in ("refuse", "withdraw", "release", "leave")
    },
}


@needs(Permission.SEE)
def line(request: Request) -> HttpResponse:
    """Show an organisation's figures along both lines.

    An industrial union: what it leads and what it guides, branch by branch. Any other: all its members divided by the
    industrial union they belong to, nobody twice.
    """
    org = any_place_for(request.actor, Permission.SEE, request.GET.get("at", ""))
    form = DayForm(request.GET)
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or timezone.localdate()
    about = _of_industrial if org.kind == Kind.INDUSTRIAL else _of_other
    context = {
        "org": org,
        "may_ask": org.kind != Kind.LOCAL and org.ended_on is None and can(request.actor, Permission.EDIT, at=org),
        "on": on,
        "form": DayForm(initial={"on": on}),
        "guidance": queries.guide_on(org, on),
        "past": queries.guidances_of(org),
        "rule": line_rule(on, org),
        "crumbs": org_links(request.actor, org),
        "live_url": with_params(request.GET, {"live": "1"}),
        **about(org, on, request.GET.get("live") == "1"),
    }
    return render(request, "organising/line.html", context)


def _of_industrial(org: Organisation, on: date, is_live: bool) -> dict[str, object]:
    along = queries.along(org, on)
    found = sharing.figures_of(along.orgs)
    parts = {key: found.get(key, Figures()) for key in along.branches}
    led, guided = measure([Ask(metric, org) for metric in ALONG]), queries.values_along(ALONG, along)
    return {
        "is_industrial": True,
        "parted": sharing.in_order(parts, SHOWN, along.branches),
        "led": (subtree(org).filter(ended_on__isnull=True).count(), headcount(org, live=True)),
        "figures": list(zip(ALONG, led, guided, strict=True)),
    }


def _of_other(org: Organisation, on: date, is_live: bool) -> dict[str, object]:
    return {"is_industrial": False, "parted": sharing.parted(org, on, most=SHOWN, live=is_live)}


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List the guiding ties within reach; `?export=xlsx` downloads them."""
    table = GUIDANCES.over(queries.guidances_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "指导关系")
    desk = request.actor.desk
    may_edit = bool(desk and can(request.actor, Permission.EDIT, at=desk))
    return render(request, "organising/guidances.html", {"table": table, "may_edit": may_edit})


@needs(Permission.EDIT)
def new(request: Request) -> HttpResponse:
    """Ask that an industrial union guide the union named in the address, else the desk's."""
    org = place_for(request.actor, Permission.EDIT, request.GET.get("at", ""))
    example = queries.guide_near(org)
    form = GuideForm(request.POST or None, example=example)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            row = actions.ask(org, told["guide"], reason=told["reason"], by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(row)
    law = founding_law(timezone.localdate(), org).industrial
    context = {
        "form": form,
        "org": org,
        "rule": line_rule(timezone.localdate(), org),
        "has_none": not example,
        "founder": None if example else queries.founder_near(org, request.actor, law["levels"]),
        "industrial": law,
    }
    return render(request, "organising/guidance_form.html", context, status=422 if request.method == "POST" else 200)


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a guiding tie: both sides, since when, what may be done now."""
    return _page(request, queries.guidance_for(request.actor, pk))


def _page(request: Request, row: Guidance, problems: Sequence[Problem] = (), status: int = 200) -> HttpResponse:
    steps = [step for step in flow.steps_for(row, request.actor) if step.name in STEPS]
    context = {
        "guidance": row,
        "pill": state_pill(row),
        "problems": on_page(problems),
        "rule": line_rule(timezone.localdate(), row.organisation),
        "way": way(row, aside=("refused", "withdrawn")),
        "with_note": steps,
        "trail": lines(row),
        "crumbs": org_links(request.actor, row.organisation),
    }
    return render(request, "organising/guidance.html", context, status=status)


@needs(Permission.SEE)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Take a step of a guiding tie."""
    row = queries.guidance_for(request.actor, pk)

    def again(why: Sequence[Problem]) -> HttpResponse:
        return _page(request, queries.guidance_for(request.actor, pk), why, status=422)

    return step_taken(request, row, STEPS, name, again)
