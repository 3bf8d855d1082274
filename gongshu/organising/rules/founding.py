"""What stands in the way of founding a union. Pure: facts in, problems out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongshu.core.base.identity import check_credit_code
from gongshu.core.base.problems import Problem
from gongshu.core.orgs.enums import Kind, Level
from gongshu.organising.enums import FEDERATIONS, Post, Shape, Tie
from gongshu.organising.rules.law import FoundingLaw, Law

NAME_ENDS = ("工会", "工会委员会", "工会联合会", "总工会")
FEWEST_EMPLOYERS_TOGETHER = 2


@dataclass(frozen=True)
class EmployerFacts:
    """An employer: name and unified social credit code."""

    name: str
    code: str


@dataclass(frozen=True)
class Nominee:
    """Somebody proposed for the committee."""

    name: str
    post: str
    tie: str = Tie.NONE


@dataclass(frozen=True)
class FoundingFacts:
    """What is told of a union to be founded; `members` are those who have applied to join it."""

    name: str
    shape: str
    members: int = 0
    asker: str = "workers"
    years: int = 0
    industry: str = ""
    employers: Sequence[EmployerFacts] = field(default_factory=tuple)
    nominees: Sequence[Nominee] = field(default_factory=tuple)

    @property
    def is_federation(self) -> bool:
        """Tell whether unions, not workers, come together."""
        return self.shape in FEDERATIONS


def telling(facts: FoundingFacts) -> list[Problem]:
    """Return why an application cannot be written down like this."""
    return naming(facts.name) + _employers(facts.employers) + _names(facts.nominees)


def naming(name: str) -> list[Problem]:
    """Return that this is no name of a union."""
    if name.strip().endswith(NAME_ENDS):
        return []
    return [Problem("工会名称应当以“工会”“工会委员会”或者“工会联合会”结尾", field="name")]


def _employers(employers: Sequence[EmployerFacts]) -> list[Problem]:
    problems = []
    for each in employers:
        wrong = check_credit_code(each.code, field="employers")
        problems += [Problem(f"{each.name}：{problem.message}", field="employers") for problem in wrong]
    codes = [each.code for each in employers]
    twice = sorted({each.name for each in employers if codes.count(each.code) > 1})
    if twice:
        problems.append(Problem(f"同一用人单位填了两次：{'、'.join(twice)}", field="employers"))
    return problems


def _names(nominees: Sequence[Nominee]) -> list[Problem]:
    names = [each.name for each in nominees]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [Problem(f"同一人只能有一个职务：{'、'.join(twice)}", field="nominees")] if twice else []


def asking(facts: FoundingFacts, law: FoundingLaw) -> list[Problem]:
    """Return why an application cannot go to the union above, or be approved there."""
    return [
        *telling(facts),
        *_years(facts, law.term),
        *_industrial(facts, law),
        *_shape(facts, law.form),
        *_committee(facts, law),
        *_barred(facts.nominees, law),
    ]


def _years(facts: FoundingFacts, law: Law) -> list[Problem]:
    is_base = facts.shape != Shape.INDUSTRIAL
    allowed = law["base_term_years"] if is_base else (law["local_term_years"],)
    if facts.years in allowed:
        return []
    words = "年或者".join(str(years) for years in allowed)
    return [Problem(f"每届任期应为{words}年，现为{facts.years}年", law, field="years")]


def _industrial(facts: FoundingFacts, law: FoundingLaw) -> list[Problem]:
    if facts.shape != Shape.INDUSTRIAL:
        return []
    problems = []
    if not facts.industry:
        problems.append(Problem("建立产业工会的，请选择所属行业", law.form, field="industry"))
    if facts.employers:
        problems.append(Problem("产业工会不由用人单位组成，用人单位不填", law.form, field="employers"))
    return problems


def _shape(facts: FoundingFacts, law: Law) -> list[Problem]:
    if facts.is_federation:
        return []
    problems = []
    least = law["members_for_committee"]
    if facts.members < 1:
        problems.append(Problem("还没有会员，请先发展会员", law, field="members"))
    if facts.members >= least and facts.shape == Shape.ORGANISER:
        problems.append(Problem(f"会员{facts.members}人，满{least}人的应当建立基层工会委员会", law, field="shape"))
    if facts.shape == Shape.JOINT and len(facts.employers) < FEWEST_EMPLOYERS_TOGETHER:
        problems.append(Problem("联合基层工会由两个以上单位的会员联合建立，请填写各单位", law, field="employers"))
    if facts.shape != Shape.JOINT and len(facts.employers) != 1:
        problems.append(Problem("单独建立的，请填写一个用人单位；两个以上单位的请选联合建立", law, field="employers"))
    return problems


def _committee(facts: FoundingFacts, law: FoundingLaw) -> list[Problem]:
    posts = [each.post for each in facts.nominees]
    if facts.shape == Shape.ORGANISER:
        alone = posts == [Post.ORGANISER]
        return [] if alone else [Problem("选举组织员的，人选为一名组织员", law.form, field="nominees")]
    problems = []
    if posts.count(Post.CHAIR) != 1:
        problems.append(Problem("请提出一名主席人选", field="nominees"))
    if Post.ORGANISER in posts:
        problems.append(Problem("建立委员会的不设组织员", law.form, field="nominees"))
    return problems if facts.is_federation else problems + size_problems(facts.members, len(posts), law.size)


def size_problems(members: int, seats: int, law: Law, field: str = "nominees") -> list[Problem]:
    """Return why a committee has too few or too many seats for its members."""
    place = bisect_left(law["members_up_to"], members)
    least, most = law["seats_least"][place], law["seats_most"][place]
    if least <= seats <= most:
        return []
    return [Problem(f"会员{members}人，委员应为{least}至{most}人，现为{seats}人", law, field=field)]


def _barred(nominees: Sequence[Nominee], law: FoundingLaw) -> list[Problem]:
    return relative_problems(nominees, law.relatives) + [
        Problem(f"{each.name}是{Tie.MANAGER.label}，不得作为主席人选", law.chair, field="nominees")
        for each in nominees
        if each.tie == Tie.MANAGER and each.post == Post.CHAIR
    ]


def relative_problems(nominees: Sequence[Nominee], law: Law, field: str = "nominees") -> list[Problem]:
    """Return who is a near relative of the employer's head and so barred from the committee (工会法 art. 10)."""
    return [
        Problem(f"{each.name}是企业主要负责人的近亲属，不得作为委员会成员的人选", law, field=field)
        for each in nominees
        if each.tie == Tie.RELATIVE
    ]


def covering(taken: Sequence[tuple[str, str]]) -> list[Problem]:
    """Return that employers (name, their union's name) already have a union."""
    return [
        Problem(f"{name}已由“{union}”覆盖，不能重复建会；需要变动的请办理合并", field="employers")
        for name, union in taken
    ]


def placing(name: str, *, is_base: bool, is_ended: bool, is_taken: bool, law: Law) -> list[Problem]:
    """Return why no union of this name can be set up under an upper union."""
    problems = []
    if is_base:
        problems.append(Problem("基层工会之下不再建立工会，请由它的上一级工会审批", law))
    if is_ended:
        problems.append(Problem("上级工会已经撤销，不能审批"))
    if is_taken:
        problems.append(Problem(f"同一上级工会之下已有“{name}”", field="name"))
    return problems


def placing_industrial(upper: str, *, level: str, kind: str, taken: Sequence[str], law: FoundingLaw) -> list[Problem]:
    """Return why no industrial union can be set up under an upper union; `taken`: those of the industry there."""
    if kind != Kind.LOCAL or level not in law.industrial["levels"]:
        levels = "、".join(Level(each).label for each in law.industrial["levels"])
        return [Problem(f"产业工会建在{levels}级总工会之下，不能建在{upper}之下", law.industrial, field="shape")]
    return [Problem(f"{upper}之下已有这个行业的产业工会：{name}", law.industrial, field="industry") for name in taken]


def saying_why(note: str) -> list[Problem]:
    """Return that a reason is missing."""
    return [] if note.strip() else [Problem("请写明原因", field="note")]
