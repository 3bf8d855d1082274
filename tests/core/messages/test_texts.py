"""Texts about decisions: written with the decision, sent after it, and honest about failures."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gongshu.core.messages import texts
from gongshu.core.messages.doors import NotTaken, OutboxDoor
from gongshu.core.messages.models import PersonText, PhoneText
from gongshu.core.people.models import Person
from gongshu.core.people.protected import put
from tests.worlds import NOW

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


class DeafDoor:
    """A supplier that takes nothing, after having written something of its own."""

    def send_to(self, phone: str, text: str, *, at: datetime) -> None:
        OutboxDoor().send_to(phone, text, at=at)
        raise NotTaken("余额不足")


class LostDoor:
    """A supplier that cannot be reached."""

    def send_to(self, phone: str, text: str, *, at: datetime) -> None:
        raise ConnectionRefusedError("连接不上")


def told(phone: str = PHONE) -> PersonText:
    person = Person(name="何立")
    put(person, "phone", phone)
    person.save()
    texts.tell_persons([texts.Told(person.pk, person, "您的申请已批准。")], at=NOW)
    return PersonText.objects.latest("pk")


def test_a_text_goes_out_once_and_says_when() -> None:
    row = told()
    assert texts.waiting() == [row.pk]
    later = NOW + timedelta(minutes=1)
    assert (texts.send(row.pk, at=later), texts.send(row.pk, at=later)) == (True, False)
    found = PersonText.objects.get()
    assert (found.sent_at, found.failure, texts.waiting()) == (later, "", [])
    assert texts.of_person(row.person_id) == [row]
    sent = PhoneText.objects.get()
    assert (sent.phone.reveal(), sent.text.reveal()) == (PHONE, "【工会】您的申请已批准。")


def test_nobody_without_a_phone_is_tried_twice() -> None:
    row = told(phone="")
    assert texts.send(row.pk, at=NOW) is False
    row.refresh_from_db()
    assert (row.failure, texts.waiting()) == ("没有登记手机号码", [])


@pytest.mark.parametrize(("door", "why"), [("DeafDoor", "余额不足"), ("LostDoor", "连接不上")])
def test_a_failure_is_written_down_tried_five_times_and_mended_by_a_later_try(settings, door: str, why: str) -> None:
    row = told()
    good, settings.SMS_DOOR = settings.SMS_DOOR, f"{__name__}.{door}"
    for _ in range(2):
        texts.send(row.pk, at=NOW)
    row.refresh_from_db()
    assert (row.failure, row.tries, PhoneText.objects.count()) == (f"短信服务商没有接收：{why}", 2, 0)
    settings.SMS_DOOR = good
    assert texts.send(row.pk, at=NOW) is True
    row.refresh_from_db()
    assert row.failure == ""
    other = told()
    settings.SMS_DOOR = f"{__name__}.{door}"
    for _ in range(6):
        texts.send(other.pk, at=NOW)
    other.refresh_from_db()
    assert (other.tries, texts.waiting()) == (5, [])


def test_texts_are_forgotten_after_ninety_days() -> None:
    told()
    assert (texts.forget(at=NOW + timedelta(days=90)), texts.forget(at=NOW + timedelta(days=91))) == (0, 1)
