"""Taking numbers out of the system: who, how many, why, in the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import refuse_if
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.protected import Sealed
from gongshu.core.trail import actions as trail
from gongshu.members import rules
from gongshu.members.enums import Permission
from gongshu.members.models import Membership


@dataclass(frozen=True)
class Number:
    """A member's numbers as they are exported."""

    id_number: str
    phone: str


def ask_export(org: Organisation, *, by: Actor, in_clear: bool, reason: str) -> None:
    """Raise Refused without the right to export; whole numbers ask for the right to reveal and a reason."""
    require(by, Permission.EXPORT, at=org)
    if in_clear:
        require(by, Permission.REVEAL, at=org)
        refuse_if(rules.reason_problems(reason))


def record_export(org: Organisation, count: int, *, by: Actor, at: datetime, in_clear: bool, reason: str) -> None:
    """Write down who took how many members' data out and why; asks for the right again."""
    ask_export(org, by=by, in_clear=in_clear, reason=reason)
    what = "含完整号码" if in_clear else "号码已隐去中间部分"
    detail = {"count": count, "in_clear": in_clear, "reason": reason.strip()}
    summary = f"导出会员名册：{org.short_name}，{count} 人，{what}"
    trail.record("export", org, by=by, at=at, summary=summary, detail=detail, organisation_id=org.pk)


def numbers_of(rows: Iterable[Membership], *, in_clear: bool) -> dict[int, Number]:
    """Return the numbers of members by key, masked or whole; `ask_export` has asked for the right."""
    show = Sealed.reveal if in_clear else Sealed.masked
    return {
        row.pk: Number(*(show(held) if held else "" for held in (row.person.id_number, row.person.phone)))
        for row in rows
    }
