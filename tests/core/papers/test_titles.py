"""Breaking titles."""

from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.papers.titles import NEVER_FIRST, break_title


def test_a_title_that_fits_stays_whole() -> None:
    assert break_title("演示省总工会关于补选主席的请示", 20) == ["演示省总工会关于补选主席的请示"]


def test_a_long_title_breaks_where_words_end_in_lines_of_like_length() -> None:
    title = "演示省总工会关于2026年上半年重点工作推进情况和新就业形态劳动者服务情况的报告"
    assert break_title(title, 20) == [
        "演示省总工会关于2026年上半年重点工作",
        "推进情况和新就业形态劳动者服务情况的报告",
    ]


def test_breaks_already_in_the_title_are_kept() -> None:
    assert break_title("演示省总工会\n 关于开会的通知\n", 20) == ["演示省总工会", "关于开会的通知"]


def test_a_title_beyond_four_lines_is_cut_where_the_line_ends() -> None:
    assert [len(part) for part in break_title("工" * 95, 20)] == [20, 20, 20, 20, 15]


def test_a_title_with_nowhere_to_break_is_cut_where_the_line_ends() -> None:
    assert break_title("A" * 25, 20) == ["A" * 20, "A" * 5]


@given(st.text(alphabet="演示省总工会关于印发《办法》的通知和2026年报告，“”", min_size=1, max_size=70))
def test_no_character_is_lost_and_no_line_is_too_long(title: str) -> None:
    lines = break_title(title, 20)
    assert "".join(lines) == title
    assert max(len(part) for part in lines) <= 20


def test_no_line_begins_with_a_mark_that_may_not() -> None:
    lines = break_title("演示省总工会关于印发《演示省工会户外劳动者驿站管理暂行办法》的通知", 20)
    assert not NEVER_FIRST & {part[0] for part in lines}
    assert len(lines) == 2
