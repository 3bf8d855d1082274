"""Employers with and without a union as far as the actor reaches, leads, and how much of a place is covered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, visible
from gongshu.core.base.days import add_working_days
from gongshu.core.metrics.many import Slice, grid
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import ancestor_paths, children, everywhere, standing, subtree, within
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.members.enums import ACTIVE_STATES
from gongshu.members.models import Membership
from gongshu.members.queries.law import home_rule
from gongshu.members.queries.leads import lead_rule
from gongshu.organising.enums import LEAD_LEVELS, OPEN_LEADS, Permission
from gongshu.organising.metrics import COVERED, UNCOVERED
from gongshu.organising.models import Employer, EmployerList, Lead
from gongshu.organising.queries.law import region_of
from gongshu.organising.rules.coverage import union_names

PLACES = (Level.NATION, Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN)
SHOWN = 200


def employers_for(actor: Actor) -> QuerySet[Employer]:
    """Return the employers whose place lies within reach."""
    return visible(actor, Permission.SEE, Employer.objects.select_related("union", "place"), at="place")


def employer_for(actor: Actor, pk: int) -> Employer:
    """Return one employer within reach; raises Http404."""
    return get_object_or_404(employers_for(actor), pk=pk)


def leads_for(actor: Actor) -> QuerySet[Lead]:
    """Return the leads within reach."""
    return visible(actor, Permission.SEE, Lead.objects.select_related("organisation", "employer", "union"))


def lead_for(actor: Actor, pk: int) -> Lead:
    """Return one lead within reach; raises Http404."""
    return get_object_or_404(leads_for(actor), pk=pk)


def lists_for(actor: Actor) -> QuerySet[EmployerList]:
    """Return the lists taken in within reach, newest first."""
    return visible(actor, Permission.SEE, EmployerList.objects.select_related("organisation")).order_by("-pk")


def list_for(actor: Actor, pk: int) -> EmployerList:
    """Return one list within reach; raises Http404."""
    return get_object_or_404(lists_for(actor), pk=pk)


@dataclass(frozen=True)
class Covered:
    """How many employers of a place have a union, and how many have not."""

    organisation: Organisation
    covered: int
    uncovered: int

    @property
    def total(self) -> int:
        """Return all employers known there."""
        return self.covered + self.uncovered

    @property
    def share(self) -> float | None:
        """Return the share with a union, None where no employer is known."""
        return self.covered / self.total if self.total else None


def coverage(org: Organisation) -> tuple[Covered, Sequence[Covered]]:
    """Return how much of a place is covered, and of each place below that has employers; four queries."""
    below = list(children(org).filter(kind=Kind.LOCAL)[:SHOWN])
    orgs = [org, *below]
    covered, uncovered = grid([Slice(COVERED), Slice(UNCOVERED)], orgs)
    rows = [Covered(each, covered[each.pk], uncovered[each.pk]) for each in orgs]
    return rows[0], [row for row in rows[1:] if row.total]


def rest_of(whole: Covered, below: Sequence[Covered]) -> Covered:
    """Return what of a place is in none of the places below, so that rows add up to the whole."""
    covered = whole.covered - sum(row.covered for row in below)
    return Covered(whole.organisation, covered, whole.uncovered - sum(row.uncovered for row in below))


class Places:
    """The local federations below an organisation by code and by name, read once for a whole list."""

    def __init__(self, org: Organisation) -> None:
        self.org = org
        self.named: dict[str, set[int]] = {}
        self.orgs = {each.pk: each for each in subtree(org).filter(kind=Kind.LOCAL, level__in=PLACES)}
        for each in self.orgs.values():
            bare = each.name.removesuffix("工会").removesuffix("总")
            for name in {each.division_code, each.name, each.short_name, bare} - {""}:
                self.named.setdefault(name, set()).add(each.pk)

    def find(self, told: str) -> tuple[Organisation | None, str]:
        """Return the place a row tells of, else why there is none; without one it is the list's own place."""
        if not told:
            return self.org, ""
        digits = told.isdecimal()
        wanted = [told, f"{told[:9]}", f"{told[:6]}"] if digits else [told]
        found = next((self.named[name] for name in wanted if name in self.named), set[int]())
        if len(found) == 1:
            return self.orgs[next(iter(found))], ""
        what = "不止一个地方叫" if found else "范围内没有"
        return None, f"{self.org.short_name}{what}“{told[:30]}”，请填行政区划代码或者县、乡镇的全称"


def unions_by_name(rows: Iterable[Employer]) -> dict[int, Organisation]:
    """Return, by key of the employer, the one union at its place named after it that covers nobody yet; one query."""
    wanted: dict[str, list[Employer]] = {}
    for row in rows:
        for name in union_names(row.name):
            wanted.setdefault(name, []).append(row)
    found: dict[int, list[Organisation]] = {}
    for union in standing().filter(name__in=list(wanted), level=Level.BASE, employers__isnull=True):
        for row in wanted[union.name]:
            if row.place is not None and row.place.holds(union):
                found.setdefault(row.pk, []).append(union)
    taken = [union.pk for unions in found.values() for union in unions]
    return {pk: unions[0] for pk, unions in found.items() if len(unions) == 1 and taken.count(unions[0].pk) == 1}


def receivers(employer: Employer) -> list[Organisation]:
    """Return which unions a lead may be given to: that of the place, or one directly below it."""
    place = employer.place
    if place is None:
        return []
    found = [place] if place.level in LEAD_LEVELS else []
    below = children(place).filter(kind=Kind.LOCAL, level__in=LEAD_LEVELS)
    return found + list(below[:SHOWN])


def visit_rule(on: date, organisation: Organisation) -> Clause:
    """Return within how many `working_days` a lead is to be visited."""
    return clause("defaults", "lead-visit", on=on, region=region_of(organisation))


def visit_due(on: date, organisation: Organisation) -> date:
    """Return the day by which a lead that arrives on `on` is to be visited."""
    return add_working_days(on, visit_rule(on, organisation)["working_days"])


@dataclass(frozen=True)
class Gathered:
    """Workers of one employer in one catch-all home: key of the home, name of the employer, how many."""

    home: int
    employer: str
    members: int


def gathered(on: date) -> list[Gathered]:
    """Return where enough workers of one employer are in a catch-all home; two queries a province."""
    tops = list(everywhere().filter(level=Level.PROVINCE)) or list(everywhere().filter(depth=1))
    return [row for top in tops for row in _gathered(top, on)]


def _gathered(top: Organisation, on: date) -> list[Gathered]:
    levels, least = home_rule(on, top.division_code)["levels"], lead_rule(on, top)["members"]
    rows = Membership.objects.filter(
        within(top), organisation__level__in=levels, state__in=(*ACTIVE_STATES, "parked")
    ).exclude(employer="")
    counted = rows.order_by().values("organisation", firm=F("employer")).annotate(members=Count("pk"))
    many = counted.filter(members__gte=least).order_by("organisation", "firm")
    return [Gathered(row["organisation"], row["firm"], row["members"]) for row in many]


def workers_in_home(lead: Lead) -> int:
    """Return how many workers of a lead's employer are in the home that has it."""
    rows = Membership.objects.filter(organisation=lead.organisation_id, employer=lead.name)
    return rows.filter(state__in=(*ACTIVE_STATES, "parked")).count()


def open_leads(names: Iterable[str]) -> QuerySet[Lead]:
    """Return the open leads of employers of these names."""
    return Lead.objects.filter(name__in=list(names), state__in=OPEN_LEADS)


def covered_names(names: Iterable[str]) -> dict[str, list[str]]:
    """Return which of these names are of an employer that has a union, with the paths of their places."""
    found: dict[str, list[str]] = {}
    rows = Employer.objects.filter(name__in=list(names), union__isnull=False, place__isnull=False)
    for name, path in rows.values_list("name", "place__path"):
        found.setdefault(name, []).append(path)
    return found


def closable(codes: Iterable[int], names: Iterable[str], upper: Organisation) -> QuerySet[Lead]:
    """Return the leads a founding closes: of its employers, or of their names below the union that decided."""
    same_name = Q(name__in=list(names)) & within(upper)
    rows = Lead.objects.filter(Q(employer__in=list(codes)) | same_name, state__in=(*OPEN_LEADS, "unfit"))
    return rows.select_related("organisation").order_by("pk")


def uncovered_named(name: str, home: Organisation) -> Employer | None:
    """Return the one listed employer of this name at a home's place that has no union and no open lead."""
    at_home = within(home, "place") | Q(place__path__in=ancestor_paths(home.path))
    rows = Employer.objects.filter(at_home, name=name, union__isnull=True).exclude(leads__state__in=OPEN_LEADS)
    found = list(rows.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None
