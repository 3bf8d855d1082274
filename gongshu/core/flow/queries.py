"""Reading the ledger of open items."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongshu.core.access.actor import Actor, Held
from gongshu.core.flow.models import OpenItem


def _rights(held: Held) -> Q:
    mine = Q(permission__in=sorted(held.role.grants))
    if held.department_id is None:
        return mine
    return mine & (Q(department__isnull=True) | Q(department=held.department_id))


def inbox(actor: Actor) -> QuerySet[OpenItem]:
    """Return what waits at the desk they sit at and they may act on: overdue first, undated last."""
    if actor.seat is None:
        return OpenItem.objects.none()
    same_desk = [held for held in actor.held if held.organisation.pk == actor.seat.organisation.pk]
    found = Q(pk__in=[])
    for held in same_desk:
        found |= _rights(held)
    # the organisation stands outside the "or", so that one index read serves however many roles they hold there
    return OpenItem.objects.filter(found, organisation=actor.seat.organisation).order_by("due_on", "id")


def inbox_count(actor: Actor, *, limit: int = 99) -> int:
    """Return how many open items wait, counted no further than one past `limit`."""
    return inbox(actor).order_by()[: limit + 1].count()
