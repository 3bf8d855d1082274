"""What is done with an assignment: signed for, reported, sent back, accepted, reached, withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongshu.core.access.actor import Actor
from gongshu.core.base.problems import Refused
from gongshu.core.files.actions import supersede
from gongshu.core.files.models import Attachment
from gongshu.core.flow import actions as flow
from gongshu.core.trail import actions as trail
from gongshu.delivery.machine import UNDER_WAY
from gongshu.delivery.models import Assignment, Target

WITHDRAWN_AT_ONCE = 500  # with more, the page would hold everybody else up


def is_receiver(assignment: Assignment, actor: Actor) -> bool:
    """Tell whether the actor sits at the desk, and in the department if any, that carries the assignment out."""
    same = actor.organisation_id == assignment.organisation_id
    return actor.is_system or (same and actor.department_id in (None, assignment.department_id))


def _require_receiver(assignment: Assignment, by: Actor) -> None:
    if not is_receiver(assignment, by):
        raise Refused.because(f"此事项由“{assignment.receiver}”办理，不能代办")


def sign(assignment: Assignment, *, by: Actor, at: datetime) -> Assignment:
    """Sign for an assignment, at the receiver's own desk."""
    _require_receiver(assignment, by)
    return flow.advance(assignment, "sign", by=by, at=at)


@transaction.atomic
def report(
    assignment: Assignment, text: str, *, attachment: Attachment | None = None, by: Actor, at: datetime
) -> Assignment:
    """Report in one line with an attachment if there is one; refused where the metric shows it anyway.

    A report made again without a file keeps the file of the one sent back; a new file takes its place.
    """
    _require_receiver(assignment, by)
    before = assignment.attachment
    facts = {"report": text, "attachment": attachment, "detail": {"report": text}}
    flow.advance(assignment, "report", by=by, at=at, facts=facts)
    if attachment:
        supersede(attachment, before)
    return assignment


def send_back(assignment: Assignment, note: str, *, by: Actor, at: datetime) -> Assignment:
    """Send a report back to be completed, saying what is missing."""
    return flow.advance(assignment, "send_back", by=by, at=at, facts={"note": note.strip()})


def accept(assignment: Assignment, *, by: Actor, at: datetime) -> Assignment:
    """Accept a report: the assignment is done."""
    return flow.advance(assignment, "accept", by=by, at=at)


@transaction.atomic
def withdraw(assignment: Assignment, note: str, *, by: Actor, at: datetime) -> Assignment:
    """Take back an assignment given by mistake, saying why, and with it what its receiver has given on.

    The shares of those who no longer carry the task go back to whom they were split off from.
    """
    facts = {"note": note.strip()}
    flow.advance(assignment, "withdraw", by=by, at=at, facts=facts)
    given_on = [part for part in _given_on(assignment) if part.state in UNDER_WAY]
    for part in given_on:
        flow.advance(part, "withdraw", by=by, at=at, facts=facts)
    taken = [assignment, *given_on]
    _return_shares(assignment, [row.organisation_id for row in taken if not row.department_id], by=by, at=at)
    return assignment


def _return_shares(assignment: Assignment, orgs: list[int], *, by: Actor, at: datetime) -> None:
    """Delete the shares of organisations in a task's targets, with what was split off them, and say so in the trail."""
    for target in Target.objects.select_for_update().filter(task=assignment.task_id):
        shares = list(target.shares.filter(organisation__in=orgs).select_related("organisation"))
        keys = {share.pk for share in shares}
        words = [f"{s.organisation.short_name} {s.amount}{target.unit}" for s in shares if s.parent_id not in keys]
        target.shares.filter(pk__in=keys).delete()
        if words:
            summary = f"撤回交办，份额退回：{'、'.join(words)}"
            where = {"organisation_id": assignment.issuer_id}
            trail.record("return", assignment.task, by=by, at=at, summary=summary, **where)


def _given_on(assignment: Assignment) -> list[Assignment]:
    """Return what was given on of an assignment, down all levels; raises Refused where it is too much for one go."""
    found: list[Assignment] = []
    level = [assignment]
    while level:
        rows = Assignment.objects.filter(parent__in=level).exclude(state="withdrawn").order_by("pk")
        level = list(rows[: WITHDRAWN_AT_ONCE + 1])
        found += level
        if len(found) > WITHDRAWN_AT_ONCE:
            raise Refused.because(f"此任务已向下交办超过 {WITHDRAWN_AT_ONCE} 件，请先由下级单位撤回各自交办的")
    return found


def reach(assignment: Assignment, figures: str, *, by: Actor, at: datetime) -> Assignment:
    """Close an assignment whose shares are all reached; the caller has computed that, `figures` says how far."""
    return flow.advance(assignment, "reach", by=by, at=at, facts={"is_reached": True, "note": figures})
