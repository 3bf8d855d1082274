"""Pages of putting a union under another one."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.flow import actions as flow
from gongshu.core.flow.shown import way
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import parent, standing
from gongshu.core.trail.shown import lines
from gongshu.core.ui.refusals import tell
from gongshu.organising.actions import moving as actions
from gongshu.organising.enums import Permission
from gongshu.organising.forms import MoveForm, UpperForm
from gongshu.organising.models import Relocation
from gongshu.organising.queries import moving as queries
from gongshu.organising.queries.cases import LONGEST_KEY, place_for
from gongshu.organising.queries.law import moving_law
from gongshu.organising.rules import moving as rules
from gongshu.organising.tables import RELOCATIONS, state_pill
from gongshu.organising.views.shared import Take, on_page, step_taken

STEPS: dict[str, Take[Relocation]] = {
    "submit": lambda row, note, by, at: actions.submit(row, by=by, at=at),
    "release": lambda row, note, by, at: actions.release(row, by=by, at=at, note=note),
    "accept": lambda row, note, by, at: actions.accept(row, by=by, at=at, note=note),
    "decide": lambda row, note, by, at: actions.decide(row, by=by, at=at, note=note),
    "send_back": lambda row, note, by, at: actions.send_back(row, reason=note, by=by, at=at),
    "refuse": lambda row, note, by, at: actions.refuse(row, reason=note, by=by, at=at),
    "withdraw": lambda row, note, by, at: actions.withdraw(row, by=by, at=at, note=note),
}


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List applications to move unions within reach; `?export=xlsx` downloads them."""
    table = RELOCATIONS.over(queries.relocations_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "划转申请")
    return render(request, "organising/relocations.html", {"table": table})


@needs(Permission.EDIT)
def new(request: Request) -> HttpResponse:
    """Ask that the union named in the address, else the desk's, stand under another one: find it, look, ask.

    `?name=` looks for the new upper union, `?to=` is its key; then comes what would move and what would stay.
    """
    org = place_for(request.actor, Permission.EDIT, request.GET.get("at", ""))
    to = request.GET.get("to", "")
    if to.isdecimal() and len(to) < LONGEST_KEY:
        return _ask(request, org, get_object_or_404(standing(), pk=int(to)))
    form = UpperForm(request.GET if "name" in request.GET else None)
    found = queries.uppers_named(form.cleaned_data["name"], org) if form.is_valid() else None
    context = {"org": org, "upper": parent(org), "form": form, "found": found}
    return render(request, "organising/relocation_upper.html", context)


def _ask(request: Request, org: Organisation, upper: Organisation) -> HttpResponse:
    form = MoveForm(request.POST or None)
    law = moving_law(timezone.localdate(), org)
    against = on_page(rules.asking(queries.move_facts(org, upper, timezone.localdate()), law))
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            row = actions.apply(org, upper, reason=reason, by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(row)
    context = {
        "org": org,
        "old": parent(org),
        "upper": upper,
        "form": form,
        "problems": against if request.method != "POST" else [],
        "preview": None if against else queries.preview(org, upper),
        "law": law,
    }
    return render(request, "organising/relocation_form.html", context, status=422 if request.method == "POST" else 200)


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show an application to move a union: what would move, what is in the way, what may be done now."""
    return _page(request, queries.relocation_for(request.actor, pk))


def _page(request: Request, row: Relocation, problems: Sequence[Problem] = (), status: int = 200) -> HttpResponse:
    actor, org = request.actor, row.organisation
    law = moving_law(timezone.localdate(), org)
    is_open = not row.machine.state(row.state).final
    against = (
        on_page(rules.asking(queries.move_facts(org, row.new_upper, timezone.localdate()), law)) if is_open else []
    )
    steps = flow.steps_for(row, actor)
    context = {
        "relocation": row,
        "pill": state_pill(row),
        "problems": on_page(problems),
        "ahead": [] if problems else against,
        "preview": queries.preview(org, row.new_upper) if is_open and not against else None,
        "law": law,
        "way": way(row, aside=("refused", "withdrawn")),
        "at_once": [step for step in steps if step.name == "submit"],
        "with_note": [step for step in steps if step.name != "submit"],
        "trail": lines(row),
        "crumbs": org_links(actor, org),
    }
    return render(request, "organising/relocation.html", context, status=status)


@needs(Permission.SEE)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Take a step of an application to move a union."""
    row = queries.relocation_for(request.actor, pk)

    def again(why: Sequence[Problem]) -> HttpResponse:
        return _page(request, queries.relocation_for(request.actor, pk), why, status=422)

    return step_taken(request, row, STEPS, name, again)
