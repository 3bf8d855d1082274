"""The ways a page writes the day of a meeting, and the page's own date beside it."""

import pytest

from gongshu.reading import read

TITLE = "样例县总工会召开十届二次全委会议"
STAMP = "发布时间:2024-03-17 来源:本站"
TEXT = (
    "样例县总工会十届二次全委会议在县会议中心召开。县总工会主席沈怀远主持会议并讲话。会议要求,在6月底前建成驿站12处。"
)


def day_of(page: str) -> str:
    found = read(page).meeting.date
    return found.value if found else ""


@pytest.mark.parametrize(
    "words",
    [
        "3 月 15 日,",
        "2024 年 3 月 15 日上午,",
        "3月15-16日,",
        "3月15、16日,",
        "3月15上午,",
        "三月十五日,",
        "2024.3.15,",
        "2024年3月15,",
        "3.15上午,",
        "315上午,",
        "15日上午,",
        "本月15日,",
        "(通讯员 方舟)15日,",
    ],
)
def test_the_day_in_the_first_sentence(words: str) -> None:
    assert day_of(f"{TITLE}\n{STAMP}\n{words}{TEXT}") == "2024-03-15"


@pytest.mark.parametrize(
    ("stamp", "words", "day"),
    [
        ("发布时间:2024-03-02", "28日,", "2024-02-28"),
        ("发布时间:2024-01-02", "29日上午,", "2023-12-29"),
        ("发布时间:2024-03-02", "99日上午,", ""),
        ("来源:本站", "28日,", ""),
        ("发布时间:2024-03-02", "日前,", ""),
    ],
)
def test_a_day_without_its_month_is_the_last_before_the_page_was_dated(stamp: str, words: str, day: str) -> None:
    assert day_of(f"{TITLE}\n{stamp}\n{words}{TEXT}") == day


@pytest.mark.parametrize(
    ("line", "words", "day"),
    [
        ("2024年3月17日", "3月15日,", "2024-03-15"),
        ("时间:2024年3月17日", "3月15日,", "2024-03-15"),
        ("2024年3月15日", "3月15日,", "2024-03-15"),
        ("2023年3月1日", "2月29日,", "2023-03-01"),
        ("(2024年3月17日)", "", "2024-03-17"),
        ("会议时间:2024-03-15", "3月12日,", "2024-03-15"),
    ],
)
def test_a_date_under_the_title_is_that_of_the_page_when_the_text_has_a_day_shortly_before(
    line: str, words: str, day: str
) -> None:
    assert day_of(f"{TITLE}\n{line}\n{words}{TEXT}") == day


def test_a_date_by_which_is_no_day_of_the_meeting() -> None:
    assert day_of(f"{TITLE}\n{STAMP}\n五月一日前,{TEXT}") == ""


def test_a_notice_is_dated_by_its_signature_in_numbers_too() -> None:
    page = "样例县总工会关于开展春季要约的通知\n各乡镇工会:\n各单位要举办培训班2期。\n样例县总工会\n2019.3.5"
    assert day_of(page) == "2019-03-05"
