"""The tree as it stood on a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.orgs.queries import parent
from gongshu.organising.enums import Permission
from gongshu.organising.forms import DayForm
from gongshu.organising.queries import history
from gongshu.organising.queries.cases import any_place_for
from gongshu.organising.tables import below_table, day_url


@needs(Permission.SEE)
def show(request: Request) -> HttpResponse:
    """Show where an organisation stood on a day, what stood below it, and what became of it."""
    org = any_place_for(request.actor, Permission.SEE, request.GET.get("at", ""))
    form = DayForm(request.GET)
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or timezone.localdate()
    upper, above = history.parent_on(org, on), parent(org) or org
    context = {
        "org": org,
        "on": on,
        "form": DayForm(initial={"on": on}),
        "stood": history.stood_on(org, on),
        "upper": upper,
        "upper_url": day_url(upper, on) if upper and can(request.actor, Permission.SEE, at=upper) else "",
        "standings": history.standings_of(org),
        "ending": history.heir_of(org),
        "forebears": history.forebears_of(org),
        "table": below_table(on).over(history.children_on(org, on), request.GET),
        "may_rename": org.ended_on is None and can(request.actor, Permission.APPROVE, at=above),
        "may_edit": org.ended_on is None and can(request.actor, Permission.EDIT, at=org),
    }
    return render(request, "organising/history.html", context)
