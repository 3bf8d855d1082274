"""Asking that an industrial union guide a union, agreeing, and ending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, can, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.moving import hold_shape
from gongshu.core.orgs.queries import parent
from gongshu.organising.enums import Permission
from gongshu.organising.models import Guidance
from gongshu.organising.queries.guiding import guide_facts
from gongshu.organising.queries.law import answer_rule, line_rule
from gongshu.organising.rules import guiding as rules

TAKEN = Problem("这个工会的指导关系申请正在办理，不必重复提出")


def ask(organisation: Organisation, guide: Organisation, *, by: Actor, at: datetime, reason: str = "") -> Guidance:
    """Ask that an industrial union guide a union; the other side must agree. Raises Refused.

    Who may edit the union asks its guide; who may edit the guide only asks the union above on the leading line.
    """
    on = timezone.localdate(at)
    is_asked_by_guide = not can(by, Permission.EDIT, at=organisation)
    require(by, Permission.EDIT, at=guide if is_asked_by_guide else organisation)
    refuse_if(rules.asking(guide_facts(organisation, guide, on), line_rule(on, organisation)))
    upper = parent(organisation)
    assert upper is not None  # the rule has refused a root
    row = Guidance(
        organisation=organisation, guide=guide, upper=upper, is_asked_by_guide=is_asked_by_guide, reason=reason.strip()
    )
    row.due_on = on + timedelta(days=answer_rule(on, row.awaited)["answer_days"])
    try:
        with transaction.atomic():
            return flow.start(row, by=by, at=at)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error


def _facts(row: Guidance, at: datetime, note: str) -> dict[str, Any]:
    on = timezone.localdate(at)
    org, guide = (Organisation.objects.get(pk=pk) for pk in (row.organisation_id, row.guide_id))
    return {"at": at, "note": note, "facts": guide_facts(org, guide, on), "line": line_rule(on, org)}


def agree(row: Guidance, *, by: Actor, at: datetime, note: str = "") -> Guidance:
    """Agree: from today the union with all below it counts along this line; a tie before it ends. Raises Refused."""
    with transaction.atomic():
        hold_shape(alone=True)  # two ties agreed to at once must not make a round
        before = Guidance.objects.filter(organisation=row.organisation_id, state="standing").exclude(pk=row.pk).first()
        require(by, Permission.APPROVE, at=row.awaited)
        if before:
            flow.advance(before, "replace", by=replace(by, is_system=True), at=at, facts={"at": at})
        return flow.advance(row, "agree", by=by, at=at, facts=_facts(row, at, note))


def take(row: Guidance, step: str, *, note: str, by: Actor, at: datetime) -> Guidance:
    """Refuse, withdraw (`withdraw`), or end it from the guide's (`release`) or the union's side (`leave`)."""
    return flow.advance(row, step, by=by, at=at, facts={"note": note, "at": at})
