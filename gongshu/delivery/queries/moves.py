"""What a union that moves under another one takes along of its tasks and shares, and what stays with those above it."""

from __future__ import annotations

from django.db.models import Q

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import within
from gongshu.delivery.machine import ASSIGNMENT, PLAN
from gongshu.delivery.models import Assignment, Share
from gongshu.organising.queries.moving import Effect

OPEN_PLANS = [state.code for state in PLAN.states if not state.final]
OPEN_TASKS = [state.code for state in ASSIGNMENT.states if not state.final]


def move_effects(org: Organisation) -> list[Effect]:
    """Return how many tasks and shares from outside `org` are under way at it or below; two queries."""
    tasks = Assignment.objects.filter(within(org), state__in=OPEN_TASKS).exclude(within(org, "issuer"))
    shares = Share.objects.filter(within(org), target__task__plan__state__in=OPEN_PLANS)
    given_from_above = Q(parent__isnull=True) | ~within(org, "parent__organisation")
    shares = shares.filter(given_from_above).exclude(within(org, "target__task__plan__organisation"))
    return [
        Effect("上级交办的任务", tasks.count(), "件", "仍由原交办单位跟踪和督办，到办结为止；新任务由新上级交办"),
        Effect(
            "上级分解的指标",
            shares.count(),
            "项",
            "分解数留在原上级的部署里不变；完成数由系统按隶属关系计算，划转后计入新上级；要调整的，由原上级重新分解",
        ),
    ]
