"""Colours, computed from dates and progress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from gongshu.core.base.days import add_working_days
from gongshu.delivery.enums import Status


@dataclass(frozen=True)
class Thresholds:
    """From when colours change.

    `near_days` before the date; `late_share` of the time after which work must keep `pace` (a part of the time gone);
    `sign_days` working days to sign within.
    """

    near_days: int
    late_share: Fraction
    pace: Fraction
    sign_days: int


@dataclass(frozen=True)
class StatusFacts:
    """What a colour is computed from. `progress` is None where nothing can be counted.

    `is_over` says that its plan's time is over.
    `handed_in_on` is the day of a report that waits to be accepted: from then on no time runs against the receiver.
    """

    starts_on: date
    due_on: date
    is_given: bool = True
    is_signed: bool = True
    is_done: bool = False
    progress: Fraction | None = None
    handed_in_on: date | None = None
    is_over: bool = False


def status_of(facts: StatusFacts, on: date, thresholds: Thresholds) -> Status:
    """Return how work stands on a day.

    It is the first that holds of done, left over, overdue, not given, behind, near, normal.

    Behind is: not signed for within the days given for it; or, once `late_share` of the time is gone, less done than
    `pace` times the share of the time gone.
    """
    if facts.is_done or (facts.progress is not None and facts.progress >= 1):
        return Status.DONE
    if facts.is_over:
        return Status.LEFT if facts.is_given else Status.NOT_GIVEN
    if (facts.handed_in_on or on) > facts.due_on:
        return Status.OVERDUE
    if facts.handed_in_on:
        return Status.NORMAL
    if not facts.is_given:
        return Status.NOT_GIVEN
    if _is_behind(facts, on, thresholds):
        return Status.BEHIND
    return Status.NEAR if facts.due_on - on <= timedelta(days=thresholds.near_days) else Status.NORMAL


def _is_behind(facts: StatusFacts, on: date, thresholds: Thresholds) -> bool:
    if not facts.is_signed and on > add_working_days(facts.starts_on, thresholds.sign_days):
        return True
    gone = time_gone(facts.starts_on, facts.due_on, on)
    return facts.progress is not None and gone >= thresholds.late_share and facts.progress < gone * thresholds.pace


def time_gone(starts_on: date, due_on: date, on: date) -> Fraction:
    """Return the share of the time gone on a day, from 0 to 1."""
    days = (due_on - starts_on).days
    if days <= 0:
        return Fraction(int(on >= due_on))
    return min(max(Fraction((on - starts_on).days, days), Fraction(0)), Fraction(1))


def ratio(done: int, goal: Decimal | int, *, is_falling: bool = False) -> Fraction:
    """Return the progress as a fraction of the goal; a goal of zero is reached.

    `is_falling`: the goal says how few there should be; then it is the goal as a fraction of what there still is.
    """
    if is_falling:
        return Fraction(1) if done <= goal else Fraction(goal) / done
    return Fraction(done) / Fraction(goal) if goal else Fraction(1)
