"""What stands in the way. Pure: facts in, problems out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongshu.core.base.problems import Problem
from gongshu.venues.rules.kinds import VenueKind

MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
PHONE = re.compile(r"(?:0\d{2,3}-?)?\d{5,8}(?:-\d{1,6})?")


@dataclass(frozen=True)
class VenueFacts:
    """What an officer tells about a venue; the rest is known."""

    kind: str
    name: str
    address: str = ""
    phone: str = ""
    hours: list[dict[str, str | int]] = field(default_factory=list)
    equipment: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Finding:
    """One line of an inspection: which equipment, whether it is in order."""

    item: str
    is_sound: bool


def registering(facts: VenueFacts, kind: VenueKind | None) -> list[Problem]:
    """Return why a venue cannot be written down like this."""
    if kind is None:
        return [Problem("没有这类阵地", field="kind")]
    problems = []
    if not facts.name.strip():
        problems.append(Problem("请填写名称", field="name"))
    unknown = [item for item in facts.equipment if item not in kind.equipment]
    if unknown:
        problems.append(Problem(f"{kind.label}没有这项设施：{'、'.join(unknown)}", field="equipment"))
    return problems + phone_problems(facts.phone)


def phone_problems(phone: str) -> list[Problem]:
    """Return why a phone is not a place's line; a person's mobile number is not asked for and not kept."""
    bare = re.sub(r"[\s()（）]", "", phone)
    if not bare:
        return []
    if MOBILE.fullmatch(bare.replace("-", "")):
        return [Problem("请填值班电话，不填个人手机号；没有座机可以不填", field="phone")]
    if not PHONE.fullmatch(bare):
        return [Problem("电话号码不对，例：0856-1234567", field="phone")]
    return []


def opening(facts: VenueFacts, kind: VenueKind) -> list[Problem]:
    """Return why a venue cannot open: address, hours and the equipment its kind requires."""
    problems = []
    if not facts.address.strip():
        problems.append(Problem("开放前须填写地址，职工才找得到", field="address"))
    if not facts.hours:
        problems.append(Problem("开放前须填写开放时间", field="hours"))
    missing = [label for code, label in kind.required.items() if code not in facts.equipment]
    if missing:
        problems.append(Problem(f"{kind.label}还缺：{'、'.join(missing)}", kind.source, field="equipment"))
    return problems


def closing(reason: str) -> list[Problem]:
    """Return why a venue cannot close or pause: workers are told the reason."""
    return [] if reason.strip() else [Problem("请写明原因，将在阵地页面上公布", field="note")]


def inspecting(findings: Sequence[Finding], note: str, due_on: date | None, *, on: date) -> list[Problem]:
    """Return why an inspection cannot be recorded on the day `on`."""
    problems = []
    if not is_sound(findings) and not note.strip():
        problems.append(Problem("发现问题的，请用一句话写明", field="note"))
    if due_on and is_sound(findings):
        problems.append(Problem("没有发现问题，不需要整改期限", field="due_on"))
    if due_on and due_on < on:
        problems.append(Problem("整改期限不能早于今天", field="due_on"))
    return problems


def is_sound(findings: Sequence[Finding]) -> bool:
    """Tell whether nothing bad was found."""
    return all(finding.is_sound for finding in findings)


def months_before(months: int, *, on: date) -> date:
    """Return the day that many months before `on`, the month's last day where there is no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last))
