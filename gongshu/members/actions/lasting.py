"""Keeping, resuming and ending a membership; correcting what is told of a member; revealing what is sealed."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.people.identity import ANOTHER_NAME, PersonFacts, fact_problems, fill
from gongshu.core.people.models import Person
from gongshu.core.people.queries import by_id_number
from gongshu.core.trail import actions as trail
from gongshu.members import rules
from gongshu.members.actions import finding, tallies
from gongshu.members.actions.steps import take
from gongshu.members.enums import Form, Permission
from gongshu.members.models import Membership
from gongshu.members.queries.law import lapse_rule

REVEALED = {"id_number": "身份证号码", "phone": "手机号码"}


def keep(membership: Membership, *, reason: str, by: Actor, at: datetime) -> Membership:
    """Keep a membership of somebody retired or out of work: no vote, no fee."""
    return take(membership, "keep", by=by, at=at, facts={"note": reason})


def resume(membership: Membership, *, by: Actor, at: datetime, note: str = "") -> Membership:
    """Make a kept membership active again."""
    return take(membership, "resume", by=by, at=at, facts={"note": note})


def settle(membership: Membership, *, by: Actor, at: datetime, note: str = "") -> Membership:
    """Make a parked membership active at the union that holds it."""
    return take(membership, "settle", by=by, at=at, facts={"note": note})


def finish(membership: Membership, step: str, *, reason: str, by: Actor, at: datetime) -> Membership:
    """End a membership: `leave` 退会, `expel` 除名 or `end` 终止."""
    return take(membership, step, by=by, at=at, facts={"note": reason})


def lapse(membership: Membership, *, months_silent: int, reason: str, by: Actor, at: datetime) -> Membership:
    """Take a membership as given up after the months the rule names without fee and activity."""
    facts = {"months_silent": months_silent, "note": reason, "rule": lapse_rule(timezone.localdate(at))}
    return take(membership, "lapse", by=by, at=at, facts=facts)


def correct(
    membership: Membership, person: PersonFacts, *, form: str, employer: str, by: Actor, at: datetime
) -> Membership:
    """Correct what is told of a member; the person, the roll and the counters change together."""
    refuse_if(rules.joining(rules.MembershipFacts(person.name, form), Form.values))
    refuse_if(fact_problems(person, on=timezone.localdate(at)))
    _refuse_anothers(membership, person, by=by, at=at)
    try:
        with transaction.atomic():
            row = (
                Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
            )
            require(by, Permission.EDIT, at=row.organisation)
            before = Membership.objects.get(pk=row.pk)
            holder = _corrected(row, person)
            row.name, row.gender, row.form, row.employer = holder.name, holder.gender, form, employer.strip()
            row.is_real_name, row.has_phone = holder.id_number is not None, holder.phone is not None
            row.save()
            tallies.moved(before, row)
            trail.record(
                "correct", row, by=by, at=at, summary=f"更正会员信息：{row.name}", organisation_id=row.organisation_id
            )
            flow.refresh(row)
    except IntegrityError as error:
        raise Refused([ANOTHER_NAME]) from error
    return row


def _refuse_anothers(membership: Membership, facts: PersonFacts, *, by: Actor, at: datetime) -> None:
    """Refuse a number that another registration has, and put the two on the list of duplicates."""
    other = by_id_number(facts.id_number) if facts.id_number else None
    if other is None or other.pk == membership.person_id:
        return
    require(by, Permission.EDIT, at=membership.organisation)
    finding.note(membership.person, other, by=by, at=at)
    raise Refused.because(
        "这个身份证号码已登记给另一个人，两份登记已列入“重复登记”，由管着两边的工会核实", field="id_number"
    )


def _corrected(row: Membership, facts: PersonFacts) -> Person:
    person = Person.objects.select_for_update().get(pk=row.person_id)
    other = by_id_number(facts.id_number) if facts.id_number else None
    if other is not None and other.pk != person.pk:
        raise Refused.because("这个身份证号码已登记给另一个人，请先核对是否重复登记", field="id_number")
    fill(person, facts).save()
    return person


def reveal(membership: Membership, field: str, *, reason: str, by: Actor, at: datetime) -> str:
    """Return a sealed number of a member in the clear; the reason goes into the trail. Raises Refused."""
    require(by, Permission.REVEAL, at=membership.organisation)
    refuse_if(rules.reason_problems(reason))
    sealed = getattr(membership.person, field) if field in REVEALED else None
    if sealed is None:
        raise Refused.because("没有登记这一项")
    with transaction.atomic():
        text = f"查看{REVEALED[field]}：{membership.name}（{reason.strip()}）"
        detail = {"field": field, "reason": reason.strip()}
        trail.record(
            "reveal", membership, by=by, at=at, summary=text, detail=detail, organisation_id=membership.organisation_id
        )
    return str(sealed.reveal())
