"""Reads, narrowed to what the actor may see."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, visible
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import crumbs
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.venues.enums import Permission
from gongshu.venues.models import Inspection, Remedy, Venue
from gongshu.venues.rules.checks import months_before


def venues_for(actor: Actor) -> QuerySet[Venue]:
    """Return the venues within reach with their organisations."""
    return visible(actor, Permission.SEE, Venue.objects.select_related("organisation"))


def venue_for(actor: Actor, pk: int) -> Venue:
    """Return one venue within reach; raises Http404."""
    return get_object_or_404(venues_for(actor).select_related("photo"), pk=pk)


def remedy_for(actor: Actor, pk: int) -> Remedy:
    """Return one remedy within reach; raises Http404."""
    rows = Remedy.objects.select_related("inspection__venue", "organisation")
    return get_object_or_404(visible(actor, Permission.SEE, rows), pk=pk)


def inspections_of(venue: Venue, limit: int = 20) -> list[Inspection]:
    """Return the latest inspections with their remedies."""
    rows = list(
        Inspection.objects.filter(venue=venue).select_related("remedy").order_by("-inspected_on", "-pk")[:limit]
    )
    for row in rows:
        row.venue = venue
    return rows


def inspection_rule(on: date) -> Clause:
    """Return the clause that says after how many `months` without an inspection an open venue is flagged."""
    return clause("defaults", "venue-inspection", on=on)


def idle(on: date) -> Q:
    """Return the condition "open, and for long not inspected"."""
    limit = months_before(inspection_rule(on)["months"], on=on)
    never = Q(inspected_on__isnull=True, opened_on__lt=limit)
    return Q(state="open") & (never | Q(inspected_on__lt=limit))


def needing_repair() -> Q:
    """Return the condition "an inspection found something not yet put right"."""
    return Q(pk__in=Remedy.objects.filter(state="todo").values("inspection__venue_id"))


def division_of(organisation: Organisation) -> str:
    """Return the division code of the organisation or of the nearest one above that has one."""
    codes = [org.division_code for org in crumbs(organisation) if org.division_code]
    return codes[-1] if codes else ""
