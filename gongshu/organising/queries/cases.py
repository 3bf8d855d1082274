"""Applications to found and to end unions, as far as the actor reaches, and what the ledger knows of them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, reach, visible
from gongshu.core.base.problems import Problem
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, everywhere, parent, standing
from gongshu.members.models import Membership
from gongshu.organising.enums import Permission
from gongshu.organising.models import Employer, Ending, Founding
from gongshu.organising.queries.law import founding_law
from gongshu.organising.rules import founding as rules
from gongshu.organising.rules.ending import EndingFacts, Successor

LONGEST_KEY = 19  # digits; more would not fit the database's whole numbers


def foundings_for(actor: Actor) -> QuerySet[Founding]:
    """Return the applications to found unions within reach."""
    return visible(actor, Permission.SEE, Founding.objects.select_related("organisation", "union"))


def founding_for(actor: Actor, pk: int) -> Founding:
    """Return one application within reach; raises Http404."""
    return get_object_or_404(foundings_for(actor), pk=pk)


def endings_for(actor: Actor) -> QuerySet[Ending]:
    """Return the applications to dissolve or merge within reach: of the union, or of the one above."""
    rows = Ending.objects.select_related("organisation", "upper", "successor")
    return rows.filter(reach(actor, Permission.SEE) | reach(actor, Permission.SEE, "upper"))


def ending_for(actor: Actor, pk: int) -> Ending:
    """Return one application within reach; raises Http404."""
    return get_object_or_404(endings_for(actor), pk=pk)


def place_for(actor: Actor, permission: str, named: str) -> Organisation:
    """Return the standing organisation whose key is `named`, else the desk's; raises Http404 out of reach."""
    pk = int(named) if named.isdecimal() and len(named) < LONGEST_KEY else actor.organisation_id
    return get_object_or_404(visible(actor, permission, standing(), at=""), pk=pk)


def any_place_for(actor: Actor, permission: str, named: str) -> Organisation:
    """Return the organisation, standing or ended, whose key is `named`, else the desk's; raises Http404."""
    pk = int(named) if named.isdecimal() and len(named) < LONGEST_KEY else actor.organisation_id
    return get_object_or_404(visible(actor, permission, everywhere(), at=""), pk=pk)


def placing_problems(name: str, upper: Organisation, *, on: date, but: Organisation | None = None) -> list[Problem]:
    """Return why no union of this name can be set up under an upper union; two queries."""
    taken = children(upper).filter(name=name.strip()).exclude(pk=but.pk if but else None)
    return rules.placing(
        name,
        is_base=upper.level == Level.BASE,
        is_ended=upper.ended_on is not None,
        is_taken=taken.exists(),
        law=founding_law(on, upper).approval,
    )


def industrial_problems(
    industry: str, upper: Organisation, *, on: date, but: Organisation | None = None
) -> list[Problem]:
    """Return why no industrial union of this industry can be set up under an upper union; two queries."""
    same = children(upper).filter(kind=Kind.INDUSTRIAL, industry=industry, ended_on__isnull=True)
    taken = same.exclude(pk=but.pk if but else None).values_list("name", flat=True) if industry else ()
    law = founding_law(on, upper)
    return rules.placing_industrial(upper.name, level=upper.level, kind=upper.kind, taken=list(taken), law=law)


def covering_problems(codes: list[str]) -> list[Problem]:
    """Return that employers with these codes already have a union; one query."""
    rows = Employer.objects.filter(code__in=codes, union__isnull=False).select_related("union").order_by("pk")
    return rules.covering([(row.name, row.union.name) for row in rows if row.union])


def ending_facts(row: Ending) -> EndingFacts:
    """Return what is told of a union's end with what the ledger knows; six queries."""
    org, upper = Organisation.objects.get(pk=row.organisation_id), row.upper
    moving = Q(state__in=("leaving", "arriving"))
    here = Membership.objects.filter(organisation=org).aggregate(
        pending=Count("pk", filter=Q(state__in=("applied", "reviewing"))), leaving=Count("pk", filter=moving)
    )
    arriving = Membership.objects.filter(moving, destination=org).count()
    return EndingFacts(
        way=row.way,
        ground=row.ground,
        successor=_successor(row, org, upper),
        has_upper=parent(org) is not None,
        is_ended=org.ended_on is not None,
        below=children(org).count(),
        pending=here["pending"],
        moving=here["leaving"] + arriving,
    )


def _successor(row: Ending, org: Organisation, upper: Organisation) -> Successor | None:
    if row.successor_id is None:
        return None
    heir = Organisation.objects.get(pk=row.successor_id)
    return Successor(is_ended=heir.ended_on is not None, is_within=org.holds(heir), is_near=upper.holds(heir))


def unsettled(org: Organisation) -> int:
    """Return how many memberships of an ended union still wait to be carried over."""
    return Membership.objects.filter(organisation=org, state__in=("active", "kept", "parked")).count()
