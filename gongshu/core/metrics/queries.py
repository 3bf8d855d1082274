"""Rolling a measure up the tree of organisations: computed, never typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, ExtractMonth, Substr
from django.utils.module_loading import import_string

from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.metrics.metric import Metric
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, within

Filters = Mapping[str, str | Sequence[str]]
NO_FILTERS: Filters = {}
NAMED_IN_QUERY = 500  # with more organisations than this of one level, groups are picked here instead of in the query


@dataclass(frozen=True)
class Period:
    """From `since` to `until`, both counted in; None is open."""

    since: date | None = None
    until: date | None = None

    def condition(self, day: str) -> Q:
        """Return the condition on the lookup `day`; a stock has no day and is never narrowed."""
        condition = Q()
        if not day:
            return condition
        if self.since is not None:
            condition &= Q(**{f"{day}__gte": self.since})
        if self.until is not None:
            condition &= Q(**{f"{day}__lte": self.until})
        return condition


EVER = Period()


def listed_metrics() -> dict[str, Metric]:
    """Return the metrics that the catalogue lists, by code."""
    metrics: tuple[Metric, ...] = import_string(f"{settings.CATALOGUE}.METRICS")
    return {metric.code: metric for metric in metrics}


def metric_of(code: str) -> Metric:
    """Return a listed metric; raises Refused when there is none of that code."""
    metric = listed_metrics().get(code)
    if metric is None:
        raise Refused.because(f"没有“{code}”这项指标")
    return metric


def filter_problems(metric: Metric, filters: Filters) -> list[Problem]:
    """Return why the filters do not fit the metric's declared dims; empty when they do."""
    problems = []
    for code, wanted in filters.items():
        dim = metric.dims.get(code)
        if dim is None:
            problems.append(Problem(f"指标“{metric.label}”不能按“{code}”筛选"))
            continue
        known = {value for value, _ in dim.choices}
        strange = [value for value in _several(wanted) if known and value not in known]
        problems += [Problem(f"“{dim.label}”没有“{value}”这一项") for value in strange]
    return problems


def value(
    metric: Metric,
    org: Organisation,
    *,
    since: date | None = None,
    until: date | None = None,
    filters: Filters = NO_FILTERS,
) -> int:
    """Return the measure for an organisation and all below it, in one query; `since` and `until` are counted in."""
    rows = _rows(metric, Period(since, until), filters).filter(within(org, metric.at))
    result: int = rows.aggregate(_measure=_measure(metric, filters))["_measure"]
    return result


def by_child(
    metric: Metric,
    org: Organisation,
    *,
    since: date | None = None,
    until: date | None = None,
    filters: Filters = NO_FILTERS,
) -> dict[int, int]:
    """Return the measure for each organisation directly below `org`, by its id, zeros included.

    One query finds the children, one counts. Rows at `org` itself belong to no child.
    """
    return by_organisations(metric, children(org), since=since, until=until, filters=filters)


def by_organisations(
    metric: Metric,
    orgs: Iterable[Organisation],
    *,
    since: date | None = None,
    until: date | None = None,
    filters: Filters = NO_FILTERS,
) -> dict[int, int]:
    """Return the measure for each of any organisations with all below it, by its id, zeros included.

    One query for each level of the tree that occurs among `orgs`, however many they are.
    """
    by_length: dict[int, dict[str, int]] = {}
    for org in orgs:
        by_length.setdefault(len(org.path), {})[org.path] = org.pk
    found = {pk: 0 for named in by_length.values() for pk in named.values()}
    rows = _rows(metric, Period(since, until), filters)
    for named in by_length.values():
        found |= _by_prefix(metric, rows, named, _measure(metric, filters))
    return found


def _by_prefix(
    metric: Metric, rows: QuerySet[Any], named: Mapping[str, int], measure: Coalesce | Count
) -> dict[int, int]:
    """Group rows by the first digits of their organisation's path; `named` maps the paths asked for to ids."""
    length = len(min(named))
    after_last = f"{int(max(named)) + 1:0{length}d}"
    span = {f"{metric.path}__gte": min(named), f"{metric.path}__lt": after_last}
    rows = rows.filter(**span).annotate(_branch=Substr(metric.path, 1, length))
    if len(named) <= NAMED_IN_QUERY:
        rows = rows.filter(_branch__in=list(named))
    numbers = rows.order_by().values("_branch").annotate(_measure=measure)
    pairs = numbers.values_list("_branch", "_measure")
    return {named[branch]: number for branch, number in pairs if branch in named}


def by_month(metric: Metric, org: Organisation, year: int, *, filters: Filters = NO_FILTERS) -> list[int]:
    """Return the measure of each month of a year, January first, in one query; a stock is `Refused`."""
    if not metric.on:
        raise Refused.because(f"“{metric.label}”是现有数，没有分月的数")
    period = Period(date(year, 1, 1), date(year, 12, 31))
    rows = _rows(metric, period, filters).filter(within(org, metric.at))
    numbers = rows.order_by().values(_month=ExtractMonth(metric.on)).annotate(_measure=_measure(metric, filters))
    months = [0] * 12
    for month, number in numbers.values_list("_month", "_measure"):
        months[month - 1] = number
    return months


def _rows(metric: Metric, period: Period, filters: Filters) -> QuerySet[Any]:
    refuse_if(filter_problems(metric, filters))
    return metric.rows().filter(counted(metric) & period.condition(metric.day) & filter_condition(metric, filters))


def counted(metric: Metric) -> Q:
    """Return which of its rows a metric counts."""
    return metric.only() if metric.only else Q()


def filter_condition(metric: Metric, filters: Filters) -> Q:
    """Return which rows fit the filters; those that only choose columns to add up narrow no rows."""
    condition = Q()
    for code, wanted in filters.items():
        if not metric.dims[code].in_total:
            condition &= Q(**{f"{metric.dims[code].field or code}__in": _several(wanted)})
    return condition


def _measure(metric: Metric, filters: Filters) -> Coalesce | Count:
    summed = summed_of(metric, filters)
    if summed is not None:
        return Coalesce(Sum(summed), Value(0), output_field=IntegerField())
    return Count("pk")


def summed_of(metric: Metric, filters: Filters) -> Combinable | None:
    """Return the expression to sum over the rows, None where the rows themselves are counted."""
    total = metric.total_of
    if callable(total):
        return total({code: _several(values) for code, values in filters.items()})
    return F(total) if total else None


def _several(wanted: str | Sequence[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted)
