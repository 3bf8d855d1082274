"""What this line of work can count: by organisation, never by person."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from gongshu.core.metrics.metric import Dim, Metric
from gongshu.officers.enums import OPEN_DUTIES, Topic
from gongshu.officers.models import Attendance, Duty
from gongshu.officers.queries.duties import kind_choices
from gongshu.officers.queries.needs import in_office, lacking, needs_of
from gongshu.organising.models import Holding


def _trained() -> QuerySet[Attendance]:
    return Attendance.objects.filter(course__state="held")


def _untrained() -> QuerySet[Holding]:
    today = timezone.localdate()
    return in_office().filter(lacking(needs_of(today), today, overdue=True))


def _late() -> QuerySet[Duty]:
    return Duty.objects.filter(state__in=OPEN_DUTIES, due_on__lt=timezone.localdate())


TRAINED = Metric(
    "officers.trained",
    "参加培训的工会干部",
    "人次",
    rows=_trained,
    on="course__until_on",
    dims={"topic": Dim("培训内容", tuple(Topic.choices), "course__topic")},
    on_desk=False,
)
UNTRAINED = Metric(
    "officers.untrained",
    "超期未训的工会干部",
    "人",
    rows=_untrained,
    at="committee__organisation",
    on="",
    on_desk=False,
)
DUTIES_OVERDUE = Metric(
    "officers.duties_overdue",
    "逾期的党建和廉政事项",
    "件",
    rows=_late,
    on="",
    dims={"kind": Dim("类别", tuple(kind_choices()))},
    on_desk=False,
)
METRICS: tuple[Metric, ...] = (TRAINED, UNTRAINED, DUTIES_OVERDUE)
