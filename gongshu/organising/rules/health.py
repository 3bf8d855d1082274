"""How a base union stands, component by component. Pure: figures the ledger holds in, words and advice out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gongshu.organising.rules.law import Law


@dataclass(frozen=True)
class HealthFacts:
    """What the ledger knows of a base union; `due_on` is when its committee's term ends, None without one."""

    members: int
    real_name: int
    phones: int
    last_on: date | None
    due_on: date | None


@dataclass(frozen=True)
class Component:
    """One component: what it is, what was found, where from, whether weak, and then what to do."""

    code: str
    label: str
    found: str
    source: str
    advice: str = ""

    @property
    def is_weak(self) -> bool:
        """Tell whether something is to be done."""
        return bool(self.advice)


def components(facts: HealthFacts, law: Law, *, on: date) -> list[Component]:
    """Return every component of a base union's health on a day."""
    return [_members(facts), _real_name(facts, law), _phones(facts, law), _term(facts, on), _activity(facts, law, on)]


def _members(facts: HealthFacts) -> Component:
    advice = "" if facts.members else "发展会员：张贴本会入会二维码，或者导入会员名册"
    return Component("empty", "会员", f"{facts.members}人", "会员名册", advice)


def _real_name(facts: HealthFacts, law: Law) -> Component:
    is_weak = facts.real_name < facts.members * law["real_name_share"]
    advice = "补录会员身份证号码，请会员在手机上自行补充" if is_weak else ""
    return Component("real_name", "实名会员", _share(facts.real_name, facts.members), "会员名册", advice)


def _phones(facts: HealthFacts, law: Law) -> Component:
    is_weak = facts.phones < facts.members * law["phone_share"]
    advice = "补录会员手机号码，才能通知到本人" if is_weak else ""
    return Component("phone", "有联系方式的会员", _share(facts.phones, facts.members), "会员名册", advice)


def _share(part: int, whole: int) -> str:
    if not whole:
        return "—"
    return f"{part}人，占{int(Fraction(part * 100, whole))}%"


def _term(facts: HealthFacts, on: date) -> Component:
    if facts.due_on is None:
        return Component("term", "任期", "没有登记", "委员会任期", "登记选举结果")
    is_over = facts.due_on < on
    found = f"{'已于' if is_over else ''}{_day(facts.due_on)}届满"
    return Component("term", "任期", found, "委员会任期", "按期换届；确需延期的报上一级工会同意" if is_over else "")


def _activity(facts: HealthFacts, law: Law, on: date) -> Component:
    if facts.last_on is None:
        return Component("idle", "最近办理", "没有记录", "留痕", "联系该工会，了解是否有人负责")
    is_idle = (on - facts.last_on).days > law["idle_days"]
    advice = f"超过{law['idle_days']}天没有办理事项，联系该工会，了解情况" if is_idle else ""
    return Component("idle", "最近办理", _day(facts.last_on), "留痕", advice)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
