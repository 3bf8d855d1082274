"""Applying, and deciding applications one by one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.days import add_working_days
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.flow.bulk import advance_many
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.identity import PersonFacts, find_or_make
from gongshu.core.people.models import Person
from gongshu.members import rules
from gongshu.members.actions import tallies, telling
from gongshu.members.actions.steps import take
from gongshu.members.enums import LIVE_STATES, Form, Permission, Source
from gongshu.members.models import Membership
from gongshu.members.queries.law import approval_rule

MOST_AT_ONCE = 20_000
A_TRANSACTION = 2_000


@dataclass(frozen=True)
class NewMember:
    """What an application tells: the person, the form of employment, the employer where there is one.

    `origin_id` is the entry of the trail that tells of the batch it came in with.
    """

    person: PersonFacts
    form: str
    employer: str = ""
    employer_code: str = ""
    source: str = Source.OFFICER
    origin_id: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of many applications: how many were decided, and why the others were not."""

    done: int
    problems: Sequence[Problem]


def already_held(person: Person) -> Problem | None:
    """Return that somebody already has a membership or an application, None when they have none."""
    held = Membership.objects.filter(person=person, state__in=LIVE_STATES).first()
    if held is None:
        return None
    if held.state in ("applied", "reviewing"):
        return Problem("此人已有入会申请在办理，不必重复申请")
    return Problem("此人已有会籍，一人一籍；到新单位工作的，请办理转会")


def apply(new: NewMember, *, organisation: Organisation, by: Actor, at: datetime) -> Membership:
    """Put in an application at a union; it waits in its inbox until the day the rule sets. Raises Refused."""
    require(by, Permission.EDIT, at=organisation)
    refuse_if(rules.standing(organisation.name, organisation.ended_on))
    on = timezone.localdate(at)
    refuse_if(rules.joining(rules.MembershipFacts(new.person.name, new.form), Form.values))
    try:
        with transaction.atomic():
            person = find_or_make(new.person, on=on)
            held = already_held(person)
            if held:
                raise Refused([held])
            return put_in(person, new, organisation=organisation, by=by, at=at)
    except IntegrityError as error:
        raise Refused.because("此人刚刚由他人登记，请刷新后查看") from error


def put_in(person: Person, new: NewMember, *, organisation: Organisation, by: Actor, at: datetime) -> Membership:
    """Start the application of a saved person in the caller's transaction; who may and what is told is checked."""
    membership = enrolled(person, new, organisation=organisation, at=at)
    membership.due_on = approval_due(timezone.localdate(at), organisation)
    flow.start(membership, by=by, at=at, summary=f"申请入会：{membership.name}")
    tallies.add([(organisation.pk, tallies.counted(membership))])
    return membership


def enrolled(person: Person, new: NewMember, *, organisation: Organisation, at: datetime) -> Membership:
    """Return the unsaved membership of a person, with the copies the roll keeps of them."""
    return Membership(
        person=person,
        organisation=organisation,
        name=person.name,
        gender=person.gender,
        form=new.form,
        is_real_name=person.id_number is not None,
        has_phone=person.phone is not None,
        employer=new.employer.strip(),
        employer_code=new.employer_code.strip(),
        source=new.source,
        origin_id=new.origin_id,
        applied_at=at,
    )


def approval_due(on: date, organisation: Organisation) -> date:
    """Return the day an application made on `on` should be decided."""
    return add_working_days(on, approval_rule(on, organisation)["working_days"])


def review(membership: Membership, *, by: Actor, at: datetime) -> Membership:
    """Take an application up for checking; it stays in the inbox."""
    return take(membership, "review", by=by, at=at)


def approve(membership: Membership, *, by: Actor, at: datetime) -> Membership:
    """Approve one application."""
    return take(membership, "approve", by=by, at=at)


def refuse(membership: Membership, *, reason: str, by: Actor, at: datetime) -> Membership:
    """Refuse one application with a reason."""
    return take(membership, "refuse", by=by, at=at, facts={"note": reason})


def withdraw(membership: Membership, *, by: Actor, at: datetime, note: str = "") -> Membership:
    """Withdraw an application."""
    return take(membership, "withdraw", by=by, at=at, facts={"note": note})


def decide_many(keys: Sequence[int], step: str, *, by: Actor, at: datetime, reason: str = "") -> Outcome:
    """Approve (`approve`) or refuse (`refuse`) many applications by their keys, two thousand a transaction.

    Each gets its own trail entry; those that cannot be decided (somebody else was quicker) are told one by one.
    """
    if len(keys) > MOST_AT_ONCE:
        raise Refused.because(f"一次最多办理 {MOST_AT_ONCE} 件，请先按条件筛选")
    if step == "refuse":
        refuse_if(rules.reason_problems(reason))
    done, problems = 0, list[Problem]()
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), A_TRANSACTION):
        chunk = ordered[start : start + A_TRANSACTION]
        count, against = _decide(chunk, step, by=by, at=at, reason=reason)
        done += count
        problems += against
    return Outcome(done, problems)


def _decide(keys: Sequence[int], step: str, *, by: Actor, at: datetime, reason: str) -> tuple[int, Sequence[Problem]]:
    rows = Membership.objects.filter(pk__in=keys).select_related("organisation", "person")
    with transaction.atomic():
        many = advance_many(rows, step, by=by, at=at, facts={"note": reason, "at": at})
        changes = []
        for row, before in many.done:
            changes.append((row.organisation_id, {c: -n for c, n in tallies.counted(row, before).items()}))
            changes.append((row.organisation_id, tallies.counted(row)))
        tallies.add(changes)
        telling.after([(row, "") for row, _ in many.done], step, note=reason, at=at)
    return len(many.done), many.problems
