"""The only code that changes a state and moves open items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from gongshu.core.access.actor import Actor, can, require
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.flow.machine import Desk, Step, attribute
from gongshu.core.flow.models import OpenItem, Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail

S = TypeVar("S", bound=Stateful)
NOTHING: Mapping[str, Any] = {}


def start(thing: S, *, by: Actor, at: datetime, summary: str = "", detail: Mapping[str, Any] = NOTHING) -> S:
    """Save a new thing in its first state with its trail entry and open item."""
    with transaction.atomic():
        thing.state, thing.state_since = thing.machine.initial.code, at
        thing.save(force_insert=True)
        text = summary or f"新建{thing.machine.label}：{thing.open_title()}"
        trail.record("start", thing, by=by, at=at, summary=text, detail=dict(detail), **_where(thing))
        _open(thing, at=at)
    return thing


def advance(thing: S, name: str, *, by: Actor, at: datetime, facts: Mapping[str, Any] = NOTHING) -> S:
    """Take one step. `facts` go to guards and effect; `facts["note"]` and `facts["detail"]` go to the trail.

    Raises:
        Refused: when the step is already taken, not open from this state, not permitted, or a guard says no.
    """
    with transaction.atomic():
        fresh: S = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
        step = thing.machine.step(name)
        _check(fresh, step, by=by, facts=facts)
        before = fresh.state
        fresh.state, fresh.state_since = step.target, at
        if step.effect:
            step.effect(fresh, facts)
        fresh.save()
        note = str(facts.get("note") or "")
        text = f"{step.label}：{fresh.open_title()}" + (f"（{note}）" if note else "")
        detail = {"from": before, "to": fresh.state, "note": note, **facts.get("detail", {})}
        trail.record(step.name, fresh, by=by, at=at, summary=text, detail=detail, **_where(fresh))
        _place(fresh, at=at)
    for field in fresh._meta.concrete_fields:
        setattr(thing, field.attname, getattr(fresh, field.attname))
    return thing


def _check(thing: Stateful, step: Step, *, by: Actor, facts: Mapping[str, Any]) -> None:
    if thing.state not in step.sources:
        raise Refused.because(f"此事项现为“{thing.state_label}”，不能再“{step.label}”；可能已由他人办理")
    require(by, step.needs, at=attribute(thing, step.at))
    refuse_if([problem for guard in step.guards for problem in guard(thing, facts)])


def _where(thing: Stateful) -> dict[str, Any]:
    org = getattr(thing, "organisation_id", None)
    return {"organisation_id": org} if org else {}


def item_for(thing: Stateful, *, at: datetime) -> OpenItem | None:
    """Return the unsaved open item a thing should have in its state, None when nobody must act."""
    desk: Desk | None = thing.machine.state(thing.state).waits
    org = attribute(thing, desk.at) if desk else None
    if desk is None or org is None:
        return None
    return OpenItem(
        kind=thing._meta.label_lower,
        object_id=thing.pk,
        organisation=org,
        department=attribute(thing, desk.department),
        permission=desk.needs,
        title=thing.open_title()[:200],
        url=thing.get_absolute_url(),
        state=thing.state,
        due_on=attribute(thing, desk.due),
        opened_at=at,
    )


def _place(thing: Stateful, *, at: datetime) -> None:
    OpenItem.objects.filter(kind=thing._meta.label_lower, object_id=thing.pk).delete()
    _open(thing, at=at)


def _open(thing: Stateful, *, at: datetime) -> None:
    item = item_for(thing, at=at)
    if item:
        item.save(force_insert=True)


def refresh(thing: Stateful) -> None:
    """Write a thing's open item anew after its date, desk or title changed; its arrival time stays."""
    with transaction.atomic():
        old = OpenItem.objects.filter(kind=thing._meta.label_lower, object_id=thing.pk).first()
        _place(thing, at=old.opened_at if old else thing.state_since)


def retitle(things: QuerySet[Any], title: str) -> None:
    """Give the open items of many things of one model another title, in one statement."""
    items = OpenItem.objects.filter(kind=things.model._meta.label_lower, object_id__in=things.order_by().values("pk"))
    items.update(title=title[:200])


def redate(things: QuerySet[Any], due: str) -> None:
    """Give the open items of many things of one model the date in their field `due` (empty: none), in one statement."""
    kind = things.model._meta.label_lower
    items = OpenItem.objects.filter(kind=kind, object_id__in=things.order_by().values("pk"))
    own = things.model._default_manager.filter(pk=OuterRef("object_id")).values(due)[:1] if due else None
    items.update(due_on=Subquery(own) if own is not None else None)


def steps_for(thing: Stateful, actor: Actor) -> list[Step]:
    """Return the steps this person may take now, in declared order (guards are not run)."""
    found = []
    for step in thing.machine.steps_from(thing.state):
        org: Organisation | None = attribute(thing, step.at)
        if org is not None and can(actor, step.needs, at=org):
            found.append(step)
    return found
