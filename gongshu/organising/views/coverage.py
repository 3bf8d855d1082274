"""Pages of employers: how many have a union, which have none, who is to visit them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.identity import mask_name
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.shown import lines
from gongshu.core.ui.shapes import Bar
from gongshu.organising.actions import leads as actions
from gongshu.organising.actions import listing
from gongshu.organising.enums import Match, Permission
from gongshu.organising.forms import ContactForm, LeadForm
from gongshu.organising.models import Employer
from gongshu.organising.queries import coverage as queries
from gongshu.organising.queries.cases import any_place_for
from gongshu.organising.tables import EMPLOYERS, at_url, covered_pill, lead_pill


@needs(Permission.SEE)
def show(request: Request) -> HttpResponse:
    """Show how many employers at an organisation and below have a union, as a picture with its table."""
    org = any_place_for(request.actor, Permission.SEE, request.GET.get("at", ""))
    whole, below = queries.coverage(org)
    bars = [Bar(row.organisation.short_name, row.covered, row.total, url=_url(row)) for row in below]
    context = {
        "org": org,
        "whole": whole,
        "below": [(row, _url(row)) for row in below],
        "bars": bars,
        "rest": queries.rest_of(whole, below),
        "new_url": at_url("organising:new_employer_list", org) if _may_list(request, org) else "",
        "crumbs": org_links(request.actor, org),
    }
    return render(request, "organising/coverage.html", context)


def _may_list(request: Request, org: Organisation) -> bool:
    return org.ended_on is None and can(request.actor, Permission.EDIT, at=org)


def _url(row: queries.Covered) -> str:
    return at_url("organising:coverage", row.organisation)


@needs(Permission.SEE)
def employers(request: Request) -> HttpResponse:
    """List the employers within reach, to be downloaded without contacts, or given to be visited, many at once."""
    if request.method != "POST":
        return _employers(request)
    rows = queries.employers_for(request.actor)
    chosen = list(EMPLOYERS.over(rows, request.GET).chosen(request.POST)[: actions.MOST_AT_ONCE + 1])
    try:
        done, problems = actions.assign_many(chosen, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _employers(request, status=422, problems=refusal.problems)
    return _employers(request, told=f"已交办 {done} 家", problems=problems[:20])


def _employers(request: Request, status: int = 200, **more: Any) -> HttpResponse:
    desk = request.actor.desk
    may_edit = desk is not None and can(request.actor, Permission.EDIT, at=desk)
    declared = EMPLOYERS if may_edit else replace(EMPLOYERS, actions=())
    table = declared.over(queries.employers_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "用人单位")
    context = {"table": table, "may_edit": may_edit, **more}
    return render(request, "organising/employers.html", context, status=status)


@needs(Permission.SEE)
def employer(request: Request, pk: int) -> HttpResponse:
    """Show an employer: what is known of it, its union, its leads."""
    return _page(request, queries.employer_for(request.actor, pk))


def _page(request: Request, row: Employer, status: int = 200, **more: Any) -> HttpResponse:
    may_edit = row.place is not None and can(request.actor, Permission.EDIT, at=row.place)
    found = list(row.leads.select_related("organisation").order_by("-pk"))
    is_free = row.union_id is None and not any(lead.state in ("to_visit", "nurturing") for lead in found)
    context = {
        "employer": row,
        "pill": covered_pill(row),
        "contact": mask_name(row.contact) if row.contact else "",
        "phone": row.phone.masked() if row.phone else "",
        "leads": [(lead, lead_pill(lead)) for lead in found],
        "lead_form": LeadForm(receivers=queries.receivers(row)) if may_edit and is_free else None,
        "contact_form": ContactForm() if may_edit and row.phone else None,
        "may_unmatch": may_edit and row.union_id is not None and row.matched == Match.NAME,
        "trail": lines(row),
        **more,
    }
    return render(request, "organising/employer.html", context, status=status)


@needs(Permission.EDIT)
@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    """Give an employer to a county or town to visit."""
    row = queries.employer_for(request.actor, pk)
    receivers = queries.receivers(row)
    form = LeadForm(request.POST, receivers=receivers)
    if not form.is_valid():
        return _page(request, row, status=422, lead_form=form)
    to = next(org for org in receivers if org.pk == form.cleaned_data["organisation"])
    try:
        lead = actions.assign(row, to, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, row, status=422, problems=_plain(refusal))
    return redirect(lead)


@needs(Permission.EDIT)
@require_POST
@never_cache
def contact(request: Request, pk: int) -> HttpResponse:
    """Show the contact of an employer in the clear, this once; who and why go into the trail."""
    row = queries.employer_for(request.actor, pk)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, contact_form=form)
    try:
        told = actions.reveal_phone(row, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, row, status=422, problems=_plain(refusal))
    return _page(request, row, revealed=told)


@needs(Permission.EDIT)
@require_POST
def unmatch(request: Request, pk: int) -> HttpResponse:
    """Take back that a union of a like name is this employer's."""
    row = queries.employer_for(request.actor, pk)
    try:
        listing.unmatch(row, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, row, status=422, problems=_plain(refusal))
    return redirect(row)


def _plain(refusal: Refused) -> list[Problem]:
    return [Problem(each.message, each.clause) for each in refusal.problems]
