"""Committees, posts and vacancies within reach, and how terms stand along the tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, visible
from gongshu.core.base.days import add_months
from gongshu.core.base.problems import Problem
from gongshu.core.metrics.queries import by_organisations
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children
from gongshu.core.people.enums import Gender
from gongshu.members.queries.counting import headcount
from gongshu.organising.enums import SITTING, Permission
from gongshu.organising.metrics import TERM_OVERDUE
from gongshu.organising.models import Committee, Holding, Vacancy
from gongshu.organising.queries.law import lacking_rules, warning_rule
from gongshu.organising.rules import terms as rules

SHOWN_BELOW = 200


def committees_for(actor: Actor) -> QuerySet[Committee]:
    """Return the committees within reach, of all terms."""
    return visible(actor, Permission.SEE, Committee.objects.select_related("organisation"))


def committee_for(actor: Actor, pk: int) -> Committee:
    """Return one committee within reach; raises Http404."""
    return get_object_or_404(committees_for(actor), pk=pk)


def holding_for(actor: Actor, pk: int) -> Holding:
    """Return one post held, within reach; raises Http404."""
    rows = Holding.objects.select_related("committee__organisation")
    return get_object_or_404(visible(actor, Permission.SEE, rows, at="committee__organisation"), pk=pk)


def vacancy_for(actor: Actor, pk: int) -> Vacancy:
    """Return one vacancy within reach; raises Http404."""
    rows = Vacancy.objects.select_related("organisation", "left__committee__organisation")
    return get_object_or_404(visible(actor, Permission.SEE, rows), pk=pk)


def holdings_of(committee: Committee) -> list[Holding]:
    """Return who held which post of a committee, those in office first."""
    rows = Holding.objects.filter(committee=committee).select_related("vacancy")
    return sorted(rows, key=lambda row: (row.until_on is not None, row.pk))


def vacancies_of(committee: Committee) -> list[Vacancy]:
    """Return the vacancies of a committee still to be filled, with the posts."""
    rows = Vacancy.objects.filter(left__committee=committee, state="open")
    return list(rows.select_related("left").order_by("due_on", "pk"))


def near_end(on: date, code: str) -> Q:
    """Return the condition "overdue", or "ends within so many months", for a code of `near_choices`."""
    if code == "overdue":
        return Q(due_on__lt=on)
    return Q(due_on__gte=on, due_on__lte=add_months(on, int(code)))


def near_choices(on: date) -> list[tuple[str, str]]:
    """Return the codes and labels a list of terms is narrowed by."""
    return [("overdue", "已到期"), *((str(n), f"{n}个月内届满") for n in sorted(warning_rule(on)["months"]))]


@dataclass(frozen=True)
class Below:
    """An organisation directly below, and how many unions in it have outlived their term."""

    org: Organisation
    overdue: int


def overdue_below(org: Organisation) -> list[Below]:
    """Return the organisations below with overdue terms, most first; a fixed number of queries."""
    rows = list(children(org)[:SHOWN_BELOW])
    counts: dict[int, Any] = by_organisations(TERM_OVERDUE, rows)
    found = [Below(row, counts[row.pk]) for row in rows if counts[row.pk]]
    return sorted(found, key=lambda each: -each.overdue)


@dataclass(frozen=True)
class Bodies:
    """A union's committees: those sitting, those of the past, and what it lacks."""

    sitting: list[Committee]
    past: list[Committee]
    lacking: list[Problem]


def bodies_of(org: Organisation, *, on: date) -> Bodies:
    """Return a union's committees of all terms and what it lacks, from the ledger alone."""
    rows = list(Committee.objects.filter(organisation=org).order_by("body", "-began_on", "-pk"))
    sitting = [row for row in rows if row.state in SITTING]
    women_law, audit_law = lacking_rules(on, org)
    women = headcount(org).of_gender(Gender.WOMAN)
    lacking = rules.lacking({row.body for row in sitting}, women, women_law, audit_law)
    past = [row for row in rows if row.state not in SITTING]
    return Bodies(sitting, past, [] if org.ended_on else lacking)
