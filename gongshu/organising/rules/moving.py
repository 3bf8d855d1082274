"""What stands in the way of putting a union under another one. Pure: facts in, problems out."""

from __future__ import annotations

from dataclasses import dataclass

from gongshu.core.base.problems import Problem
from gongshu.core.orgs.enums import LEVEL_ORDER, Kind, Level
from gongshu.organising.enums import UPPERS_OF
from gongshu.organising.rules.law import MovingLaw


@dataclass(frozen=True)
class Place:
    """A union as the rule sees it."""

    name: str
    level: str
    kind: str
    is_ended: bool = False


@dataclass(frozen=True)
class MoveFacts:
    """The union, the one it is to stand under, and what the ledger knows of both.

    `is_within`: the new upper is the union itself or stands below it. `is_there`: it stands there already.
    """

    union: Place
    upper: Place
    has_upper: bool = True
    is_within: bool = False
    is_there: bool = False
    is_name_taken: bool = False
    is_ending: bool = False
    is_round: bool = False


def asking(facts: MoveFacts, law: MovingLaw) -> list[Problem]:
    """Return why a union cannot be put under another one."""
    return [*_standing(facts, law), *_shape(facts, law), *_fitting(facts, law)]


def _standing(facts: MoveFacts, law: MovingLaw) -> list[Problem]:
    problems = []
    if not facts.has_upper:
        problems.append(Problem("没有上一级工会，不能办理划转", law.approval))
    if facts.union.is_ended:
        problems.append(Problem(f"{facts.union.name}已经撤销"))
    if facts.upper.is_ended:
        problems.append(Problem(f"{facts.upper.name}已经撤销"))
    if facts.is_ending:
        problems.append(Problem(f"{facts.union.name}正在办理撤并，请先办结"))
    return problems


def _shape(facts: MoveFacts, law: MovingLaw) -> list[Problem]:
    if facts.is_within:
        return [Problem("不能划转到自己或者自己的下级之下：上级工会组织领导下级工会组织，不能互为上下级", law.leading)]
    if facts.is_there:
        return [Problem(f"{facts.union.name}已经隶属{facts.upper.name}")]
    if facts.is_round:
        return [Problem(f"{facts.upper.name}由本工会或者下级的产业工会指导，划转后会互相指导；请先终止指导关系")]
    if facts.is_name_taken:
        return [Problem(f"{facts.upper.name}的下级中已有叫“{facts.union.name}”的工会，请先更名")]
    return []


def _fitting(facts: MoveFacts, law: MovingLaw) -> list[Problem]:
    union, upper = facts.union, facts.upper
    problems = []
    if LEVEL_ORDER.index(upper.level) >= LEVEL_ORDER.index(union.level):
        levels = f"{upper.name}是{Level(upper.level).label}级，{union.name}是{Level(union.level).label}级"
        problems.append(Problem(f"上级工会的层级应当高于下级工会：{levels}", law.leading))
    if upper.kind not in UPPERS_OF[union.kind]:
        wanted = "、".join(kind.label for kind in UPPERS_OF[union.kind])
        problems.append(
            Problem(f"{Kind(union.kind).label}应当隶属{wanted}，{upper.name}是{Kind(upper.kind).label}", law.structure)
        )
    return problems
