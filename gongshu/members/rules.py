"""What stands in the way. Pure: facts in, problems out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from gongshu.core.base.problems import Citation, Problem


class Law(Citation, Protocol):
    """A clause with named values."""

    def __getitem__(self, name: str) -> Any:
        """Return a named value."""


@dataclass(frozen=True)
class MembershipFacts:
    """What is told of a member in a union's roll."""

    name: str
    form: str
    gender: str = "u"
    born_on: date | None = None


@dataclass(frozen=True)
class Place:
    """An organisation as far as a rule needs it."""

    pk: int
    level: str
    path: str


def joining(facts: MembershipFacts, forms: Iterable[str]) -> list[Problem]:
    """Return why somebody cannot apply like this."""
    problems = []
    if not facts.name.strip():
        problems.append(Problem("请填写姓名", field="name"))
    if facts.form not in set(forms):
        problems.append(Problem("请选择就业形态", field="form"))
    return problems


def standing(name: str, ended_on: date | None) -> list[Problem]:
    """Return that a union has been dissolved or merged and takes nobody in."""
    return [Problem(f"{name}已经撤销，请选择承继它的工会或者上级工会")] if ended_on else []


def approving(facts: MembershipFacts, *, on: date) -> list[Problem]:
    """Return why an application cannot be approved on a day; only what the ledger itself can know."""
    if facts.born_on is not None and facts.born_on > on:
        return [Problem("出生日期晚于今天，请先核对身份证号码")]
    return []


def moving(at_pk: int, destination: Any) -> list[Problem]:
    """Return why a membership cannot move to an organisation."""
    if destination is None:
        return [Problem("请选择要转入的工会", field="destination")]
    if destination.pk == at_pk:
        return [Problem("会籍已在这个工会，不需要转会", field="destination")]
    return standing(destination.name, destination.ended_on)


def returning(*, was_parked: bool, to_parked: bool) -> list[Problem]:
    """Return why a move that comes to nothing cannot end as it is about to: a membership goes back to what it was."""
    if was_parked == to_parked:
        return []
    return [Problem("转会前会籍为暂存，不予转会的应当仍为暂存" if was_parked else "转会前会籍为在籍，不能退回暂存")]


def lapsing(months_silent: int, law: Law) -> list[Problem]:
    """Return why a membership may not be taken as given up: the months without fee and activity must be reached."""
    if months_silent < law["months"]:
        return [Problem(f"连续不交会费、不参加组织生活未满{law['months']}个月，不能视为自动退会", law)]
    return []


def reviving(name: str, ended_on: date | None) -> list[Problem]:
    """Return that a union to which a membership would go back is no more."""
    return [Problem(f"{name}已经撤销，原来的会籍恢复不了，请到承继它的工会办理")] if ended_on else []


def reason_problems(reason: str) -> list[Problem]:
    """Return that a reason is missing."""
    return [] if reason.strip() else [Problem("请写明原因", field="note")]


def home_for(ladder: Iterable[Place], levels: Iterable[str]) -> Place | None:
    """Return the catch-all home among the organisations from a place upwards: of the first level that occurs."""
    known = list(ladder)
    for level in levels:
        for place in known:
            if place.level == level:
                return place
    return None
