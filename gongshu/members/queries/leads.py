"""Employers with many workers in catch-all homes: leads for founding a union."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F

from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.members.enums import ACTIVE_STATES
from gongshu.members.models import Membership
from gongshu.members.queries.law import home_rule
from gongshu.members.queries.scope import Scope

MOST = 100


@dataclass(frozen=True)
class Lead:
    """An employer, the home its workers are in, how many they are."""

    employer: str
    home: Organisation
    members: int


def lead_rule(on: date, home: Organisation) -> Clause:
    """Return from how many `members` of one employer a union should be founded."""
    return clause("defaults", "founding-lead", on=on, region=home.division_code)


def leads(scope: Scope, least: int, *, on: date) -> Sequence[Lead]:
    """Return employers with at least so many members in one catch-all home in scope, most members first."""
    levels = home_rule(on, scope.org.division_code)["levels"]
    rows = Membership.objects.filter(
        scope.within(), organisation__level__in=levels, state__in=(*ACTIVE_STATES, "parked")
    ).exclude(employer="")
    counted = rows.order_by().values("organisation", firm=F("employer")).annotate(members=Count("pk"))
    found = list(counted.filter(members__gte=least).order_by("-members", "employer")[:MOST])
    homes = Organisation.objects.in_bulk([row["organisation"] for row in found])
    return [Lead(row["firm"], homes[row["organisation"]], row["members"]) for row in found]
