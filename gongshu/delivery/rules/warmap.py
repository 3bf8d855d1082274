"""How several colours make one: the worst of them is shown, so that one good task never hides a bad one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongshu.delivery.enums import Status

WORST_FIRST = (Status.OVERDUE, Status.BEHIND, Status.NEAR, Status.NORMAL, Status.LEFT, Status.DONE)
RULE = "一格里有几项任务的，取最差的一项：逾期、滞后、临期、正常、完成。颜色按日期和业务数据计算，不能手填。"


def worst_of(statuses: Iterable[Status]) -> Status:
    """Return the worst of several statuses; with none (or only work not given) it is `NOT_GIVEN`."""
    found = set(statuses)
    return next((status for status in WORST_FIRST if status in found), Status.NOT_GIVEN)


def explained(counts: Mapping[Status, int]) -> str:
    """Return how many tasks stand how, the worst first: 逾期1项、正常2项."""
    known = [f"{status.label}{counts[status]}项" for status in (*WORST_FIRST, Status.NOT_GIVEN) if counts.get(status)]
    return "、".join(known) or "没有承办任务"
