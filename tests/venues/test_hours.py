"""Opening hours: one line in, a structure, the same line out."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshu.venues.rules.hours import EXAMPLE, BadHours, Span, is_open, parse, words


def test_the_example_is_read_as_it_is_meant():
    mornings = [Span(day, "08:30", "12:00") for day in range(1, 6)]
    afternoons = [Span(day, "14:00", "17:30") for day in range(1, 6)]
    assert parse(EXAMPLE) == tuple(sorted([*mornings, *afternoons, Span(6, "09:00", "12:00")]))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全天", "每天 全天"),
        ("24小时开放", "每天 全天"),
        ("每天8:00至20:00", "每天 08:00-20:00"),
        ("每日 8：00—20：00", "每天 08:00-20:00"),
        ("8:00-20:00", "每天 08:00-20:00"),
        ("工作日 9:00-17:00", "周一至周五 09:00-17:00"),
        ("周六周日 9:00-12:00", "周六至周日 09:00-12:00"),
        ("星期一、星期三 9:00-12:00", "周一 09:00-12:00；周三 09:00-12:00"),
        ("周一至周日 全天", "每天 全天"),
        ("周一至周五 全天；周天 8时-12时", "周一至周五 全天；周日 08:00-12:00"),
        ("每天 8点30分到17点", "每天 08:30-17:00"),
        ("每天 20:00-24:00；每天 0:00-6:00", "每天 00:00-06:00、20:00-24:00"),
        ("", ""),
    ],
)
def test_what_officers_write_is_understood(text: str, told: str):
    assert words(parse(text)) == told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("周一至周五", "没有写明起止时刻"),
        ("周一 25:00-26:00", "没有这样的时刻"),
        ("周一 8:75-9:00", "没有这样的时刻"),
        ("每天 20:00-次日6:00", "结束时刻要晚于开始"),
        ("每天 8:00-8:00", "结束时刻要晚于开始"),
        ("周五至周一 8:00-9:00", "前后颠倒"),
        ("周一 8:00-12:00；周一 11:00-13:00", "周一的时间有重叠"),
        ("周末 8:00-9:00", "看不懂"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(text: str, said: str):
    with pytest.raises(BadHours, match=said):
        parse(text)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Span, ...]:
    spans = []
    for day in draw(st.sets(st.integers(1, 7))):
        times = sorted(draw(st.sets(st.integers(0, 48), min_size=2, max_size=6)))
        pairs = zip(times[::2], times[1::2], strict=False)
        spans += [Span(day, f"{a // 2:02d}:{a % 2 * 30:02d}", f"{b // 2:02d}:{b % 2 * 30:02d}") for a, b in pairs]
    return tuple(sorted(spans))


@given(weeks())
def test_words_are_read_back_to_the_same_hours(spans: tuple[Span, ...]):
    assert parse(words(spans)) == spans


def test_open_means_within_a_span_its_end_left_out():
    monday = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - a local wall-clock time
    spans = parse("周一 8:30-12:00、14:00-17:30")
    assert [is_open(spans, monday.replace(hour=h)) for h in (8, 9, 12, 14, 18)] == [False, True, False, True, False]
    assert not is_open(spans, monday.replace(day=3, hour=9))
