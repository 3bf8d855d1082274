"""What stands in the way of dissolving or merging a union. Pure: facts in, problems out."""

from __future__ import annotations

from dataclasses import dataclass

from gongshu.core.base.problems import Problem
from gongshu.organising.enums import GROUNDS_OF, Ground, Way
from gongshu.organising.rules.law import EndingLaw


@dataclass(frozen=True)
class Successor:
    """The union that takes over: whether it has ended, and whether it stands at or below the one that ends."""

    is_ended: bool
    is_within: bool
    is_near: bool


@dataclass(frozen=True)
class EndingFacts:
    """What is told of a union's end, and what the ledger knows of it."""

    way: str
    ground: str
    successor: Successor | None = None
    has_upper: bool = True
    is_ended: bool = False
    below: int = 0
    pending: int = 0
    moving: int = 0


def asking(facts: EndingFacts, law: EndingLaw) -> list[Problem]:
    """Return why a union cannot be dissolved or merged like this."""
    return [*_standing(facts, law), *_ground(facts, law), *_successor(facts), *_unfinished(facts)]


def _standing(facts: EndingFacts, law: EndingLaw) -> list[Problem]:
    problems = []
    if facts.is_ended:
        problems.append(Problem("这个工会已经撤销"))
    if not facts.has_upper:
        problems.append(Problem("没有上一级工会，不能审批", law.approval))
    return problems


def _ground(facts: EndingFacts, law: EndingLaw) -> list[Problem]:
    allowed = GROUNDS_OF[facts.way]
    if facts.ground in allowed:
        return []
    words = "、".join(ground.label for ground in allowed)
    what = Way(facts.way).label
    return [
        Problem(
            f"不得随意{what}工会组织：{what}限于{words}，不能以“{Ground(facts.ground).label}”办理",
            law.grounds,
            field="ground",
        )
    ]


def _successor(facts: EndingFacts) -> list[Problem]:
    if facts.way == Way.DISSOLVE:
        return [Problem("撤销没有承继的工会；并入其他工会的请选合并", field="successor")] if facts.successor else []
    if facts.successor is None:
        return [Problem("请选择合并后承继的工会", field="successor")]
    problems = []
    if facts.successor.is_within:
        problems.append(Problem("不能并入自己或者自己的下级", field="successor"))
    if facts.successor.is_ended:
        problems.append(Problem("承继的工会已经撤销", field="successor"))
    if not facts.successor.is_near:
        problems.append(Problem("承继的工会应当在审批的上级工会范围之内", field="successor"))
    return problems


def _unfinished(facts: EndingFacts) -> list[Problem]:
    problems = []
    if facts.below:
        problems.append(Problem(f"尚有下级工会{facts.below}个，请先办理它们的归属"))
    if facts.pending:
        problems.append(Problem(f"尚有入会申请{facts.pending}件没有办结，请先办理"))
    if facts.moving:
        problems.append(Problem(f"尚有转会{facts.moving}件没有办结，请先办理"))
    return problems
