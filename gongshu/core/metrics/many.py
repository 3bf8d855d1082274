"""Many figures at once: different organisations, filters and periods in one query a metric."""

from __future__ import annotations

import os.path
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum
from django.db.models.functions import Substr

from gongshu.core.base.problems import refuse_if
from gongshu.core.metrics.metric import Metric
from gongshu.core.metrics.queries import Filters, Period, counted, filter_condition, filter_problems, summed_of
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import within

TOGETHER = 100  # figures in one query


@dataclass(frozen=True)
class Ask:
    """One figure wanted: a metric at an organisation and below, in a period, with filters."""

    metric: Metric
    organisation: Organisation
    period: Period = field(default_factory=Period)
    filters: Filters = field(default_factory=dict)

    def condition(self) -> Q:
        """Return which rows count; raises Refused for a filter the metric does not have."""
        return within(self.organisation, self.metric.at) & _kept(self.metric, self.period, self.filters)


@dataclass(frozen=True)
class Slice:
    """A metric in a period with filters, wanted for many organisations at once."""

    metric: Metric
    period: Period = field(default_factory=Period)
    filters: Filters = field(default_factory=dict)

    def condition(self) -> Q:
        """Return which rows count; raises Refused for a filter the metric does not have."""
        return _kept(self.metric, self.period, self.filters)


def _kept(metric: Metric, period: Period, filters: Filters) -> Q:
    return period.condition(metric.day) & _filtered(metric, filters)


def _filtered(metric: Metric, filters: Filters) -> Q:
    refuse_if(filter_problems(metric, filters))
    return filter_condition(metric, filters)


def measure(asks: Sequence[Ask]) -> list[int]:
    """Return the figures asked for, in order: one query for each hundred over the same rows, of whichever metrics."""
    by_rows: dict[Hashable, list[int]] = {}
    for place, ask in enumerate(asks):
        by_rows.setdefault((ask.metric.rows, ask.metric.at), []).append(place)
    figures = [0] * len(asks)
    for places in by_rows.values():
        for start in range(0, len(places), TOGETHER):
            part = places[start : start + TOGETHER]
            for place, figure in zip(part, _together([asks[place] for place in part]), strict=True):
                figures[place] = figure
    return figures


def measure_where(metrics: Sequence[Metric], where: Callable[[str], Q]) -> list[int]:
    """Return measures over the rows of a condition, given the key path of the organisation; a query for each rows."""
    by_rows: dict[Hashable, list[int]] = {}
    for place, metric in enumerate(metrics):
        by_rows.setdefault((metric.rows, metric.at), []).append(place)
    figures = [0] * len(metrics)
    for places in by_rows.values():
        some = [metrics[place] for place in places]
        common, own = _counted(some)
        wanted = {
            f"_{n}": _figure(metric, {}, condition) for n, (metric, condition) in enumerate(zip(some, own, strict=True))
        }
        found = some[0].rows().filter(where(some[0].at) & common).order_by().aggregate(**wanted)
        for place, name in zip(places, wanted, strict=True):
            figures[place] = found[name] or 0
    return figures


def _counted(metrics: Sequence[Metric]) -> tuple[Q, list[Q]]:
    """Return which rows all of them count, where they are one metric, and which rows each counts besides."""
    if len({metric.code for metric in metrics}) == 1:
        return counted(metrics[0]), [Q()] * len(metrics)
    return Q(), [counted(metric) for metric in metrics]


def _together(asks: Sequence[Ask]) -> list[int]:
    common, conditions = _in_common(asks)
    in_all, own = _counted([ask.metric for ask in asks])
    wanted = {
        f"_{n}": _figure(ask.metric, ask.filters, condition & mine)
        for n, (ask, condition, mine) in enumerate(zip(asks, conditions, own, strict=True))
    }
    found = asks[0].metric.rows().filter(common & in_all).order_by().aggregate(**wanted)
    return [found[name] or 0 for name in wanted]


def _in_common(asks: Sequence[Ask]) -> tuple[Q, list[Q]]:
    """Return what every row must fit, and what each figure's rows must fit besides.

    Place and period that all share, as the targets of one desk do, are said once: a dozen times over is slow.
    """
    first = asks[0]
    place, day = first.organisation, first.metric.day
    if any((ask.organisation.path, ask.period, ask.metric.day) != (place.path, first.period, day) for ask in asks):
        branch = _around(first.metric, [ask.organisation.path for ask in asks])
        return branch, [ask.condition() for ask in asks]
    common = within(place, first.metric.at) & first.period.condition(day)
    return common, [_filtered(ask.metric, ask.filters) for ask in asks]


def _figure(metric: Metric, filters: Filters, condition: Q) -> Sum | Count:
    summed = summed_of(metric, filters)
    kept = condition or None  # no condition at all is not written
    return Count("pk", filter=kept) if summed is None else Sum(summed, filter=kept)


def _around(metric: Metric, paths: Sequence[str]) -> Q:
    """Return the condition "in the smallest subtree that holds all these paths"."""
    prefix = os.path.commonprefix(paths)  # noqa: RUF071 - digits, not folders
    branch = Q(**{f"{metric.path}__gte": prefix})
    if prefix.strip("9"):
        branch &= Q(**{f"{metric.path}__lt": f"{int(prefix) + 1:0{len(prefix)}d}"})
    return branch


def grid(slices: Sequence[Slice], orgs: Iterable[Organisation]) -> list[dict[int, int]]:
    """Return, for each slice in order, its figure at each organisation with all below it, by key, zeros included.

    One query for each metric and hundred of its different slices, however many organisations of whichever levels.
    """
    named = {org.path: org.pk for org in orgs}
    distinct: dict[str, Slice] = {_key(each): each for each in slices}
    found: dict[str, dict[int, int]] = {key: dict.fromkeys(named.values(), 0) for key in distinct}
    by_metric: dict[str, list[str]] = {}
    for key, each in distinct.items():
        by_metric.setdefault(each.metric.code, []).append(key)
    for keys in by_metric.values() if named else ():
        for start in range(0, len(keys), TOGETHER):
            part = keys[start : start + TOGETHER]
            _roll_up([distinct[key] for key in part], named, [found[key] for key in part])
    return [found[_key(each)] for each in slices]


def _key(each: Slice) -> str:
    """Return what two slices that count the same have in common."""
    return f"{each.metric.code} {each.period} {sorted(each.filters.items())}"


def _roll_up(slices: Sequence[Slice], named: dict[str, int], found: Sequence[dict[int, int]]) -> None:
    """Count by branch at the deepest level asked for, then add every branch to those it stands under."""
    metric = slices[0].metric
    lengths = sorted({len(path) for path in named})
    wanted = {f"_{n}": _figure(metric, each.filters, each.condition()) for n, each in enumerate(slices)}
    rows = metric.rows().filter(_around(metric, list(named)) & counted(metric)).order_by()
    branches = rows.values(_branch=Substr(metric.path, 1, lengths[-1])).annotate(**wanted)
    for branch, *figures in branches.values_list("_branch", *wanted):
        above = [named[branch[:length]] for length in lengths if len(branch) >= length and branch[:length] in named]
        for figure, into in zip(figures, found, strict=True):
            for key in above:
                into[key] += figure or 0
