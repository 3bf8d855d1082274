"""Handing out the rows that were not brought in: who did, in the trail."""

from __future__ import annotations

from datetime import datetime

from gongshu.core.access.actor import Actor
from gongshu.core.trail import actions as trail
from gongshu.rosters.models import Roster
from gongshu.rosters.queries.scope import refused_of


def record(roster: Roster, *, by: Actor, at: datetime) -> None:
    """Write down that the rows, with masked numbers, were taken out."""
    number = refused_of(roster).count()
    summary = f"导出没有导入的行：{roster.file_name}，{number} 行，号码已隐去中间部分"
    trail.record(
        "export",
        roster,
        by=by,
        at=at,
        summary=summary,
        detail={"count": number},
        organisation_id=roster.organisation_id,
    )
