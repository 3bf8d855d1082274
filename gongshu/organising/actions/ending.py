"""Applying to dissolve a union or merge it into another, deciding it, and carrying its members over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require, system_actor
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.orgs import actions as orgs
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import parent
from gongshu.core.trail import actions as trail
from gongshu.members.actions import lasting
from gongshu.members.actions.steps import take
from gongshu.members.models import Membership
from gongshu.members.queries.law import catch_all_home
from gongshu.organising.actions import history, terms
from gongshu.organising.enums import Permission
from gongshu.organising.models import Employer, Ending
from gongshu.organising.queries.cases import ending_facts
from gongshu.organising.queries.law import answer_rule, ending_law
from gongshu.organising.rules import ending as rules

CARRIED = ("active", "kept", "parked")
TAKEN = Problem("这个工会的撤并申请正在办理或者已经批准，不必重复提出")


@dataclass(frozen=True)
class EndingOrder:
    """How a union is to end: dissolved or merged, why, and into which union."""

    way: str
    ground: str
    reason: str
    successor: Organisation | None = None


def apply(order: EndingOrder, *, organisation: Organisation, by: Actor, at: datetime) -> Ending:
    """Write down that a union is to be dissolved or merged; raises Refused."""
    require(by, Permission.EDIT, at=organisation)
    upper = parent(organisation)
    if upper is None:
        raise Refused.because("没有上一级工会，不能办理撤并", ending_law(timezone.localdate(at), organisation).approval)
    row = Ending(
        organisation=organisation,
        upper=upper,
        way=order.way,
        ground=order.ground,
        reason=order.reason.strip(),
        successor=order.successor,
    )
    refuse_if(rules.asking(ending_facts(row), ending_law(timezone.localdate(at), organisation)))
    try:
        with transaction.atomic():
            return flow.start(row, by=by, at=at)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error


def _facts(row: Ending, at: datetime, note: str = "") -> dict[str, Any]:
    on = timezone.localdate(at)
    return {
        "at": at,
        "note": note,
        "facts": ending_facts(row),
        "law": ending_law(on, row.organisation),
        "due_on": on + timedelta(days=answer_rule(on, row.upper)["answer_days"]),
    }


def submit(ending: Ending, *, by: Actor, at: datetime) -> Ending:
    """Put it before the union above; raises Refused with the clause for each thing in the way."""
    return flow.advance(ending, "submit", by=by, at=at, facts=_facts(ending, at))


def approve(ending: Ending, *, by: Actor, at: datetime, note: str = "") -> Ending:
    """Approve: the union ends today, its employers go to the successor; members follow by `settle`; raises Refused."""
    on = timezone.localdate(at)
    with transaction.atomic():
        org = Organisation.objects.select_for_update().get(pk=ending.organisation_id)
        flow.advance(ending, "approve", by=by, at=at, facts=_facts(ending, at, note))
        orgs.end(org, on=on)
        history.ended(org, on=on)
        terms.close_all(org, on=on, at=at)
        Employer.objects.filter(union=org).update(union=ending.successor)
        text = f"并入{ending.successor.name}：{org.name}" if ending.successor else f"撤销工会：{org.name}"
        clause = ending_law(on, org).grounds.label
        trail.record("end", org, by=by, at=at, summary=text, clause=clause, organisation_id=org.pk)
    return ending


def send_back(ending: Ending, *, reason: str, by: Actor, at: datetime) -> Ending:
    """Send it back to be put right; raises Refused without a reason."""
    return flow.advance(ending, "send_back", by=by, at=at, facts={"note": reason, "at": at})


def refuse(ending: Ending, *, reason: str, by: Actor, at: datetime) -> Ending:
    """Not approve; raises Refused without a reason."""
    return flow.advance(ending, "refuse", by=by, at=at, facts={"note": reason, "at": at})


def withdraw(ending: Ending, *, by: Actor, at: datetime, note: str = "") -> Ending:
    """Withdraw it."""
    return flow.advance(ending, "withdraw", by=by, at=at, facts={"note": note, "at": at})


def settle(ending: Ending, *, at: datetime, most: int = 50) -> int:
    """Carry up to `most` members of an ended union over; return how many, 0 when none is left.

    Merged: to the successor, as what they were. Dissolved: to the catch-all home above, where memberships are parked.
    """
    on, org = timezone.localdate(at), ending.organisation
    home = ending.successor or catch_all_home(ending.upper, on=on) or ending.upper
    why = f"{org.short_name}{ending.get_way_display()}，会籍随转"
    rows = list(Membership.objects.filter(organisation=org, state__in=CARRIED).order_by("pk")[:most])
    by = system_actor("工会撤并办理会籍")
    for row in rows:
        stays_active = row.state == "active" and ending.successor is not None
        _carry(row, home, "active" if stays_active else _kept_as(row.state), (by, at, why))
    return len(rows)


def _kept_as(state: str) -> str:
    return "kept" if state == "kept" else "parked"


def _carry(row: Membership, home: Organisation, then: str, told: tuple[Actor, datetime, str]) -> None:
    by, at, why = told
    facts = {"destination": home, "due_on": timezone.localdate(at), "note": why, "was_parked": row.state == "parked"}
    if row.state == "active" and then == "parked":
        take(row, "park", by=by, at=at, facts=facts)
        return
    if row.state == "kept":
        lasting.resume(row, by=by, at=at, note=why)
    take(row, "offer_move", by=by, at=at, facts=facts)
    take(row, "accept", by=by, at=at, facts={"note": why})
    if then == "kept":
        lasting.keep(row, reason=why, by=by, at=at)
    elif then == "parked":
        take(row, "park", by=by, at=at, facts=facts)
