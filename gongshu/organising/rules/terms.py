"""What stands in the way of a term, a departure, a postponement; which committees a union lacks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongshu.core.base.days import add_months
from gongshu.core.base.problems import Problem
from gongshu.organising.enums import HEADS, Body, Leaving, Post
from gongshu.organising.rules.founding import Nominee, relative_problems, size_problems
from gongshu.organising.rules.law import Law

MONTHS = 12
LEADERS = (Post.CHAIR, Post.VICE)


@dataclass(frozen=True)
class TermLaw:
    """The clauses a term rests on; `years` are those allowed for a union of this level."""

    term: Law  # 工会法 art. 16
    relatives: Law  # 工会法 art. 10
    size: Law
    years: Collection[int] = ()


@dataclass(frozen=True)
class TermFacts:
    """What is told of a committee elected: which, since when, for how many years, who holds which post."""

    body: str
    began_on: date
    years: int
    holders: Sequence[Nominee] = field(default_factory=tuple)


@dataclass(frozen=True)
class Around:
    """What the ledger knows around an election: the day, when the committee before began, members of the union."""

    on: date
    before_on: date | None = None
    members: int = 0
    is_base: bool = True


@dataclass(frozen=True)
class Departure:
    """Somebody leaves a post: why and when; consents for a transfer, votes for a recall."""

    why: str
    on: date
    has_consents: bool = False
    votes: int = 0
    voters: int = 0


def electing(facts: TermFacts, around: Around, law: TermLaw) -> list[Problem]:
    """Return why a committee cannot be written down as elected."""
    problems = _days(facts, around)
    if facts.years not in law.years:
        allowed = "年或者".join(str(years) for years in law.years)
        problems.append(Problem(f"每届任期应为{allowed}年，现为{facts.years}年", law.term, field="years"))
    return [*problems, *_holders(facts, around, law)]


def _days(facts: TermFacts, around: Around) -> list[Problem]:
    if facts.began_on > around.on:
        return [Problem("选举日期晚于今天，选出后再登记", field="began_on")]
    if around.before_on is not None and facts.began_on <= around.before_on:
        return [Problem("选举日期应当晚于上一届的选举日期", field="began_on")]
    return []


def _holders(facts: TermFacts, around: Around, law: TermLaw) -> list[Problem]:
    head = HEADS[facts.body]
    posts = [each.post for each in facts.holders]
    twice = sorted(name for name, count in Counter(each.name for each in facts.holders).items() if count > 1)
    problems = []
    if twice:
        problems.append(Problem(f"同一人只能有一个职务：{'、'.join(twice)}", field="holders"))
    if posts == [Post.ORGANISER] and facts.body == Body.UNION:
        return problems
    if posts.count(head) != 1:
        problems.append(Problem(f"{Body(facts.body).label}应有一名{head.label}", field="holders"))
    if facts.body == Body.UNION and around.is_base:
        problems += relative_problems(facts.holders, law.relatives, "holders")
        problems += size_problems(around.members, len(posts), law.size, "holders") if around.members else []
    return problems


def leaving(post: str, told: Departure, *, since: date, on: date, law: Law) -> list[Problem]:
    """Return why somebody cannot leave a post like this (工会法 art. 18 for chairs and vice-chairs)."""
    problems = []
    if not since <= told.on <= on:
        problems.append(Problem("离任日期应当在任职之后、不晚于今天", field="on"))
    if post not in LEADERS:
        return problems
    if told.why == Leaving.TRANSFER and not told.has_consents:
        problems.append(
            Problem("主席、副主席任期未满调动工作，应当征得本级工会委员会和上一级工会的同意", law, field="has_consents")
        )
    if told.why == Leaving.RECALLED and not told.votes > told.voters * law["pass_above"]:
        problems.append(
            Problem("罢免主席、副主席，须经全体会员或者全体代表过半数通过；现有票数不够", law, field="votes")
        )
    return problems


def postponing(ends_on: date, until: date, law: Law) -> list[Problem]:
    """Return why an election cannot be put off until a day."""
    last = add_months(ends_on, law["months"])
    if until <= ends_on:
        return [Problem("延期的日期应当晚于任期届满日", field="until")]
    if until > last:
        return [
            Problem(
                f"延期一般不超过{law['months']}个月，最晚到{last.year}年{last.month}月{last.day}日", law, field="until"
            )
        ]
    return []


def lacking(present: Collection[str], women: int, women_law: Law, audit_law: Law) -> list[Problem]:
    """Return which committees a union should have and has not; one without its own committee lacks that first."""
    if Body.UNION not in present:
        return [Problem("没有登记在任的工会委员会，请登记选举结果")]
    problems = []
    least = women_law["women_for_committee"]
    if women >= least and Body.WOMEN not in present:
        problems.append(Problem(f"女会员{women}人，满{least}人的应当建立女职工委员会", women_law))
    if Body.AUDIT not in present:
        problems.append(Problem("没有登记经费审查委员会", audit_law))
    return problems


def to_warn(due_on: date, warned: int | None, on: date, months: Sequence[int]) -> int | None:
    """Return the shortest warning (in months before the end) now reached and not yet given, None when none is."""
    reached = [each for each in months if on >= add_months(due_on, -each)]
    if not reached:
        return None
    shortest = min(reached)
    return shortest if warned is None or shortest < warned else None


def filling(name: str, from_on: date, *, since: date, on: date) -> list[Problem]:
    """Return why a vacancy cannot be filled like this."""
    problems = []
    if not name.strip():
        problems.append(Problem("请填写补选的人", field="name"))
    if not since <= from_on <= on:
        problems.append(Problem("补选日期应当在出缺之后、不晚于今天", field="on"))
    return problems
