"""Working days of China."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.base import days

KNOWN = st.dates(date(2005, 1, 1), date(2026, 11, 30))


def test_a_saturday_worked_for_a_holiday_counts_and_the_holiday_does_not() -> None:
    assert days.is_working_day(date(2026, 10, 10))
    assert not days.is_working_day(date(2026, 10, 5))


def test_five_working_days_from_the_eve_of_national_day_skip_the_holiday() -> None:
    assert days.add_working_days(date(2026, 9, 30), 5) == date(2026, 10, 13)


def test_zero_working_days_stay_and_negative_ones_go_back() -> None:
    assert days.add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 3)
    assert days.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)


@given(KNOWN, st.integers(1, 40))
def test_between_undoes_add(start: date, count: int) -> None:
    end = days.add_working_days(start, count)
    assert days.working_days_between(start, end) == count
    assert days.working_days_between(end, start) == -count
    assert days.is_working_day(end)


def test_the_next_working_day_may_be_today() -> None:
    assert days.next_working_day(date(2026, 9, 30)) == date(2026, 9, 30)
    assert days.next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)


def test_outside_the_known_years_weekdays_count_and_the_note_says_so() -> None:
    last = days.known_years()[-1]
    monday = next(
        date(last + 1, 5, 1) + timedelta(days=n)
        for n in range(7)
        if (date(last + 1, 5, 1) + timedelta(days=n)).weekday() == 0
    )
    assert days.is_working_day(monday)
    assert not days.is_working_day(monday - timedelta(days=1))
    assert days.calendar_note(monday, date(last, 1, 1)) == f"{last + 1}年没有节假日安排数据，工作日暂按周一至周五计算"
    assert days.calendar_note(date(last, 1, 1)) == ""
