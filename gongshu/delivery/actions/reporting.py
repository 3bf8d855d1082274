"""Keeping a written report: a new version never takes the place of an old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from gongshu.core.access.actor import Actor, require
from gongshu.core.files.actions import keep
from gongshu.core.trail import actions as trail
from gongshu.delivery.enums import Permission
from gongshu.delivery.models import Plan, WorkReport
from gongshu.delivery.queries.reporting import ReportFigures


@dataclass(frozen=True)
class Written:
    """A report as written: title, the bytes of .docx and, where LibreOffice is present, of .pdf."""

    title: str
    docx: bytes
    pdf: bytes | None


@transaction.atomic
def keep_report(figures: ReportFigures, written: Written, *, by: Actor, at: datetime) -> WorkReport:
    """Keep a written report with its documents as the next version of its period."""
    org, span = figures.organisation, figures.span
    require(by, Permission.REPORT, at=org)
    earlier = WorkReport.objects.filter(organisation=org, kind=span.kind, year=span.year)
    version = (earlier.aggregate(last=Max("version"))["last"] or 0) + 1
    name = f"{written.title}（第{version}稿）"
    pdf = keep(ContentFile(written.pdf, name=f"{name}.pdf"), by=by, at=at) if written.pdf else None
    report = WorkReport.objects.create(
        organisation=org,
        kind=span.kind,
        year=span.year,
        version=version,
        title=written.title,
        until=span.counted_on,
        counted_at=figures.counted_at,
        made_by_id=by.account_id,
        docx=keep(ContentFile(written.docx, name=f"{name}.docx"), by=by, at=at),
        pdf=pdf,
    )
    report.plans.set(figures.plans)
    _note(report, figures.plans, by=by, at=at)
    return report


def _note(report: WorkReport, plans: Sequence[Plan], *, by: Actor, at: datetime) -> None:
    detail = {"plans": [plan.pk for plan in plans], "until": str(report.until), "version": report.version}
    detail["sha256"] = report.docx.sha256
    trail.record(
        "report", report, by=by, at=at, summary=f"生成{report}", detail=detail, organisation_id=report.organisation_id
    )
