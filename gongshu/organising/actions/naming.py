"""Giving a union another name, as the union above decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import parent
from gongshu.core.trail import actions as trail
from gongshu.organising.enums import Permission
from gongshu.organising.queries.cases import placing_problems

SHORT = 60


@transaction.atomic
def rename(org: Organisation, name: str, short_name: str = "", *, by: Actor, at: datetime) -> Organisation:
    """Give a standing union another name; the old one stays in the trail. Raises Refused.

    Without a short name the new name is taken, without its 委员会 and 工会.
    """
    row: Organisation = Organisation.objects.select_for_update().get(pk=org.pk)
    upper = parent(row)
    if upper is None:
        raise Refused.because("没有上一级工会，不能在此更名")
    require(by, Permission.APPROVE, at=upper)
    name, short = name.strip(), short_name.strip()
    refuse_if(_problems(row, name))
    refuse_if(placing_problems(name, upper, on=timezone.localdate(at), but=row))
    before = {"name": row.name, "short_name": row.short_name}
    row.name = name
    row.short_name = short or (name.removesuffix("委员会").removesuffix("工会") or name)[:SHORT]
    row.save(update_fields=["name", "short_name"])
    detail = {"before": before, "name": row.name, "short_name": row.short_name}
    summary = f"工会更名：{before['name']}改为{row.name}"
    trail.record("rename", row, by=by, at=at, summary=summary, detail=detail, organisation_id=row.pk)
    return row


def _problems(row: Organisation, name: str) -> list[Problem]:
    if row.ended_on:
        return [Problem(f"{row.name}已经撤销，不能更名")]
    return [] if name else [Problem("请填写名称", field="name")]
