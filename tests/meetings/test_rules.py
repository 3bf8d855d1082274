"""What a record must hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongshu.meetings import rules
from gongshu.meetings.rules.facts import Line, Named
from tests.meetings.makers import PLENARY


@pytest.mark.parametrize(
    ("year", "month", "day", "fields"),
    [
        (2024, 2, 29, []),
        (2023, 2, 29, ["day"]),
        (2023, 13, None, ["day"]),
        (2023, None, 4, ["month"]),
        (2023, 0, None, ["day"]),
        (23, 1, 1, ["year"]),
        (None, 2, 24, ["year"]),
        (2023, None, None, []),
    ],
)
def test_a_date_needs_its_year_and_must_be_on_the_calendar(
    year: int | None, month: int | None, day: int | None, fields: list[str]
) -> None:
    assert [problem.field for problem in rules.date_problems(year, month, day)] == fields


def test_a_name_is_needed_and_long_words_are_refused() -> None:
    assert [p.field for p in rules.problems(replace(PLENARY, name=" "))] == ["name"]
    assert [p.field for p in rules.problems(replace(PLENARY, place="地" * 121))] == ["place"]
    assert [p.field for p in rules.problems(replace(PLENARY, people=(Named("chair", "", "主席"),)))] == ["chair"]
    assert [p.field for p in rules.problems(replace(PLENARY, people=(Named("chair", "名" * 41),)))] == ["chair"]
    assert [p.field for p in rules.problems(replace(PLENARY, points=(Line("heard", "字" * 601),)))] == ["heard"]
    assert rules.problems(PLENARY) == []


@pytest.mark.parametrize(
    ("name", "session"),
    [
        ("贵州省总工会十四届十一次全委(扩大)会议", "十四届十一次"),
        ("福建省总工会第十三届委员会第十二次全体会议", "第十三届委员会第十二次"),
        ("贵州省工会第十五次代表大会", "第十五次"),
        ("铜仁市工会2023年半年工作推进会", ""),
    ],
)
def test_the_session_is_read_from_the_name(name: str, session: str) -> None:
    assert rules.session_in(name) == session
