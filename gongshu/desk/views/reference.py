"""What the rules rest on, and what was done."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongshu.core.access.enums import Permission
from gongshu.core.access.guard import Request, needs, signed_in
from gongshu.core.exports.handing import download
from gongshu.core.orgs.queries import within_any
from gongshu.core.statutes import lookup
from gongshu.core.statutes.model import GRADES, NoSuchClause
from gongshu.core.trail.models import Entry
from gongshu.core.ui.links import with_params
from gongshu.desk.forms import TrailForm
from gongshu.desk.queries import reach as queries
from gongshu.desk.tables import INSTRUMENTS, InstrumentRow

PAGE = 50


@signed_in("法规和文件本是公开的")
def statutes(request: Request) -> HttpResponse:
    """List the instruments the rules rest on, with how sure we are of each."""
    held = [(found, lookup.clauses_of(found.id)) for found in lookup.instruments()]
    rows = [InstrumentRow(found, len(all_of), sum(each.needs_checking for each in all_of)) for found, all_of in held]
    table = INSTRUMENTS.over(rows, request.GET)
    if table.wants_export:
        return download(request, table, "法规依据")
    return render(request, "desk/statutes.html", {"table": table, "unchecked": len(lookup.unchecked())})


@signed_in("法规和文件本是公开的")
def instrument(request: Request, instrument: str) -> HttpResponse:
    """Show the clauses of an instrument."""
    try:
        found, held = lookup.instrument(instrument), lookup.clauses_of(instrument)
    except NoSuchClause as missing:
        raise Http404 from missing
    return render(request, "desk/instrument.html", {"instrument": found, "clauses": held, "grade": GRADES[found.grade]})


@needs(Permission.SEE_TRAIL)
def trail(request: Request) -> HttpResponse:
    """Show the trail within reach, newest first, a page at a time."""
    form = TrailForm(request.GET or None)
    rows = queries.entries_for(request.actor)
    if form.is_valid():
        rows = _narrowed(request, rows, form)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    entries = found[:PAGE]
    context = {
        "form": form,
        "entries": entries,
        "following": with_params(request.GET, {"before": entries[-1].pk}) if len(found) > PAGE else "",
        "first": with_params(request.GET, {"before": None}) if before else "",
        "is_narrowed": any(form.cleaned_data.values()) if form.is_bound and form.is_valid() else False,
    }
    return render(request, "desk/trail.html", context)


def _narrowed(request: Request, rows: QuerySet[Entry], form: TrailForm) -> QuerySet[Entry]:
    asked = form.cleaned_data
    if asked["q"]:
        rows = rows.filter(Q(who__contains=asked["q"]) | Q(summary__contains=asked["q"]))
    if asked["under"]:
        named = queries.orgs_for(request.actor).filter(name__contains=asked["under"]).order_by("depth", "path")
        rows = rows.filter(within_any(named[:10]))
    if asked["since"]:
        rows = rows.filter(at__gte=_midnight(asked["since"]))
    if asked["until"]:
        rows = rows.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
