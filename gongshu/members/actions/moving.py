"""Moving a membership to another union: asked for, released, accepted, each within its days, else by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongshu.core.access.actor import Actor, can, system_actor, who
from gongshu.core.base.days import add_working_days
from gongshu.core.base.problems import Refused
from gongshu.core.messages import actions as messages
from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.model import Clause
from gongshu.members.actions.steps import take
from gongshu.members.enums import Permission
from gongshu.members.models import Membership
from gongshu.members.queries.law import accept_rule, catch_all_home, release_rule


def ask(membership: Membership, destination: Organisation, *, by: Actor, at: datetime, note: str = "") -> Membership:
    """Ask to move a membership to another union; raises Refused.

    The member (see `for_oneself`) or their union asks: it waits for the new union. The new union asks: the old one must
    answer first. Either way the day by which it goes on by itself is set.
    """
    on = timezone.localdate(at)
    offers = can(by, Permission.EDIT, at=membership.organisation)
    if not offers and not can(by, Permission.APPROVE, at=destination):
        raise Refused.because("只有会员本人、现在的工会或者要转入的工会可以提出转会")
    rule = accept_rule(on, destination) if offers else release_rule(on, membership.organisation)
    facts = {
        "destination": destination,
        "due_on": _due(on, rule),
        "note": note,
        "was_parked": membership.state == "parked",
        "detail": {"destination": destination.pk},
    }
    with transaction.atomic():
        if not offers:  # the step asks for a right at the destination, so the row must know it
            membership.destination = destination
            Membership.objects.filter(pk=membership.pk, state__in=("active", "parked")).update(destination=destination)
        return take(membership, "offer_move" if offers else "ask_move", by=by, at=at, facts=facts)


def _due(on: date, rule: Clause) -> date:
    return add_working_days(on, rule["working_days"])


def release(membership: Membership, *, by: Actor, at: datetime, note: str = "") -> Membership:
    """Let a member go; the new union has its days from now on."""
    on = timezone.localdate(at)
    due_on = _due(on, accept_rule(on, _goal(membership)))
    return take(membership, "release", by=by, at=at, facts={"due_on": due_on, "note": note})


def accept(membership: Membership, *, by: Actor, at: datetime, note: str = "") -> Membership:
    """Take a member over: from now on they count at the new union, and the old one is told."""
    source = membership.organisation
    with transaction.atomic():
        take(membership, "accept", by=by, at=at, facts={"note": note})
        messages.tell(
            who(Permission.EDIT, at=source, on=timezone.localdate(at)),
            subject=f"{membership.name}的会籍已转出",
            body=f"{membership.name}的会籍已由{membership.organisation.name}接收，不再计入{source.name}。",
            at=at,
            organisation=source,
        )
    return membership


def keep_here(membership: Membership, *, reason: str, by: Actor, at: datetime) -> Membership:
    """Not let a member go; the membership is again what it was."""
    step = "keep_parked" if membership.was_parked else "keep_here"
    return take(membership, step, by=by, at=at, facts={"note": reason})


def send_back(membership: Membership, *, reason: str, by: Actor, at: datetime) -> Membership:
    """Not take a member over; the membership is again what it was."""
    step = "park_again" if membership.was_parked else "send_back"
    return take(membership, step, by=by, at=at, facts={"note": reason})


def stop(membership: Membership, *, by: Actor, at: datetime, note: str = "") -> Membership:
    """Withdraw a move that was asked for."""
    return take(membership, "stop_move", by=by, at=at, facts={"note": note})


def park(membership: Membership, *, reason: str, by: Actor, at: datetime) -> Membership:
    """Keep a membership at the catch-all home of its place when its union can no longer hold it; raises Refused."""
    home = catch_all_home(membership.organisation, on=timezone.localdate(at))
    if home is None:
        raise Refused.because("这个工会之上没有乡镇（街道）或县级工会，请由上级工会指定会籍存放的工会")
    return take(membership, "park", by=by, at=at, facts={"note": reason, "destination": home})


def overdue(on: date) -> QuerySet[Membership]:
    """Return the moves whose day has passed unanswered."""
    moving = Membership.objects.filter(state__in=("leaving", "arriving"), due_on__lt=on)
    return moving.select_related("organisation", "destination").order_by("due_on", "pk")


def follow_through(membership: Membership, *, at: datetime) -> bool:
    """Carry on an overdue move as the rule says; False when somebody has answered meanwhile."""
    on = timezone.localdate(at)
    is_leaving = membership.state == "leaving"
    rule = release_rule(on, membership.organisation) if is_leaving else accept_rule(on, _goal(membership))
    by = system_actor("转会逾期自动办理")
    try:
        _CARRY[rule["then"]](membership, by, at, f"逾期未答复，依据{rule.label}")
    except Refused:
        return False
    return True


def _goal(membership: Membership) -> Organisation:
    return membership.destination or membership.organisation


def _release(membership: Membership, by: Actor, at: datetime, why: str) -> None:
    release(membership, by=by, at=at, note=why)


def _accept(membership: Membership, by: Actor, at: datetime, why: str) -> None:
    accept(membership, by=by, at=at, note=why)


def _send_back(membership: Membership, by: Actor, at: datetime, why: str) -> None:
    send_back(membership, reason=why, by=by, at=at)


def _keep_here(membership: Membership, by: Actor, at: datetime, why: str) -> None:
    keep_here(membership, reason=why, by=by, at=at)


_CARRY: dict[str, Callable[[Membership, Actor, datetime, str], None]] = {
    "release": _release,
    "accept": _accept,
    "send_back": _send_back,
    "keep_here": _keep_here,
}
