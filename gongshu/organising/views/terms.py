"""Pages of committees, terms and posts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongshu.core.access.actor import can
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.exports.handing import download
from gongshu.core.orgs.queries import within
from gongshu.core.trail.shown import lines
from gongshu.core.ui.shapes import Bar
from gongshu.organising.actions import terms as actions
from gongshu.organising.enums import SITTING, Permission
from gongshu.organising.forms import FillForm, LeaveForm, PutOffForm, TermForm
from gongshu.organising.queries import law
from gongshu.organising.queries import terms as queries
from gongshu.organising.queries.cases import any_place_for, place_for
from gongshu.organising.tables import at_url, term_pill, term_table
from gongshu.organising.views.shared import settled

POSTED_BADLY = 422


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List the committees in office at an organisation and below, those due first, with what is overdue below."""
    org, on = any_place_for(request.actor, Permission.SEE, request.GET.get("at", "")), timezone.localdate()
    rows = queries.committees_for(request.actor).filter(within(org), state__in=SITTING)
    table = term_table(on).over(rows, request.GET)
    if table.wants_export:
        return download(request, table, "任期")
    below = [
        Bar(each.org.short_name, each.overdue, url=at_url("organising:terms", each.org), tone="overdue")
        for each in queries.overdue_below(org)
    ]
    context = {"org": org, "table": table, "below": below, "crumbs": org_links(request.actor, org)}
    return render(request, "organising/terms.html", context)


@needs(Permission.SEE)
def bodies(request: Request) -> HttpResponse:
    """Show a union's committees of all terms, and what it lacks."""
    org, on = any_place_for(request.actor, Permission.SEE, request.GET.get("at", "")), timezone.localdate()
    found = queries.bodies_of(org, on=on)
    context = {
        "org": org,
        "bodies": found,
        "sitting": [(row, term_pill(row, on)) for row in found.sitting],
        "may_edit": org.ended_on is None and can(request.actor, Permission.EDIT, at=org),
        "elect_url": at_url("organising:elect", org),
        "crumbs": org_links(request.actor, org),
    }
    return render(request, "organising/bodies.html", context)


@needs(Permission.EDIT)
def elect(request: Request) -> HttpResponse:
    """Write down a committee elected at the union named in the address, else the desk's."""
    org = place_for(request.actor, Permission.EDIT, request.GET.get("at", ""))
    terms = law.term_law(timezone.localdate(), org)
    only = {"years": next(iter(terms.years))} if len(terms.years) == 1 else {}
    form = TermForm(request.POST or None, initial=only)

    def act() -> object:
        return actions.elect(form.facts(), organisation=org, by=request.actor, at=timezone.now())

    if done := settled(request, form, act):
        return done
    context = {
        "form": form,
        "heading": "登记选举结果",
        "lead": org.name,
        "clause": terms.term,
        "back_url": at_url("organising:bodies", org),
    }
    return _form(request, context)


def _form(request: Request, context: dict[str, object]) -> HttpResponse:
    status = POSTED_BADLY if request.method == "POST" else 200
    return render(request, "organising/term_form.html", context, status=status)


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a committee: its term, who held which post when, vacancies, the trail."""
    row, on = queries.committee_for(request.actor, pk), timezone.localdate()
    org, is_sitting = row.organisation, row.state in SITTING
    upper = row.upper
    context = {
        "committee": row,
        "pill": term_pill(row, on),
        "holdings": queries.holdings_of(row),
        "vacancies": queries.vacancies_of(row),
        "vacancy_rule": law.vacancy_rule(on, org),
        "may_edit": is_sitting and can(request.actor, Permission.EDIT, at=org),
        "may_put_off": bool(is_sitting and upper and can(request.actor, Permission.APPROVE, at=upper)),
        "bodies_url": at_url("organising:bodies", org),
        "trail": lines(row),
        "crumbs": org_links(request.actor, org),
    }
    return render(request, "organising/committee.html", context)


@needs(Permission.EDIT)
def leave(request: Request, pk: int) -> HttpResponse:
    """Write down that somebody left a post."""
    row = queries.holding_for(request.actor, pk)
    form = LeaveForm(request.POST or None)

    def act() -> object:
        return actions.leave(row, form.told(), by=request.actor, at=timezone.now())

    if done := settled(request, form, act, to=row.committee):
        return done
    context = {
        "form": form,
        "heading": f"{row.name}离任",
        "lead": f"{row.committee.organisation.name}{row.committee}{row.get_post_display()}",
        "clause": law.leaving_rule(timezone.localdate()),
        "back_url": row.committee.get_absolute_url(),
    }
    return _form(request, context)


@needs(Permission.EDIT)
def fill(request: Request, pk: int) -> HttpResponse:
    """Fill a vacancy."""
    row = queries.vacancy_for(request.actor, pk)
    form = FillForm(request.POST or None)

    def act() -> object:
        return actions.fill(row, form.told(), by=request.actor, at=timezone.now())

    if done := settled(request, form, act, to=row):
        return done
    context = {
        "form": form,
        "heading": f"补选{row.left.get_post_display()}",
        "lead": f"{row.organisation.name}{row.left.committee}",
        "clause": law.vacancy_rule(timezone.localdate(), row.organisation),
        "back_url": row.get_absolute_url(),
    }
    return _form(request, context)


@needs(Permission.APPROVE)
def put_off(request: Request, pk: int) -> HttpResponse:
    """Agree, as the union above, that an election is held later."""
    row = queries.committee_for(request.actor, pk)
    form = PutOffForm(request.POST or None)

    def act() -> object:
        told = form.cleaned_data
        return actions.put_off(row, told["until"], reason=told["reason"], by=request.actor, at=timezone.now())

    if done := settled(request, form, act, to=row):
        return done
    context = {
        "form": form,
        "heading": "同意延期换届",
        "lead": f"{row.organisation.name}{row}",
        "clause": law.postponing_rule(timezone.localdate(), row.organisation),
        "back_url": row.get_absolute_url(),
    }
    return _form(request, context)
