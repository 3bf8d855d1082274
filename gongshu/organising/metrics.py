"""What this line of work can count."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from gongshu.core.metrics.metric import Dim, Metric
from gongshu.core.orgs.enums import Industry, Level
from gongshu.organising.enums import SITTING, Body, Shape
from gongshu.organising.models import Committee, Employer, Founding


def _founded() -> QuerySet[Founding]:
    return Founding.objects.filter(state="founded")


def _overdue() -> QuerySet[Committee]:
    return Committee.objects.filter(body=Body.UNION, state__in=SITTING, due_on__lt=timezone.localdate())


FOUNDED = Metric(
    "unions.founded",
    "新建工会",
    "家",
    rows=_founded,
    on="decided_on",
    dims={"shape": Dim("建会形式", tuple(Shape.choices)), "industry": Dim("行业", tuple(Industry.choices))},
    on_desk=False,
)
TERM_OVERDUE = Metric(
    "unions.term_overdue",
    "任期届满未换届的工会",
    "家",
    rows=_overdue,
    on="",
    dims={
        "industry": Dim("行业", tuple(Industry.choices), "organisation__industry"),
        "level": Dim("层级", tuple(Level.choices), "organisation__level"),
    },
    on_desk=False,
)
OF_EMPLOYERS = {
    "industry": Dim("行业", tuple(Industry.choices)),
    "level": Dim("层级", tuple(Level.choices), "place__level"),
}


def _covered() -> QuerySet[Employer]:
    return Employer.objects.filter(union__isnull=False)


def _uncovered() -> QuerySet[Employer]:
    return Employer.objects.filter(union__isnull=True)


COVERED = Metric(
    "employers.covered", "已建会的用人单位", "家", rows=_covered, at="place", on="", dims=OF_EMPLOYERS, on_desk=False
)
UNCOVERED = Metric(
    "employers.uncovered",
    "未建会的用人单位",
    "家",
    rows=_uncovered,
    at="place",
    on="",
    dims=OF_EMPLOYERS,
    on_desk=False,
)
METRICS: tuple[Metric, ...] = (FOUNDED, TERM_OVERDUE, COVERED, UNCOVERED)
