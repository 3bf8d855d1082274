"""Giving a task to many organisations at once, exactly one assignment and one open item each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow.models import OpenItem
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.delivery import queries, rules
from gongshu.delivery.actions.inserting import insert_select
from gongshu.delivery.enums import Permission, Receivers
from gongshu.delivery.models import Assignment, Dispatch, Plan, Task
from gongshu.delivery.rules.drafts import DispatchOrder

SMALL = 200  # up to this many receivers are written at once, more by a background job
BATCH = 10_000
Background = Callable[[Dispatch], object]


def give(
    task: Task, order: DispatchOrder, *, by: Actor, at: datetime, background: Background | None = None
) -> Dispatch:
    """Give a task to its receivers; the same form's number twice is one dispatch.

    Up to `SMALL` receivers have it when this returns; more are left to `background` (a job), or written at once
    where there is none. Raises Refused with the reason.
    """
    earlier = Dispatch.objects.filter(token=order.token).first()
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            return _give(task, order, by=by, at=at, background=background)
    except IntegrityError:
        return Dispatch.objects.get(token=order.token)


def preview(task: Task, order: DispatchOrder, *, by: Actor, at: datetime) -> Dispatch:
    """Return the unsaved dispatch with its number of receivers; raises Refused as `give` would."""
    issuer = by.desk
    if issuer is None:
        raise Refused.because("请先选择您所在的组织，再交办任务")
    require(by, Permission.DISPATCH, at=issuer)
    parent = queries.held_by(task, issuer)
    refuse_if(_problems(task, order, issuer, parent, at=at))
    dispatch = Dispatch(
        task=task,
        issuer=issuer,
        parent=parent,
        token=order.token,
        receivers=order.receivers,
        level=order.level,
        under=sorted(set(order.under)),
        due_on=order.due_on,
        instructions=order.instructions.strip(),
        given_by_id=by.account_id,
        given_at=at,
    )
    dispatch.total = queries.receivers_of(dispatch).count()
    refuse_if(_receiver_problems(dispatch))
    return dispatch


def _give(task: Task, order: DispatchOrder, *, by: Actor, at: datetime, background: Background | None) -> Dispatch:
    task.plan = Plan.objects.select_for_update().get(pk=task.plan_id)  # held, so that it is not filed away meanwhile
    dispatch = preview(task, order, by=by, at=at)
    dispatch.save(force_insert=True)
    summary = f"交办任务：{task.text}（{dispatch.total} 个承办单位）"
    detail = {"receivers": order.receivers, "under": dispatch.under, "total": dispatch.total}
    detail |= {"due_on": str(order.due_on), "instructions": dispatch.instructions}
    trail.record("dispatch", dispatch, by=by, at=at, summary=summary, detail=detail, organisation_id=dispatch.issuer_id)
    if background and dispatch.total > SMALL:
        background(dispatch)
    else:
        write_all(dispatch, at=at)
    return dispatch


def _problems(
    task: Task, order: DispatchOrder, issuer: Organisation, parent: Assignment | None, *, at: datetime
) -> list[Problem]:
    if task.plan.state == "closed":
        return [Problem("此部署已归档，不能再交办")]
    if parent is None and issuer.pk != task.plan.organisation_id:
        return [Problem("本单位没有承办此任务，不能向下交办")]
    if parent and parent.state == "sent":
        return [Problem("请先签收此任务，再向下交办")]
    if parent and parent.state != "working":
        return [Problem(f"此任务在本单位已“{parent.state_label}”，不能再向下交办")]
    today = timezone.localdate(at)
    parent_due_on = parent.due_on if parent else None
    return rules.date_problems(order.due_on, today=today, plan_ends_on=task.plan.ends_on, parent_due_on=parent_due_on)


def _receiver_problems(dispatch: Dispatch) -> list[Problem]:
    outside = queries.outside(dispatch)
    if outside:
        return rules.outside_problems(outside, dispatch.issuer.short_name)
    if not dispatch.total:
        return [Problem("没有选到承办单位，请重新选择", field="receivers")]
    if not queries.not_yet_given(dispatch).exists():
        return [Problem("所选单位都已有此任务，没有重复下发", field="receivers")]
    return []


@dataclass(frozen=True)
class Batch:
    """What one batch wrote: up to which receiver's key, how many receivers it looked at, how many it wrote."""

    last: int
    looked_at: int
    written: int


def write_batch(dispatch: Dispatch, *, after: int, at: datetime, size: int = BATCH) -> Batch | None:
    """Write the assignments and open items of the next receivers by key; None when there are no more.

    To be called in a transaction. Whoever has the task already is left alone, so a batch may be written twice.
    """
    waiting = queries.receivers_of(dispatch).filter(pk__gt=after).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:size])
    if not keys:
        return None
    written = _insert_assignments(dispatch, waiting.filter(pk__lte=keys[-1]), at=at)
    _insert_items(dispatch, after=after, last=keys[-1], at=at)
    summary = f"下发 {written} 件：{dispatch.task.text}"
    detail = {"first": keys[0], "last": keys[-1], "looked_at": len(keys), "written": written}
    trail.record("write", dispatch, by=dispatch, at=at, summary=summary, detail=detail)
    return Batch(keys[-1], len(keys), written)


def write_all(dispatch: Dispatch, *, at: datetime) -> None:
    """Write every batch and mark the dispatch finished, in one transaction."""
    with transaction.atomic():
        batch = write_batch(dispatch, after=0, at=at)
        while batch:
            batch = write_batch(dispatch, after=batch.last, at=at)
        finish_dispatch(dispatch, at=at)


def finish_dispatch(dispatch: Dispatch, *, at: datetime) -> None:
    """Mark a dispatch finished."""
    Dispatch.objects.filter(pk=dispatch.pk, finished_at__isnull=True).update(finished_at=at)
    dispatch.finished_at = dispatch.finished_at or at


def _insert_assignments(dispatch: Dispatch, receivers: QuerySet[Any], *, at: datetime) -> int:
    to_departments = dispatch.receivers == Receivers.DEPARTMENTS
    columns: dict[str, Any] = {
        "task": dispatch.task_id,
        "dispatch": dispatch.pk,
        "issuer": dispatch.issuer_id,
        "organisation": F("organisation_id") if to_departments else F("pk"),
        "department": F("pk") if to_departments else None,
        "parent": dispatch.parent_id,
        "due_on": dispatch.due_on,
        "given_on": timezone.localdate(dispatch.given_at),
        "report": "",
        "attachment": None,
        "state": Assignment.machine.initial.code,
        "state_since": at,
    }
    return insert_select(Assignment, columns, receivers)


def _insert_items(dispatch: Dispatch, *, after: int, last: int, at: datetime) -> None:
    key = "department" if dispatch.receivers == Receivers.DEPARTMENTS else "organisation"
    initial = Assignment.machine.initial
    rows = Assignment.objects.filter(
        dispatch=dispatch, state=initial.code, **{f"{key}_id__gt": after, f"{key}_id__lte": last}
    )
    head, _, tail = Assignment(pk=0).get_absolute_url().rpartition("0")
    columns: dict[str, Any] = {
        "kind": Assignment._meta.label_lower,
        "object_id": F("pk"),
        "organisation": F("organisation_id"),
        "department": F("department_id"),
        "permission": str(Permission.SIGN),
        "title": dispatch.task.text[:200],
        "url": Concat(Value(head), Cast("pk", CharField()), Value(tail)),
        "state": initial.code,
        "due_on": F("due_on"),
        "opened_at": at,
    }
    insert_select(OpenItem, columns, rows)
