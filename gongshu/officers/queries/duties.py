"""The ledger of Party building and integrity within reach, and what it asks of an organisation in a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, visible
from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.lookup import clause, clauses_of
from gongshu.core.statutes.model import Clause
from gongshu.officers.enums import OTHER_DUTY, Permission
from gongshu.officers.models import Duty
from gongshu.officers.rules import due_days
from gongshu.organising.enums import SITTING, Body
from gongshu.organising.models import Holding
from gongshu.organising.queries.law import region_of

INSTRUMENT = "party-ledger"
OTHER_LABEL = "上级或者本级安排的其他事项"


def duties_for(actor: Actor) -> QuerySet[Duty]:
    """Return the duties within reach."""
    return visible(actor, Permission.LEDGER, Duty.objects.select_related("organisation"))


def duty_for(actor: Actor, pk: int) -> Duty:
    """Return one duty within reach; raises Http404."""
    return get_object_or_404(duties_for(actor).select_related("attachment"), pk=pk)


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of duties with their labels, those of the data file first."""
    named = {each.article: each.heading for each in clauses_of(INSTRUMENT)}
    return [*named.items(), (OTHER_DUTY, OTHER_LABEL)]


def source_of(duty: Duty) -> Clause | None:
    """Return the clause a duty comes from, None for one entered by hand or no longer in the file."""
    region = region_of(duty.organisation)
    found = [each for each in clauses_of(INSTRUMENT, on=duty.due_on, region=region) if each.article == duty.kind]
    return max(found, key=lambda each: len(each.region), default=None)


@dataclass(frozen=True)
class Asked:
    """A duty the data file asks of an organisation: the clause and the day it is due."""

    source: Clause
    due_on: date


def asked_in(year: int, organisation: Organisation) -> list[Asked]:
    """Return what is asked of an organisation of its level in a year, by day; one query."""
    region = region_of(organisation)
    articles = dict.fromkeys(each.article for each in clauses_of(INSTRUMENT, region=region))
    found = []
    for article in articles:
        rule = clause(INSTRUMENT, article, on=date(year, 1, 1), region=region)
        if organisation.level in rule["levels"]:
            found += [Asked(rule, day) for day in due_days(year, rule["months"], rule["day"])]
    return sorted(found, key=lambda each: (each.due_on, each.source.article))


def reminder_rule(on: date, organisation: Organisation | None = None) -> Clause:
    """Return how many `days` before it is due a duty enters the inbox."""
    return clause("defaults", "duty-reminder", on=on, region=region_of(organisation) if organisation else "")


def answerable(duty: Duty) -> str:
    """Return who holds the post that answers for a duty, as organising tells it; empty where nobody is known."""
    rows = Holding.objects.filter(
        committee__organisation=duty.organisation, committee__body=Body.UNION, committee__state__in=SITTING,
        until_on__isnull=True, post=duty.post,
    )  # fmt: skip
    names: Sequence[str] = list(rows.order_by("pk").values_list("name", flat=True)[:3])
    return "、".join(names)


def years_of(organisation: Organisation) -> list[int]:
    """Return the years an organisation has duties in, the latest first; one query."""
    return [day.year for day in Duty.objects.filter(organisation=organisation).dates("due_on", "year", order="DESC")]
