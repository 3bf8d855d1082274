"""Closing what the records show to be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from gongshu.core.access.actor import system_actor
from gongshu.core.base.problems import Refused
from gongshu.delivery import queries
from gongshu.delivery.actions.assignments import reach

CHUNK = 500
COUNTER = system_actor("系统自动统计")


def close_reached(*, at: datetime, tell: Callable[[int], None] = lambda _done: None) -> int:
    """Close every open assignment whose shares are all reached; return how many.

    `tell` hears after each chunk how many were looked at. One that somebody else moves meanwhile is left alone.
    """
    after, looked_at, closed = 0, 0, 0
    on = timezone.localdate(at)
    while rows := list(queries.open_with_shares().filter(pk__gt=after)[:CHUNK]):
        for line in queries.assignment_lines(rows, on=on):
            closed += line.is_reached and _close(line, at=at)
        after, looked_at = rows[-1].pk, looked_at + len(rows)
        tell(looked_at)
    return closed


def _close(line: queries.Line, *, at: datetime) -> bool:
    try:
        reach(line.assignment, "，".join(gauge.text for gauge in line.gauges), by=COUNTER, at=at)
    except Refused:
        return False
    return True
