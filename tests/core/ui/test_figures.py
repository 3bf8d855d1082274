from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from gongshu.core.ui import figures

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1284, 0, f"1{THIN}284"),
        (-1234567, 0, f"-1{THIN}234{THIN}567"),
        (Decimal("1234.5"), 2, f"1{THIN}234.50"),
        (None, 0, "—"),
        ("", 0, "—"),
    ],
)
def test_numbers_are_exact_and_set_apart_in_thousands(value, places, written):
    assert figures.number(value, places) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (9999, f"9{THIN}999"),
        (10000, "1万"),
        (1032876, "103.3万"),
        (18432760, "1843万"),
        (120_000_000, "1.2亿"),
        (-25000, "-2.5万"),
        (None, "—"),
    ],
)
def test_walls_count_in_wan(value, written):
    assert figures.wan(value) == written


@pytest.mark.parametrize(("value", "written"), [(0.947, "95%"), (Decimal("0.5"), "50%"), (1.02, "102%"), (None, "—")])
def test_shares_are_written_in_percent(value, written):
    assert figures.percent(value) == written


def test_dates_are_written_the_official_way():
    assert figures.cn_date(date(2026, 11, 20)) == "2026年11月20日"
    assert figures.cn_date(datetime(2026, 3, 5, 8)) == "2026年3月5日"  # noqa: DTZ001 - a wall clock's reading
    assert figures.cn_date(None) == "—"


def test_instants_are_written_in_local_time():
    evening_in_greenwich = datetime(2026, 11, 19, 18, 5, tzinfo=UTC)

    assert figures.cn_time(evening_in_greenwich) == "2026年11月20日 02:05"
    assert figures.cn_date(evening_in_greenwich) == "2026年11月20日"
    assert figures.cn_time(None) == "—"


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-2, ("overdue", "逾期2天")),
        (-1, ("overdue", "逾期1天")),
        (0, ("near", "今天到期")),
        (1, ("near", "还有1天")),
        (figures.NEAR_DAYS, ("near", "还有3天")),
        (figures.NEAR_DAYS + 1, ("far", "还有4天")),
    ],
)
def test_words_of_a_due_date_are_computed(days, told):
    assert figures.due_words(TODAY + timedelta(days=days), TODAY) == told


def test_due_shows_the_date_with_its_words():
    assert figures.due(date(2026, 11, 18), TODAY) == (
        '<span class="due due-overdue"><time datetime="2026-11-18">2026年11月18日</time> '
        '<span class="due-words">逾期2天</span></span>'
    )
    assert "今天到期" in figures.due(timezone.localdate())
    assert figures.due(None) == "—"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13812345678", "138****5678"),
        ("110101199003071234", "110***********1234"),
        ("11010119900307123X", "110***********123X"),
        ("6222021234567890123", "***************0123"),
        ("0871-6312345", "********2345"),
        ("zhou@example.org", "z***@example.org"),
        ("张三", "张*"),
        ("李", "李*"),
        ("欧阳文山", "欧**山"),
        ("", "—"),
        (None, "—"),
    ],
)
def test_personal_data_is_masked(value, shown):
    assert figures.masked(value) == shown


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("发展会员3.5万人。", "“发展会员3.5万人”"),
        ("建立200个“司机之家”", "“建立200个‘司机之家’”"),
        ("“四个工会”", "“四个工会”"),
        ("“1+1”和“6+1”", "“‘1+1’和‘6+1’”"),
    ],
)
def test_words_stand_in_one_pair_of_quotation_marks(words, quoted):
    assert figures.in_quotes(words) == quoted


def test_what_has_begun_is_not_nothing_and_what_is_not_done_is_not_all() -> None:
    shown = [figures.percent(value) for value in (0, 0.005, 0.014, 0.996, 1, 1.2)]
    assert shown == ["0%", "不到1%", "1%", "99%", "100%", "120%"]
    assert [figures.percent(value, 1) for value in (0.0004, 0.9999)] == ["不到0.1%", "99.9%"]
