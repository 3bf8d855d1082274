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
from gongshu.core.ui.refusals import tell
from gongshu.organising.models import Ending, Founding

R = TypeVar("R", Founding, Ending)
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
