"""One-time codes: good once, for minutes, for one thing, at a measured pace, and never in the clear."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.messages import codes
from gongshu.core.messages.enums import Purpose
from gongshu.core.messages.models import PhoneCode, PhoneText
from gongshu.core.messages.queries import outbox_is_open, texts_to_phones
from gongshu.core.orgs.models import Organisation
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
PHONE, OTHER, HERE = "13812345678", "13987654321", "203.0.113.7"
LATER = NOW + timedelta(minutes=1)


def asked(phone: str = PHONE, purpose: str = Purpose.ENTER, at=NOW, address: str = HERE) -> str:
    """Ask for a code and return it as it went out."""
    codes.ask(phone, purpose, address=address, at=at)
    return PhoneText.objects.latest("pk").text.reveal().split("验证码 ")[1][:6]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def refusal(phone: str, code: str, at=LATER, purpose: str = Purpose.ENTER) -> str:
    with pytest.raises(Refused) as refused:
        codes.confirm(phone, purpose, code, at=at)
    return str(refused.value.problems[0])


def test_a_code_lets_in_once():
    code = asked()
    codes.confirm(PHONE, Purpose.ENTER, code, at=LATER)
    assert refusal(PHONE, code) == codes.WRONG


def test_a_number_may_be_written_with_blanks_and_full_width_digits():
    code = asked()
    codes.confirm("１３８ 1234 5678", Purpose.ENTER, f" {code} ", at=LATER)
    assert PhoneCode.objects.get().used_at == LATER


@pytest.mark.parametrize("phone", ["", "12345678901", "1381234567", "138123456789"])
def test_no_code_goes_to_what_is_no_mobile_number(phone):
    with pytest.raises(Refused):
        codes.ask(phone, Purpose.ENTER, address=HERE, at=NOW)
    assert PhoneText.objects.count() == 0


def test_wrong_late_foreign_and_unasked_codes_are_refused_in_the_same_words():
    code = asked()
    told = {
        refusal(PHONE, wrong(code)),
        refusal(PHONE, code, at=NOW + codes.LASTS),
        refusal(PHONE, code, purpose=Purpose.NEW_PHONE),
        refusal(OTHER, code),
        refusal(PHONE, ""),
    }
    assert told == {codes.WRONG}


def test_a_code_is_still_good_just_before_its_end():
    codes.confirm(PHONE, Purpose.ENTER, asked(), at=NOW + codes.LASTS - timedelta(seconds=1))


def test_guessing_ends_after_five_tries_even_with_the_right_code():
    code = asked()
    for _ in range(codes.MOST_TRIES):
        refusal(PHONE, wrong(code))
    assert refusal(PHONE, code) == codes.WRONG
    assert PhoneCode.objects.get().tries == codes.MOST_TRIES


def test_the_right_code_is_good_at_the_fifth_try():
    code = asked()
    for _ in range(codes.MOST_TRIES - 1):
        refusal(PHONE, wrong(code))
    codes.confirm(PHONE, Purpose.ENTER, code, at=LATER)


def test_a_newer_code_makes_the_older_one_worthless():
    old = asked()
    new = asked(at=LATER)
    if old != new:
        assert refusal(PHONE, old, at=LATER + timedelta(seconds=1)) == codes.WRONG
    codes.confirm(PHONE, Purpose.ENTER, new, at=LATER + timedelta(seconds=1))


def test_one_number_gets_one_code_a_minute():
    asked()
    with pytest.raises(Refused):
        codes.ask(PHONE, Purpose.NEW_PHONE, address="198.51.100.1", at=NOW + timedelta(seconds=59))
    assert (PhoneCode.objects.count(), PhoneText.objects.count()) == (1, 1)


def test_one_number_gets_five_codes_an_hour_from_wherever_it_is_asked():
    for n in range(5):
        asked(at=NOW + timedelta(minutes=n), address=f"203.0.113.{n}")
    with pytest.raises(Refused):
        codes.ask(PHONE, Purpose.ENTER, address="203.0.113.99", at=NOW + timedelta(minutes=59))
    asked(at=NOW + timedelta(minutes=61))
    asked(OTHER, at=NOW + timedelta(minutes=59))


def test_one_number_gets_ten_codes_a_day():
    for n in range(10):
        asked(at=NOW + timedelta(minutes=20 * n))
    with pytest.raises(Refused):
        codes.ask(PHONE, Purpose.ENTER, address=HERE, at=NOW + timedelta(hours=23))
    asked(at=NOW + timedelta(hours=24, minutes=1))


def test_one_address_gets_so_many_codes_an_hour_for_whichever_numbers():
    rows = [
        PhoneCode(phone_index=bytes([1, n]), address_index=codes.ring().blind(codes.ADDRESS, HERE), purpose="enter",
                  digest=b"x", slot=1, made_at=NOW)
        for n in range(120)
    ]  # fmt: skip
    PhoneCode.objects.bulk_create(rows)
    with pytest.raises(Refused):
        codes.ask(PHONE, Purpose.ENTER, address=HERE, at=LATER)
    codes.ask(PHONE, Purpose.ENTER, address="198.51.100.1", at=LATER)


def test_neither_number_nor_code_nor_address_is_kept_in_the_clear():
    code = asked()
    row, text = PhoneCode.objects.get(), PhoneText.objects.get()
    kept = b"".join(
        [bytes(row.digest), bytes(row.phone_index), bytes(row.address_index), text.phone.raw, text.text.raw]
    )
    assert [word for word in (PHONE, code, HERE) if word.encode() in kept] == []


def test_codes_and_texts_are_forgotten_after_a_day():
    asked()
    asked(OTHER, at=NOW + timedelta(hours=12))
    assert codes.forget(at=NOW + timedelta(days=1, minutes=1)) == 2
    assert (PhoneCode.objects.count(), PhoneText.objects.count()) == (1, 1)


def test_the_outbox_shows_words_in_a_demonstration_only(world: World, settings):
    code = asked()
    assert (outbox_is_open(), texts_to_phones()[0].text) == (False, "••••••")
    assert texts_to_phones()[0].phone == "138****5678"
    settings.SHOW_OUTBOX = True
    assert code in texts_to_phones()[0].text
    settings.SHOW_OUTBOX = False
    Organisation.objects.update(is_demo=True)
    assert code in texts_to_phones()[0].text


def test_the_outbox_is_for_the_administrator(client_of):
    assert client_of("铜仁市总", "office").get("/messages/outbox/").status_code == 403
    assert client_of("铜仁市总", "admin").get("/messages/outbox/").status_code == 200
