"""Applying to put a union under another one, deciding it, and carrying it out: all of it at one moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.moving import hold_shape, move
from gongshu.core.orgs.queries import parent
from gongshu.core.trail import actions as trail
from gongshu.members.actions import tallies
from gongshu.members.queries.counting import headcount
from gongshu.organising.actions import history
from gongshu.organising.enums import Permission
from gongshu.organising.models import Relocation
from gongshu.organising.queries.law import answer_rule, moving_law
from gongshu.organising.queries.moving import branches, move_facts
from gongshu.organising.rules import founding as words
from gongshu.organising.rules import moving as rules

TAKEN = Problem("这个工会的划转申请正在办理，不必重复提出")


def apply(organisation: Organisation, upper: Organisation, *, reason: str, by: Actor, at: datetime) -> Relocation:
    """Write down that a union is to stand under another one; raises Refused with the clause for what is in the way."""
    require(by, Permission.EDIT, at=organisation)
    law = moving_law(timezone.localdate(at), organisation)
    refuse_if([*rules.asking(move_facts(organisation, upper, timezone.localdate(at)), law), *words.saying_why(reason)])
    above = parent(organisation)
    assert above is not None  # the rule has refused a root
    row = Relocation(organisation=organisation, old_upper=above, new_upper=upper, reason=reason.strip())
    try:
        with transaction.atomic():
            return flow.start(row, by=by, at=at)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error


def _facts(row: Relocation, at: datetime, note: str = "") -> dict[str, Any]:
    on = timezone.localdate(at)
    org, upper = (Organisation.objects.get(pk=pk) for pk in (row.organisation_id, row.new_upper_id))
    return {
        "at": at,
        "note": note,
        "facts": move_facts(org, upper, on),
        "law": moving_law(on, org),
        "due_on": on + timedelta(days=answer_rule(on, upper)["answer_days"]),
    }


def submit(row: Relocation, *, by: Actor, at: datetime) -> Relocation:
    """Put it before the union above; raises Refused."""
    return flow.advance(row, "submit", by=by, at=at, facts=_facts(row, at))


def release(row: Relocation, *, by: Actor, at: datetime, note: str = "") -> Relocation:
    """Agree to let the union go; the new upper union has its days from now on; raises Refused."""
    return flow.advance(row, "release", by=by, at=at, facts=_facts(row, at, note))


def accept(row: Relocation, *, by: Actor, at: datetime, note: str = "") -> Relocation:
    """Receive the union: from this moment it stands here with all below it; raises Refused."""
    return _carry_out(row, "accept", by=by, at=at, note=note)


def decide(row: Relocation, *, by: Actor, at: datetime, note: str = "") -> Relocation:
    """Decide as the union above both; raises Refused."""
    if row.common is None:
        raise Refused.because("两个上级工会没有共同的上级，须由双方分别同意")
    return _carry_out(row, "decide", by=by, at=at, note=note)


def send_back(row: Relocation, *, reason: str, by: Actor, at: datetime) -> Relocation:
    """Send it back to be put right; raises Refused without a reason."""
    return flow.advance(row, "send_back", by=by, at=at, facts={"note": reason, "at": at})


def refuse(row: Relocation, *, reason: str, by: Actor, at: datetime) -> Relocation:
    """Not agree; raises Refused without a reason."""
    return flow.advance(row, "refuse", by=by, at=at, facts={"note": reason, "at": at})


def withdraw(row: Relocation, *, by: Actor, at: datetime, note: str = "") -> Relocation:
    """Withdraw it."""
    return flow.advance(row, "withdraw", by=by, at=at, facts={"note": note, "at": at})


def _carry_out(row: Relocation, step: str, *, by: Actor, at: datetime, note: str) -> Relocation:
    """Take the last step and move: tree, history, sums of the unions above and trail, or nothing of it."""
    on = timezone.localdate(at)
    with transaction.atomic():
        hold_shape(alone=True)
        facts = _facts(row, at, note)
        flow.advance(row, step, by=by, at=at, facts=facts)
        org, upper = (Organisation.objects.get(pk=pk) for pk in (row.organisation_id, row.new_upper_id))
        old = parent(org)
        assert old is not None
        losing, gaining = branches(old, upper)
        moved = move(org, under=upper)
        history.moved(org, old, upper, on=on)
        tallies.resum([*losing, *gaining], at=at)
        members = headcount(org, live=True).members
        text = f"划转：{org.name}由{old.short_name}划转{upper.short_name}，工会{moved}个、会员{members}人"
        detail = {"from": old.pk, "to": upper.pk, "unions": moved, "members": members}
        clause = facts["law"].approval.label
        trail.record("move", org, by=by, at=at, summary=text, detail=detail, clause=clause, organisation_id=org.pk)
    return row
