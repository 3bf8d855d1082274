"""What the demonstration is made of, in order. A line of work adds its stage here."""

from __future__ import annotations

from gongshu.demo import (
    coverage,
    delivery,
    documents,
    duplicates,
    industrial,
    members,
    officers,
    organising,
    people,
    supervision,
    tree,
    venues,
)
from gongshu.demo.stages import Stage

STAGES: tuple[Stage, ...] = (
    Stage("tree", "组织树", tree.build),
    Stage("people", "账号", people.build),
    Stage("members", "会员", members.build),
    Stage("duplicates", "重复登记", duplicates.build),
    Stage("organising", "组织建设", organising.build),
    Stage("officers", "干部", officers.build),
    Stage("venues", "阵地样例", venues.build),
    Stage("coverage", "用人单位样例", coverage.build),
    Stage("documents", "收文", documents.receive_all, documents.scope),
    Stage("delivery", "部署", delivery.build, documents.scope),
    Stage("supervision", "督办与报告", supervision.build, documents.scope),
    Stage("industrial", "产业工会", industrial.build),
)
