"""Pages of founding a union."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
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
from gongshu.organising.actions import founding as actions
from gongshu.organising.enums import Permission
from gongshu.organising.forms import FoundingForm, founding_words
from gongshu.organising.models import Founding
from gongshu.organising.queries import cases
from gongshu.organising.queries.law import founding_law
from gongshu.organising.rules import founding as rules
from gongshu.organising.tables import FOUNDINGS, state_pill
from gongshu.organising.views.shared import Take, industrial_asked, known_of_lead, on_page, settled, step_taken

STEPS: dict[str, Take[Founding]] = {
    "submit": lambda row, note, by, at: actions.submit(row, by=by, at=at),
    "approve": lambda row, note, by, at: actions.approve(row, by=by, at=at, note=note),
    "send_back": lambda row, note, by, at: actions.send_back(row, reason=note, by=by, at=at),
    "refuse": lambda row, note, by, at: actions.refuse(row, reason=note, by=by, at=at),
    "withdraw": lambda row, note, by, at: actions.withdraw(row, by=by, at=at, note=note),
}
AT_ONCE = ("submit", "approve")


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List applications to found unions within reach; `?export=xlsx` downloads them."""
    table = FOUNDINGS.over(cases.foundings_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "建会申请")
    desk = request.actor.desk
    may_edit = bool(desk and can(request.actor, Permission.EDIT, at=desk))
    return render(request, "organising/foundings.html", {"table": table, "may_edit": may_edit})


@needs(Permission.EDIT)
def new(request: Request) -> HttpResponse:
    """Write down an application below the organisation named in the address, else the desk's."""
    upper = cases.place_for(request.actor, Permission.EDIT, request.GET.get("at", ""))
    known = industrial_asked(request, upper) or known_of_lead(request, upper)
    form = FoundingForm(request.POST or None, initial=known)

    def act() -> object:
        return actions.apply(form.facts(), organisation=upper, by=request.actor, at=timezone.now())

    if done := settled(request, form, act):
        return done
    context = {"form": form, "upper": upper, "law": founding_law(timezone.localdate(), upper)}
    return render(request, "organising/founding_form.html", context, status=422 if request.method == "POST" else 200)


@needs(Permission.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change an application that has not gone to the union above."""
    row = cases.founding_for(request.actor, pk)
    form = FoundingForm(request.POST or None, initial=founding_words(row.facts))

    def act() -> object:
        return actions.change(row, form.facts(), by=request.actor, at=timezone.now())

    if done := settled(request, form, act):
        return done
    law = founding_law(timezone.localdate(), row.organisation)
    context = {"form": form, "upper": row.organisation, "founding": row, "law": law}
    return render(request, "organising/founding_form.html", context, status=422 if request.method == "POST" else 200)


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show an application: what is told, what is in the way, the trail, and what may be done now."""
    return _page(request, cases.founding_for(request.actor, pk))


def _page(request: Request, row: Founding, problems: Sequence[Problem] = ()) -> HttpResponse:
    actor, on = request.actor, timezone.localdate()
    steps = flow.steps_for(row, actor)
    law = founding_law(on, row.organisation)
    is_open = not row.machine.state(row.state).final
    context = {
        "founding": row,
        "pill": state_pill(row),
        "problems": on_page(problems),
        "law": law,
        "ahead": [] if problems or not is_open else on_page(rules.asking(row.facts, law)),
        "employers": row.employers.order_by("pk"),
        "nominees": row.nominees.order_by("pk"),
        "way": way(row, aside=("refused", "withdrawn")),
        "at_once": [step for step in steps if step.name in AT_ONCE],
        "with_note": [step for step in steps if step.name not in AT_ONCE],
        "may_edit": row.state == "applied" and can(actor, Permission.EDIT, at=row.organisation),
        "trail": lines(row),
        "crumbs": org_links(actor, row.organisation),
    }
    return render(request, "organising/founding.html", context, status=422 if problems else 200)


@needs(Permission.SEE)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Take a step of an application."""
    row = cases.founding_for(request.actor, pk)
    return step_taken(request, row, STEPS, name, lambda why: _page(request, cases.founding_for(request.actor, pk), why))
