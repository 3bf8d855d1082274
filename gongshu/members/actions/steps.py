"""One step of a membership with its counters and its history, all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.base.problems import Refused
from gongshu.core.flow import actions as flow
from gongshu.core.people.models import Account
from gongshu.members.actions import tallies, telling
from gongshu.members.models import Membership, PastHome

NOTHING: Mapping[str, Any] = {}


def take(
    membership: Membership, step: str, *, by: Actor, at: datetime, facts: Mapping[str, Any] = NOTHING
) -> Membership:
    """Take a step of the machine and move the counters with it; the only way a membership's state changes."""
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).select_related("destination")
        before = rows.get(pk=membership.pk)
        flow.advance(membership, step, by=by, at=at, facts={**facts, "at": at})
        tallies.moved(before, membership)
        if membership.organisation_id != before.organisation_id:
            PastHome.objects.create(
                membership=membership,
                organisation_id=before.organisation_id,
                from_on=before.since_on,
                until_on=timezone.localdate(at),
                why=membership.machine.step(step).label,
            )
        other = before.destination.name if before.destination else ""
        telling.after([(membership, other)], step, note=str(facts.get("note") or ""), at=at)
    return membership


def for_oneself(by: Actor, membership: Membership) -> Actor:
    """Return the actor of a worker who acts on their own membership; raises Refused for anybody else.

    Workers hold no role: being the person is their right, and the trail keeps their account.
    """
    own = Account.objects.filter(person=membership.person_id).values_list("pk", flat=True)
    if by.account_id is None or by.account_id not in own:
        raise Refused.because("只能办理本人的会籍")
    return replace(by, is_system=True)
