"""Leads for founding unions: given to a county or town, visited, closed by themselves once the union is founded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require, system_actor
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.organising.enums import LEAD_LEVELS, OPEN_LEADS, LeadSource, Permission
from gongshu.organising.models import Employer, Founding, Lead
from gongshu.organising.queries import coverage
from gongshu.organising.rules import founding as rules

MOST_AT_ONCE = 500
FINDER, CLOSER = system_actor("查找建会线索"), system_actor("建会线索自动办结")
HELD = "{}已有建会线索在办理，不必重复交办"


def assign(employer: Employer, to: Organisation, *, by: Actor, at: datetime) -> Lead:
    """Give an employer without a union to a county or town to visit; raises Refused."""
    if employer.place is None or not employer.place.holds(to):
        raise Refused.because("请在单位所在地的工会中选择由谁走访", field="organisation")
    require(by, Permission.EDIT, at=to)
    refuse_if(_against(employer, to))
    lead = Lead(
        organisation=to,
        employer=employer,
        name=employer.name,
        source=LeadSource.LIST,
        workers=employer.workers,
        due_on=coverage.visit_due(timezone.localdate(at), to),
    )
    try:
        with transaction.atomic():
            Employer.objects.select_for_update(of=("self",)).get(pk=employer.pk, union__isnull=True)
            return flow.start(lead, by=by, at=at, summary=f"交办建会线索：{employer.name}")
    except Employer.DoesNotExist as error:
        raise Refused.because(f"{employer.name}刚刚建了会，不需要再走访") from error
    except IntegrityError as error:
        raise Refused.because(HELD.format(employer.name)) from error


def _against(employer: Employer, to: Organisation) -> list[Problem]:
    problems = []
    if employer.union_id is not None:
        problems.append(Problem(f"{employer.name}已建会，不需要走访"))
    if to.level not in LEAD_LEVELS or to.ended_on is not None:
        problems.append(Problem(f"{employer.name}：请交给县、乡镇（街道）一级的工会", field="organisation"))
    if coverage.open_leads([employer.name]).filter(employer=employer).exists():
        problems.append(Problem(HELD.format(employer.name)))
    return problems


def assign_many(employers: Sequence[Employer], *, by: Actor, at: datetime) -> tuple[int, list[Problem]]:
    """Give many employers to the unions of their places; return how many, and why not the others."""
    if len(employers) > MOST_AT_ONCE:
        raise Refused.because(f"一次最多交办 {MOST_AT_ONCE} 家，请先按条件筛选")
    done, problems = 0, list[Problem]()
    for employer in employers:
        try:
            if employer.place is None:
                raise Refused.because(f"{employer.name}没有所在地")
            assign(employer, employer.place, by=by, at=at)
            done += 1
        except Refused as refusal:
            problems += refusal.problems
    return done, problems


def visit(lead: Lead, *, note: str, by: Actor, at: datetime) -> Lead:
    """Note that an employer was visited and is being brought to a union."""
    return flow.advance(lead, "visit", by=by, at=at, facts={"note": note})


def unfit(lead: Lead, *, note: str, by: Actor, at: datetime) -> Lead:
    """Note why an employer cannot have a union for now."""
    return flow.advance(lead, "unfit", by=by, at=at, facts={"note": note})


def reopen(lead: Lead, *, note: str, by: Actor, at: datetime) -> Lead:
    """Visit an employer again."""
    due_on = coverage.visit_due(timezone.localdate(at), lead.organisation)
    try:
        return flow.advance(lead, "reopen", by=by, at=at, facts={"note": note, "due_on": due_on})
    except IntegrityError as error:
        raise Refused.because(HELD.format(lead.name)) from error


def gather(found: Sequence[coverage.Gathered], *, at: datetime) -> int:
    """Write a lead for each home with enough workers of one employer, unless it has one; return how many are new.

    Whoever was told unfit stays so until more workers have gathered than were known then.
    """
    names = {row.employer for row in found}
    known = {
        (lead.organisation_id, lead.name): lead
        for lead in Lead.objects.filter(name__in=names, organisation__in={row.home for row in found}).order_by("pk")
    }
    covered = coverage.covered_names(names)
    homes = Organisation.objects.in_bulk({row.home for row in found})
    new = 0
    for row in found:
        lead = known.get((row.home, row.employer))
        if row.employer in covered or homes[row.home].ended_on is not None:
            continue
        if lead is None:
            _start(homes[row.home], row, at=at)
            new += 1
        elif lead.workers != row.members:
            _recount(lead, row.members, at=at)
    return new


def _start(home: Organisation, row: coverage.Gathered, *, at: datetime) -> None:
    employer = coverage.uncovered_named(row.employer, home)
    lead = Lead(
        organisation=home,
        employer=employer,
        name=row.employer,
        source=LeadSource.HOME,
        workers=row.members,
        due_on=coverage.visit_due(timezone.localdate(at), home),
    )
    text = f"兜底入会的工会里{row.employer}已有{row.members}名职工，可以推动建会"
    flow.start(lead, by=FINDER, at=at, summary=text)


def _recount(lead: Lead, workers: int, *, at: datetime) -> None:
    if lead.source != LeadSource.HOME or lead.state == "founded":
        return
    has_grown = workers > (lead.workers or 0)
    Lead.objects.filter(pk=lead.pk).update(workers=workers)
    lead.workers = workers
    if lead.state in OPEN_LEADS:
        flow.refresh(lead)
    elif has_grown:
        reopen(lead, note=f"职工增至{workers}人", by=FINDER, at=at)


def close_founded(founding: Founding, union: Organisation, *, at: datetime) -> int:
    """Close the leads of a founding's employers in the caller's transaction; return how many."""
    employers = list(founding.employers.order_by("pk"))
    return close_covered(employers, union, founding.organisation, at=at)


def close_covered(employers: Sequence[Employer], union: Organisation, upper: Organisation, *, at: datetime) -> int:
    """Close the leads of employers that have a union now, also those a home knows by the name alone."""
    names = [each.name for each in employers]
    rows = list(coverage.closable([each.pk for each in employers], names, upper))
    for lead in rows:
        flow.advance(lead, "found", by=CLOSER, at=at, facts={"note": f"已建立{union.name}"})
        Lead.objects.filter(pk=lead.pk).update(union=union)
    return len(rows)


def reveal_phone(employer: Employer, *, reason: str, by: Actor, at: datetime) -> str:
    """Return the contact of an employer in the clear; the reason goes into the trail. Raises Refused."""
    if employer.place is None or employer.phone is None:
        raise Refused.because("没有登记联系电话")
    require(by, Permission.EDIT, at=employer.place)
    refuse_if(rules.saying_why(reason))
    with transaction.atomic():
        text = f"查看联系人：{employer.name}（{reason.strip()}）"
        trail.record("reveal", employer, by=by, at=at, summary=text, organisation_id=employer.place_id)
    return f"{employer.contact} {employer.phone.reveal()}".strip()
