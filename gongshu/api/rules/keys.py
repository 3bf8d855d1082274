"""What a key may do: its role, narrowed to its scopes. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from gongshu.api.enums import Scope
from gongshu.core.access.enums import Permission as Access
from gongshu.core.base.problems import Problem
from gongshu.delivery.enums import Permission as Delivery
from gongshu.members.enums import Permission as Members
from gongshu.organising.enums import Permission as Organising
from gongshu.venues.enums import Permission as Venues

NAME_LENGTH = 30
ALLOWS: dict[str, frozenset[str]] = {
    Scope.ORGANISATIONS_READ: frozenset({Access.SEE_TREE}),
    Scope.ORGANISATIONS_WRITE: frozenset({Access.SEE_TREE, Organising.APPROVE}),
    Scope.MEMBERS_READ: frozenset({Members.SEE}),
    Scope.MEMBERS_WRITE: frozenset({Members.SEE, Members.EDIT, Members.APPROVE}),
    Scope.MEMBERS_REVEAL: frozenset({Members.SEE, Members.REVEAL}),
    Scope.TASKS_READ: frozenset({Delivery.SEE}),
    Scope.TASKS_WRITE: frozenset({Delivery.SEE, Delivery.SIGN}),
    Scope.VENUES_READ: frozenset({Venues.SEE}),
    Scope.VENUES_WRITE: frozenset({Venues.SEE, Venues.EDIT}),
}


def allowed(scopes: Iterable[str]) -> frozenset[str]:
    """Return every permission that some of the scopes is about."""
    return frozenset().union(*(ALLOWS[scope] for scope in scopes if scope in ALLOWS))


def narrowed(grants: Collection[str], scopes: Iterable[str]) -> frozenset[str]:
    """Return what is left of a role's permissions under the scopes."""
    return frozenset(grants) & allowed(scopes)


def empty_scopes(grants: Collection[str], scopes: Iterable[str]) -> list[str]:
    """Return the scopes of which a role could do nothing at all, or not the thing itself."""
    return [scope for scope in scopes if not ALLOWS.get(scope, frozenset()) <= frozenset(grants)]


def months_later(day: date, months: int) -> date:
    """Return the day that many months on, the 28th at the latest, so that every month has it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def issuing(name: str, scopes: Collection[str], until: date, *, on: date, months: int) -> list[Problem]:
    """Return why a key cannot be issued on a day; it may last `months` at most."""
    problems = []
    if not name.strip():
        problems.append(Problem("请填写对接的系统名称", field="name"))
    if not scopes:
        problems.append(Problem("请至少选一项用途", field="scopes"))
    if until <= on:
        problems.append(Problem("到期日期须晚于今天", field="until_on"))
    if until > months_later(on, months):
        problems.append(Problem(f"密钥最长 {months} 个月，到期前可以另发新的", field="until_on"))
    return problems
