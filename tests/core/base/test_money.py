"""Money in fen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.base import money

FEN = st.integers(-money.LARGEST_FEN, money.LARGEST_FEN)


@given(FEN)
def test_written_money_reads_back_as_itself(fen: int) -> None:
    assert money.to_fen(money.yuan(fen)) == fen
    assert money.to_fen(money.yuan_text(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.56", 123_456),
        ("¥12.5万元", 12_500_000),
        ("0.1亿", 1_000_000_000),
        ("１２元", 1_200),
        ("-3", -300),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, fen: int) -> None:
    assert money.to_fen(text) == fen


@pytest.mark.parametrize(
    ("text", "why"), [("十元", "不是金额"), ("", "不是金额"), ("1.234", "精确到分"), ("10000亿", "过大")]
)
def test_what_is_not_an_amount_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        money.to_fen(text)


def test_money_is_written_for_sentences_and_tables() -> None:
    assert money.yuan(-123_456) == "-1,234.56"
    assert money.yuan_text(120_000) == "1,200元"
    assert money.yuan_text(120_050) == "1,200.50元"
    assert money.wan_yuan(1_234_500_000) == "1,234.5万元"


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (105, "壹元零伍分"),
        (1_010, "壹拾元壹角整"),
        (123_456, "壹仟贰佰叁拾肆元伍角陆分"),
        (1_000_000, "壹万元整"),
    ],
)
def test_receipts_use_capital_numerals(fen: int, text: str) -> None:
    assert money.capital_yuan(fen) == text


def test_negative_amounts_have_no_capital_form() -> None:
    with pytest.raises(ValueError, match="超出"):
        money.capital_yuan(-100)
