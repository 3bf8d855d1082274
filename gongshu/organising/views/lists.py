"""Pages of taking in lists of employers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.ui.refusals import tell
from gongshu.organising import jobs
from gongshu.organising.enums import Permission
from gongshu.organising.exports import list_template, refused_rows
from gongshu.organising.forms import EmployerListForm
from gongshu.organising.queries import coverage as queries
from gongshu.organising.queries.cases import place_for
from gongshu.organising.rules.coverage import COLUMNS
from gongshu.organising.tables import EMPLOYER_LISTS


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List the lists taken in within reach."""
    table = EMPLOYER_LISTS.over(queries.lists_for(request.actor), request.GET)
    return render(request, "organising/employer_lists.html", {"table": table})


@needs(Permission.EDIT)
def new(request: Request) -> HttpResponse:
    """Take a list in for the organisation named in the address, else the desk's; it is read in the background."""
    place = place_for(request.actor, Permission.EDIT, request.GET.get("at", ""))
    form = EmployerListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["upload"]
            job = jobs.receive_employers(upload, organisation=place, by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(job)
    context = {"form": form, "place": place, "columns": [words[0] for words in COLUMNS.values()]}
    status = 422 if request.method == "POST" else 200
    return render(request, "organising/employer_list_form.html", context, status=status)


@needs(Permission.EDIT)
def template(request: Request) -> HttpResponse:
    """Download the template of a list."""
    return list_template()


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show what came of a list: counts, and why rows were refused."""
    taken = queries.list_for(request.actor, pk)
    return render(request, "organising/employer_list.html", {"taken": taken, "reasons": taken.reasons[:100]})


@needs(Permission.SEE)
def refused(request: Request, pk: int) -> HttpResponse:
    """Download the rows that were refused, each with its reason."""
    return refused_rows(queries.list_for(request.actor, pk))
