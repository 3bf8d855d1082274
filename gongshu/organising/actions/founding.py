"""Applying to found a union, and deciding it; on approval it stands in the tree."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.identity import normal_number
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.moving import hold_shape
from gongshu.core.trail import actions as trail
from gongshu.organising.actions import history, leads, terms
from gongshu.organising.enums import STANDS_AS, Match, Permission, Shape
from gongshu.organising.models import Employer, Founding, NomineeRow
from gongshu.organising.queries.cases import covering_problems, industrial_problems, placing_problems
from gongshu.organising.queries.law import answer_rule, founding_law
from gongshu.organising.rules import founding as rules
from gongshu.organising.rules.founding import FoundingFacts

TAKEN = Problem("同名工会的建会申请正在办理，不必重复提出", field="name")


def apply(facts: FoundingFacts, *, organisation: Organisation, by: Actor, at: datetime) -> Founding:
    """Write down an application to found a union below an organisation; raises Refused."""
    require(by, Permission.EDIT, at=organisation)
    refuse_if(_telling(facts, organisation, timezone.localdate(at)))
    row = Founding(organisation=organisation)
    _fill(row, facts)
    try:
        with transaction.atomic():
            flow.start(row, by=by, at=at)
            _write_parts(row, facts)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error
    return row


def change(founding: Founding, facts: FoundingFacts, *, by: Actor, at: datetime) -> Founding:
    """Change what is told before it goes to the union above; raises Refused."""
    try:
        with transaction.atomic():
            row = Founding.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=founding.pk)
            require(by, Permission.EDIT, at=row.organisation)
            if row.state != "applied":
                raise Refused.because(f"此申请现为“{row.state_label}”，不能再改")
            refuse_if(_telling(facts, row.organisation, timezone.localdate(at)))
            _fill(row, facts)
            row.save()
            _write_parts(row, facts)
            trail.record("change", row, by=by, at=at, summary=f"修改建会申请：{row.name}", **_at(row))
            flow.refresh(row)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error
    return row


def _telling(facts: FoundingFacts, upper: Organisation, on: date) -> list[Problem]:
    codes = [normal_number(each.code) for each in facts.employers]
    return [*rules.telling(facts), *_standing(facts, upper, codes, on)]


def _standing(facts: FoundingFacts | Founding, upper: Organisation, codes: list[str], on: date) -> list[Problem]:
    problems = [*placing_problems(facts.name, upper, on=on), *covering_problems(codes)]
    if facts.shape == Shape.INDUSTRIAL:
        problems += industrial_problems(facts.industry, upper, on=on)
    return problems


def _fill(row: Founding, facts: FoundingFacts) -> None:
    row.name, row.shape, row.asker = facts.name.strip(), facts.shape, facts.asker
    row.members, row.industry, row.years = facts.members, facts.industry, facts.years


def _write_parts(row: Founding, facts: FoundingFacts) -> None:
    employers = [
        Employer.objects.get_or_create(code=normal_number(each.code), defaults={"name": each.name.strip()})[0]
        for each in facts.employers
    ]
    row.employers.set(employers)
    row.nominees.all().delete()
    NomineeRow.objects.bulk_create(
        [NomineeRow(founding=row, name=each.name, post=each.post, tie=each.tie) for each in facts.nominees]
    )


def _at(row: Founding) -> dict[str, int]:
    return {"organisation_id": row.organisation_id}


def _facts(row: Founding, at: datetime, note: str = "") -> dict[str, Any]:
    on, upper = timezone.localdate(at), Organisation.objects.get(pk=row.organisation_id)
    codes = list(row.employers.values_list("code", flat=True))
    return {
        "at": at,
        "note": note,
        "law": founding_law(on, upper),
        "standing": _standing(row, upper, codes, on),
        "due_on": on + timedelta(days=answer_rule(on, upper)["answer_days"]),
    }


def submit(founding: Founding, *, by: Actor, at: datetime) -> Founding:
    """Put an application before the union above; raises Refused with the clause for each thing in the way."""
    return flow.advance(founding, "submit", by=by, at=at, facts=_facts(founding, at))


def approve(founding: Founding, *, by: Actor, at: datetime, note: str = "") -> Organisation:
    """Approve: the union stands in the tree from today, its employers are covered; raises Refused."""
    on = timezone.localdate(at)
    with transaction.atomic():
        hold_shape()
        upper = Organisation.objects.select_for_update().get(pk=founding.organisation_id)
        list(Employer.objects.select_for_update().filter(foundings=founding).order_by("pk"))
        flow.advance(founding, "approve", by=by, at=at, facts=_facts(founding, at, note))
        union = _stand(founding, upper)
        history.began(union, upper, on=on)
        founding.union = union
        founding.save(update_fields=["union"])
        Employer.objects.filter(foundings=founding).update(union=union, matched=Match.FOUNDED)
        Employer.objects.filter(foundings=founding, place__isnull=True).update(place=upper)
        leads.close_founded(founding, union, at=at)
        terms.first(founding.facts, union, on=on, at=at)
        clause = founding_law(on, upper).approval.label
        text = f"成立工会：{union.name}"
        trail.record("found", union, by=by, at=at, summary=text, clause=clause, organisation_id=union.pk)
    return union


def _stand(founding: Founding, upper: Organisation) -> Organisation:
    kind, level = STANDS_AS[founding.shape]
    short = founding.name.removesuffix("委员会")
    return add(
        NewOrganisation(
            name=founding.name,
            short_name=short[:60],
            level=level or upper.level,
            kind=kind,
            industry=founding.industry,
            is_demo=upper.is_demo,
        ),
        under=upper,
    )


def send_back(founding: Founding, *, reason: str, by: Actor, at: datetime) -> Founding:
    """Send an application back to be put right; raises Refused without a reason."""
    return flow.advance(founding, "send_back", by=by, at=at, facts={"note": reason, "at": at})


def refuse(founding: Founding, *, reason: str, by: Actor, at: datetime) -> Founding:
    """Not approve; raises Refused without a reason."""
    return flow.advance(founding, "refuse", by=by, at=at, facts={"note": reason, "at": at})


def withdraw(founding: Founding, *, by: Actor, at: datetime, note: str = "") -> Founding:
    """Withdraw an application."""
    return flow.advance(founding, "withdraw", by=by, at=at, facts={"note": note, "at": at})
