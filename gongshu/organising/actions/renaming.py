"""Putting right what an organisation is called and how it is classed; what it was before stays in the trail."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.orgs.enums import Kind
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import parent
from gongshu.core.trail import actions as trail
from gongshu.organising.enums import Permission
from gongshu.organising.queries.cases import industrial_problems, placing_problems
from gongshu.organising.queries.law import moving_law
from gongshu.organising.rules import founding as rules


@dataclass(frozen=True)
class Called:
    """Name, short name, division code (GB/T 2260) and industry of an organisation."""

    name: str
    short_name: str
    division_code: str = ""
    industry: str = ""


def called(org: Organisation) -> Called:
    """Return what an organisation is called now."""
    return Called(org.name, org.short_name, org.division_code, org.industry)


def rename(organisation: Organisation, now: Called, *, by: Actor, at: datetime) -> Organisation:
    """Change it, as the union above that approves (工会法 art. 12); raises Refused."""
    on = timezone.localdate(at)
    with transaction.atomic():
        org: Organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        upper = parent(org)
        require(by, Permission.APPROVE, at=upper or org)
        before = called(org)
        if org.ended_on:
            raise Refused.because("这个工会已经撤销，不能再更名")
        if now == before:
            raise Refused.because("没有改动")
        refuse_if(rules.naming(now.name))
        if upper and now.name != before.name:
            refuse_if(placing_problems(now.name, upper, on=on, but=org))
        if upper and org.kind == Kind.INDUSTRIAL and now.industry != before.industry:
            refuse_if(industrial_problems(now.industry, upper, on=on, but=org))
        for field, value in asdict(now).items():
            setattr(org, field, value)
        org.save(update_fields=list(asdict(now)))
        text = f"更名：{before.name}改为{now.name}" if now.name != before.name else f"修改组织资料：{now.name}"
        detail = {"before": asdict(before), "after": asdict(now)}
        clause = moving_law(on, org).approval.label
        trail.record("rename", org, by=by, at=at, summary=text, detail=detail, clause=clause, organisation_id=org.pk)
    return org
