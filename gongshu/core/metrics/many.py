"""Many figures at once: different organisations, filters and periods in one query a metric."""

from __future__ import annotations

import os.path
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum

from gongshu.core.base.problems import refuse_if
from gongshu.core.metrics.metric import Metric
from gongshu.core.metrics.queries import Filters, Period, filter_condition, filter_problems, summed_of
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
        refuse_if(filter_problems(self.metric, self.filters))
        found = within(self.organisation, self.metric.at) & self.period.condition(self.metric.day)
        return found & filter_condition(self.metric, self.filters)

    def figure(self) -> Sum | Count:
        """Return the expression of this figure."""
        summed = summed_of(self.metric, self.filters)
        if summed is None:
            return Count("pk", filter=self.condition())
        return Sum(summed, filter=self.condition())


def measure(asks: Sequence[Ask]) -> list[int]:
    """Return the figures asked for, in order: one query for each metric and hundred of its figures."""
    by_metric: dict[str, list[int]] = {}
    for place, ask in enumerate(asks):
        by_metric.setdefault(ask.metric.code, []).append(place)
    figures = [0] * len(asks)
    for places in by_metric.values():
        for start in range(0, len(places), TOGETHER):
            part = places[start : start + TOGETHER]
            for place, figure in zip(part, _together([asks[place] for place in part]), strict=True):
                figures[place] = figure
    return figures


def _together(asks: Sequence[Ask]) -> list[int]:
    metric = asks[0].metric
    wanted = {f"_{n}": ask.figure() for n, ask in enumerate(asks)}
    prefix = os.path.commonprefix([ask.organisation.path for ask in asks])  # noqa: RUF071 - digits, not folders
    branch = Q(**{f"{metric.at}__path__gte": prefix})
    if prefix.strip("9"):
        branch &= Q(**{f"{metric.at}__path__lt": f"{int(prefix) + 1:0{len(prefix)}d}"})
    found = metric.rows().filter(branch).order_by().aggregate(**wanted)
    return [found[name] or 0 for name in wanted]
