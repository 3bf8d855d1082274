"""The figures a desk and an organisation's page show."""

from __future__ import annotations

from gongshu.core.metrics.many import Ask, measure
from gongshu.core.metrics.queries import listed_metrics
from gongshu.core.orgs.models import Organisation
from gongshu.core.ui.figures import number


def figures_of(org: Organisation) -> list[tuple[str, str, str]]:
    """Return label, figure and unit of each measure for `org` and all below: one query for each kind of rows."""
    metrics = [metric for metric in listed_metrics().values() if metric.on_desk]
    figures = measure([Ask(metric, org) for metric in metrics])
    return [(each.label, number(figure), each.unit) for each, figure in zip(metrics, figures, strict=True)]
