"""One step for many things at once: each checked by itself, all written together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet

from gongshu.core.access.actor import Actor, can
from gongshu.core.base.problems import Problem
from gongshu.core.flow.actions import NOTHING, item_for
from gongshu.core.flow.machine import Step, attribute
from gongshu.core.flow.models import OpenItem, Stateful
from gongshu.core.trail import actions as trail
from gongshu.core.trail.models import Entry

S = TypeVar("S", bound=Stateful)
Changed = tuple[tuple[str, Any], ...]
BATCH = 500


@dataclass(frozen=True)
class Many(Generic[S]):
    """What became of many: the things that took the step with the state each came from, and why the others did not."""

    done: Sequence[tuple[S, str]]
    problems: Sequence[Problem]


def advance_many(
    rows: QuerySet[S], name: str, *, by: Actor, at: datetime, facts: Mapping[str, Any] = NOTHING
) -> Many[S]:
    """Take one step for each of `rows` that may take it, in one transaction; those that may not say why.

    The rows are locked in order of their keys. A thing that somebody else has moved on meanwhile is told as a problem.
    """
    with transaction.atomic():
        found = list(rows.select_for_update(of=("self",)).order_by("pk"))
        done: list[tuple[S, str]] = []
        problems: list[Problem] = []
        changes: dict[int, Changed] = {}
        for thing in found:
            step = thing.machine.step(name)
            against = _against(thing, step, by, facts)
            problems += against
            if not against:
                before = _values(thing)
                changes[thing.pk] = _step(thing, step, at, facts, before)
                done.append((thing, before["state"]))
        _save(changes, rows.model)
        _write([thing for thing, _ in done], name, by=by, at=at, facts=facts)
    return Many(done, problems)


def _against(thing: Stateful, step: Step, by: Actor, facts: Mapping[str, Any]) -> list[Problem]:
    if thing.state not in step.sources:
        return [Problem(f"{thing.open_title()}：现为“{thing.state_label}”，可能已由他人办理")]
    org = attribute(thing, step.at)
    if org is None or not can(by, step.needs, at=org):
        return [Problem(f"{thing.open_title()}：您没有办理此事的权限")]
    return [
        Problem(f"{thing.open_title()}：{problem.message}", problem.clause)
        for guard in step.guards
        for problem in guard(thing, facts)
    ]


def _step(thing: Stateful, step: Step, at: datetime, facts: Mapping[str, Any], before: Mapping[str, Any]) -> Changed:
    thing.state, thing.state_since = step.target, at
    if step.effect:
        step.effect(thing, facts)
    return tuple((name, value) for name, value in _values(thing).items() if value != before[name])


def _write(things: Sequence[Stateful], name: str, *, by: Actor, at: datetime, facts: Mapping[str, Any]) -> None:
    if not things:
        return
    kind = things[0]._meta.label_lower
    keys = [thing.pk for thing in things]
    for start in range(0, len(keys), BATCH):
        OpenItem.objects.filter(kind=kind, object_id__in=keys[start : start + BATCH]).delete()
    items = [item for thing in things if (item := item_for(thing, at=at))]
    OpenItem.objects.bulk_create(items, batch_size=BATCH)
    note = str(facts.get("note") or "")
    trail.record_many([_entry(thing, name, note, by=by, at=at) for thing in things])


def _entry(thing: Stateful, name: str, note: str, *, by: Actor, at: datetime) -> Entry:
    org = getattr(thing, "organisation_id", None)
    where = {"organisation_id": org} if org else {}
    text = f"{thing.machine.step(name).label}：{thing.open_title()}" + (f"（{note}）" if note else "")
    return trail.entry(name, thing, by=by, at=at, summary=text, detail={"to": thing.state, "note": note}, **where)


def _save(changes: Mapping[int, Changed], model: type[models.Model]) -> None:
    """Write what changed: one statement a batch of things that changed alike, which is the common case."""
    alike: dict[Changed, list[int]] = {}
    for key, changed in changes.items():
        alike.setdefault(changed, []).append(key)
    for changed, keys in alike.items():
        for start in range(0, len(keys), BATCH):
            model._default_manager.filter(pk__in=keys[start : start + BATCH]).update(**dict(changed))


def _values(thing: Stateful) -> dict[str, Any]:
    return {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields if not f.primary_key}
