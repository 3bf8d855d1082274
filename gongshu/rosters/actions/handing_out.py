"""Handing out the rows that were not brought in: who did, in the trail."""

from __future__ import annotations

from datetime import datetime

from gongshu.core.access.actor import Actor
from gongshu.core.trail import actions as trail
from gongshu.rosters.models import Roster


def record(roster: Roster, number: int, *, by: Actor, at: datetime) -> None:
    """Write down that so many rows, with masked numbers, were taken out."""
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
