"""What this line of work can count."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongshu.core.metrics.metric import Dim, Metric
from gongshu.core.orgs.enums import Industry, Level
from gongshu.organising.enums import SITTING, Body, Shape
from gongshu.organising.models import Committee, Employer, Founding
from gongshu.organising.queries.health import WEAKNESSES, base_unions, health_rule, weak


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


def _weak_in(*weaknesses: str) -> Q:
    """Return which base unions are weak in any of these ways.

    The shares and days are those that hold in the whole country: one figure must add up over many regions.
    """
    today = timezone.localdate()
    conditions = weak(health_rule(today), today)
    return reduce(or_, (conditions[code] for code in weaknesses))


def _healthy() -> Q:
    return ~_weak_in(*ALL_WEAK)


def _health(code: str, label: str, only: Callable[[], Q], *, is_falling: bool = True) -> Metric:
    dims = {"industry": Dim("行业", tuple(Industry.choices))}
    return Metric(
        code, label, "家", base_unions, at="", on="", dims=dims, on_desk=False, is_falling=is_falling, only=only
    )


ALL_WEAK = tuple(code for code, _ in WEAKNESSES)
WEAK = _health("unions.weak", "薄弱基层工会", partial(_weak_in, *ALL_WEAK))
HEALTHY = _health("unions.healthy", "各项都好的基层工会", _healthy, is_falling=False)
WEAK_IN = tuple(
    _health(f"unions.weak_{code}", f"薄弱基层工会（{label}）", partial(_weak_in, code)) for code, label in WEAKNESSES
)
METRICS: tuple[Metric, ...] = (FOUNDED, TERM_OVERDUE, COVERED, UNCOVERED, WEAK, HEALTHY, *WEAK_IN)
