"""The member card: another code every minute, made by the key ring, told apart at the counter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongshu.core.people import resealing
from gongshu.members.actions import lasting
from gongshu.members.queries import cards
from tests.members.samples import applied, member
from tests.worlds import BUILDER, NOW, World

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_card_is_good_for_its_minute_and_the_next(world: World):
    row = member(world, "欧阳明")
    token = cards.card(row, at=NOW).token
    good = cards.Checked(True, "在籍会员", "欧阳*", row.organisation.short_name)
    assert [cards.check(token, at=NOW + n * MINUTE) == good for n in (-1, 0, 1, 2)] == [False, True, True, False]


def test_the_code_is_another_one_every_minute(world: World):
    row = member(world)
    assert len({cards.card(row, at=NOW + n * MINUTE).token for n in range(20)}) == 20


def test_a_card_says_how_long_it_is_shown(world: World):
    row = member(world)
    assert [cards.card(row, at=NOW + timedelta(seconds=s)).seconds for s in (0, 59, 60)] == [60, 1, 60]


@pytest.mark.parametrize(
    "token", ["", "1", "abc", "1-1234567", "-12345678", "1-12345678; drop", "9" * 19 + "-12345678"]
)
def test_what_is_no_code_is_told_so(token):
    assert cards.check(token, at=NOW) == cards.Checked(False, "这不是会员卡上的码")


def test_one_members_code_is_no_others(world: World):
    one, other = member(world), member(world, "王五")
    digits = cards.card(one, at=NOW).token.split("-")[1]
    assert cards.check(f"{other.pk}-{digits}", at=NOW).is_good is False


def test_only_a_standing_membership_has_a_good_card(world: World):
    pending = applied(world)
    assert cards.check(cards.card(pending, at=NOW).token, at=NOW) == cards.Checked(False, "会籍不在册")
    row = member(world, "王五")
    lasting.keep(row, reason="退休", by=BUILDER, at=NOW)
    assert cards.check(cards.card(row, at=NOW).token, at=NOW).why == "保留会籍"
    lasting.finish(row, "leave", reason="退会", by=BUILDER, at=NOW)
    assert cards.check(cards.card(row, at=NOW).token, at=NOW).is_good is False


def test_a_card_outlives_a_rotation_of_the_keys(world: World):
    row = member(world)
    token = cards.card(row, at=NOW).token
    resealing.add_active_keys("aes-256-gcm")
    assert cards.card(row, at=NOW).token != token
    assert cards.check(token, at=NOW).is_good is True
