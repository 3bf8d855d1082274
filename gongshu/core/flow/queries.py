"""Reading the ledger of open items."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.db.models import Q, QuerySet

from gongshu.core.access.actor import Actor, Held
from gongshu.core.flow.models import OpenItem, Stateful


@cache
def given_to_departments() -> dict[str, tuple[str, ...]]:
    """Return, for each kind of thing that may wait at a department's desk, the states in which it does."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, Stateful):
            states = tuple(state.code for state in model.machine.states if state.waits and state.waits.department)
            if states:
                found[model._meta.label_lower] = states
    return found


def _rights(held: Held) -> Q:
    mine = Q(permission__in=sorted(held.role.grants))
    if held.department_id is None:
        return mine
    of_the_whole = Q(department__isnull=True)
    for (
        kind,
        states,
    ) in given_to_departments().items():  # without a department these are the office's, not a department's
        of_the_whole &= ~Q(kind=kind, state__in=states)
    return mine & (of_the_whole | Q(department=held.department_id))


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
