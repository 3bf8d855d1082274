"""What stands in the way of an industrial union guiding another union. Pure: facts in, problems out."""

from __future__ import annotations

from dataclasses import dataclass

from gongshu.core.base.problems import Problem
from gongshu.core.orgs.enums import LEVEL_ORDER, Kind
from gongshu.organising.rules.law import Law
from gongshu.organising.rules.moving import Place


@dataclass(frozen=True)
class GuideFacts:
    """The union, the industrial union that is to guide it, and what the ledger knows of both.

    `is_its_own`: it stands at or below the guide on the leading line, with no other industrial union between.
    `is_round`: the guide itself stands, along the guiding line, below the union.
    """

    union: Place
    guide: Place
    has_upper: bool = True
    is_its_own: bool = False
    is_guided_by_it: bool = False
    is_round: bool = False


def asking(facts: GuideFacts, line: Law) -> list[Problem]:
    """Return why a union cannot be guided by an industrial union."""
    return [*_sides(facts, line), *_order(facts, line)]


def _sides(facts: GuideFacts, line: Law) -> list[Problem]:
    problems = [Problem(f"{each.name}已经撤销") for each in (facts.union, facts.guide) if each.is_ended]
    if facts.guide.kind != Kind.INDUSTRIAL:
        problems.append(Problem(f"指导的工会应当是产业工会，{facts.guide.name}是{Kind(facts.guide.kind).label}", line))
    if facts.union.kind == Kind.LOCAL or not facts.has_upper:
        problems.append(Problem(f"{facts.union.name}是地方总工会，由上级总工会领导，不接受产业工会指导", line))
    return problems


def _order(facts: GuideFacts, line: Law) -> list[Problem]:
    problems = []
    if facts.is_guided_by_it:
        problems.append(Problem(f"{facts.union.name}已经由{facts.guide.name}指导"))
    if facts.is_its_own:
        problems.append(Problem(f"{facts.union.name}本来就在{facts.guide.name}的领导之下，不必另设指导关系"))
    elif facts.is_round:
        problems.append(Problem("不能由自己领导、指导的工会来指导自己", line))
    if LEVEL_ORDER.index(facts.guide.level) > LEVEL_ORDER.index(facts.union.level):
        problems.append(Problem("指导的产业工会层级不能低于接受指导的工会", line))
    return problems
