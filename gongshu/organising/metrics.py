"""What this line of work can count."""

from __future__ import annotations

from django.db.models import QuerySet

from gongshu.core.metrics.metric import Dim, Metric
from gongshu.core.orgs.enums import Industry
from gongshu.organising.enums import Shape
from gongshu.organising.models import Founding


def _founded() -> QuerySet[Founding]:
    return Founding.objects.filter(state="founded")


FOUNDED = Metric(
    "unions.founded",
    "新建工会",
    "家",
    rows=_founded,
    on="decided_on",
    dims={"shape": Dim("建会形式", tuple(Shape.choices)), "industry": Dim("行业", tuple(Industry.choices))},
    on_desk=False,
)
METRICS: tuple[Metric, ...] = (FOUNDED,)
