"""What this line of work can count."""

from __future__ import annotations

from django.db.models import QuerySet

from gongshu.core.metrics.metric import Dim, Metric
from gongshu.venues.models import Venue
from gongshu.venues.rules.kinds import kind_choices


def _open_venues() -> QuerySet[Venue]:
    return Venue.objects.filter(state="open")


VENUES_OPEN = Metric(
    "venues.open",
    "开放的阵地",
    "个",
    rows=_open_venues,
    at="organisation",
    on="opened_on",
    dims={"kind": Dim("类型", tuple(kind_choices()))},
)
METRICS: tuple[Metric, ...] = (VENUES_OPEN,)
