"""Working days of China: the State Council's yearly holiday arrangement, weekdays where none is known yet.

The arrangements come from `chinesecalendar`. Dates outside its years count Monday to Friday; `calendar_note`
then gives the sentence to show beside the result.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import chinese_calendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def known_years() -> range:
    """Return the years whose holiday arrangement is known."""
    days = chinese_calendar.holidays
    return range(min(days).year, max(days).year + 1)


def is_working_day(day: date) -> bool:
    """Say whether offices work on `day`; Monday to Friday outside the known years."""
    if day.year in known_years():
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < SATURDAY


def add_working_days(start: date, count: int) -> date:
    """Return the `count`-th working day after `start` (before it when negative); zero gives `start`."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + ONE_DAY * ahead) for ahead in range(1, (end - start).days + 1))


def next_working_day(day: date) -> date:
    """Return `day` when offices work on it, else the first working day after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def calendar_note(*days: date) -> str:
    """Return the sentence naming the years counted without a holiday arrangement, empty when none was."""
    unknown = sorted({day.year for day in days} - set(known_years()))
    if not unknown:
        return ""
    years = "、".join(f"{year}年" for year in unknown)
    return f"{years}没有节假日安排数据，工作日暂按周一至周五计算"


MONTHS = 12


def day_of_month(year: int, month: int, day: int) -> date:
    """Return a day of a month, its last one where it has fewer."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def add_months(day: date, months: int) -> date:
    """Return the same day of the month some months later (earlier when negative), else that month's last day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return day_of_month(year, month + 1, day.day)
