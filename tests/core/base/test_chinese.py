"""Chinese numerals and text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.base import chinese


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二十三", 23),
        ("十", 10),
        ("两百", 200),
        ("一百零五", 105),
        ("一百五", 150),
        ("一万五", 15_000),
        ("三万五千", 35_000),
        ("一亿零三百万", 103_000_000),
        ("一万二千亿", 1_200_000_000_000),
        ("二〇二六", 2026),
        ("贰佰萬", 2_000_000),
        ("1,200", 1200),
        ("１０万", 100_000),
        ("3.5亿", 350_000_000),
        ("3百万", 3_000_000),
        ("12.5", 12.5),
        ("零", 0),
    ],
)
def test_numbers_are_read_however_they_are_written(text: str, number: float) -> None:
    assert chinese.to_number(text) == number


@pytest.mark.parametrize("text", ["", "百", "万", "二三十", "零百", "若干", "12a"])
def test_what_is_not_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        chinese.to_number(text)


@given(st.integers(0, chinese.LARGEST))
def test_a_written_number_reads_back_as_itself(number: int) -> None:
    assert chinese.to_number(chinese.to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (23, "二十三"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (10_005, "一万零五"),
        (100_000_001, "一亿零一"),
    ],
)
def test_numbers_are_written_as_people_write_them(number: int, text: str) -> None:
    assert chinese.to_chinese(number) == text


@pytest.mark.parametrize("number", [-1, chinese.LARGEST + 1])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="超出"):
        chinese.to_chinese(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (9_999, "9,999"),
        (12_345, "1.2万"),
        (100_000, "10万"),
        (-12_345, "-1.2万"),
        (99_999_999, "1亿"),
        (123_456_789, "1.2亿"),
    ],
)
def test_counts_on_walls_use_wan_and_yi(number: int, text: str) -> None:
    assert chinese.with_wan(number) == text


def test_counts_without_decimals_keep_their_zeros() -> None:
    assert chinese.with_wan(1_204_000, places=0) == "120万"


def test_blanks_between_chinese_characters_go_and_between_words_shrink() -> None:
    assert chinese.tidy("  全省 总工会\n Gongshu   2026 ") == "全省总工会 Gongshu 2026"
    assert chinese.compact(" １２ 3　A ") == "123A"


@pytest.mark.parametrize(("name", "family"), [("王小明", "王"), ("欧阳 甲", "欧阳"), ("欧阳", "欧")])
def test_compound_surnames_are_known(name: str, family: str) -> None:
    assert chinese.surname(name) == family


def test_official_dates_have_no_leading_zeros() -> None:
    assert chinese.full_date(2026, 1, 5) == "2026年1月5日"
