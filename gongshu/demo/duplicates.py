"""One made-up person registered at two unions, and the search that finds it."""

from __future__ import annotations

from gongshu.core.orgs.models import Organisation
from gongshu.core.people.identity import PersonFacts
from gongshu.demo.members import ONE, TWO
from gongshu.demo.stages import Setting
from gongshu.members.actions import finding, joining, tallies
from gongshu.members.enums import Form, Source
from gongshu.members.queries import pairs

TWICE = PersonFacts("演示·龙小燕", phone="13800000110")


def build(setting: Setting) -> str:
    """Register somebody at two unions, as two officers would, and look for likely duplicates."""
    orgs = {org.name: org for org in Organisation.objects.filter(name__in=(ONE, TWO))}
    for name in (ONE, TWO):
        new = joining.NewMember(TWICE, Form.STAFF, source=Source.DEMO)
        row = joining.apply(new, organisation=orgs[name], by=setting.by, at=setting.at)
        joining.approve(row, by=setting.by, at=setting.at)
    tallies.refresh_summaries(at=setting.at)
    found = dict(sorted(pairs.candidates().items())[: finding.BATCH])
    return f"疑似重复登记 {finding.write(found, at=setting.at)} 对"
