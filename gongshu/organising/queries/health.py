"""The health of base unions, computed in the database from counters, terms and the trail; nothing is reported."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import standing, within
from gongshu.core.people.enums import Gender
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.core.trail.models import Entry
from gongshu.members.enums import Form
from gongshu.organising.enums import SITTING, Body
from gongshu.organising.models import Committee
from gongshu.organising.queries.law import region_of
from gongshu.organising.rules import health as rules
from gongshu.organising.rules.health import Component, HealthFacts

WEAKNESSES = (
    ("empty", "没有会员"),
    ("real_name", "实名不足"),
    ("phone", "联系方式不足"),
    ("term", "任期"),
    ("idle", "长期没有办理"),
)


def health_rule(on: date, organisation: Organisation | None = None) -> Clause:
    """Return the shares and days below which a component is weak: at an organisation, or in the whole country."""
    return clause("defaults", "base-health", on=on, region=region_of(organisation) if organisation else "")


def _sum(lead: str) -> Any:
    cells = [F(f"tally__{lead}_{form}_{gender}") for form in Form.values for gender in Gender.values]
    return Coalesce(reduce(add, cells), Value(0), output_field=IntegerField())


def base_unions(org: Organisation | None = None) -> QuerySet[Organisation]:
    """Return the base unions at or below an organisation, or all, with what the ledger knows of each; one query."""
    term = Committee.objects.filter(organisation=OuterRef("pk"), body=Body.UNION, state__in=SITTING)
    last = Entry.objects.filter(organisation_id=OuterRef("pk")).order_by("-pk")
    rows: QuerySet[Organisation] = standing().filter(within(org, "") if org else Q(), level=Level.BASE)
    found: QuerySet[Organisation] = rows.annotate(
        members=_sum("n"),
        real_name=_sum("r"),
        phones=Coalesce(F("tally__phones"), Value(0)),
        term_due=Subquery(term.values("due_on")[:1]),
        last_at=Subquery(last.values("at")[:1]),
    )
    return found


def weak(law: Clause, on: date) -> dict[str, Q]:
    """Return the condition of each weakness on rows of `base_unions`."""
    since = timezone.make_aware(datetime.combine(on - timedelta(days=law["idle_days"]), time.min))
    return {
        "empty": Q(members=0),
        "real_name": _below("real_name", law["real_name_share"]),
        "phone": _below("phones", law["phone_share"]),
        "term": Q(term_due__isnull=True) | Q(term_due__lt=on),
        "idle": Q(last_at__isnull=True) | Q(last_at__lt=since),
    }


def _below(part: str, share: Fraction) -> Q:
    exact = Fraction(share)
    return Q(members__gt=F(part) * exact.denominator / exact.numerator)


def facts_of(row: Any) -> HealthFacts:
    """Return the figures of a row of `base_unions`."""
    last_on = timezone.localdate(row.last_at) if row.last_at else None
    return HealthFacts(row.members, row.real_name, row.phones, last_on, row.term_due)


def components_of(row: Any, law: Clause, *, on: date) -> list[Component]:
    """Return the components of a row of `base_unions`."""
    return rules.components(facts_of(row), law, on=on)
