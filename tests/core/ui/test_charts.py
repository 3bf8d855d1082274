from __future__ import annotations

import pytest

from gongshu.core.ui import charts
from gongshu.core.ui.shapes import Series


@pytest.mark.parametrize(("value", "whole", "share"), [(1, 3, 33.3), (5, 4, 100.0), (-1, 4, 0.0), (1, 0, 0.0)])
def test_a_share_stays_between_nothing_and_the_whole(value, whole, share):
    assert charts.share_of(value, whole) == share


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 1), (-3, 1), (1, 1), (0.3, 0.4), (7, 10), (41, 50), (9875, 10000), (10000, 10000)]
)
def test_the_value_axis_ends_on_a_round_number(largest, top):
    assert charts.nice_ceiling(largest) == pytest.approx(top)


def test_a_line_runs_from_left_to_right_and_is_broken_where_nothing_is_known():
    drawing = charts.trend(["1月", "2月", "3月", "4月", "5月"], [Series("今年", [0, 50, None, 100, 25])])

    (line,) = drawing.lines
    assert line.stretches == ["0.0,100.0 25.0,50.0", "75.0,0.0 100.0,75.0"]
    assert line.last == charts.Mark(100.0, 75.0, "25")
    assert [tick.text for tick in drawing.ticks] == ["0", "25", "50", "75", "100"]
    assert drawing.rows[2] == ("3月", ["—"])


def test_counts_are_measured_against_whole_numbers_only():
    drawing = charts.trend(["1月", "2月"], [Series("今年", [0, 1])])

    assert [tick.text for tick in drawing.ticks] == ["0", "1"]


def test_a_trend_without_figures_draws_no_line_but_keeps_its_table():
    drawing = charts.trend(["1月"], [Series("今年", [None]), Series("去年", [])])

    assert [line.stretches for line in drawing.lines] == [[], []]
    assert [line.last for line in drawing.lines] == [None, None]
    assert drawing.rows == [("1月", ["—", "—"])]


def test_long_axes_name_every_second_month_ending_with_the_last():
    months = [f"{month}月" for month in range(1, 13)]

    drawing = charts.trend(months, [Series("今年", [1.5] * 12)])

    assert [mark.text for mark in drawing.axis] == ["2月", "4月", "6月", "8月", "10月", "12月"]
    assert drawing.rows[0] == ("1月", ["1.5"])


def test_a_trend_of_nothing_is_empty():
    assert charts.trend([], []).axis == []
