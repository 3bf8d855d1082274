"""What several pages of organising do alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.access.guard import Request
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.core.ui.refusals import tell
from gongshu.organising.enums import Asker, Shape
from gongshu.organising.forms import lead_words
from gongshu.organising.queries.coverage import lead_for, workers_in_home
from gongshu.organising.queries.law import founding_law

R = TypeVar("R", bound=Stateful)
Take = Callable[[R, str, Actor, datetime], object]


def on_page(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems for a page without the form: they name no field there is to go to."""
    return [replace(problem, field="") for problem in problems]


def settled(request: Request, form: Form, act: Callable[[], object], *, to: Any = None) -> HttpResponseRedirect | None:
    """Do what a posted form asks and lead to what came of it, or to `to`; None where the form is to be shown."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = act()
    except Refused as refusal:
        tell(form, refusal.problems)
        return None
    lead_to: Any = to or made
    return redirect(lead_to)


def step_taken(
    request: Request,
    row: R,
    steps: Mapping[str, Take[R]],
    name: str,
    again: Callable[[Sequence[Problem]], HttpResponse],
) -> HttpResponse:
    """Take the step the address names, with the note that was posted, or show the case `again` with why not."""
    if name not in steps:
        raise Http404
    try:
        steps[name](row, request.POST.get("note", "").strip(), request.actor, timezone.now())
    except Refused as refusal:
        return again(refusal.problems)
    return redirect(row)


def industrial_asked(request: Request, upper: Organisation) -> dict[str, object]:
    """Return what is known of an industrial union to be founded, where the address asks for one, else nothing."""
    if request.GET.get("shape") != Shape.INDUSTRIAL:
        return {}
    term = founding_law(timezone.localdate(), upper).term
    return {"shape": Shape.INDUSTRIAL, "asker": Asker.UPPER, "years": term["local_term_years"]}


def known_of_lead(request: Request, upper: Organisation) -> dict[str, object]:
    """Return what is known of a union to be founded from the lead named in the address, nothing without one."""
    named = request.GET.get("lead", "")
    if not named.isdecimal() or len(named) > 18:
        return {}
    lead = lead_for(request.actor, int(named))
    return lead_words(lead, workers_in_home(lead), founding_law(timezone.localdate(), upper).term["base_term_years"][0])
