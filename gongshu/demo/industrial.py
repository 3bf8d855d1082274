"""Two industrial unions of 贵州, base unions they guide, one that has asked to be guided. All are made up."""

from __future__ import annotations

from django.utils import timezone

from gongshu.core.orgs.enums import Industry
from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.lookup import clause
from gongshu.core.trail import actions as trail
from gongshu.demo import people
from gongshu.demo.members import ONE
from gongshu.demo.stages import Setting
from gongshu.organising.actions import founding, guiding
from gongshu.organising.enums import Asker, Post, Shape
from gongshu.organising.rules.founding import FoundingFacts, Nominee

PROVINCE = "贵州省总工会"
TRAFFIC, BUILDING = "演示·贵州省交通产业工会", "演示·贵州省建筑产业工会"
INDUSTRIES = {TRAFFIC: Industry.TRANSPORT, BUILDING: Industry.BUILDING}
GUIDED = {
    TRAFFIC: ("演示·松桃县第3号企业工会", "演示·松桃县第5号企业工会", "演示·松桃县第6号企业工会"),
    BUILDING: ("演示·松桃县第7号企业工会", "演示·松桃县第9号企业工会"),
}
HOLDERS = (("演示·陈国庆", Post.CHAIR), ("演示·杨春梅", Post.WOMEN), ("演示·周志远", Post.AUDIT))


def build(setting: Setting) -> str:
    """Found the industrial unions, open an account at one, let them guide and be asked to."""
    province = Organisation.objects.get(name=PROVINCE)
    _found(province, setting)
    people.open_seats(people.LATER, setting)
    ties = _guide(setting)
    told = f"产业工会 {len(INDUSTRIES)} 个（演示），指导关系 {ties} 个，另有 1 件申请待产业工会同意"
    trail.record("build", province, by=setting.by, at=setting.at, summary=told)
    return told


def _found(province: Organisation, setting: Setting) -> None:
    for name in INDUSTRIES:
        row = founding.apply(_told(name, setting), organisation=province, by=setting.by, at=setting.at)
        founding.submit(row, by=setting.by, at=setting.at)
        founding.approve(row, by=setting.by, at=setting.at)


def _told(name: str, setting: Setting) -> FoundingFacts:
    years = clause("trade-union-law", "16", on=timezone.localdate(setting.at))["local_term_years"]
    nominees = tuple(Nominee(who, post) for who, post in HOLDERS)
    return FoundingFacts(
        name, Shape.INDUSTRIAL, asker=Asker.UPPER, years=years, industry=INDUSTRIES[name], nominees=nominees
    )


def _guide(setting: Setting) -> int:
    """Let the industrial unions guide some base unions, and one base union wait for an answer; return how many ties."""
    names = {ONE, *GUIDED, *(name for guided in GUIDED.values() for name in guided)}
    orgs = {org.name: org for org in Organisation.objects.filter(name__in=names)}
    for name, guided in GUIDED.items():
        for union in guided:
            row = guiding.ask(orgs[union], orgs[name], by=setting.by, at=setting.at, reason="演示：同行业")
            guiding.agree(row, by=setting.by, at=setting.at)
    guiding.ask(orgs[ONE], orgs[TRAFFIC], by=setting.by, at=setting.at, reason="演示：承接货运业务")
    return sum(map(len, GUIDED.values()))
